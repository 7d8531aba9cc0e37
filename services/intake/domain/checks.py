"""What is a conflict check, and what was found?

A check records the search itself: which names, in which forms, by which version of the rules,
against how many known parties; then each hit with its reasons, and who decided what about it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.intake.domain.identifiers import Identifiers
from services.intake.domain.matters import Status
from services.intake.domain.roles import Adversity, Role

Trigger = Literal["inquiry", "client", "party", "search"]
Verdict = Literal["cleared", "waived", "declined"]
State = Literal["no-hits", "pending", "found"] | Verdict  # found: by a search, nobody decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """One name that was searched for, in which role, and in which normalised forms."""

    name: str
    role: Role
    forms: tuple[str, ...] = ()
    identifiers: Identifiers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One known party that a searched name matches. Holds no name: those may be erased."""

    ref: str  # the entry of the conflict index
    searched: int  # which of the names searched for
    role: Role  # of the name searched for
    known_role: Role
    adversity: Adversity
    score: int
    reasons: tuple[str, ...]
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    status: Status = "unknown"  # of the known party's matter or matters
    disposition: Literal["open"] | Verdict = "open"
    settled_by: str | None = None  # the earlier check whose decision covers this hit


@dataclass(frozen=True, slots=True, kw_only=True)
class HitVerdict:
    """What a person said of one hit: grounds from a closed list, and words."""

    ref: str  # of the hit
    grounds: str
    words: str
    together: bool = False  # said of several hits at once, not of this one by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A decision that holds no longer, with everything said then, and why it does not."""

    state: State
    decided_by: str | None
    decided_at: datetime | None
    grounds: str | None = None
    reason: str | None = None
    document_ref: str | None = None
    signed_on: str | None = None
    affected: str | None = None
    verdicts: tuple[HitVerdict, ...] = ()
    reopened_by: str | None = None  # nobody: names that became known later match
    reopened_at: datetime
    why: str
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One conflict check."""

    check_id: str
    trigger: Trigger
    subject: str  # what the conflict index calls the subject of the check
    client_id: str | None = None
    inquiry_id: str | None = None
    matter_id: str | None = None
    party_id: str | None = None
    searched: tuple[Searched, ...] = ()
    rules: str
    known_entries: int
    known_revision: int
    hits: tuple[Hit, ...] = ()
    same_side: tuple[Hit, ...] = ()
    claimed: tuple[Hit, ...] = ()  # on names that only somebody outside the firm told
    more: bool = False  # there were more candidates than a check lists
    state: State
    made_at: datetime
    event_id: str
    decided_by: str | None = None
    decided_at: datetime | None = None
    document_ref: str | None = None
    reason: str | None = None  # in words
    grounds: str | None = None  # from the closed list of domain/grounds
    signed_on: str | None = None  # the day of a waiver
    affected: str | None = None  # the clients who signed it, one on each line
    verdicts: tuple[HitVerdict, ...] = ()  # on each hit that was open when it was decided
    rounds: tuple[Round, ...] = ()  # decisions before it was reopened, the first one first
    reopened: int = 0  # how often
    incomplete: tuple[str, ...] = ()  # what could not be searched, by the codes of domain/gaps
    asked_by: str | None = None  # whoever searched by hand
    purpose: str | None = None  # what they searched for

    @property
    def open_hits(self) -> tuple[Hit, ...]:
        """The hits nobody has decided about yet."""
        return tuple(hit for hit in self.hits if hit.disposition == "open")

    def verdict_on(self, hit: Hit) -> HitVerdict | None:
        """What was said of this hit by the decision that stands."""
        return next((each for each in self.verdicts if each.ref == hit.ref), None)

    @property
    def inquiry_ids(self) -> list[str]:
        """The inquiries it is about, or that its hits were named in."""
        found = (self.inquiry_id, *(hit.inquiry_id for hit in self.hits))
        return [inquiry_id for inquiry_id in dict.fromkeys(found) if inquiry_id is not None]

    @property
    def is_clear(self) -> bool:
        """Whether the firm may act as far as this check goes."""
        return self.state in ("no-hits", "cleared", "waived")


def ids_of(about: Check | Hit) -> dict[str, str | None]:
    """Whom a check is about, or who a hit is, by id."""
    return {
        "client_id": about.client_id,
        "matter_id": about.matter_id,
        "inquiry_id": about.inquiry_id,
    }
