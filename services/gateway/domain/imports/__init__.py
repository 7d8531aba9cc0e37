"""How are lists of other systems read: what a file says, and which events it is."""
