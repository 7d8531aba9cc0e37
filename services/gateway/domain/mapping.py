"""How does a mapping the firm wrote itself read a delivery?

Each rule says when it holds, which event is said then, and where each field stands.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from services.gateway.domain.expressions import compiled, find
from services.gateway.domain.reading import Payload, Reading
from services.gateway.domain.saying import Saying
from shared.contracts.catalogue import CATALOGUE, FOREIGN_TYPES
from shared.contracts.fields import parse_instant
from shared.contracts.refusals import refuse
from shared.errors import ClienteleError


class Part(BaseModel):
    """A piece of a source's file; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(Part):
    """One event, and when it is said."""

    says: str
    when: str | None = None  # None: always
    at: str | None = None  # when it happened
    client_email: str | None = None  # where the client is known by an address only
    data: dict[str, str] = Field(default_factory=dict)

    @field_validator("says")
    @classmethod
    def _is_a_type(cls, says: str) -> str:
        if says not in FOREIGN_TYPES:
            known = ", ".join(sorted(FOREIGN_TYPES))
            raise ValueError(f"{says} is no event another system may say; there are: {known}")
        return says

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        fields = CATALOGUE[self.says].model_fields
        unknown = [each for each in self.data if each not in fields]
        if unknown:
            raise ValueError(f"{self.says} has no field {unknown[0]}; it has: {', '.join(fields)}")
        for place, expression in self.expressions():
            try:
                compiled(expression)
            except ClienteleError as broken:
                raise ValueError(f"{place}: is no JMESPath: {broken.message}") from broken
        return self

    def expressions(self) -> Iterator[tuple[str, str]]:
        """Every expression, and where it stands."""
        single = {"when": self.when, "at": self.at, "client_email": self.client_email}
        yield from ((name, each) for name, each in single.items() if each is not None)
        yield from ((f"data.{name}", each) for name, each in self.data.items())


def read_by_rules(rules: tuple[Rule, ...], payload: Payload) -> Reading:
    """What the rules find; raises Invalid where none of them knows such a delivery."""
    matching = [each for each in rules if each.when is None or bool(find(each.when, payload))]
    if not matching:
        remedy = "holds for no rule of the mapping: add one, or say it under ignore"
        raise refuse("when", remedy)
    return Reading(tuple(_say(rule, payload) for rule in matching))


def _say(rule: Rule, payload: Payload) -> Saying:
    found = {name: find(expression, payload) for name, expression in rule.data.items()}
    email = find(rule.client_email, payload) if rule.client_email else None
    return Saying(
        type=rule.says,
        data={name: value for name, value in found.items() if value is not None},
        at=_instant(rule.at, payload) if rule.at else None,
        email=email if isinstance(email, str) else None,
        email_at=rule.client_email or "client_id",
        paths=rule.data,
    )


def _instant(expression: str, payload: Payload) -> datetime:
    value: Any = find(expression, payload)
    try:
        return parse_instant(value if isinstance(value, str) else "")
    except ValueError as no:
        raise refuse(expression, str(no)) from None
