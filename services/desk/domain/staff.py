"""Who works here, and which key proves it?

A key is a secret of 256 random bits, made by a machine, so it cannot be guessed or found in a list
of words: a plain SHA-256 of it is enough to keep, and quick enough to check on every call. (Slow
hashes such as argon2 are for what people choose and remember.)
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from services.desk.domain.absences import Absences
from services.desk.domain.walls import Wall

Role = Literal["assistant", "lawyer", "partner", "conflicts-officer", "ops"]
ROLES: tuple[str, ...] = get_args(Role)
SHORTEST_KEY = 32  # characters: fewer could not hold 128 random bits and be typed by a machine


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One person of the firm, under the id the practice-management system uses."""

    staff_id: str
    roles: tuple[str, ...] = ()
    active: bool = True
    by_command: bool = False  # added by a command: the file of staff does not speak of them
    leads: tuple[str, ...] = ()  # the roles whose overdue tasks go to this person
    walls: tuple[Wall, ...] = ()  # the ethical walls this person stands before
    absences: Absences = ()  # when nobody finds them, and who acts for them

    @property
    def screened(self) -> frozenset[str]:
        """What a wall keeps this person from, such as ``client:c-1``."""
        return frozenset(each for wall in self.walls for each in wall.subjects)

    def behind(self, walls: tuple[Wall, ...]) -> "StaffMember":
        """The same person before these walls."""
        return replace(self, walls=walls)

    def has(self, role: str) -> bool:
        """Whether this person acts in that role."""
        return role in self.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One person's key, known only by its hash."""

    key_hash: str
    staff_id: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Seed:
    """One line of the staff file: a person, their roles, and what they use to get in."""

    staff_id: str
    roles: tuple[str, ...]
    key: str | None = None  # for calling the API
    user: str | None = None  # for signing in to the pages
    password: str | None = None
    name: str | None = None
    email: str | None = None
    phone: str | None = None  # where clients reach this person
    title: str | None = None  # as what this person signs letters
    leads: tuple[str, ...] = ()


def actor_of(person: StaffMember) -> dict[str, Any]:
    """A person as owners are told of them."""
    said: dict[str, Any] = {"id": person.staff_id, "roles": list(person.roles)}
    return {**said, "screened": sorted(person.screened)} if person.walls else said


def may_see_operations(person: StaffMember) -> bool:
    """Whether this person keeps the machines running."""
    return person.active and person.has("ops")


def hash_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def works_with_clients(person: StaffMember) -> bool:
    """Whether clients may read of this person."""
    return any(role != "ops" for role in person.roles)


def may_lead(person: StaffMember) -> bool:
    """Whether this person may lead a matter."""
    return person.has("lawyer") or person.has("partner")
