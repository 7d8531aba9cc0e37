"""Whom must every new name be compared with?

One entry per client, party, inquirer and group of opponents, kept under the firm's retained key:
the firm must be able to find a conflict with somebody whose other data is long erased.
"""

from dataclasses import dataclass, field
from datetime import datetime

from services.intake.domain.identifiers import Identifiers, keys_of, match_by_number, weighed
from services.intake.domain.matching import Match, compare
from services.intake.domain.roles import Role
from services.intake.domain.search_keys import filing_keys

CORPUS_KEY = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One person or company the firm has had to do with, by every name it was called."""

    ref: str
    role: Role
    names: tuple[str, ...] = ()
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    identifiers: Identifiers | None = None
    restricted: bool = False  # an erased person: that they are known is all that is said of them
    claimed_until: datetime | None = None  # only somebody outside the firm says so, until then
    revision: int = field(default=0, compare=False)  # of the corpus, when this was filed

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which keys it is found."""
        by_name = (key for name in self.names for key in filing_keys(name))
        return tuple(dict.fromkeys([*by_name, *keys_of(self.identifiers)]))

    @property
    def filed(self) -> tuple[str, ...]:
        """The keys of somebody the firm knows."""
        return self.keys if self.claimed_until is None else ()

    @property
    def claimed(self) -> tuple[str, ...]:
        """Those of somebody who is only claimed: found apart, they crowd out no known party."""
        return () if self.claimed_until is None else self.keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """How much was known when a check was made: a check says nothing about what came later."""

    entries: int = 0
    revision: int = 0
    numbered: int = 0  # of the revisions, those whose entries say which they are
    filed_by: str = "names-1"  # which rules made the keys of all entries
    filing_by: str = ""  # which rules are making them anew, and how far they have come
    filed_up_to: str = ""
    name: str = CORPUS_KEY


def match_with(name: str, known: Known) -> Match | None:
    """How a new name matches the closest of all names of a known party, if it does."""
    if len(known.names) == 1:
        return compare(name, known.names[0])
    at, found = _closest(name, known)
    if found is None or at == 0 or (known.role == "adverse" and known.inquiry_id is not None):
        return found
    return Match(found.score, (*found.reasons, "former-name"))


def match_of(name: str, told: Identifiers | None, known: Known) -> Match | None:
    """The same, weighed with what else is known of both."""
    match = match_with(name, known)
    if told is None or known.identifiers is None:
        return match
    if match is None:
        return match_by_number(told, known.identifiers)
    return weighed(match, told, known.identifiers)


def closest_name(name: str, known: Known) -> str:
    """Which of a known party's names a new one matches, or what they are called."""
    return known.names[_closest(name, known)[0]] if known.names else ""


def _closest(name: str, known: Known) -> tuple[int, Match | None]:
    found = [(match, at) for at, n in enumerate(known.names) if (match := compare(name, n))]
    if not found:
        return 0, None
    match, at = max(found, key=lambda each: (each[0].score, -each[1]))
    return at, match
