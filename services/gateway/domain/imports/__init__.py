"""How are lists and calendars of other systems read: what a file says, and which events it is."""
