"""What does a provider's answer about a text message mean: the number, this message, or "not now"?

The widespread form has an HTTP status and, below it, a code of five digits; a report that comes
later has the same kind of code. Only what means the number is held against the number for good.
"""

from shared.channels import Outcome, Result

SIGNATURE = "X-Twilio-Signature"  # the header in which a provider of that form signs
REPORTS, ANSWERS = "/texts/reports", "/texts/answers"  # where it reaches us
OF_NUMBER = frozenset({21211, 21214, 21217, 21610, 21614, 30004, 30005, 30006})
"""No number, none in reach, one that ended texts, no mobile; blocked, unknown, a landline."""
ENDED = 21610  # the provider itself has heard STOP from this number
LATER = frozenset({408, 425, 429})
OURS = frozenset({401, 402, 403, 404})  # our log-in, our account, our address of the provider
SERVER_ERROR, OK, OK_UNTIL = 500, 200, 300
LONGEST_CODE = 9  # digits; a code of the widespread form has five
DELIVERED, FAILED = frozenset({"delivered", "read"}), frozenset({"undelivered", "failed"})
"""The words of reports that settle a message; all others say that it is on its way."""


def outcome_of(status: int, code: int | None) -> Outcome:
    """What became of a hand-over that was answered like this."""
    if OK <= status < OK_UNTIL:
        return Outcome(Result.HANDED_OVER)
    reason = reason_of(code or status)
    if code in OF_NUMBER:
        return Outcome(Result.REFUSED, reason)
    if status in LATER or status in OURS or status >= SERVER_ERROR:
        return Outcome(Result.RETRY, reason)
    return Outcome(Result.REFUSED_MESSAGE, reason)


def reason_of(code: int | str | None) -> str:
    """The reason as events name it."""
    return f"sms-{code}" if code else "sms-failed"


def means_the_number(reason: str) -> bool:
    """Whether no text message can ever arrive at this number."""
    code = reason.removeprefix("sms-")
    return _number(code) in OF_NUMBER


def sentence_for(reason: str) -> str:
    """The sentence for a timeline."""
    code = reason.removeprefix("sms-")
    if code == str(ENDED):
        return "The client has ended text messages with the provider of them."
    if means_the_number(reason):
        return "No text message can arrive at the client's number."
    number = _number(code)
    if number in LATER | OURS or SERVER_ERROR <= number < 600:
        return "The provider of text messages did not take it now."
    return "The text message could not be delivered."


def _number(code: str) -> int:
    """A code as a number; 0 where it is none, or longer than any."""
    return int(code) if code.isdecimal() and len(code) < LONGEST_CODE else 0
