"""What is a person asked about the systems that come to the doors?"""

from shared.contracts.task_kind import DecisionName, Field, TaskKind

SOURCE_SILENT = TaskKind(
    "source-silent",
    "See why a system says nothing",
    ("ops",),
    (
        Field("source", "System", "display"),
        Field("spoke", "Spoke last", "display"),
        Field("longest", "May be silent for", "display"),
        Field("note", "What you found", "long-text", ("seen-to",)),
    ),
    (
        DecisionName(
            "seen-to",
            "Seen to",
            "Nobody is asked again until it has spoken and falls silent once more.",
        ),
    ),
)
