"""The steps of reminders, one file per thing that happens: read hearing, firing, trying first.

An event is heard: cards and subjects take it in, and what it arms is planned. An occurrence fires:
it announces, asks a person, or becomes a message. A message is tried: the gates are asked, it is
worded and handed over, and its outcome is settled.
"""
