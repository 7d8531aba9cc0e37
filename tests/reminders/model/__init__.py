"""A model of timers and messages, and machines that hold the product against it."""
