"""What does a report of a mail system say: failed for good, failed this time, or only later?

Most speak RFC 3464 with the status of RFC 3463. Some say it in words alone; of these only what is
unmistakable counts, and an address is given up only where they say that it does not exist.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from services.reminders.domain.incoming_mail import Fate, IncomingMail
from services.reminders.domain.mail_status import FULL, status_in

FAILED: Final = "failed"
DELAYED: Final = "delayed"
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_UNSAID = ("0.0", "")  # details of a status that say nothing
_NO_ADDRESS = re.compile(
    r"user unknown|unknown user|no such user|no mailbox here|does ?n[o']t (?:exist|have an? )"
    r"|address(?: was|) not found|recipient not found|konnte nicht gefunden werden"
    r"|n['\u2019]existe pas",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"still being retried|will be retried|keep trying|has not been delivered yet|delayed"
    r"|noch nicht zugestellt|retard[\u00e9e]|4\.4\.7 queued",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"undeliver|unable to deliver|wasn't able to deliver|could ?n[o']t be delivered|failure notice"
    r"|permanent (?:error|failure)|delivery (?:has )?failed|unzustellbar|non remis|non distribu",
    re.IGNORECASE,
)
_MAILERS = ("mailer-daemon@", "postmaster@")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the message that was sent."""

    action: Literal["failed", "delayed"]
    kind: Literal["hard", "soft"] = "soft"
    status: str | None = None
    recipient: str = ""  # whom it names, where it names one


def verdict_of(mail: IncomingMail) -> Verdict | None:
    """What it reports; None where it is no report, or reports nothing that has to be acted on."""
    if mail.fates:
        return _of_fates(mail.fates)
    if mail.reports or not mail.sender or mail.sender.startswith(_MAILERS):
        return _of_words(mail)
    return None


def _of_fates(fates: Sequence[Fate]) -> Verdict | None:
    said = [(each, _action(each)) for each in fates]
    for each, action in said:
        if action == FAILED:
            return _failed(each)
    waiting = next((each for each, action in said if action == DELAYED), None)
    return Verdict(DELAYED, "soft", _status(waiting), waiting.recipient) if waiting else None


def _action(fate: Fate) -> str:
    """What it says, or what its status says where it says nothing."""
    if fate.action:
        return fate.action
    return {"5": FAILED, "4": DELAYED}.get((_status(fate) or "")[:1], "")


def _failed(fate: Fate) -> Verdict:
    status = _status(fate)
    lasting = status is None or (status[0] == "5" and not status.endswith(f".{FULL}"))
    return Verdict(FAILED, "hard" if lasting else "soft", status, fate.recipient)


def _status(fate: Fate) -> str | None:
    """The status, or the one the other server answered where the report's own says nothing."""
    own = status_in(fate.status)
    if own is not None and own.partition(".")[2] not in _UNSAID:
        return own
    found = _STATUS.search(fate.diagnosis)
    return found.group(1) if found else own


def _of_words(mail: IncomingMail) -> Verdict | None:
    """What a report in words alone says."""
    words = f"{mail.subject}\n{mail.text}"
    if not mail.returned and mail.named is None:
        return None
    if _WAITS.search(words):
        return Verdict(DELAYED)
    if not _FAILS.search(words):
        return None
    found = _STATUS.search(words)
    status = found.group(1) if found and found.group(1)[0] != "2" else None
    if status is not None:
        return _failed(Fate("", FAILED, status, ""))
    return Verdict(FAILED, "hard" if _NO_ADDRESS.search(words) else "soft")
