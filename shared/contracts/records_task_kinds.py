"""What is a person asked where a client wants to see, or to have erased, what the firm holds?"""

from shared.contracts.task_kind import DecisionName, Field, TaskKind

IDENTITIES = ("in-person", "identity-document", "known-address", "power-of-attorney")
EXEMPTIONS = (
    "identity-not-shown", "legal-obligation", "legal-claims", "legal-hold", "professional-secrecy",
    "rights-of-others", "unfounded-or-excessive", "other",
)  # fmt: skip

MERGE_CLIENTS = TaskKind(
    "merge-clients",
    "Say whether two clients are one person",
    ("lawyer", "partner"),
    (
        Field("first_id", "First client", "display"),
        Field("second_id", "Second client", "display"),
        Field("cards", "Both cards, line by line", "display"),
        Field("more", "What hangs on each", "display"),
        Field("state", "What was said so far", "display"),
        Field("proposed_by", "Who has seen that they are one", "display"),
        Field("survivor_id_choices", "Both ids", "display"),
        Field("alone", "From when on one person may confirm it alone", "display"),
        Field("survivor_id", "Which id stays", "choice", ("same",)),
        Field("seen", "How you saw that they are one", "long-text", ("same",), recorded=True),
        Field("why", "Why they are one person", "long-text", only_for=("confirm",)),
        Field("reason", "How you saw that they are two", "long-text", ("different",)),
    ),
    (
        DecisionName(
            "same",
            "One person",
            "A second person is asked to confirm it; who practises alone looks again later. "
            "Nothing is merged before.",
        ),
        DecisionName(
            "confirm",
            "Confirm, and merge them",
            "Everything of the one moves to the other, in every service. It cannot be taken back.",
        ),
        DecisionName(
            "different", "Two persons", "It is remembered, and nobody is asked about the two again."
        ),
    ),
    second=True,
)

RECORDS_REQUEST = TaskKind(
    "records-request",
    "Answer a request about records",
    ("lawyer", "partner"),
    (
        Field("name", "Client", "display"),
        Field("asked", "What they ask for", "display"),
        Field("asked_at", "When it reached the firm", "display"),
        Field("holds", "What forbids to erase", "display"),
        Field("open_matters", "Matters that are open", "display"),
        Field("plan", "What becomes of their records", "display"),
        Field("receipts", "What each service has done", "display"),
        Field("file", "Whether the file is ready", "display"),
        Field("identity", "How you saw that it is them", "choice", ("go",), IDENTITIES),
        Field("exemption", "Exemption", "choice", ("refuse",), EXEMPTIONS),
        Field("reason", "Reason, for the record", "long-text", ("refuse",)),
        Field("given", "How they were given the file", "choice", ("given",),
              ("handed-over", "encrypted-e-mail", "post")),
    ),
    (
        DecisionName(
            "go",
            "Go ahead",
            "An access file is gathered, and the task stays with you until it is given to them. An "
            "erasure is carried out at once, in every service, and cannot be taken back.",
        ),
        DecisionName(
            "refuse",
            "Refuse",
            "Nothing is done. Tell them the exemption, and that they may complain and go to court.",
        ),
        DecisionName("given", "The file is given to them", "The request is answered."),
    ),
)  # fmt: skip
