"""What is a person asked about what the firm owes, and how may they answer?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

COMMITMENT = TaskKind(
    "commitment",
    "Do what the firm owes",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("owed", "What is owed", "display"),
        Field("source", "By which rule", "display"),
        Field("since", "Owed since", "display"),
        Field("due_day", "New day", "day", ("moved",), recorded=True),
        Field(
            "client_told",
            "Does the client know the new day?",
            "yes-no",
            ("moved",),
            recorded=True,
        ),
        Field("reason", "Why it is not owed any more", "long-text", ("void",)),
        Field("note", "What was done, or why it is later", "long-text", ("kept", "moved")),
    ),
    (
        DecisionName("kept", "Done", "It counts as met, or, after its due time, as done late."),
        DecisionName(
            "moved",
            "Due on another day",
            "The client has to know the new day. It is due when the firm closes then.",
        ),
        DecisionName("void", "Not owed any more", "Your reason is kept.", roles=("partner",)),
    ),
    at_once=True,
)
