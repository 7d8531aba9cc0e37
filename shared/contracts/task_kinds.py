"""Which kinds of task are there, what does a person fill in, and how may each be decided?"""

from shared.contracts.attendance_task_kinds import ATTENDANCE
from shared.contracts.commitment_task_kinds import COMMITMENT
from shared.contracts.deadline_task_kinds import OF_DEADLINES
from shared.contracts.edition_task_kinds import EDITION_APPROVAL
from shared.contracts.feedback_task_kinds import (
    CONFIRM,
    REMEDY,
    SERVICE_RECOVERY,
    SURVEY_COMMENT,
    VERIFY,
)
from shared.contracts.gateway_task_kinds import SOURCE_SILENT
from shared.contracts.incident_task_kinds import INCIDENT_TASK_KINDS
from shared.contracts.intake_task_kinds import CONFLICT_CHECK, OF_INQUIRIES
from shared.contracts.letter_task_kinds import LETTER_APPROVAL, LETTER_POSTING
from shared.contracts.mailbox_task_kinds import OF_MAILBOX
from shared.contracts.message_task_kinds import UNKNOWN_MESSAGE
from shared.contracts.records_task_kinds import MERGE_CLIENTS, RECORDS_REQUEST
from shared.contracts.scorecard_task_kinds import CLIENT_CHECK_IN, LEARNING, SYSTEMIC_CAUSE
from shared.contracts.subscription_task_kinds import SUBSCRIPTION_OFF
from shared.contracts.task_kind import (
    NEXT_TRY,
    NOT_REACHED,
    STAFF,
    DecisionName,
    Field,
    TaskKind,
    how,
    spoke_with,
    what_was_said,
)
from shared.contracts.testimonial_task_kinds import OF_TESTIMONIALS

CALL_CLIENT = TaskKind(
    "call-client",
    "Call the client",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("message", "What to say", "display"),
        Field("tries", "Tried before", "display"),
        what_was_said("reached"),
        spoke_with("reached"),
        NEXT_TRY,
        Field("reason", "Why nobody needs to call any more", "long-text", ("no-more-calls",)),
    ),
    (
        DecisionName(
            "reached", "Reached", "The client's timeline says that you spoke, and what.", talk=True
        ),
        NOT_REACHED,
        DecisionName(
            "no-more-calls",
            "Call no more",
            "The task ends although nobody spoke to the client. Your reason is kept.",
        ),
    ),
)
CONTACT_GAP = TaskKind(
    "contact-gap",
    "Get in touch with the client",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("tries", "Tried before", "display"),
        what_was_said("contacted"),
        how("contacted"),
        spoke_with("contacted"),
        NEXT_TRY,
        Field("reason", "Why no contact is needed", "long-text", ("not-needed",)),
    ),
    (
        DecisionName(
            "contacted", "Contacted", "The time without contact is counted anew.", talk=True
        ),
        NOT_REACHED,
        DecisionName("not-needed", "Not needed", "Your reason is kept for colleagues."),
    ),
)
ACKNOWLEDGE_CONTACT = TaskKind(
    "acknowledge-contact",
    "Answer the client",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("tries", "Tried before", "display"),
        what_was_said("answered"),
        how("answered"),
        spoke_with("answered"),
        NEXT_TRY,
        Field("reason", "Why no answer is needed", "long-text", ("not-needed",)),
    ),
    (
        DecisionName("answered", "Answered", "It counts as a contact with the client.", talk=True),
        NOT_REACHED,
        DecisionName("not-needed", "No answer needed", "Your reason is kept for colleagues."),
    ),
    at_once=True,
)
UNMET_WISH = TaskKind(
    "unmet-wish",
    "See to a client's wish",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("note", "What was arranged", "long-text", ("noted",)),
    ),
    (DecisionName("noted", "Seen to", "Messages go on as they do."),),
)
REPORT_REASONS = (
    "advertising", "affiliated", "competitor", "conflict-of-interest", "false-information",
    "harassment", "harmful", "hate-speech", "insult", "not-genuine", "not-helpful", "off-topic",
    "other-business", "personal-information", "profanity", "spam", "unlawful",
)  # fmt: skip
"""Every reason any review site knows; which of them one site takes, its owner says."""

REVIEW_RESPONSE = TaskKind(
    "review-response",
    "Approve the reply to a public review",
    STAFF,
    (
        Field("site", "Site", "display"),
        Field("location", "Location", "display"),
        Field("stars", "Stars", "display"),
        Field("language", "Language of the review", "display"),
        Field("review", "The review", "display"),
        Field("url", "Where it stands", "display"),
        Field("text", "The reply", "long-text", ("edit",)),
        Field("lawyer", "Why a lawyer has to approve it", "display"),
        Field("hints", "What was noticed in the reply", "display"),
        Field("pieces", "The reply in pieces, each with the hints it belongs to", "display"),
        Field("variants", "Replies the firm has approved for such a review", "display"),
        Field("alone", "From when its author may approve it alone", "display"),
        Field("reports", "What the site was told before", "display"),
        Field("report_reason_choices", "The reasons the site knows", "display"),
        Field(
            "report_reason",
            "Reason, from the site's own list",
            "choice",
            ("report",),
            REPORT_REASONS,
        ),
        Field("report_words", "What you tell the site", "long-text", ("report",)),
        Field("reason", "Reason", "long-text", ("no-response",)),
    ),
    (
        DecisionName(
            "edit",
            "Save the changed reply",
            "You are its author from then on, so somebody else has to approve it.",
        ),
        DecisionName(
            "approve",
            "Approve this reply",
            "Exactly this text goes on to the site, and no other.",
        ),
        DecisionName("no-response", "Do not reply", "Nothing is posted. Your reason is kept."),
        DecisionName(
            "report",
            "Reported to the site",
            "What you told the site is kept, and somebody looks after some days what it did.",
        ),
    ),
    second=True,
)
REVIEW_POSTING = TaskKind(
    "review-posting",
    "Post the approved reply on the site",
    STAFF,
    (
        Field("site", "Site", "display"),
        Field("location", "Location", "display"),
        Field("url", "Where to post it", "display"),
        Field("text", "The approved reply, to copy as it is", "display"),
        Field("reason", "Why the site refused it", "long-text", ("rejected-by-site",)),
    ),
    (
        DecisionName("posted", "Posted", "The review counts as answered."),
        DecisionName(
            "rejected-by-site",
            "The site refused it",
            "The text is kept, and somebody is asked what to say instead.",
        ),
    ),
)
REVIEW_REPORT = TaskKind(
    "review-report",
    "See what the site did about a reported review",
    STAFF,
    (
        Field("site", "Site", "display"),
        Field("location", "Location", "display"),
        Field("url", "Where the review stood", "display"),
        Field("review", "The review", "display"),
        Field("reported", "Reported", "display"),
        Field("report_words", "What the site was told", "display"),
        Field("note", "Note", "long-text"),
    ),
    (
        DecisionName(
            "removed", "The site removed it", "Whatever else is open about the review ends."
        ),
        DecisionName("kept", "The site keeps it", "The reply is decided as if nothing was said."),
        DecisionName("no-answer-yet", "No answer yet", "Somebody looks again after some days."),
    ),
)
FOLLOW_UP = TaskKind(
    "follow-up",
    "Follow up",
    (*STAFF, "conflicts-officer", "ops"),
    (Field("words", "What to do", "display"), Field("note", "Note", "long-text")),
    (DecisionName("done", "Done"),),
)

TASK_KINDS: dict[str, TaskKind] = {
    each.kind: each
    for each in (
        CONFLICT_CHECK,
        CALL_CLIENT,
        CONTACT_GAP,
        CLIENT_CHECK_IN,
        ACKNOWLEDGE_CONTACT,
        COMMITMENT,
        *OF_DEADLINES,
        UNMET_WISH,
        UNKNOWN_MESSAGE,
        *OF_MAILBOX,
        LETTER_APPROVAL,
        LETTER_POSTING,
        EDITION_APPROVAL,
        SERVICE_RECOVERY,
        SURVEY_COMMENT,
        REMEDY,
        CONFIRM,
        VERIFY,
        SYSTEMIC_CAUSE,
        LEARNING,
        REVIEW_RESPONSE,
        REVIEW_POSTING,
        REVIEW_REPORT,
        *OF_TESTIMONIALS,
        *OF_INQUIRIES,
        *ATTENDANCE,
        *INCIDENT_TASK_KINDS,
        RECORDS_REQUEST,
        SUBSCRIPTION_OFF,
        SOURCE_SILENT,
        MERGE_CLIENTS,
        FOLLOW_UP,
    )
}
