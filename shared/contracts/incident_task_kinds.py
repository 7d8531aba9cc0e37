"""What are people asked while something serious happens, and how may they answer?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

EVERYBODY = (*STAFF, "conflicts-officer", "ops")
INCIDENT_PROPOSAL = TaskKind(
    "incident-proposal",
    "Decide whether this is an incident",
    ("partner", "lawyer"),
    (
        Field("noticed", "What was noticed", "display"),
        Field("plan", "What follows if you declare it", "display"),
        Field("spokesperson_id", "Who alone speaks for the firm", "lawyer", only_for=("declare",)),
        Field("reason", "Why it is no incident", "long-text", ("not-an-incident",)),
    ),
    (
        DecisionName(
            "declare",
            "Declare the incident",
            "Its plan begins: steps go to their people. You are the spokesperson unless you name"
            " another.",
        ),
        DecisionName("not-an-incident", "Not an incident", "Nothing begins. Your reason is kept."),
    ),
    at_once=True,
)
INCIDENT_STEP = TaskKind(
    "incident-step",
    "Do a step of the plan",
    EVERYBODY,
    (
        Field("incident", "Incident", "display"),
        Field("what", "What to do", "display"),
        Field("spokesperson", "Who alone speaks for the firm", "display"),
        Field("reason", "Why it is not needed", "long-text", ("not-needed",)),
        Field("note", "What was done, for the log", "long-text", ("done",)),
    ),
    (
        DecisionName("done", "Done", "The log of the incident says so."),
        DecisionName("not-needed", "Not needed", "The log keeps your reason."),
    ),
    at_once=True,
)
ROLL_CALL = TaskKind(
    "roll-call",
    "Say whether you are safe",
    EVERYBODY,
    (
        Field("incident", "Incident", "display"),
        Field("person", "Who is asked", "display"),
        Field("note", "Where you are, or what is needed", "long-text"),
    ),
    (
        DecisionName("safe", "Safe", "You, or whoever you reached, count as accounted for."),
        DecisionName("needs-help", "Needs help", "The spokesperson is asked at once to see to it."),
    ),
    named=True,
    at_once=True,
)

INCIDENT_TASK_KINDS = (INCIDENT_PROPOSAL, INCIDENT_STEP, ROLL_CALL)
