"""Keeps the firm's time: the right word to the right person at the right moment, or why not.

Owns: playbooks, editions of the firm's rules and words, timers, contact cards, messages and what
became of them, what staff decided about them before they went, what the firm owes by when
(commitments), the diary of deadlines, letters that people approve, refused addresses, text messages
and e-mails from clients, how far the firm's mailbox was read, when the firm's own people get their
digest.
Hears: every event a playbook names; clients, matters and consents for the contact cards; deadlines;
messages that came back or arrived; letter-requested; staff-named (who is in charge, below
messages).
Says: contact-planned, -plan-changed, -sent, -deferred, -suppressed, -failed, -unknown;
firm-edition-approved;
commitment-made, -met, -missed, -voided; deadline-verified, -acknowledged, and as people decide
-moved, -done, -cancelled; letter-drafted, -approved, -dropped; invitation-dropped (a survey or
review ask that comes to nothing); inquirer-letter-sent, -failed, -unknown; whatever a playbook
announces (survey-due, review-ask-due, contact-gap-detected, restriction-review-due,
task-escalated); contact-delivered, contact-bounced as a provider of text messages reports them,
consent-granted, consent-withdrawn and client-contact-logged as clients answer them; contact-bounced
and client-contact-logged as the firm's mailbox shows them;
records-confirmed; tasks.
Asks people: ``call-client``, ``contact-gap``, ``client-check-in``, ``acknowledge-contact``,
``commitment``,
``deadline``, ``deadline-verification``, ``deadline-acknowledgement``, ``letter-approval``,
``letter-posting``, ``edition-approval``, ``unmet-wish``, ``unknown-message``, ``client-mail``,
``strangers-mail``.
"""
