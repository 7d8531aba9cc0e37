"""The desk: where staff see what is asked of them, decide it, and read why.

Owns: staff and keys, the task list, client timelines, the pipeline of inquiries and the diary of
deadlines with its log (projections), claims, snoozes, notes, the access log, what staff remember of
talks with clients, when they want their digest; incidents, their plans, steps, roll calls and log.
Hears: every event.
Says: client-contact-logged; complaint-received (where a logged contact is one); staff-digest-set;
staff-named; handover-completed (a matter handed over by staff); inquiry-received, promise-made,
call-requested, offer-received, deadline-set (entered by staff);
incident-declared, -updated, -resolved, -dismissed, staff-accounted-for, data-breach-detected (one
declared by staff), restriction-placed and -lifted (what waits while an incident lasts);
access-requested, erasure-requested (taken down by staff); records-confirmed;
task-created, task-completed, task-cancelled (its own).
Asks people: follow-up, incident-proposal, incident-step, roll-call.
"""
