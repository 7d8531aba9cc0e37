"""The steps of reminders, one file per thing that happens.

Read ``events_heard``, ``timers_due`` and ``messages_due`` first. An event is heard: client cards
and subjects take it in, and what it arms is planned. An occurrence fires: it announces, asks a
person, or becomes a message. A message is due: the gates are asked, it is worded and handed over,
and what became of the hand-over is recorded.
"""
