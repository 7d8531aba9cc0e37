"""What does intake know about a client?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.intake.domain.registers import stated, told_of

STATED = (
    "email",
    "phone",
    "birth_date",
    "company_number",
    "address",
    "timezone",
    "locale",
    "preferred_channel",
    "practice_area",
    "owner_id",
    "matter_id",
    "onboarded",
    "preferred_name",
    "pronunciation",
    "salutation",
    "contact_person",
    "interpreter",
)
MANNERS = ("preferred_name", "pronunciation", "salutation", "contact_person", "interpreter")
"""How they wish to be met: private, as their name is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client of the firm: the newest statement of each field, and every name ever used."""

    client_id: str
    name: str | None = None
    former_names: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    birth_date: str | None = None
    company_number: str | None = None
    address: str | None = None
    timezone: str | None = None
    locale: str | None = None
    preferred_channel: str | None = None
    practice_area: str | None = None
    owner_id: str | None = None
    matter_id: str | None = None
    onboarded: bool = False  # until then only changes were heard, and nothing is checked
    preferred_name: str | None = None
    pronunciation: str | None = None
    salutation: str | None = None
    contact_person: str | None = None
    interpreter: str | None = None  # into which language
    chosen_channel: str | None = None  # chosen by the client, as are language and hours
    chosen_locale: str | None = None
    quiet_from: str | None = None  # "18:00", on the client's own clock
    quiet_to: str | None = None
    stamps: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The name now, then the former ones."""
        return (*((self.name,) if self.name else ()), *self.former_names)

    @property
    def erased(self) -> bool:
        """Whether the name was known once and is gone with the person's key."""
        return self.name is None and "name" in self.stamps


def ref_of(client_id: str) -> str:
    """How the conflict index refers to a client."""
    return f"client:{client_id}"


def told(before: Client, facts: Mapping[str, Any], stamp: str) -> Client:
    """The client after an event stated these facts; None removes one."""
    changes = {name: facts[name] for name in STATED if name in facts}
    name = facts.get("name")
    return told_of(before, changes, name, stamp) if name else stated(before, changes, stamp)


def prefers(before: Client, said: Mapping[str, Any], stamp: str) -> Client:
    """The client after choosing how and when to be contacted."""
    names = {"preferred_channel": "chosen_channel", "locale": "chosen_locale"}
    return stated(before, {names.get(name, name): value for name, value in said.items()}, stamp)
