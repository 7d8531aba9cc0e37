"""What does a mail server's refusal mean: the address, this message, us, or only "not now"?

A code of three digits says whether to try again, and nothing of why. The enhanced status (RFC 3463:
class, subject, detail) does. Only what means the address is held against the address for good; a
refusal without one is held against the message alone.
"""

import re

from shared.channels import Outcome, Result

STATUS = re.compile(r"^\s*([245])\.(\d{1,3})\.(\d{1,3})(?!\d)")
PERMANENT = 500
MAILBOX_FULL = 552
OF_ADDRESS = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
"""No such mailbox, no such domain, no address, moved away, takes no mail at all, closed."""
OF_SENDER = frozenset({"1.7", "1.8"})  # our own address, or its domain
OF_MESSAGE = frozenset({"2.3", "3.4"})  # too large for the mailbox, for the system
SUBJECT_LATER = frozenset({"3", "4"})  # the other mail system, the way there
FULL = "2.2"
SECURITY, CONTENT = "7", "6"


def outcome_of(stage: str, code: int, text: str) -> Outcome:
    """What became of a hand-over that was answered like this.

    ``stage``: to what the answer was given: sender, recipient, data or message.
    """
    status = status_in(text)
    reason = f"{stage}-{status or code}"
    if code < PERMANENT or (status or "5")[0] == "4":
        return Outcome(Result.RETRY, reason)
    if status is None:
        return _bare(stage, code, reason)
    detail = status.partition(".")[2]
    subject = detail.partition(".")[0]
    if detail in OF_MESSAGE:
        return Outcome(Result.REFUSED_MESSAGE, reason)
    if stage in ("sender", "data") or detail in OF_SENDER or subject == SECURITY:
        return Outcome(Result.RETRY, reason, of_sender=True)
    if detail in OF_ADDRESS:
        return Outcome(Result.REFUSED, reason)
    if detail == FULL or subject in SUBJECT_LATER:
        return Outcome(Result.RETRY, reason)
    return Outcome(Result.REFUSED_MESSAGE, reason, of_sender=subject == CONTENT)


def status_in(text: str) -> str | None:
    """The enhanced status at the beginning of an answer: "5.1.1"."""
    found = STATUS.match(text)
    return ".".join(found.groups()) if found else None


def means_the_address(status: str | None) -> bool:
    """Whether mail to this address can never arrive."""
    found = status_in(status or "")
    return found is not None and found.partition(".")[2] in OF_ADDRESS


def sentence_for(reason: str) -> str:
    """The sentence for a timeline: why a mail server did not take a message, or sent it back."""
    stage, _, status = reason.partition("-")
    if stage == "bounced":
        return _came_back(status)
    if status[:1] == "4":
        return "The mail server did not take it now."
    if means_the_address(status):
        return "The mail server says that the client's address does not exist or is closed."
    if status.endswith(f".{FULL}") or status == str(MAILBOX_FULL):
        return "The client's mailbox is full."
    if stage in ("sender", "data") or status.startswith(f"5.{SECURITY}."):
        return "The mail server did not take it from the firm; operations have been told."
    return "The mail server refused this message for good."


def _came_back(status: str) -> str:
    if status == "hard" or means_the_address(status):
        return "The message came back: the client's address does not exist or is closed."
    if status.endswith(f".{FULL}"):
        return "The message came back: the client's mailbox is full."
    return "The message came back: the client's mail server did not take it."


def _bare(stage: str, code: int, reason: str) -> Outcome:
    """Refused for good, and nobody says why."""
    if stage in ("sender", "data"):
        return Outcome(Result.RETRY, reason, of_sender=True)
    if code == MAILBOX_FULL:
        return Outcome(Result.RETRY, reason)
    return Outcome(Result.REFUSED_MESSAGE, reason, of_sender=True)
