"""MongoDB: its replica set and users."""
