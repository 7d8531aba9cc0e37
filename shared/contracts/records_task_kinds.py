"""What is a person asked where a client wants to see, or to have erased, what the firm holds?"""

from shared.contracts.task_kind import DecisionName, Field, TaskKind

IDENTITIES = ("in-person", "identity-document", "known-address", "power-of-attorney")
EXEMPTIONS = (
    "identity-not-shown", "legal-obligation", "legal-claims", "legal-hold", "professional-secrecy",
    "rights-of-others", "unfounded-or-excessive", "other",
)  # fmt: skip

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
