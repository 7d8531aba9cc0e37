"""How are calendars of other programs (iCalendar, RFC 5545) read, and what is new in them?"""
