"""Of which kind is a mail that came to the firm, and what follows from that?

Nothing here answers a mail, and what is moved out of the firm's inbox is only what was acted on:
everything else stays there for whoever reads it.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from services.reminders.domain.delivery_reports import DELAYED, verdict_of
from services.reminders.domain.incoming_mail import IncomingMail
from services.reminders.domain.mail_words import MailWords
from services.reminders.domain.text_words import LONGEST_WORD, folded

_BULK = frozenset({"bulk", "list", "junk", "auto_reply", "auto-reply"})
_MARKS = ("x-autoreply", "x-autorespond", "x-autorespond-from", "x-auto-reply-from")


class Sort(StrEnum):
    """What a mail is; also the label under which it is counted."""

    BOUNCED = "bounced"  # a message of ours came back
    DELAYED = "delayed"  # … is still on its way
    NOTICE = "notice"  # a report about nothing that has to be acted on
    OWN = "own"  # our own mail has come round to us
    AUTOMATIC = "automatic"  # a program answered, not a person
    REPLY = "reply"  # a client answered a message
    CLIENT = "client"  # a client wrote of their own accord
    INQUIRER = "inquirer"  # somebody who asked for help answered a letter
    UNKNOWN = "unknown"  # nobody we know, or nobody knows which of several


HANDLED = frozenset(
    {
        Sort.BOUNCED,
        Sort.DELAYED,
        Sort.OWN,
        Sort.AUTOMATIC,
        Sort.REPLY,
        Sort.CLIENT,
    }
)
"""What leaves the inbox once it is kept."""


def first_look(mail: IncomingMail) -> Sort | None:
    """What it is by itself; None: a person wrote it, and who that is has to be looked up."""
    verdict = verdict_of(mail)
    if verdict is not None or mail.reports or mail.fates:
        if verdict is None or not (mail.named or mail.returned):
            return Sort.NOTICE
        return Sort.DELAYED if verdict.action == DELAYED else Sort.BOUNCED
    if mail.from_us:
        return Sort.OWN
    return Sort.AUTOMATIC if _is_automatic(mail) else None


def seems_automatic(mail: IncomingMail, words: Mapping[str, MailWords]) -> bool:
    """Whether only its subject speaks for a program: a person looks, for it may be wrong."""
    subject = mail.subject.casefold()
    return any(subject.startswith(each) for known in words.values() for each in known.absent)


def wishes_to_end(mail: IncomingMail, words: Mapping[str, MailWords]) -> bool:
    """Whether it reads as if its writer wished to hear no more; staff ask, nothing happens."""
    lines = [line for line in mail.text.splitlines() if line.strip()]
    said = [folded(each) for each in (*lines[:1], mail.subject) if len(each) <= LONGEST_WORD]
    return any(each in known.end for each in said for known in words.values())


def in_order(candidates: Sequence[str | None]) -> tuple[str, ...]:
    """The messages it may be about, each once, the surest first."""
    return tuple(dict.fromkeys(each for each in candidates if each))


def _is_automatic(mail: IncomingMail) -> bool:
    """By what a program says of itself (RFC 3834), and what others say without being asked."""
    submitted = mail.header("auto-submitted").partition(";")[0].strip()
    if submitted and not submitted.startswith("no"):
        return True
    if any(mail.header(each) for each in _MARKS) or mail.header("return-path") == "<>":
        return True
    return mail.header("precedence") in _BULK
