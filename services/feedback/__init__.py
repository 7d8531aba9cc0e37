"""Asks clients how their matters went, and leads what they or others complain of to its end.

Owns: surveys, answers, concerns (recoveries, complaints, disputes), their steps and how they ended;
what the firm's work adds up to (facts and tallies), which clients may leave, causes and learning.
Hears: survey-due, concern-check-due (from playbooks); complaint-received, dispute-opened;
client-onboarded, client-updated, matter-opened, handover-completed (whose matter);
matter-closed, matter-reopened (which closing is asked about);
client-preferences-updated (which language they chose); records-ordered, records-ended,
client-merged, firm-edition-approved. What worries about a client: contact-gap-detected,
client-contact-logged, feedback-submitted, service-recovery-resolved, commitment-missed,
concern-opened, concern-closed. What is counted: commitment-made, commitment-met, commitment-voided;
inquiry-received, inquiry-moved, inquiry-answered; call-requested, call-returned, offer-received,
offer-conveyed, document-received, document-acknowledged; feedback-requested; review-received,
review-removed, review-response-published, review-ask-due, review-requested; contact-sent,
contact-deferred, contact-suppressed, contact-failed, contact-unknown; task-escalated.
Says: feedback-requested, feedback-not-requested, feedback-submitted, service-recovery-opened,
service-recovery-resolved, complaint-received (where a comment is one), concern-opened,
concern-advanced, concern-closed, letter-requested (at steps of a complaint),
satisfaction-measured, retention-risk-raised, retention-risk-cleared, pattern-detected,
learning-assigned, learning-completed, records-confirmed, tasks.
Asks people: ``service-recovery``, due in one business day, never the matter's owner nor whom it is
about; ``remedy``, of a partner; ``confirm``, of each side of a dispute; ``verify``, two weeks after
it was closed; ``survey-comment``, every comment that no concern shows; ``systemic-cause``, of a
partner, once for each pattern; ``learning``, of whoever is to learn from it.
Shows clients: ``/s/…`` the survey.
"""
