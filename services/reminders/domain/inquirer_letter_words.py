"""Why did a letter to somebody who asked for help not go, in a sentence for the firm?

The reasons are those of the letter's own rules, of its link, and of the mail server.
"""

from services.reminders.domain.mail_status import FULL, MAILBOX_FULL, means_the_address

NOT_BY_EMAIL = "It could not be sent by e-mail."
SENTENCES = {
    "too-late": "It could not go within three days.",
    "erased": "Whom it was for is no longer kept.",
    "address-refused": "Mail to their address was refused before.",
    "address-unusable": "Their address is none that mail can be sent to.",
    "address-needs-smtputf8": "The firm's mail server cannot write to an address like theirs.",
    "no-link": "The page it was to lead to is not open to them any more.",
    "unsafe-text": "Its text holds what no mail may hold.",
}
UNUSABLE = frozenset({"address-refused", "address-unusable", "address-needs-smtputf8"})
CAME_BACK = "It came back."
NOT_KNOWN = "It was handed over, and nobody can say whether it arrived."


def sentence_of(reason: str) -> str:
    """The reason of a letter that did not go, as staff read it."""
    if reason in SENTENCES:
        return SENTENCES[reason]
    status = _status(reason)
    if means_the_address(status):
        return "The mail server says that their address does not exist or is closed."
    if status.endswith(f".{FULL}") or status == str(MAILBOX_FULL):
        return "Their mailbox is full."
    if reason.startswith("bounced-"):
        return CAME_BACK
    return "The mail server refused it." if status else NOT_BY_EMAIL


def is_of_the_address(reason: str) -> bool:
    """Whether nothing can arrive at this address, whatever is written."""
    return reason in UNUSABLE or means_the_address(_status(reason))


def _status(reason: str) -> str:
    """What a mail server answered: "5.1.1" of "recipient-5.1.1"; nothing where none did."""
    status = reason.rpartition("-")[2]
    return status if status[:1].isdigit() else ""
