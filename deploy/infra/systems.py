"""Which other systems of the firm have a log-in of their own, and what may each say?

Kept in one file beside the other secrets of an installation. A system publishes on
``events.<type>.<key>.<its name>``, under a source of its own; what a server is told follows.
"""

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from deploy.infra.grants import INBOX, Grants, of_named_system
from deploy.infra.secrets import NATS_USERS, SYSTEMS_FILE, write_private
from shared.contracts.catalogue import FOREIGN_TYPES
from shared.contracts.speakers import source_of_system
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.errors import ClienteleError

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LIMIT = re.compile(r"(?P<most>[0-9]{1,9})(?P<unit>KiB|/minute)")
LONGEST_NAME = 32
LARGEST_KIB = MAX_EVENT_BYTES // 1024


class SystemRefusedError(ClienteleError):
    """A system cannot be kept like this."""


@dataclass(frozen=True, slots=True)
class ForeignSystem:
    """One system of the firm, as NATS knows it."""

    name: str
    types: tuple[str, ...]
    password: str
    limits: dict[str, int] = field(default_factory=dict)  # kib of an event, per_minute

    @property
    def source(self) -> str:
        """What its events say of where they come from, or the beginning of it."""
        return source_of_system(self.name)

    @property
    def inbox(self) -> str:
        """Where answers reach it: its client's inbox prefix."""
        return f"{INBOX}.{self.name}"

    @property
    def grants(self) -> Grants:
        """What it may say and hear."""
        return of_named_system(self.name, self.types)


def known(folder: Path) -> dict[str, ForeignSystem]:
    """Every system with a log-in of its own, by name; ``folder``: where the secrets are."""
    path = folder / SYSTEMS_FILE
    if not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: ForeignSystem(name, tuple(each["types"]), each["password"], each.get("limits", {}))
        for name, each in kept.items()
    }


def read_limits(written: Iterable[str]) -> dict[str, int]:
    """Limits as a person writes them: 64KiB of one event, 600/minute."""
    limits: dict[str, int] = {}
    for each in written:
        found = _LIMIT.fullmatch(each)
        name = "kib" if found and found["unit"] == "KiB" else "per_minute"
        most = int(found["most"]) if found else 0
        if most < 1 or name in limits or (name == "kib" and most > LARGEST_KIB):
            raise SystemRefusedError(
                f"Write a limit as 64KiB (of one event, {LARGEST_KIB}KiB at most) or 600/minute,"
                " each once."
            )
        limits[name] = most
    return limits


def add(folder: Path, name: str, types: Iterable[str], limits: Iterable[str] = ()) -> ForeignSystem:
    """Give a system a log-in, or other types and limits; one that exists keeps its password."""
    wanted = tuple(sorted(set(types)))
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME or name in NATS_USERS:
        raise SystemRefusedError(
            f"Call it by lower-case letters, digits and single hyphens, {LONGEST_NAME} at most,"
            f" and not like one of ours: {', '.join(NATS_USERS)}."
        )
    unknown = [each for each in wanted if each not in FOREIGN_TYPES]
    if unknown or not wanted:
        raise SystemRefusedError(
            f"Name types a system of the firm may publish: {', '.join(sorted(FOREIGN_TYPES))}."
        )
    systems = known(folder)
    before = systems.get(name)
    password = before.password if before else _password()
    kept = ForeignSystem(name, wanted, password, read_limits(limits))
    _write(folder, systems | {name: kept})
    return kept


def renew(folder: Path, name: str) -> ForeignSystem:
    """A new password; the one before lets nobody in any more."""
    systems = known(folder)
    fresh = replace(_one(systems, name), password=_password())
    _write(folder, systems | {name: fresh})
    return fresh


def remove(folder: Path, name: str) -> ForeignSystem:
    """Let a system in no more; what it has said stays. The log-in it had."""
    systems = known(folder)
    gone = _one(systems, name)
    _write(folder, {each: kept for each, kept in systems.items() if each != name})
    return gone


def _one(systems: dict[str, ForeignSystem], name: str) -> ForeignSystem:
    if name not in systems:
        there = ", ".join(systems) or "none"
        raise SystemRefusedError(f"There is no system of that name. There are: {there}.")
    return systems[name]


def _password() -> str:
    return secrets.token_urlsafe(24)


def _write(folder: Path, systems: dict[str, ForeignSystem]) -> None:
    kept = {name: asdict(each) for name, each in sorted(systems.items())}
    write_private(folder / SYSTEMS_FILE, json.dumps(kept, indent=2) + "\n")
