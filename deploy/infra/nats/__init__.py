"""The NATS server: its configuration."""
