"""Sample mails, read as they would come from a mailbox, and taken in over memory."""

from functools import cache
from pathlib import Path

from services.reminders.domain.incoming_mail import IncomingMail
from services.reminders.domain.mail_sorting import Sort
from services.reminders.gateways.mail_reading import Ours, read_mail
from services.reminders.gateways.mailbox import mail_words
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.workflow.incoming_mails import MailSteps
from shared.contracts.envelope import Cause
from tests.reminders.over_memory import MONDAY, Reminders

MAILS = Path(__file__).parent / "mails"
PATHS = ReturnPaths("bounces.firm.example", b"k" * 32)
CONTACT = "m" + "abcde" * 5
KINDS = {
    "absent-by-subject-alone": None, "absent-de": Sort.AUTOMATIC, "absent-en": Sort.AUTOMATIC,
    "absent-fr": Sort.AUTOMATIC, "absent-old": Sort.AUTOMATIC, "bounce-exchange": Sort.BOUNCED,
    "bounce-forged": Sort.BOUNCED, "bounce-full": Sort.BOUNCED, "bounce-gmail": Sort.BOUNCED,
    "bounce-of-somebody-else": Sort.NOTICE, "bounce-postfix": Sort.BOUNCED,
    "bounce-qmail": Sort.BOUNCED, "bounce-yahoo": Sort.BOUNCED, "delayed-postfix": Sort.DELAYED,
    "delivered-receipt": Sort.NOTICE, "newsletter": Sort.AUTOMATIC, "own-loop": Sort.OWN,
}  # fmt: skip


def names() -> list[str]:
    """Every sample."""
    return sorted(each.stem for each in MAILS.glob("*.eml"))


def sample(name: str, contact_id: str = CONTACT) -> bytes:
    """A sample's bytes, about this message of ours."""
    raw = (MAILS / f"{name}.eml").read_bytes()
    raw = raw.replace(b"{contact}", contact_id.encode())
    return raw.replace(b"{return_path}", PATHS.address(contact_id, 0).encode())


@cache
def ours() -> Ours:
    """The firm that the samples answer."""
    addresses = frozenset({"office@firm.example"})
    return Ours("firm.example", addresses, PATHS, tuple(mail_words().values()))


def read(raw: bytes) -> IncomingMail:
    """A mail as it is read."""
    return read_mail(raw, ours(), MONDAY)


class Mailbox:
    """Mails come, one after the other."""

    def __init__(self, reminders: Reminders) -> None:
        self.reminders, self.number = reminders, 0
        self.steps = MailSteps(reminders.config, mail_words())

    def comes(self, name: str, contact_id: str = CONTACT) -> Sort | None:
        """A sample comes."""
        return self.take_in(read(sample(name, contact_id)))

    def take_in(self, mail: IncomingMail) -> Sort | None:
        """A mail comes."""
        self.number += 1
        at, now = (7, self.number), self.reminders.now
        cause = Cause("urn:clientele:mailbox", mail.mail_id, "mail", mail.mail_id, None, now)
        return self.reminders.act(
            lambda unit: self.steps.take_in(mail, at, unit),
            lambda unit: self.steps.needs(mail, unit),
            cause,
        )
