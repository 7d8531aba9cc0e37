"""Asks clients how their matters went, and leads what they or others complain of to its end.

Owns: surveys, answers, concerns (recoveries, complaints, disputes), their steps and how they ended.
Hears: survey-due, concern-check-due (from playbooks); complaint-received, dispute-opened;
client-onboarded, client-updated, matter-opened (whose matter);
matter-closed, matter-reopened (which closing is asked about);
client-preferences-updated (which language they chose); records-ordered, client-merged.
Says: feedback-requested, feedback-not-requested, feedback-submitted, service-recovery-opened,
service-recovery-resolved, complaint-received (where a comment is one), concern-opened,
concern-advanced, concern-closed, letter-requested (at steps of a complaint),
satisfaction-measured, records-confirmed, tasks.
Asks people: ``service-recovery``, due in one business day, never the matter's owner nor whom it is
about; ``remedy``, of a partner; ``confirm``, of each side of a dispute; ``verify``, two weeks after
it was closed; ``survey-comment``, every comment that no concern shows.
Shows clients: ``/s/…`` the survey.
"""
