"""What must not be done about a person or a matter, until it is lifted?

Intake keeps the register and places what its conflict checks decide; the firm's other systems may
place and lift too. Why stays sealed where it was decided: an event names the kind and the effect.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from shared.contracts.base import EventData, refuse_fields
from shared.contracts.fields import Id, Instant, Label

Kind = Literal[
    "conflict", "declined", "wall", "legal-hold", "sensitivity", "deceased", "insider", "freeze"
]
Effect = Literal["wait", "stop", "person-first", "bar", "keep"]
SCOPE_IDS = {"client": "client_id", "matter": "matter_id", "inquiry": "inquiry_id"}
SUBJECTS = {name: scope for scope, name in SCOPE_IDS.items()}


def subjects_in(ids: Mapping[str, str | None]) -> tuple[str, ...]:
    """What something with these ids is about, as restrictions name it: ``client:c-1``, …"""
    return tuple(f"{scope}:{ids[name]}" for name, scope in SUBJECTS.items() if ids.get(name))


class _Restriction(EventData):
    PUBLISHER: ClassVar[str] = "intake"
    KEYS: ClassVar[tuple[str, ...]] = ("client_id", "inquiry_id", "matter_id", "restriction_id")

    restriction_id: Id
    client_id: Id | None = None
    matter_id: Id | None = None
    inquiry_id: Id | None = None
    by: Id | None = None
    at: Instant


class RestrictionPlaced(_Restriction):
    """From now on this must not be done: the newest word on a restriction_id holds.

    ``wait``: messages wait; ``stop``: none is sent any more; ``person-first``: somebody calls
    instead; ``bar``: the named staff see nothing of it; ``keep``: nothing may be erased.
    ``until`` ends what concerns messages; a wall and a legal hold end when somebody lifts them.
    Of a client, an ``inquiry_id`` beside it says where they come from: it holds for that too.
    """

    TYPE: ClassVar[str] = "restriction-placed"

    kind: Kind
    scope: Literal["client", "matter", "inquiry", "firm"]
    effect: Effect
    staff_ids: Annotated[tuple[Id, ...], Field(max_length=500)] | None = None
    classes: Annotated[tuple[Label, ...], Field(max_length=20)] | None = None
    until: Instant | None = None

    @model_validator(mode="after")
    def _names_what_it_is_about(self) -> Self:
        needed = SCOPE_IDS.get(self.scope)
        if needed is not None and getattr(self, needed) is None:
            raise refuse_fields((needed,), f"is missing: a restriction of a {self.scope} names it")
        return self


class RestrictionLifted(_Restriction):
    """A restriction no longer holds."""

    TYPE: ClassVar[str] = "restriction-lifted"
