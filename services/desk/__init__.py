"""The desk: where staff see what is asked of them, decide it, and read why.

Owns: staff and keys, the task list, client timelines and the pipeline of inquiries (projections),
claims, snoozes, notes, what staff remember of talks with clients, when they want their digest.
Hears: every event.
Says: client-contact-logged; staff-digest-set; staff-named; inquiry-received (entered by staff);
task-created, task-completed (its own follow-ups).
Asks people: follow-up.
"""
