"""What does every event of Clientele have in common?

An event's data is a frozen pydantic model that names its type, version, publisher and key. The
key is what the NATS subject ends in (``events.<type>.<key>``) and what CloudEvents calls subject.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from shared.contracts.fields import KEY_PATTERN, Id, Instant
from shared.contracts.keys import key_of

__all__ = ["KEY_PATTERN", "EventData", "Id", "Instant", "Part", "refuse_fields"]


class Part(BaseModel):
    """A piece of an event's data."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class EventData(BaseModel):
    """The data of one event type. Only additive change inside a version."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    PUBLISHER: ClassVar[str]
    KEYS: ClassVar[tuple[str, ...]] = ("client_id",)
    """What the key is of: the first of these (dotted) fields that has a value."""
    DAYS: ClassVar[tuple[str, ...]] = ()
    """Its days, and instants that mean one: of the firm's calendar, whatever a reader's clock."""
    DELIVERS_PRIVATE: ClassVar[bool] = False
    """Whether its very purpose is to deliver a name, an address or somebody's own words."""

    def key(self) -> str:
        """The key of what this event is about: its NATS subject key and CloudEvents subject."""
        return key_of(self.about_id())

    def about_id(self) -> str:
        """The id this event is about, as whoever gave it wrote it."""
        for path in self.KEYS:
            value: Any = self
            for name in path.split("."):
                value = getattr(value, name, None)
            if value is not None:
                return str(value)
        raise ValueError(f"none of {', '.join(self.KEYS)} has a value")

    def to_wire(self) -> Mapping[str, Any]:
        """The data as it travels: a field without a value is left out."""
        return self.model_dump(mode="json", exclude_none=True)


def refuse_fields(fields: tuple[str, ...], message: str) -> PydanticCustomError:
    """A rule over several fields of an event is broken; each of them is named."""
    return PydanticCustomError("fields", "{message}", {"fields": fields, "message": message})
