"""The way out to other systems: what they subscribed to, by HTTP."""
