"""What stands against a letter, or is worth a look? One file per rule; ``every`` asks them."""
