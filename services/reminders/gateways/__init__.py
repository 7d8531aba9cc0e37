"""How does reminders reach the mail server, and the services that make links?"""
