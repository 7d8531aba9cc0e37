"""What may ops, and the desk, ask of reminders: timers, messages, the switch, addresses."""
