"""The desk: where staff see what is asked of them, decide it, and read why.

Owns: staff and keys, the task list and client timelines (projections), claims, snoozes, notes,
what staff remember of talks with clients, when they want their digest.
Hears: every event.
Says: client-contact-logged; staff-digest-set; task-created, task-completed (its own follow-ups).
Asks people: follow-up.
"""
