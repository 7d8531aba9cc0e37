"""What is a person asked about a system that takes the firm's events no more?"""

from shared.contracts.task_kind import DecisionName, Field, TaskKind

SUBSCRIPTION_OFF = TaskKind(
    "subscription-off",
    "Look after a system that takes no more events",
    ("ops",),
    (
        Field("name", "Subscription", "display"),
        Field("url", "Address", "display"),
        Field("failure", "What happened last", "display"),
        Field("delivered", "When it last took an event", "display"),
        Field("note", "Note", "long-text"),
    ),
    (
        DecisionName("resume", "Send again", "What waited for it goes now, then what comes."),
        DecisionName(
            "leave-off",
            "Leave it off",
            "Nothing is sent. What waits is kept for 30 days: the command line can resume it.",
        ),
    ),
)
