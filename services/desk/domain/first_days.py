"""Is the firm ready for real clients, and what is still to be done before it is?

Each line is reckoned anew from what is so whenever somebody looks. What no machine can know a
person says, under their name. A line that nobody can reckon just now is not done.

People come first: what a firm says of itself a second person approves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import NotAllowedError
from shared.contracts.answers import SenderStanding
from shared.contracts.firm_decisions import NOBODY_SAID, WhoDecides
from shared.contracts.firm_roles import FirmRoles, roles_of, settable
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import RuleError

WHO = ("partner", "ops")
Line = Literal["name", "notices", "mail", "people", "second-person", "book", "rules"]
SAID_BY_PEOPLE: tuple[Line, ...] = ("book", "rules")
FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Said:
    """Who said that something is so, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDays:
    """What people said of the firm's beginning."""

    firm: str = FIRM
    said: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is so just now; None where nobody can say."""

    samples: tuple[str, ...] | None
    lacking: tuple[str, ...] | None
    staff: Sequence[StaffMember]
    firm_roles: FirmRoles
    sole_practice: bool
    said: Mapping[str, Said]
    who_decides: WhoDecides = NOBODY_SAID
    sender: SenderStanding | None = None  # whether mail of the firm is believed
    imported: Mapping[str, int] | None = None  # of each kind of list, how many things


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list: whether it is done, what is amiss, and who said so."""

    line: Line
    done: bool
    amiss: tuple[str, ...] = ()
    known: bool = True
    said: Said | None = None
    found_at: datetime | None = None  # when a test showed it
    counts: Mapping[str, int] = field(default_factory=dict)


def may_see_first_days(person: StaffMember) -> bool:
    """Whether it is this person's work to make the firm ready."""
    return person.active and any(person.has(role) for role in WHO)


def check_sees_first_days(person: StaffMember) -> None:
    """Refuse everybody else."""
    if not may_see_first_days(person):
        raise NotAllowedError("This is for partners and operations.", code="wrong-role")


def steps(facts: Facts) -> tuple[Step, ...]:
    """Every line, in the order in which a firm does them."""
    active = [each for each in facts.staff if each.active]
    alone = () if facts.sole_practice else tuple(_alone(active, facts))
    return (
        Step("people", len(active) > 1 or facts.sole_practice),
        Step("second-person", not alone, alone),
        _told("name", facts.samples),
        _told("notices", facts.lacking),
        _mail(facts),
        _book(facts),
        _said_of("rules", facts),
    )


def are_done(found: Iterable[Step]) -> bool:
    """Whether the firm is ready."""
    return all(each.done for each in found)


def with_word(before: FirstDays, line: str, by: str, at: datetime) -> FirstDays:
    """Somebody says that a line is done; RuleError where that is not theirs to say."""
    if line not in SAID_BY_PEOPLE:
        raise RuleError("This is reckoned, and not said.", code="reckoned")
    return (
        before if line in before.said else replace(before, said={**before.said, line: Said(by, at)})
    )


def _told(line: Line, amiss: tuple[str, ...] | None) -> Step:
    return Step(line, amiss == (), amiss or (), known=amiss is not None)


def _said_of(line: Line, facts: Facts) -> Step:
    said = facts.said.get(line)
    return Step(line, said is not None, said=said)


def _mail(facts: Facts) -> Step:
    """A test mail was believed where it arrived.

    Releases before took a person's word: that holds until a test mail says otherwise.
    """
    found, said = facts.sender, facts.said.get("mail")
    if found is None or (found.state == "never" and said is not None):
        return Step("mail", said is not None, known=said is not None, said=said)
    amiss = found.amiss if found.state == "not-ready" else ()
    at = datetime.fromisoformat(found.at) if found.at and found.state == "ready" else None
    return Step("mail", found.state == "ready", amiss, found_at=at)


def _book(facts: Facts) -> Step:
    """The clients the firm has already are imported, or somebody says that there are none."""
    said = facts.said.get("book")
    counts = facts.imported or {}
    done = said is not None or counts.get("clients", 0) > 0
    known = done or facts.imported is not None
    return Step("book", done, known=known, said=said, counts=counts)


def _alone(staff: Sequence[StaffMember], facts: Facts) -> Iterator[str]:
    """Kinds of task that take a second person, where there are not two who may decide them."""
    for name in settable():
        kind, firm = TASK_KINDS[name], facts.who_decides
        by_two = [roles_of(name, facts.firm_roles)] if kind.second else []
        by_two += [
            firm.deciding(name, each)
            for each in kind.decision_names()
            if firm.takes_two(name, each)
        ]
        if any(sum(bool({*roles} & {*each.roles}) for each in staff) < 2 for roles in by_two):
            yield name
