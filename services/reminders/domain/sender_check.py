"""Is mail of the firm's believed: what was sent to find out, and what was found when?

One document. A test mail goes the way every message goes, to an address a person names; when it has
arrived, what the receiving server says of it is read back. What was found holds for the address
and the server by which it went: with others nobody knows.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.reminders.domain.mail_address import UnusableAddressError
from services.reminders.domain.sender_findings import Finding, Look
from shared.channels import Outcome, Result, retry_at
from shared.errors import RuleError

NAME = "sender"
OF_USE = timedelta(minutes=30)  # as long as somebody waits for it
MOST_IN_AN_HOUR = 6  # it goes to any address somebody types
HOUR = timedelta(hours=1)
_NOT_ONE = re.compile(r"[\s,;:<>()\[\]\"\\\x00-\x1f]")
WENT = frozenset({Result.HANDED_OVER.value, Result.UNKNOWN.value})


class State(StrEnum):
    """Where the test mail stands."""

    NONE = "none"
    WAITING = "waiting"
    HANDING_OVER = "handing-over"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class MailWay:
    """From which address the firm's mail goes, by which server, and which mailbox is read."""

    address: str = ""
    server: str = ""
    mailbox: str = ""  # the address at which the firm's mailbox is reached; empty: none is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found, when, who read it, and of which test mail."""

    number: str
    at: datetime
    by: str  # a person; empty: the firm's mailbox
    address: str  # mail came from it
    server: str
    judge: str  # whose word it is, as that server names itself
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether mail that goes this way is believed."""
        return all(each.well for each in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderCheck:
    """The last test mail and the last judgement."""

    name: str = NAME
    state: State = State.NONE
    number: str = ""  # the id of the test mail
    by: str = ""
    language: str = ""
    asked_at: datetime | None = None
    lately: tuple[datetime, ...] = ()  # when others were asked for
    due_at: datetime | None = None
    retries: int = 0
    handed_by: str | None = None
    hand_over_until: datetime | None = None
    outcome: str = ""
    done_at: datetime | None = None
    judgement: Judgement | None = None
    address: str | None = None  # sealed: where the test mail goes

    def standing(self, way: MailWay) -> str:
        """never, ready or not-ready; changed: it was, when mail went another way."""
        found = self.judgement
        if found is None:
            return "never"
        if (found.address, found.server) != (way.address, way.server):
            return "changed"
        return "ready" if found.is_well else "not-ready"

    @property
    def progress(self) -> str:
        """none, waiting, arriving, not-sent, or read."""
        if self.state is State.NONE:
            return "none"
        if self.judgement is not None and self.judgement.number == self.number:
            return "read"
        if self.state is not State.DONE:
            return "waiting"
        return "arriving" if self.outcome in WENT else "not-sent"


def asked(
    before: SenderCheck, number: str, by: str, address: str, language: str, now: datetime
) -> SenderCheck:
    """Another test mail is to go; RuleError while one is on its way, or after too many."""
    if before.state in (State.WAITING, State.HANDING_OVER):
        raise RuleError("A test mail is on its way. Wait until it has gone.", code="on-its-way")
    lately = tuple(each for each in before.lately if each > now - HOUR)
    if len(lately) >= MOST_IN_AN_HOUR:
        raise RuleError("So many test mails went within an hour. Try again later.", code="too-many")
    return SenderCheck(
        state=State.WAITING, number=number, by=by, language=language, asked_at=now,
        lately=(*lately, now), due_at=now, judgement=before.judgement, address=address,
    )  # fmt: skip


def one_mailbox(typed: str) -> str:
    """What was typed, where it can be one address; UnusableAddressError for several, or a name."""
    address = typed.strip()
    if address.count("@") != 1 or _NOT_ONE.search(address):
        raise UnusableAddressError
    return address


def in_hand(check: SenderCheck, sender: str, now: datetime, until: datetime) -> SenderCheck:
    """The test mail in this sender's hands."""
    return replace(
        check, state=State.HANDING_OVER, due_at=now, handed_by=sender, hand_over_until=until
    )


def after(check: SenderCheck, outcome: Outcome, now: datetime) -> SenderCheck:
    """What became of the hand-over."""
    if outcome.result is Result.NOT_TRIED:
        return replace(check, state=State.WAITING, due_at=now, handed_by=None)
    reason = outcome.reason or outcome.result.value
    if outcome.result is Result.RETRY:
        return again(check, reason, now)
    went = outcome.result in (Result.HANDED_OVER, Result.UNKNOWN)
    return done(check, outcome.result.value if went else reason, now)


def again(check: SenderCheck, reason: str, now: datetime) -> SenderCheck:
    """It could not go now: once more, as long as somebody waits for it."""
    due_at = retry_at(now, check.retries)
    if check.asked_at is None or due_at > check.asked_at + OF_USE:
        return done(check, reason, now)
    return replace(
        check, state=State.WAITING, due_at=due_at, retries=check.retries + 1,
        handed_by=None, hand_over_until=None,
    )  # fmt: skip


def done(check: SenderCheck, outcome: str, now: datetime) -> SenderCheck:
    """It has come to its end."""
    return replace(
        check, state=State.DONE, due_at=None, handed_by=None, hand_over_until=None,
        outcome=outcome, done_at=now,
    )  # fmt: skip


def read_back(
    check: SenderCheck, look: Look, by: str, way: MailWay, now: datetime
) -> SenderCheck:  # fmt: skip
    """It has arrived, and this is what the receiving server says of it."""
    found = Judgement(
        number=check.number, at=now, by=by, address=way.address, server=way.server,
        judge=look.judge, findings=look.findings,
    )  # fmt: skip
    return replace(check, judgement=found)


def is_of(check: SenderCheck, marks: tuple[str, ...]) -> bool:
    """Whether a mail with these marks is the test mail that was sent last."""
    return bool(check.number) and check.number in marks
