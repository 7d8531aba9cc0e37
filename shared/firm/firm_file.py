"""What can a firm say in its ``firm.toml``?

Every key fills one setting; what a value may be is checked by the services that have the setting.
Here stands only which keys there are, how each is called, and what it is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, JsonValue

from shared.firm.sections import (
    Calendar,
    Contact,
    Desk,
    Editions,
    Firm,
    Intake,
    Languages,
    Law,
    LooksOfTheFirm,
    Mail,
    Reviews,
    Section,
    Surveys,
    TextMessages,
)


class FirmFile(Section):
    """Everything a firm can say in ``firm.toml``; whatever it leaves out is as shipped."""

    firm: Firm = Firm()
    looks: LooksOfTheFirm = LooksOfTheFirm()
    office: Calendar = Calendar()
    law: Law = Law()
    mail: Mail = Mail()
    text_messages: TextMessages = TextMessages()
    contact: Contact = Contact()
    languages: Languages = Languages()
    intake: Intake = Intake()
    surveys: Surveys = Surveys()
    reviews: Reviews = Reviews()
    editions: Editions = Editions()
    desk: Desk = Desk()
    roles: dict[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description="Who decides which kind of task, where that is not as shipped.",
    )
    decisions: dict[str, dict[str, tuple[str, ...]]] = Field(
        default_factory=dict,
        description="Who makes a single decision, and which take a second person.",
    )
    retention: dict[str, dict[str, int | str]] = Field(
        default_factory=dict,
        description="How long records are kept that outlive an erasure; longer needs a reason.",
    )


TABLES = {"roles": "firm_roles", "decisions": "firm_decisions", "retention": "firm_retention"}
"""Sections that are one value each, by the setting they fill; their keys the services know."""
NESTED = ("decisions",)
"""Of these, whose keys have a dot: ``conflict-check.decline``."""

Kind = Literal["text", "number", "yes-no", "list", "names", "table"]

KINDS: dict[str, Kind] = {
    "dict[str, str]": "names",
    "dict": "table",
    "tuple": "list",
    "bool": "yes-no",
    "int": "number",
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of ``firm.toml``."""

    section: str
    name: str
    setting: str
    means: str
    example: JsonValue
    kind: Kind = "text"

    @property
    def place(self) -> str:
        """How people call it: ``office.zone``."""
        return f"{self.section}.{self.name}"


def keys() -> Iterator[Key]:
    """Every key a firm can set, in the order of the file."""
    for section, part in FirmFile.model_fields.items():
        if section in TABLES:
            continue
        for name, field in type(part.default).model_fields.items():
            extra = field.json_schema_extra
            setting = str(extra["setting"]) if isinstance(extra, dict) else name
            example = field.examples[0] if field.examples else None
            kind = _kind(str(field.annotation))
            yield Key(section, name, setting, field.description or "", example, kind)


def who_decides(kind: str, means: str) -> Key:
    """The key by which a firm says who decides a kind of task."""
    return Key("roles", kind, TABLES["roles"], means, None, "list")


def who_makes(decision: str, means: str) -> Key:
    """The key by which a firm says who makes a single decision, and whether it takes two."""
    return Key("decisions", decision, TABLES["decisions"], means, None, "list")


def _kind(annotation: str) -> Kind:
    """How a value of this key is written; what is none of these is a text."""
    for word, kind in KINDS.items():
        if word in annotation:
            return kind
    return "text"


def about(section: str) -> str:
    """What a section is about."""
    field = FirmFile.model_fields[section]
    return field.description or (type(field.default).__doc__ or "").strip()
