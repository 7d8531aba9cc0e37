"""What is the second person asked about a change of the firm's rules and words?"""

from shared.contracts.task_kind import DecisionName, Field, TaskKind

EDITION_APPROVAL = TaskKind(
    "edition-approval",
    "Look at a change of rules and texts, and approve it",
    ("partner", "ops"),
    (
        Field("edition", "Which edition", "display"),
        Field("by", "Who proposed it", "display"),
        Field("note", "What it is for", "display"),
        Field("changes", "What it changes", "display"),
        Field("simulated", "What is known of it from the firm's past", "display"),
        Field("stale", "Why it cannot be approved as it is", "display"),
        Field("reason", "Why not", "long-text", ("reject",)),
    ),
    (
        DecisionName(
            "reject",
            "Reject it",
            "It does not come into force; whoever proposed it reads why. It is approved on its own"
            " page, line by line.",
        ),
    ),
    second=True,
)
