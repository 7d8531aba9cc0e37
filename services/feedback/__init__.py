"""Asks clients how their matters went, and makes sure somebody sees to the unhappy ones.

Owns: surveys, answers, service recoveries and how they ended.
Hears: survey-due (from a playbook); client-onboarded, client-updated, matter-opened (whose matter);
matter-closed, matter-reopened (which closing is asked about);
client-preferences-updated (which language they chose).
Says: feedback-requested, feedback-not-requested, feedback-submitted, service-recovery-opened,
service-recovery-resolved, satisfaction-measured, tasks.
Asks people: ``service-recovery``, due in one business day, never the matter's owner;
``survey-comment``, every comment that no recovery shows.
Shows clients: ``/s/…`` the survey.
"""
