"""What clients and inquirers see: preferences, unsubscribing, and the form for asking for help."""
