"""Who makes which single decision, and which take a second person, where the firm wants it so?

Beside the roles of a whole kind (``firm_roles``) a firm names them for one of its decisions, or
says ``second-person``: two people then say the same. What the profile names as the least is never
gone below, and a rule that narrows one task holds before both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from shared.contracts.firm_roles import AS_SHIPPED, OPERATIONS, ROLES, FirmRoles, narrowed, roles_of
from shared.contracts.page_decisions import PAGE_DECISIONS
from shared.contracts.task_kinds import TASK_KINDS
from shared.errors import RuleError

SECOND = "second-person"  # beside roles, or alone where the roles are as shipped
Said = Mapping[str, Mapping[str, tuple[str, ...]]]  # kind → decision → roles and SECOND


@dataclass(frozen=True, slots=True)
class Least:
    """What a profile asks for at least: nobody but these decides it."""

    roles: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class WhoDecides:
    """The firm's word on who decides what, and the least that holds whatever it says."""

    roles: FirmRoles = field(default_factory=lambda: AS_SHIPPED)
    said: Said = field(default_factory=lambda: MappingProxyType({}))
    least: Mapping[str, Least] = field(default_factory=lambda: MappingProxyType({}))

    def deciding(self, kind: str, decision: str) -> tuple[str, ...]:
        """The roles in which this decision is made here."""
        own = self._own(kind, decision)
        wanted = own or shipped_roles(kind, decision, self.roles)
        least = self.least.get(name_of(kind, decision))
        if least is None:
            return wanted
        return tuple(role for role in wanted if role in least.roles) or least.roles

    def check(self, kind: str, decision: str, roles: Sequence[str]) -> None:
        """Refuse whoever does not make this decision here."""
        allowed = self.deciding(kind, decision)
        if not set(roles) & set(allowed):
            raise RuleError(f"This is decided by: {', '.join(allowed)}.", code="wrong-role")

    def takes_two(self, kind: str, decision: str) -> bool:
        """Whether a second person has to say the same."""
        return SECOND in self.said.get(kind, {}).get(decision, ())

    def value(self, kind: str, decision: str) -> tuple[str, ...]:
        """As the firm would write it."""
        second = (SECOND,) if self.takes_two(kind, decision) else ()
        return (*self.deciding(kind, decision), *second)

    def _own(self, kind: str, decision: str) -> tuple[str, ...]:
        said = self.said.get(kind, {}).get(decision, ())
        return tuple(each for each in said if each != SECOND)


NOBODY_SAID = WhoDecides()


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom one task is asked: who sees it, who makes which decision, which of these take two."""

    roles: tuple[str, ...]  # empty: those of its kind
    deciders: Mapping[str, tuple[str, ...]]  # of those decisions that fewer make
    second: tuple[str, ...]


def asked_of(kind: str, rule: Sequence[str], firm: WhoDecides) -> Asked:
    """Of whom a task is asked that a rule narrows to these roles, or to none."""
    whole = narrowed(kind, rule, firm.roles)
    known, single = whole or roles_of(kind), dict[str, tuple[str, ...]]()
    for decision in TASK_KINDS[kind].decision_names():
        wanted = firm.deciding(kind, decision)
        left = tuple(role for role in wanted if role in rule or not rule) or tuple(rule)
        single[decision] = left if _is_single(kind, decision, firm) else known
    further = {role for roles in single.values() for role in roles if role not in known}
    seen = tuple(role for role in ROLES if role in further)
    return Asked(
        roles=(*known, *seen) if seen else whole,
        deciders={each: who for each, who in single.items() if {*who} != {*known, *seen}},
        second=tuple(each for each in single if firm.takes_two(kind, each)),
    )


def name_of(kind: str, decision: str) -> str:
    """How a decision is called in the firm's file and in profiles."""
    return f"{kind}.{decision}"


def shipped_roles(kind: str, decision: str, firm: FirmRoles = AS_SHIPPED) -> tuple[str, ...]:
    """The roles in which it is made where nobody says it of this very decision."""
    page = PAGE_DECISIONS.get(kind, {}).get(decision)
    if page is not None:  # whom the page lets in, as far as they decide such tasks
        own = firm.get(kind, page.roles)
        return tuple(role for role in page.roles if role in own) or page.roles
    found = TASK_KINDS[kind].decision(decision)
    return (found.roles if found else ()) or roles_of(kind, firm)


def decisions() -> Iterator[tuple[str, str, str]]:
    """Every decision of which a firm says who makes it: kind, name, and how people call it."""
    for kind in TASK_KINDS.values():
        if not kind.named:
            for each in kind.decisions:
                yield kind.kind, each.name, f"{kind.label}: {each.label}"
            yield from _of_pages(kind.kind)
    for name in PAGE_DECISIONS:
        if name not in TASK_KINDS:
            yield from _of_pages(name)


def unknown_in(least: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a profile says of decisions or roles that there are not."""
    known = {name_of(kind, name) for kind, name, _ in decisions()}
    for name, roles in least.items():
        if name not in known:
            yield f"decisions: there is no decision {name}"
        yield from (f"decisions: {name}: there is no role {r}" for r in roles if r not in ROLES)


def mistakes_in(firm: WhoDecides, *, alone: bool) -> Iterator[tuple[str, str]]:
    """Each decision that cannot be made as the firm says, and why.

    ``alone``: one person is the whole firm.
    """
    known = {(kind, name) for kind, name, _ in decisions()}
    for kind, single in firm.said.items():
        if kind not in {each for each, _ in known}:
            yield kind, f"there is no such kind of decision; there are: {', '.join(_kinds())}"
            continue
        for name, said in single.items():
            wrong = _wrong(kind, name, said, firm, alone=alone)
            if wrong is not None:
                yield name_of(kind, name), wrong


def _wrong(
    kind: str, name: str, said: Sequence[str], firm: WhoDecides, *, alone: bool
) -> str | None:
    there = [each for of, each, _ in decisions() if of == kind]
    if name not in there:
        return f"there is no such decision; {kind} has: {', '.join(there)}"
    if not said:
        return "somebody has to decide it; name a role, or take the line away"
    wrong = _not_these(kind, name, [each for each in said if each != SECOND], firm)
    return wrong or (_not_by_two(kind, name, alone=alone) if SECOND in said else None)


def _not_these(kind: str, name: str, roles: Sequence[str], firm: WhoDecides) -> str | None:
    """Why these roles cannot make this decision."""
    least = firm.least.get(name_of(kind, name))
    page = PAGE_DECISIONS.get(kind, {}).get(name)
    if unknown := [role for role in roles if role not in ROLES]:
        return f"there is no role {unknown[0]}; there are: {', '.join(ROLES)}, and {SECOND}"
    if OPERATIONS in roles and OPERATIONS not in shipped_roles(kind, name):
        return "whoever only keeps the machines running does not see clients; leave ops out"
    if page is not None and (out := [role for role in roles if role not in page.roles]):
        return f"{out[0]} does not see its page; choose from: {', '.join(page.roles)}"
    if least is not None and (below := [role for role in roles if role not in least.roles]):
        return (
            f"{below[0]} may not decide it, only {', '.join(least.roles)} may, by {least.source}; "
            f"take {below[0]} out"
        )
    return None


def _not_by_two(kind: str, name: str, *, alone: bool) -> str | None:
    if alone:
        return f"one lawyer is the whole firm: nobody is there as a {SECOND}; take it out"
    found = TASK_KINDS.get(kind)
    if found is None or found.decision(name) is None:
        return f"it is decided on a page of its own, and at once; take {SECOND} out"
    if found.at_once and "reason" not in found.required_for(name):
        return f"it says when something was, and nobody waits with that; take {SECOND} out"
    return None


def _is_single(kind: str, decision: str, firm: WhoDecides) -> bool:
    """Whether anybody says of this very decision who makes it."""
    found = TASK_KINDS[kind].decision(decision)
    own = any(each != SECOND for each in firm.said.get(kind, {}).get(decision, ()))
    return own or bool(found and found.roles) or name_of(kind, decision) in firm.least


def _kinds() -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for kind, _, _ in decisions()))


def _of_pages(kind: str) -> Iterator[tuple[str, str, str]]:
    for name, each in PAGE_DECISIONS.get(kind, {}).items():
        yield kind, name, f"{each.about}: {each.label}"
