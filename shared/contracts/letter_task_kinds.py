"""What is a person asked about a letter before it goes, and how may they answer?"""

from shared.contracts.task_kind import STAFF, DecisionName, Field, TaskKind

LETTER_APPROVAL = TaskKind(
    "letter-approval",
    "Approve a letter before it goes",
    STAFF,
    (
        Field("name", "Whom it goes to", "display"),
        Field("letter", "Which letter", "display"),
        Field("language", "Its language", "display"),
        Field("author", "Who wrote it", "display"),
        Field("hints", "What was noticed in the letter", "display"),
        Field("pieces", "The letter in pieces, each with the hints it belongs to", "display"),
        Field("clauses", "What it has to say, and by which source", "display"),
        Field("confirm", "What is to be confirmed before it is approved", "display"),
        Field("alone", "From when its author may approve it alone", "display"),
        Field("channel_choices", "How it can go", "display"),
        Field("needless", "What need not be filled in for this letter", "display"),
        Field("subject", "Subject", "text", ("edit",)),
        Field("text", "The letter", "long-text", ("edit",)),
        Field(
            "language_settled",
            "Is it in a language its reader reads?",
            "yes-no",
            only_for=("edit",),
        ),
        Field("channel", "How it goes", "choice", (), ("email", "post"), only_for=("approve",)),
        Field(
            "recipient",
            "Name and address on the envelope, for post",
            "long-text",
            only_for=("approve",),
        ),
        Field("address", "E-mail address, of somebody who is no client", only_for=("approve",)),
        Field("confirmed", "Has that been confirmed?", "yes-no", only_for=("approve",)),
        Field("reason", "Reason", "long-text", ("drop",)),
    ),
    (
        DecisionName(
            "edit",
            "Save the changed letter",
            "You are its author from then on, so somebody else has to approve it.",
        ),
        DecisionName(
            "approve",
            "Approve this letter",
            "Exactly these words go, and no others: by e-mail at once, or on paper once printed.",
        ),
        DecisionName("drop", "Do not write it", "Nothing goes. Your reason is kept."),
    ),
    second=True,
)
LETTER_POSTING = TaskKind(
    "letter-posting",
    "Print and post an approved letter",
    STAFF,
    (
        Field("recipient", "Name and address on the envelope", "display"),
        Field("letter", "Which letter", "display"),
        Field("subject", "Subject", "display"),
        Field("text", "The letter, as it was approved", "display"),
        Field("pdf", "The letter as a PDF file, in Base64", "display"),
        Field(
            "sent_as",
            "As what it went",
            "choice",
            (),
            ("ordinary-post", "registered", "courier", "fax", "handed-over"),
            only_for=("posted",),
            recorded=True,
        ),
        Field("proof", "Its number, or who took it", "text", only_for=("posted",), recorded=True),
        Field("reason", "Why it was not posted", "long-text", ("not-posted",)),
    ),
    (
        DecisionName("posted", "Posted", "The client's timeline says that it went by post."),
        DecisionName("not-posted", "Not posted", "Nothing goes. Your reason is kept."),
    ),
)
