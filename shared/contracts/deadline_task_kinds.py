"""What are people asked about a deadline, and how may they answer?

Its day is verified by somebody else than who set it; two people acknowledge it, each apart; and
whoever does what it asks for says how.
"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

_SHOWN = (
    Field("deadline", "What has to be done", "display"),
    Field("day", "Runs out", "display"),
    Field("diary_day", "In the diary for", "display"),
    Field("source_rule", "By which rule", "display"),
    Field("set_by", "Set by", "display"),
)
DEADLINE_VERIFICATION = TaskKind(
    "deadline-verification",
    "Verify a deadline",
    STAFF,
    (
        *_SHOWN,
        Field(
            "reckoned",
            "From which day and by which rule you reckoned it",
            "text",
            only_for=("right",),
            recorded=True,
        ),
        Field("due_day", "The right day", "day", ("wrong",)),
        Field("source_rule_now", "By which rule it is that day", "text", ("wrong",)),
    ),
    (
        DecisionName(
            "right", "The day is right", "You have reckoned it yourself. Two people acknowledge it."
        ),
        DecisionName("wrong", "It is another day", "Somebody else verifies the day you give."),
    ),
    second=True,
    at_once=True,
)
DEADLINE_ACKNOWLEDGEMENT = TaskKind(
    "deadline-acknowledgement",
    "Acknowledge a deadline",
    STAFF,
    (*_SHOWN, Field("verified_by", "Verified by", "display")),
    (
        DecisionName(
            "acknowledged", "I have it in my diary", "The other one of the two is asked apart."
        ),
    ),
    second=True,
    at_once=True,
)
DEADLINE = TaskKind(
    "deadline",
    "Meet a deadline",
    STAFF,
    (
        *_SHOWN,
        Field("verified_by", "Verified by", "display"),
        Field("acknowledged_by", "Acknowledged by", "display"),
        Field("proof", "How it was done", "long-text", ("done",)),
        Field("due_day", "The new day", "day", ("moved",)),
        Field("source_rule_now", "By which rule or order", "text", ("moved",)),
        Field("reason", "Why it does not run any more", "long-text", ("cancelled",)),
    ),
    (
        DecisionName("done", "Done", "What you write is kept, for whoever has to prove it."),
        DecisionName("moved", "It is another day", "Somebody else verifies the new day."),
        DecisionName(
            "cancelled",
            "It does not run any more",
            "Your reason is kept.",
            roles=("lawyer", "partner"),
        ),
    ),
    at_once=True,
)

OF_DEADLINES = (DEADLINE, DEADLINE_VERIFICATION, DEADLINE_ACKNOWLEDGEMENT)
