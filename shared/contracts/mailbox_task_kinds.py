"""What is a person asked about mail that came to the firm?"""

from shared.contracts.task_kind import NEXT_TRY, NOT_REACHED, STAFF, DecisionName, Field, TaskKind

CLIENT_MAIL = TaskKind(
    "client-mail",
    "Answer a client's e-mail",
    STAFF,
    (
        Field("name", "Client", "display"),
        Field("phone", "Phone number", "display"),
        Field("sender", "From", "display"),
        Field("subject", "Subject", "display"),
        Field("received", "Received", "display"),
        Field("wrote", "What they wrote", "display"),
        Field("quoted", "What stood below it", "display"),
        Field("answers", "The message it answers", "display"),
        Field("warnings", "What to mind", "display"),
        Field("attached", "Attachments, which stay in the mailbox", "display"),
        Field("tries", "Tried before", "display"),
        Field(
            "channel",
            "How you answered",
            "choice",
            ("answered",),
            ("email", "phone", "letter", "in-person"),
            recorded=True,
        ),
        Field("passed_to", "To whom you passed it on", "text", ("passed-on",), recorded=True),
        NEXT_TRY,
        Field("reason", "Why there is nothing to do", "long-text", ("nothing-to-do",)),
        Field("note", "Note", "long-text"),
    ),
    (
        DecisionName("answered", "Answered", "It counts as a contact with the client.", talk=True),
        NOT_REACHED,
        DecisionName("passed-on", "Passed on", "The task ends; whom you name sees to the rest."),
        DecisionName("nothing-to-do", "Nothing to do", "Your reason is kept for colleagues."),
    ),
)
STRANGERS_MAIL = TaskKind(
    "strangers-mail",
    "Look through mail that belongs to no client",
    STAFF,
    (
        Field("mails", "What came", "display"),
        Field("note", "Note", "long-text"),
    ),
    (
        DecisionName(
            "looked-through",
            "Looked through",
            "The list ends here; the mails stay in the inbox until you move them.",
        ),
    ),
)
OF_MAILBOX = (CLIENT_MAIL, STRANGERS_MAIL)
