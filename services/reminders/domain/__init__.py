"""What are the firm's rules for contacting people at the right time? Pure: no clock, no I/O."""
