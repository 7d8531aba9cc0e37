"""What does intake ask people once an appointment is over, and how may they decide it?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

HELD = ("held",)
MISSED = ("missed-by-client", "missed-by-firm")
PROMISED = ("update", "document", "estimate", "call", "filing", "other")
PROMISES = ("promise", "promise_2", "promise_3")
"""What was promised stands under these names; by which day, under the same with ``_by``."""

APPOINTMENT_OUTCOME = TaskKind(
    "appointment-outcome",
    "Say what came of an appointment",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("met_at", "When it was", "display"),
        Field("present", "Who took part", "text", only_for=HELD),
        Field("said", "What was said", "long-text", only_for=HELD),
        Field(
            "understood",
            "What we understood, as the client will read it",
            "long-text",
            HELD,
        ),
        Field("authority_limit", "How far we may go for them", "text", only_for=HELD),
        Field("next_step", "The next step", "text", only_for=HELD),
        Field("promise", "We promised", "choice", choices=PROMISED, only_for=HELD),
        Field("promise_by", "By which day", "day", only_for=HELD),
        Field("promise_2", "We also promised", "choice", choices=PROMISED, only_for=HELD),
        Field("promise_2_by", "By which day", "day", only_for=HELD),
        Field("promise_3", "And", "choice", choices=PROMISED, only_for=HELD),
        Field("promise_3_by", "By which day", "day", only_for=HELD),
        Field("happened", "What happened", "long-text", MISSED),
    ),
    (
        DecisionName(
            "held",
            "It was held",
            "The client is asked by e-mail whether we understood them. What was promised is owed.",
        ),
        DecisionName(
            "missed-by-client", "The client did not come", "Somebody is asked to call them."
        ),
        DecisionName(
            "missed-by-firm",
            "We did not come",
            "A lawyer is asked to call them and apologise.",
        ),
    ),
)
UNDERSTANDING_DISPUTED = TaskKind(
    "understanding-disputed",
    "Put right what we misunderstood",
    ("lawyer", "partner", "assistant"),
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("met_at", "When we met", "display"),
        Field("objection", "What the client says is wrong", "display"),
        Field("understood_before", "What we had understood", "display"),
        Field(
            "understood",
            "What we understand now, as the client will read it",
            "long-text",
            ("corrected",),
        ),
        Field("reason", "What was agreed", "long-text", ("settled",)),
    ),
    (
        DecisionName(
            "corrected", "Ask the client again", "They are asked whether this is right now."
        ),
        DecisionName(
            "settled",
            "Settled in a talk",
            "What was agreed is kept with the note; the client is not written to.",
            talk=True,
        ),
    ),
)
ATTENDANCE = (APPOINTMENT_OUTCOME, UNDERSTANDING_DISPUTED)
