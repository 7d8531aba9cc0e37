"""What programs are answered by reminders beyond what every service answers."""
