"""What is a person asked about a message of which nobody knows whether it arrived?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

UNKNOWN_MESSAGE = TaskKind(
    "unknown-message",
    "Settle whether a message went out",
    (*STAFF, "ops"),
    (
        Field("message", "The message", "display"),
        Field("channel", "Channel", "display"),
        Field("note", "How you know that it went", "long-text", ("was-sent",)),
    ),
    (
        DecisionName("was-sent", "It was sent", "Nothing more goes to the client."),
        DecisionName("send-again", "Send it again", "The client may then have it twice."),
    ),
)
