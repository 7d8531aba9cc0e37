"""What does intake ask people about inquiries and conflicts, and how may they decide it?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

CONFLICT_OUTCOMES = ("clear", "clear-with-waiver", "decline")
CONFLICT_GROUNDS = (
    "another-person", "another-company", "no-opposed-interests",
    "opposed-interests", "former-client", "confidential-knowledge", "other",
)  # fmt: skip
"""The first three clear, the others decline: which may be said when, its owner says."""
HIT_GROUNDS = (*CONFLICT_GROUNDS[:3], "informed-consent", *CONFLICT_GROUNDS[3:])
"""The same of a single hit, where a waiver may cover it."""

CONFLICT_CHECK = TaskKind(
    "conflict-check",
    "Decide a possible conflict of interest",
    ("conflicts-officer", "partner"),
    (
        Field("name", "Who was checked", "display"),
        Field("hits", "Known parties that may be the same", "display"),
        Field("pairs", "Who may be the same client, by the task about it", "display"),
        Field("incomplete", "What could not be searched", "display"),
        Field("earlier", "Decided before", "display"),
        Field("verdicts", "Verdict on each of them", "each-hit", (), HIT_GROUNDS),
        Field("for_the_rest", "The grounds and reason hold for the rest", "each-hit"),
        Field("claimed", "Named alike by others who asked for help", "display"),
        Field("document_ref", "Reference of the signed waiver", "text", ("clear-with-waiver",)),
        Field("signed_on", "Day it was signed, like 2026-05-31", "text", ("clear-with-waiver",)),
        Field(
            "affected",
            "Every client who signed it, one on each line",
            "long-text",
            ("clear-with-waiver",),
        ),
        Field("grounds", "Grounds", "choice", ("clear", "decline"), CONFLICT_GROUNDS),
        Field("reason", "Reason, for the record", "long-text", CONFLICT_OUTCOMES),
    ),
    (
        DecisionName(
            "clear", "Clear: not the same party", "The firm may act, and what waited goes on."
        ),
        DecisionName(
            "clear-with-waiver",
            "Clear with a signed waiver",
            "The same, on the strength of the document you name.",
        ),
        DecisionName(
            "decline",
            "Decline to act",
            "The firm does not act, and somebody is asked to write that.",
        ),
    ),
    second=True,
)
LOST_BECAUSE = ("no-answer", "another-firm", "too-expensive", "settled", "other")
LOST = DecisionName("lost", "They ask no more", "Nothing is kept but the names.")
INQUIRY_READY = TaskKind(
    "inquiry-ready",
    "Answer somebody who asked the firm for help",
    STAFF,
    (
        Field("name", "Who asked", "display"),
        Field("contact", "How to reach them", "display"),
        Field("practice_area", "What it is about", "display"),
        Field("confirmed", "Whether the e-mail address is theirs", "display"),
        Field("not_arrived", "Why the last letter did not reach them", "display"),
        Field("others", "Other parties they named", "display"),
        Field("deadline", "Deadline they named", "display"),
        Field("story", "What they wrote", "display"),
        Field("link", "Where they can tell what it is about", "display"),
        Field("letter", "A letter with that link", "display"),
        Field("note", "What was said", "long-text", ("contacted",)),
        Field(
            "deadline_told",
            "Were they told that time limits may be running?",
            "yes-no",
            ("contacted",),
            recorded=True,
        ),
        Field("reason", "Why the firm does not take it", "long-text", ("not-taken",)),
        Field("lost_because", "Why they ask no more", "choice", ("lost",), LOST_BECAUSE),
    ),
    (
        DecisionName(
            "invite",
            "Send them the link by e-mail",
            "It goes to the address they confirmed; where it cannot, this task says so. It stays "
            "with you.",
        ),
        DecisionName(
            "contacted",
            "I have been in touch",
            "You are asked what came of it; nobody else has to call them.",
        ),
        DecisionName(
            "not-taken",
            "The firm does not take it",
            "What they wrote is dropped, and somebody is asked to write to them.",
        ),
        LOST,
    ),
)
INQUIRY_OUTCOME = TaskKind(
    "inquiry-outcome",
    "Say what came of an inquiry",
    STAFF,
    (
        Field("name", "Who asked", "display"),
        Field("contact", "How to reach them", "display"),
        Field("others", "Other parties they named", "display"),
        Field("deadline", "Deadline they named", "display"),
        Field("story", "What they wrote", "display"),
        Field("client_name", "Name of the client", "text", ("engaged",)),
        Field("email", "E-mail address", "text", only_for=("engaged",)),
        Field("phone", "Telephone number", "text", only_for=("engaged",)),
        Field("area", "Practice area", "text", ("engaged",)),
        Field("lawyer", "Who leads the matter", "lawyer", ("engaged",)),
        Field("client_id", "Id of the client in your other systems", "text", ("engaged",)),
        Field("matter_id", "Id of the matter there", "text", ("engaged",)),
        Field("reason", "Why the firm does not take it", "long-text", ("not-taken",)),
        Field("lost_because", "Why they ask no more", "choice", ("lost",), LOST_BECAUSE),
    ),
    (
        DecisionName(
            "engaged",
            "They are a client now",
            "The client, the matter and whoever they named are made of what stands here.",
        ),
        DecisionName(
            "not-taken",
            "The firm does not take it",
            "What they wrote is dropped, and somebody is asked to write to them.",
        ),
        LOST,
    ),
)
DECLINE_LETTER = TaskKind(
    "decline-letter",
    "Send the letter that the firm does not act",
    STAFF,
    (
        Field("name", "Whom to write to", "display"),
        Field("contact", "How to reach them", "display"),
        Field("confirmed", "Whether the e-mail address is theirs", "display"),
        Field("not_arrived", "Why the last letter did not reach them", "display"),
        Field("letter", "The letter", "display"),
        Field(
            "sent_by",
            "How it went",
            "choice",
            ("sent",),
            ("e-mail", "post", "handed-over"),
            recorded=True,
        ),
        Field("sent_on", "Which day, if not today", "day", only_for=("sent",), recorded=True),
        Field("reason", "Why no letter is needed", "long-text", ("not-needed",)),
    ),
    (
        DecisionName(
            "send",
            "Send it by e-mail now",
            "It goes to the address they confirmed; once it went, nothing is kept but the names. "
            "If it cannot go, you are asked to write yourself.",
        ),
        DecisionName("sent", "Sent", "Of an inquiry nothing is kept from then on but the names."),
        DecisionName("not-needed", "No letter is needed", "The same. Your reason is kept."),
    ),
)
RESTRICTION_REVIEW = TaskKind(
    "restriction-review",
    "Say whether a restriction still has to stand",
    ("partner", "lawyer"),
    (
        Field("what", "Kind of restriction", "display"),
        Field("since", "Placed", "display"),
        Field("placed_by", "By", "display"),
        Field("screened", "Whom the wall keeps away", "display"),
        Field("why", "Why", "display"),
        Field("reviewed", "Looked at last", "display"),
        Field("screened_on", "Wall: since when they have no part in it", "day", (), (), ("keep",)),
        Field("no_share_of_fee", "Wall: they get no part of the fee", "yes-no", (), (), ("keep",)),
        Field(
            "notice_on",
            "Wall: day the former client was told in writing",
            "day",
            (),
            (),
            ("keep",),
        ),
        Field(
            "certified_on",
            "Wall: day its keeping was last certified",
            "day",
            (),
            (),
            ("keep",),
        ),
        Field("stands_because", "Why it still has to stand", "long-text", ("keep",), recorded=True),
        Field("reason", "Why it is lifted, for the record", "long-text", ("lift",)),
    ),
    (
        DecisionName("keep", "It has to stand", "You are asked again after the same time."),
        DecisionName(
            "lift", "Lift it", "It binds nobody any more, and what waited for it goes on."
        ),
    ),
)
"""For a wall, the four days and facts of Model Rule 1.10(a)(2) are needed to keep it."""
OF_INQUIRIES = (INQUIRY_READY, INQUIRY_OUTCOME, DECLINE_LETTER, RESTRICTION_REVIEW)
