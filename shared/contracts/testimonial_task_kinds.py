"""What does reputation ask people about a client's words that the firm would like to publish?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

TESTIMONIAL_PROPOSAL = TaskKind(
    "testimonial-proposal",
    "Propose words of a client to publish",
    STAFF,
    (
        Field("standing", "What stands published now", "display"),
        Field("text", "The words, exactly as they would stand there", "long-text", ("propose",)),
        Field("reason", "Why nothing is proposed", "long-text", ("none",)),
    ),
    (
        DecisionName(
            "propose",
            "Ask the client",
            "They read exactly these words on a page and say yes or no, before anything goes out.",
        ),
        DecisionName("none", "Propose nothing", "The client is not asked. Your reason is kept."),
    ),
)
TESTIMONIAL_PUBLICATION = TaskKind(
    "testimonial-publication",
    "Publish words a client agreed to",
    STAFF,
    (
        Field("agreed", "The words the client agreed to", "display"),
        Field("named", "How the client is named with them", "display"),
        Field("hints", "What was noticed in them", "display"),
        Field("proposer", "Who proposed them", "display"),
        Field("elsewhere", "Where else they are put by hand", "text", only_for=("publish",)),
        Field("text", "Other words", "long-text", ("edit",)),
        Field("reason", "Why they are not published", "long-text", ("drop",)),
    ),
    (
        DecisionName(
            "publish", "Publish", "They stand at once in the list that the firm's web site reads."
        ),
        DecisionName(
            "edit", "Ask for other words", "The client is asked anew, and agrees to those or not."
        ),
        DecisionName("drop", "Do not publish", "Your reason is kept for colleagues."),
    ),
)
TESTIMONIAL_REMOVAL = TaskKind(
    "testimonial-removal",
    "Take a client's words down elsewhere",
    STAFF,
    (
        Field("elsewhere", "Where they were put by hand", "display"),
        Field("note", "Note", "long-text"),
    ),
    (DecisionName("removed", "Taken down", "They stand nowhere any more."),),
)
OF_TESTIMONIALS = (TESTIMONIAL_PROPOSAL, TESTIMONIAL_PUBLICATION, TESTIMONIAL_REMOVAL)
