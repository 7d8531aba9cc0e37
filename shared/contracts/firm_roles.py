"""Who decides which kind of task, where the firm wants it otherwise than shipped?

The firm says it for whole kinds. A rule that narrows one task (a complaint about a partner is for
partners) still holds: what the firm says never opens a door that a rule has shut.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from shared.contracts.task_kind import TaskKind
from shared.contracts.task_kinds import TASK_KINDS

FirmRoles = Mapping[str, tuple[str, ...]]
AS_SHIPPED: FirmRoles = MappingProxyType({})
ROLES = ("assistant", "lawyer", "partner", "conflicts-officer", "ops")
OPERATIONS = "ops"  # keeps machines running, and works with ids alone


def roles_of(kind: str, firm: FirmRoles = AS_SHIPPED) -> tuple[str, ...]:
    """The roles in which tasks of this kind are decided here."""
    return firm.get(kind) or TASK_KINDS[kind].roles


def narrowed(kind: str, rule: Sequence[str], firm: FirmRoles) -> tuple[str, ...]:
    """The roles of one task: those of the firm, as far as a rule leaves them; empty: the kind's."""
    own = firm.get(kind)
    if own is None:
        return tuple(rule)
    return tuple(role for role in own if role in rule or not rule) or tuple(rule)


def mistakes_in(firm: FirmRoles) -> Iterator[tuple[str, str]]:
    """Each kind that cannot be decided as the firm says, and why."""
    for name, roles in firm.items():
        kind = TASK_KINDS.get(name)
        if kind is None:
            yield name, f"there is no such kind of task; there are: {', '.join(settable())}"
        elif (wrong := _wrong(kind, roles)) is not None:
            yield name, wrong


def settable() -> tuple[str, ...]:
    """The kinds of which a firm says who decides them."""
    return tuple(name for name, kind in TASK_KINDS.items() if not kind.named)


def _wrong(kind: TaskKind, roles: Sequence[str]) -> str | None:
    if kind.named:
        return "it is asked of one certain person, whatever their role; take the line away"
    if unknown := [role for role in roles if role not in ROLES]:
        return f"there is no role {unknown[0]}; there are: {', '.join(ROLES)}"
    if not roles:
        return "somebody has to decide it; name a role, or take the line away"
    if OPERATIONS in roles and OPERATIONS not in kind.roles:
        return "whoever only keeps the machines running does not see clients; leave ops out"
    return None
