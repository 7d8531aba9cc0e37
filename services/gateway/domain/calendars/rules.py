"""How does a firm say which calendar is read, how often, and whose appointments are in it?

A part of a source's file: ``calendar:`` in ``sources/<name>.yaml``. Its address is no part of it:
addresses of calendars hold a key, so they stand where secrets do.
"""

import re
from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from services.gateway.domain.mapping import Part
from services.gateway.domain.names import duration
from shared.contracts.fields import Zone

SHORTEST_RHYTHM = timedelta(minutes=1)
SILENT_AFTER_RHYTHMS = 6
SHORTEST_SILENCE = timedelta(hours=1)
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")


class Place(Part):
    """Where in an entry something stands: one of these."""

    property: str | None = None  # all of X-CLIENT-ID
    category: str | None = None  # what follows this beginning in one of CATEGORIES
    line: str | None = None  # what follows this beginning of a line of DESCRIPTION
    attendee: bool = False  # the address of somebody invited who is exactly one client

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        said = [each for each in (self.property, self.category, self.line) if each]
        if len(said) + self.attendee != 1:
            raise ValueError("say one of property, category, line or attendee: true")
        if self.property and not _PROPERTY.fullmatch(self.property):
            raise ValueError("property is the name of a property, such as X-CLIENT-ID")
        return self


WHOSE = (Place(property="X-CLIENT-ID"), Place(attendee=True))


class CalendarRules(Part):
    """What holds for one calendar."""

    every: str = "15m"
    back: str = "1d"  # for how long after it began an entry is still read
    ahead: str = "180d"  # how far what is repeated is looked ahead
    zone: Zone | None = None  # of entries that name none; the firm's own, if not said
    client: Annotated[tuple[Place, ...], Field(min_length=1)] = WHOSE  # the first that says one
    client_prefix: str = ""  # before an id, so that it is the one other systems say
    matter: tuple[Place, ...] = (Place(property="X-MATTER-ID"),)
    kind: tuple[Place, ...] = (Place(property="X-KIND"),)
    otherwise: str = "appointment"  # the kind of what says none
    own: tuple[str, ...] = ()  # addresses, or @domain, that are the firm's and no client's
    tentative: bool = False  # whether what is tentative is an appointment
    missing_at_most: Annotated[int, Field(ge=0, le=10_000)] = 10  # more at once is not believed

    @field_validator("every", "back", "ahead")
    @classmethod
    def _is_a_duration(cls, said: str) -> str:
        duration(said)
        return said

    @field_validator("every")
    @classmethod
    def _is_no_burden(cls, said: str) -> str:
        if duration(said) < SHORTEST_RHYTHM:
            raise ValueError("once a minute at most")
        return said

    @field_validator("matter", "kind")
    @classmethod
    def _is_no_attendee(cls, places: tuple[Place, ...]) -> tuple[Place, ...]:
        if any(each.attendee for each in places):
            raise ValueError("an attendee says whose it is, and nothing else")
        return places

    @property
    def rhythm(self) -> timedelta:
        """How often it is fetched."""
        return duration(self.every)

    @property
    def longest_silence(self) -> timedelta:
        """For how long it may not be read, where the file says nothing of it."""
        return max(SILENT_AFTER_RHYTHMS * self.rhythm, SHORTEST_SILENCE)

    def is_own(self, address: str) -> bool:
        """Whether an address, in lower case, is that of the firm itself."""
        domain = address[address.rfind("@") :]
        return any(each.casefold() in (address, domain) for each in self.own)
