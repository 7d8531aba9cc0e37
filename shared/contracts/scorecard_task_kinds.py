"""What is a person asked about a client who may leave, and about a cause that came again?"""

from shared.contracts.task_kind import (
    NEXT_TRY,
    NOT_REACHED,
    STAFF,
    DecisionName,
    Field,
    TaskKind,
    how,
    spoke_with,
    what_was_said,
)

CLIENT_CHECK_IN = TaskKind(
    "client-check-in",
    "Ask how the client is",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("tries", "Tried before", "display"),
        what_was_said("contacted"),
        how("contacted"),
        spoke_with("contacted"),
        NEXT_TRY,
        Field("reason", "Why nobody needs to ask", "long-text", ("not-needed",)),
    ),
    (
        DecisionName(
            "contacted", "Spoke with them", "It counts as a contact with the client.", talk=True
        ),
        NOT_REACHED,
        DecisionName("not-needed", "Not needed", "Your reason is kept for colleagues."),
    ),
)
SYSTEMIC_CAUSE = TaskKind(
    "systemic-cause",
    "See to a cause that came again",
    ("partner",),
    (
        Field("cause", "Cause", "display"),
        Field("concerns", "Concerns of this cause", "display"),
        Field("before", "Decided about it before", "display"),
        Field("learner", "Who is to learn from it", "lawyer", (), (), ("train",)),
        Field("team", "Or which team", "text", (), (), ("train",)),
        Field("learned_by", "Learned by", "day", ("train",)),
        Field("reason", "What to learn, what changes, or why it stays",
              "long-text", ("train", "change-rule", "accept")),
    ),
    (
        DecisionName("train", "Have it learned", "Whoever you name has a task until that day."),
        DecisionName(
            "change-rule",
            "Change how we work",
            "What changes is kept with your reason. The concerns before it count no more.",
        ),
        DecisionName("accept", "Leave it as it is", "Your reason is kept with the cause."),
    ),
)  # fmt: skip
LEARNING = TaskKind(
    "learning",
    "Learn from what went wrong",
    STAFF,
    (
        Field("cause", "Cause", "display"),
        Field("what", "What to learn", "display"),
        Field("assigned_by", "Given by", "display"),
        Field("note", "What you do otherwise from now on", "long-text", ("learned",)),
    ),
    (DecisionName("learned", "Learned", "It is told with the causes of concerns."),),
    named=True,
)
