"""What does the firm know about somebody who asks for help, and may it go on with them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from services.intake.domain.checks import Check
from services.intake.domain.registers import told_of
from shared.contracts.intake import Phase

State = Literal["received", "blocked", "cleared", "declined"]
Outcome = Literal["contacted", "not-taken", "engaged", "lost"]
Letter = Literal["sent", "not-needed"]
LetterFate = Literal["on-its-way", "sent", "failed", "unknown"]  # unknown: it may have arrived
REACHING = ("email", "phone")
PLAIN = (
    "email", "phone", "channel", "practice_area", "timezone", "locale", "deadline", "referral",
    "owner_id", "entered_by",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """One letter to them that the firm had sent, and what became of it."""

    letter_id: str
    letter: str  # confirmation, received, invitation or declined
    fate: LetterFate = "on-its-way"
    at: datetime  # when it was given away, then when its fate was known
    by: str | None = None  # who of the firm decided that it goes
    text: str = ""  # why it did not go, in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Somebody who is not a client yet, and whom they named as their opponents."""

    inquiry_id: str
    name: str | None = None
    former_names: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    adverse_names: tuple[str, ...] = ()  # every one ever named
    channel: str | None = None
    practice_area: str | None = None
    timezone: str | None = None
    locale: str | None = None
    deadline: str | None = None  # the day they say something has to be done by
    referral: str | None = None  # how they came to the firm, as they were asked
    owner_id: str | None = None  # who of the firm looks after it
    entered_by: str | None = None  # who of the firm wrote it down
    state: State = "received"
    form: str | None = None  # the form on the firm's own pages, if it came that way
    last_sent: str | None = None  # which sending of that form was announced last
    received_at: datetime | None = None  # when it first came
    story: str | None = None
    story_at: datetime | None = None
    outcome: Outcome | None = None
    taken_by: str | None = None  # whoever of the firm was in touch with them
    letter: Letter | None = None  # how it ended that they were to be told the firm does not act
    confirmed_email: str | None = None  # the address they said is theirs
    unusable_email: str | None = None  # the address at which nothing arrives
    letters: tuple[WrittenLetter, ...] = ()  # to them, the one heard of last at the end
    client_id: str | None = None  # once they are a client
    matter_id: str | None = None
    moves: int = 0  # how often it was said where it stands
    stamps: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The name now, then the former ones."""
        return (*((self.name,) if self.name else ()), *self.former_names)

    @property
    def may_go_on(self) -> bool:
        """Whether the firm may hear the facts: only once its conflict checks are clear."""
        return self.state == "cleared"

    @property
    def erased(self) -> bool:
        """Whether the name was known once and is gone with the person's key."""
        return self.name is None and "name" in self.stamps

    @property
    def bringing(self) -> frozenset[str]:
        """Who of the firm brings it: nobody of them decides its conflict check."""
        named = (self.owner_id, self.entered_by, self.taken_by)
        return frozenset(each for each in named if each is not None)

    @property
    def looks_after(self) -> str | None:
        """Who of the firm looks after it now."""
        return self.owner_id or self.taken_by

    @property
    def forgotten(self) -> bool:
        """Whether nothing is kept but the names."""
        return self.letter is not None or self.outcome == "lost"

    @property
    def refused(self) -> bool:
        """Whether the firm does not act for them."""
        return self.state == "declined" or self.outcome == "not-taken"


def ref_of(inquiry_id: str) -> str:
    """How the conflict index refers to the person who asked."""
    return f"inquiry:{inquiry_id}"


def opponents_ref_of(inquiry_id: str) -> str:
    """How the conflict index refers to the opponents named in an inquiry."""
    return f"inquiry:{inquiry_id}.adverse"


def told(before: Inquiry, facts: Mapping[str, Any], stamp: str) -> Inquiry:
    """The inquiry after an event stated these facts; opponents once named stay known."""
    wanted = [name for name in PLAIN if not before.forgotten or name not in REACHING]
    changes = {name: _kept(facts[name]) for name in wanted if facts.get(name) is not None}
    after = told_of(before, changes, facts["name"], stamp)
    adverse = tuple(sorted({*before.adverse_names, *(facts.get("adverse_parties") or ())}))
    return after if adverse == after.adverse_names else replace(after, adverse_names=adverse)


def _kept(fact: str | date) -> str:
    """A fact as it is kept: a day as it is written."""
    return fact.isoformat() if isinstance(fact, date) else fact


def without_story(inquiry: Inquiry) -> Inquiry:
    """The inquiry once the firm does not act: nothing of what they wrote is kept."""
    return replace(inquiry, story=None, story_at=None)


def without_contact(inquiry: Inquiry, letter: Letter) -> Inquiry:
    """The inquiry once they were told: nothing is kept but the names."""
    return replace(_unreachable(inquiry), letter=letter)


def lost(inquiry: Inquiry) -> Inquiry:
    """The inquiry of somebody who asks no more: nothing is kept but the names."""
    return replace(_unreachable(inquiry), outcome="lost")


def _unreachable(inquiry: Inquiry) -> Inquiry:
    return replace(
        without_story(inquiry), email=None, phone=None, confirmed_email=None, unusable_email=None
    )


def phase_of(inquiry: Inquiry) -> Phase:
    """Where the inquiry stands between asking for help and its end."""
    if inquiry.outcome == "engaged" or inquiry.outcome == "lost":
        return inquiry.outcome
    if inquiry.refused:
        return "declined"
    if inquiry.state == "blocked":
        return "checking"
    if inquiry.outcome == "contacted":
        return "met"
    if inquiry.state == "received":
        return "new"
    return "told" if inquiry.story is not None else "may-tell"


def considered(inquiry: Inquiry, checks: Iterable[Check]) -> Inquiry:
    """The inquiry in the state that the checks touching it call for."""
    return replace(inquiry, state=_state(inquiry.inquiry_id, list(checks)))


def _state(inquiry_id: str, checks: list[Check]) -> State:
    own = {check.state for check in checks if check.inquiry_id == inquiry_id}
    if "declined" in own:
        return "declined"
    if any(check.state == "pending" for check in checks):
        return "blocked"
    return "cleared" if own else "received"
