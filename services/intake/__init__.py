"""Takes in inquiries and clients, and finds out for whom the firm may act.

Owns: inquiries, clients, matters, parties, consents, conflict checks and the conflict index.
Hears: inquiry-received, client-onboarded, client-updated, matter-opened, matter-closed,
party-added, consent-granted, consent-withdrawn.
Says: conflict-detected, conflict-cleared, tasks.
Asks people: ``conflict-check``, never whoever brings the matter.
"""
