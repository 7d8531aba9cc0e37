"""Which lines of a timeline does a person ask for by one word, such as "contacts"?"""

MADE = ("contact-sent", "client-contact-logged")
NOT_MADE = ("contact-deferred", "contact-suppressed", "contact-failed", "contact-unknown")
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "contacts": (
        "Every contact, made or not",
        ("contact-planned", "contact-plan-changed", *MADE, *NOT_MADE),
    ),
    "made": ("Contacts made", MADE),
    "not-made": ("Contacts put off or not made", NOT_MADE),
    "tasks": (
        "Tasks of the firm",
        ("task-created", "task-updated", "task-completed", "task-cancelled", "task-escalated",
         "contact-gap-detected"),
    ),
    "owed": (
        "What the firm owes",
        ("commitment-made", "commitment-met", "commitment-missed", "commitment-voided",
         "promise-made", "promise-moved", "promise-kept", "call-requested", "call-returned",
         "offer-received", "offer-conveyed", "document-acknowledged",
         "opt-out-honoured"),
    ),
    "letters": (
        "Letters that are approved first",
        ("letter-requested", "letter-drafted", "letter-approved", "letter-dropped"),
    ),
    "deadlines": (
        "Deadlines",
        ("deadline-set", "deadline-moved", "deadline-done", "deadline-cancelled",
         "deadline-verified", "deadline-acknowledged"),
    ),
    "dates": (
        "Appointments, documents, invoices",
        ("appointment-scheduled", "appointment-rescheduled", "appointment-cancelled",
         "appointment-outcome-due", "appointment-held", "understanding-requested",
         "understanding-confirmed", "understanding-disputed",
         "document-requested", "document-received", "document-overdue",
         "invoice-issued", "invoice-paid", "invoice-settled", "invoice-overdue"),
    ),
    "matters": (
        "Client, matters, conflict checks",
        ("client-onboarded", "client-updated", "matter-opened", "matter-closed", "matter-reopened",
         "handover-completed",
         "matter-stage-changed", "party-added", "inquiry-moved", "conflict-detected",
         "conflict-cleared",
         "conflict-check-reopened"),
    ),
    "consents": (
        "Consents and wishes",
        ("consent-granted", "consent-withdrawn", "client-preferences-updated"),
    ),
    "feedback": (
        "Surveys, concerns, review asks",
        ("survey-due", "feedback-requested", "feedback-not-requested", "feedback-submitted",
         "invitation-dropped",
         "service-recovery-opened", "service-recovery-resolved", "complaint-received",
         "dispute-opened", "concern-opened", "concern-advanced", "concern-closed",
         "concern-check-due", "retention-risk-raised", "retention-risk-cleared",
         "pattern-detected", "learning-assigned", "learning-completed", "review-ask-due",
         "review-requested", "testimonial-sought", "testimonial-requested",
         "testimonial-consented", "testimonial-declined", "testimonial-published",
         "testimonial-withdrawn", "publication-withdrawn"),
    ),
}  # fmt: skip
"""By the word in an address: what it is called, and which types of event it means."""


def kinds_of(group: str) -> tuple[str, ...] | None:
    """The kinds a group means; None, which is all of them, for a word that names no group."""
    found = GROUPS.get(group)
    return found[1] if found else None


def group_of_kind(kind: str) -> str:
    """The group a kind belongs to first; what is not known goes with the matters."""
    return next((name for name, (_, kinds) in GROUPS.items() if kind in kinds), "matters")
