"""A firm with a letter that was asked for, and what people do with it."""

from email import message_from_bytes
from email.policy import default
from typing import Any

from services.reminders.domain.letter_for_approval import LetterForApproval
from services.reminders.gateways.mail_format import as_mail
from services.reminders.ports import APPROVAL_LETTERS, OutgoingMessage
from shared.contracts.letters import (
    LetterRequested,
)
from shared.tasks import Actor, Task
from tests.reminders.over_memory import OPENED, Reminders, client, new_config

ASSISTANT = Actor(id="s-1", roles=("assistant",))
LAWYER = Actor(id="s-4", roles=("lawyer",))
PARTNER = Actor(id="s-8", roles=("partner",))
WANTED = LetterRequested(
    letter_id="l-1", letter="engagement", client_id="c-1", matter_id="m-1", by="s-9"
)
CLAUSE = "Sie können sich bei Frau Klug beschweren; das ist für Sie kostenlos. Wir antworten bald."
WRITTEN = f"""Guten Tag Ada Muster,

wir übernehmen für Sie den Einspruch gegen den Bescheid. Nicht dazu gehört eine Klage.

Unser Honorar beträgt 200 EUR je Stunde.

{CLAUSE}

Mit freundlichen Grüßen
Example Law"""
ENVELOPE = "Ada Muster\nHauptstr. 1\n10115 Berlin"


def office(**settings: Any) -> Reminders:
    """A firm whose client reads German, and a letter that was asked for."""
    made = Reminders(new_config(**settings)) if settings else Reminders()
    made.tell(client(), OPENED, WANTED)
    made.after(minutes=1)
    return made


def task_of(reminders: Reminders, kind: str = "letter-approval") -> Task:
    """The one open task of this kind."""
    (task,) = reminders.tasks(kind)
    return task


def letter_of(reminders: Reminders) -> LetterForApproval:
    """The letter as it is kept."""
    found = reminders.get(APPROVAL_LETTERS, "l-1")
    assert found is not None
    return found


def edit(reminders: Reminders, text: str = WRITTEN, by: Actor = ASSISTANT, **fields: Any) -> None:
    """Write the letter."""
    said = {"subject": "Ihr Auftrag an uns", "text": text, **fields}
    reminders.decide(task_of(reminders).task_id, "edit", fields=said, actor=by)


def approve(reminders: Reminders, by: Actor = LAWYER, **fields: Any) -> None:
    """Approve what is there."""
    reminders.decide(task_of(reminders).task_id, "approve", fields=fields, actor=by)


def plain_part(message: Any) -> str:
    """What the mail's text says, as it travels and is read again."""
    raw = as_mail(
        OutgoingMessage(
            contact_id=message.contact_id, number=0, address=message.address or "",
            subject_line=message.subject_line or "", text=message.text or "",
            html=message.html or "", locale="de",
        ),
        sender="office@example.com", reply_to=None, firm="Example Law",
    )  # fmt: skip
    body = message_from_bytes(raw, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")  # mail ends its lines so
