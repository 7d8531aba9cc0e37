"""What does feedback ask people about concerns and comments, and how may they decide it?"""

from shared.contracts.task_kind import CHANNELS, STAFF, DecisionName, Field, TaskKind

COMPLAINT_TYPES = ("service", "fees", "conduct", "data-protection")
SIGNPOSTED = ("ombudsman", "chamber", "regulator", "arbitration", "court", "other")
REMEDIES = ("work-done-again", "fee-reduced", "fee-waived", "refund", "payment", "other")
_PROGRESS = (
    Field("concern", "What it is", "display"),
    Field("steps", "Its steps", "display"),
    Field("events", "Its history", "display"),
)
_SAID = (
    Field("score", "Score", "display"),
    Field("satisfaction", "Satisfaction", "display"),
    Field("ease", "Ease", "display"),
    Field("stage", "Asked about", "display"),
    Field("comment", "What the client wrote", "display"),
    Field("matter_owner", "Who handled the matter", "display"),
)

SERVICE_RECOVERY = TaskKind(
    "service-recovery",
    "Make it right with an unhappy client",
    ("lawyer", "partner"),
    (
        *_SAID,
        *_PROGRESS,
        Field("parties", "Whom of the firm it is about", "display"),
        Field("tries", "Days on which somebody tried to reach the client", "display"),
        Field("alone", "Decided alone", "display"),
        Field("proposed", "What the client is to get", "display"),
        Field("ask_complaint", "Whether it is a complaint", "display"),
        Field("outcome_choices", "How it may end", "display"),
        Field("cause_code_choices", "The causes the firm tells apart", "display"),
        Field("complaint_type", "What it is about", "choice", ("complaint",), COMPLAINT_TYPES),
        Field(
            "told_by",
            "How they were told",
            "choice",
            (),
            CHANNELS,
            ("acknowledge", "told", "signposted"),
            recorded=True,
        ),
        Field("signposted_to", "Where else", "choice", ("signposted",), SIGNPOSTED, recorded=True),
        Field("remedy", "What the client is to get", "choice", ("remedy",), REMEDIES),
        Field("amount", "Amount, such as 250.00", "text", only_for=("remedy",)),
        Field("release", "Does the client give up a claim for it?", "yes-no", ("remedy",)),
        Field(
            "outcome",
            "Outcome",
            "choice",
            ("resolve",),
            (
                "apologised",
                "explained",
                "fee-adjusted",
                "compensated",
                "work-corrected",
                "settled",
                "nobody-at-fault",
                "client-unreachable",
                "no-contact-wanted",
                "taken-back",
            ),
        ),
        Field("cause_code", "What it came from", "choice", ("resolve",), only_for=("pass-on",)),
        Field(
            "passed_to",
            "Passed on to",
            "choice",
            ("pass-on",),
            ("managing-partner", "liability-insurer", "ombudsman", "another-firm"),
        ),
        Field("client_told", "Were they told what came of it?", "yes-no", ("resolve", "pass-on")),
        Field(
            "note",
            "What was found, done or said",
            "long-text",
            ("investigated", "told"),
            only_for=(
                "acknowledge",
                "signposted",
                "resolve",
                "log-try",
                "remedy",
                "complaint",
                "pass-on",
            ),
        ),
    ),
    (
        DecisionName(
            "acknowledge",
            "They know that we look into it",
            "The step is kept with its time. It stays with you, and is due by its next step. A "
            "letter the firm writes at it is drafted, for somebody to approve.",
            talk=True,
        ),
        DecisionName(
            "investigated",
            "Looked into",
            "What you found is kept for colleagues, with your note.",
        ),
        DecisionName(
            "told",
            "Told what came of it",
            "A letter the firm writes at this step is drafted, for somebody to approve. In a "
            "disagreement, each side is asked then whether it is settled.",
            talk=True,
        ),
        DecisionName(
            "resolve",
            "Resolve",
            "It is closed: once the client was told, or cannot or does not want to be. Two weeks "
            "later somebody asks whether it is right now.",
        ),
        DecisionName(
            "log-try",
            "Tried, not reached",
            "It stays open. After tries on three different days the client counts as unreachable.",
        ),
        DecisionName(
            "remedy",
            "Propose a remedy",
            "Above the firm's limit, and whenever the client gives up a claim, a partner decides. "
            "Once it is agreed, a letter about it is drafted, unless the one that tells them what "
            "came of it is still to be written.",
        ),
        DecisionName(
            "complaint",
            "It is a complaint",
            "It is led as one: it does not close because an answer is raised.",
        ),
        DecisionName(
            "signposted",
            "Told where else they may turn",
            "That the client is told of the ombudsman or the chamber is kept with its time. The "
            "letter that says how they may turn there is drafted, for somebody to approve.",
        ),
        DecisionName(
            "pass-on",
            "Pass it on",
            "It is closed here: whoever has it now goes on, and the client knows.",
        ),
    ),
    second=True,
)
SURVEY_COMMENT = TaskKind(
    "survey-comment",
    "Read what a client wrote",
    STAFF,
    (
        *_SAID,
        Field(
            "complaint_type",
            "What it complains of",
            "choice",
            (),
            COMPLAINT_TYPES,
            only_for=("complaint",),
        ),
    ),
    (
        DecisionName("thanks", "It is thanks", "Nothing more is to be done."),
        DecisionName("remark", "It is a remark or a wish", "Nothing more is asked of anybody."),
        DecisionName(
            "complaint",
            "It is a complaint",
            "Somebody neutral leads it, from the next business day on, whatever the score is.",
        ),
    ),
    second=True,
)
REMEDY = TaskKind(
    "remedy",
    "Agree to what a client is to get",
    ("partner", "lawyer"),
    (
        *_PROGRESS,
        Field("comment", "What the client wrote", "display"),
        Field("proposed", "What the client is to get", "display"),
        Field("proposed_by", "Who proposed it", "display"),
        Field("limit", "What may be promised without a partner", "display"),
        Field("gives_up", "Whether the client gives up a claim", "display"),
        Field(
            "represented",
            "Does another lawyer advise the client on the release?",
            "yes-no",
            only_for=("agree",),
        ),
        Field(
            "advised",
            "Was the client advised in writing that they should ask one?",
            "yes-no",
            only_for=("agree",),
        ),
        Field("time_given", "Did they have time to ask one?", "yes-no", only_for=("agree",)),
        Field("reason", "Reason", "long-text", ("refuse",)),
    ),
    (
        DecisionName(
            "agree",
            "Agree",
            "Whoever leads the concern may promise exactly this, and writes it to the client.",
        ),
        DecisionName("refuse", "Refuse", "Whoever leads the concern reads your reason."),
    ),
    second=True,
)
CONFIRM = TaskKind(
    "confirm",
    "Say whether it is settled",
    (*STAFF, "conflicts-officer", "ops"),
    (
        *_PROGRESS,
        Field("side", "Whose word is asked for", "display"),
        Field(
            "note",
            "What is settled, or what is not",
            "long-text",
            ("not-settled",),
            only_for=("settled",),
        ),
    ),
    (
        DecisionName("settled", "It is settled", "It closes once the other side says so, too."),
        DecisionName("not-settled", "It is not settled", "Whoever leads it goes on with it."),
    ),
    named=True,
)
VERIFY = TaskKind(
    "verify",
    "Ask whether it is right now",
    ("lawyer", "partner"),
    (
        *_PROGRESS,
        Field("ended", "How it ended", "display"),
        Field("tries", "Days on which somebody tried to reach them", "display"),
        Field(
            "note",
            "What they said",
            "long-text",
            ("right-now", "still-unhappy"),
            only_for=("log-try", "no-answer", "signposted"),
        ),
    ),
    (
        DecisionName(
            "right-now", "It is right now", "It is over, and the reports say so.", talk=True
        ),
        DecisionName(
            "still-unhappy", "Still unhappy", "It is open again, for somebody neutral.", talk=True
        ),
        DecisionName("log-try", "Tried, not reached", "It stays open for another day."),
        DecisionName(
            "signposted",
            "Told where else they may turn",
            "That the client is told of the ombudsman or the chamber is kept with its time. The "
            "letter that says how they may turn there is drafted, for somebody to approve.",
        ),
        DecisionName(
            "no-answer", "Left at that", "After tries on three different days nobody asks again."
        ),
    ),
    second=True,
)
