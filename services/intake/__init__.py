"""Takes in inquiries and clients, and finds out for whom the firm may act.

Owns: inquiries, clients, matters, parties, consents, conflict checks, the conflict index, the
register of restrictions, attendance notes, requests about records and what forbids to erase.
Hears: inquiry-received, client-onboarded, client-updated, matter-opened, matter-closed,
matter-reopened, handover-completed, party-added, consent-granted, consent-withdrawn,
inquirer-letter-sent, inquirer-letter-failed, inquirer-letter-unknown, restriction-placed,
restriction-lifted, restriction-review-due, appointment-outcome-due, appointment-cancelled,
appointment-rescheduled;
access-requested, erasure-requested, client-merged, records-ordered, records-ended,
records-confirmed; firm-edition-approved.
Says: conflict-detected, conflict-cleared, conflict-check-reopened, restriction-placed,
restriction-lifted, inquiry-moved, inquiry-answered, inquirer-letter-due; client-onboarded,
matter-opened, party-added where an inquiry becomes a client; records-ordered, records-confirmed,
records-ended, records-answered, client-erased; from its pages inquiry-received,
consent-granted, consent-withdrawn, client-preferences-updated; of talks appointment-held,
promise-made, understanding-requested, understanding-confirmed, understanding-disputed; tasks.
Asks people: ``conflict-check``, never whoever brings the matter; ``inquiry-ready``,
``inquiry-outcome``, ``decline-letter``, ``restriction-review``; ``appointment-outcome``,
``understanding-disputed``; ``records-request``, ``merge-clients``.
Shows clients: ``/p/…`` preferences, ``/u/…`` unsubscribe, ``/f/…`` the form for asking for help,
``/h/…`` whether the firm understood them.
"""
