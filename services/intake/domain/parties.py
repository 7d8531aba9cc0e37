"""Who else has a part in a matter?"""

from dataclasses import dataclass, field

from services.intake.domain.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or company with a role in one matter."""

    matter_id: str
    party_id: str
    role: Role = "related"
    name: str | None = None
    former_names: tuple[str, ...] = ()
    birth_date: str | None = None
    company_number: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    stamps: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The name now, then the former ones."""
        return (*((self.name,) if self.name else ()), *self.former_names)


def party_key(matter_id: str, party_id: str) -> str:
    """One contact may have parts in several matters, so a party is known by both ids."""
    return f"{matter_id}.{party_id}"


def ref_of(matter_id: str, party_id: str) -> str:
    """How the conflict index refers to a party."""
    return f"party:{party_key(matter_id, party_id)}"
