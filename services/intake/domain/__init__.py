"""What are the rules of intake? Pure: no clock, no network, no database."""
