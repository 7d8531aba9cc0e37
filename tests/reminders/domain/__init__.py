"""Do the pure rules of reminders hold?"""
