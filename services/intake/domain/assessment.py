"""What does it mean that a new name matches a known one?

Turns a match of spellings into a hit a person can judge: whose side, which matter, since when
settled. The subject's own entries are no hits at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from services.intake.domain.checks import Check, Hit, HitVerdict, Searched, State, Trigger
from services.intake.domain.dispositions import Settled, covers
from services.intake.domain.identifiers import Identifiers, confirms
from services.intake.domain.known import Known
from services.intake.domain.matching import STRONG, Match
from services.intake.domain.matters import Status
from services.intake.domain.readings import read_names
from services.intake.domain.roles import Adversity, Role, adversity
from services.intake.domain.verdicts import disposition_of

FAMILY = frozenset({"surname-only", "household"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a check is about."""

    trigger: Trigger
    ref: str
    own: frozenset[str]  # entries of the conflict index that are the subject itself
    client_id: str | None = None
    inquiry_id: str | None = None
    matter_id: str | None = None
    party_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What else is known about a known party now."""

    client_id: str | None = None  # whose matter it has to do with
    status: Status = "unknown"
    declined: bool = False  # the firm refused this inquiry


@lru_cache(maxsize=1_000)
def searched_for(name: str, role: Role, told: Identifiers | None = None) -> Searched:
    """A name to search for, with the forms in which it is compared and what else is known."""
    forms = (" ".join([*(w.plain for w in n.words), *n.initials]) for n in read_names(name))
    return Searched(name=name, role=role, forms=tuple(forms), identifiers=told)


def hit_on(
    subject: Subject, at: int, searched: Searched, known: Known, match: Match, around: Around
) -> Hit:
    """The hit that a match makes."""
    meaning, why = _meaning(subject, searched.role, known, match, around)
    return Hit(
        ref=known.ref,
        searched=at,
        role=searched.role,
        known_role=known.role,
        adversity=meaning,
        score=match.score,
        reasons=(*match.reasons, *why),
        client_id=around.client_id,
        matter_id=known.matter_id,
        inquiry_id=known.inquiry_id,
        status=around.status,
    )


def _meaning(
    subject: Subject, role: Role, known: Known, match: Match, around: Around
) -> tuple[Adversity, tuple[str, ...]]:
    meaning = adversity(role, known.role)
    if meaning is Adversity.ADVERSE and _is_of_the_family_only(match):
        meaning = Adversity.UNKNOWN
    if meaning is Adversity.UNKNOWN and _is_theirs(subject, around):
        return Adversity.SAME_SIDE, ()
    if meaning is not Adversity.SAME_SIDE or role == "adverse":
        return meaning, ()
    if around.declined:
        return Adversity.UNKNOWN, ("declined-before",)
    both_clients = subject.trigger == "client" and known.ref.startswith("client:")
    if both_clients and match.score >= STRONG:
        return Adversity.UNKNOWN, ("possible-duplicate",)
    return meaning, ()


def _is_of_the_family_only(match: Match) -> bool:
    """Whether no more than a surname is shared: a relative of an opponent is not the opponent."""
    return not FAMILY.isdisjoint(match.reasons) and not confirms(match.reasons)


def _is_theirs(subject: Subject, around: Around) -> bool:
    """Whether a related person belongs to a matter of the very client the check is about."""
    return around.client_id is not None and around.client_id == subject.client_id


def after_decisions(hit: Hit, settled: Settled | None) -> Hit:
    """The hit, already settled when an earlier decision about the same pair covers it."""
    if settled is None or not covers(settled, hit):
        return hit
    return replace(hit, disposition=settled.decision, settled_by=settled.check_id)


def state_of(hits: tuple[Hit, ...], *, incomplete: bool) -> State:
    """How a check stands when it is made; one that could not look everywhere clears nothing."""
    dispositions = {hit.disposition for hit in hits}
    if incomplete or "open" in dispositions:
        return "pending"
    if not hits:
        return "no-hits"
    return "waived" if "waived" in dispositions else "cleared"


def decided(check: Check, verdicts: Iterable[HitVerdict]) -> tuple[Hit, ...]:
    """The hits of a check once a person has decided; what was settled before stays settled."""
    said = {each.ref: disposition_of(each) for each in verdicts}
    return tuple(
        replace(hit, disposition=said[hit.ref]) if hit.ref in said else hit for hit in check.hits
    )
