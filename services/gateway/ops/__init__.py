"""What may ops ask of the gateway, and what does it see: sources, subscriptions, what waits."""
