"""What is said when a matter goes from one lawyer of the firm to another?"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field

from shared.contracts.base import EventData
from shared.contracts.fields import Id, Instant
from shared.contracts.firm import PRACTICE_MANAGEMENT


class HandoverCompleted(EventData):
    """Somebody else of the firm leads a matter from now on, and has taken it over."""

    TYPE: ClassVar[str] = "handover-completed"
    PUBLISHER: ClassVar[str] = PRACTICE_MANAGEMENT
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    client_id: Id
    matter_id: Id
    from_: Annotated[Id | None, Field(alias="from")] = None
    """Who led it until now."""
    to: Id
    at: Instant

    def to_wire(self) -> Mapping[str, Any]:
        """The data as it travels; ``from`` is a word no field of ours can be called."""
        return self.model_dump(mode="json", exclude_none=True, by_alias=True)
