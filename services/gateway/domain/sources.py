"""Which systems of the firm may come to a door, how do they prove it, and how are they read?

A source is a file of the firm, ``sources/<name>.yaml``. It is checked whole at the start: each
expression, each type of event, and each sample it brings along must be read as it says.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from services.gateway.domain.adapters import ADAPTERS
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.domain.deliveries import delivery_of
from services.gateway.domain.expressions import compiled, find
from services.gateway.domain.mapping import Part, Rule, read_by_rules
from services.gateway.domain.names import duration, file_name
from services.gateway.domain.reading import Adapter, FirmDefaults, Payload, Reading, parsed
from services.gateway.domain.saying import event_of
from services.gateway.domain.signatures import Proof, Scheme
from shared.contracts.catalogue import FOREIGN_TYPES
from shared.contracts.refusals import Invalid
from shared.errors import ClienteleError

HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
ANYBODY = "c-sample"  # who an address of a sample is taken for


class SourceError(ClienteleError):
    """A file of a source says something that cannot be understood."""


class Sample(Part):
    """A delivery, and the events it is to become."""

    name: str
    received: dict[str, Any]
    says: tuple[dict[str, Any], ...] = ()


class Source(Part):
    """One system of the firm that speaks by HTTP."""

    name: str
    scheme: Scheme | None = None  # None: the adapter's own, or standard-webhooks
    bearer: bool = False  # it posts events of its own to /events, with a key
    may_say: tuple[str, ...] = ()  # which types, there
    header: str = ""  # where hmac, timestamped or token stands
    audience: str = ""  # of scheme google: for whom Google's tokens are made
    service_account: str = ""  # of scheme google: the e-mail address in whose name
    secret: str = ""  # the name of its secret; as it is called itself, if not said
    adapter: str | None = None
    calendar: CalendarRules | None = None  # it is read by us, and never comes to the door
    mapping: tuple[Rule, ...] = ()
    ignore: str | None = None
    delivery_id: str | None = None
    never_kept: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    silent_after: str | None = None
    samples: tuple[Sample, ...] = ()

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return file_name(name)

    @field_validator("may_say")
    @classmethod
    def _are_types(cls, types: tuple[str, ...]) -> tuple[str, ...]:
        for each in types:
            if each not in FOREIGN_TYPES:
                raise ValueError(f"{each} is no event another system may say")
        return types

    @field_validator("silent_after")
    @classmethod
    def _is_a_duration(cls, said: str | None) -> str | None:
        if said is not None:
            duration(said)
        return said

    @field_validator("ignore", "delivery_id")
    @classmethod
    def _is_an_expression(cls, said: str | None) -> str | None:
        try:
            compiled(said or "@")
        except ClienteleError as broken:
            raise ValueError(f"is no JMESPath: {broken.message}") from broken
        return said

    @model_validator(mode="after")
    def _has_one_way_in(self) -> Self:
        if self.calendar is not None:
            if self.bearer or self.adapter or self.mapping or self.scheme:
                raise ValueError(
                    "a source with calendar is fetched: leave out adapter, mapping, bearer, scheme"
                )
        elif self.bearer:
            if not self.may_say or self.adapter or self.mapping:
                raise ValueError(
                    "a source with bearer: true posts events: say which under may_say,"
                    " and leave out adapter and mapping"
                )
        elif bool(self.adapter) == bool(self.mapping):
            raise ValueError(
                "say adapter or mapping, one of them; or calendar; or bearer: true and may_say"
            )
        if self.adapter is not None and self.adapter not in ADAPTERS:
            known = ", ".join(sorted(ADAPTERS))
            raise ValueError(f"there is no adapter {self.adapter}; there are: {known}")
        bare = self.scheme in ("hmac", "token", "timestamped")
        if bare and not HEADER.fullmatch(self.header):
            raise ValueError(f"scheme {self.scheme} needs header: the name of the header")
        return self

    @model_validator(mode="after")
    def _says_for_whom_google_signs(self) -> Self:
        said = [self.audience, self.service_account]
        if self.proof.is_google and not (self.audience and EMAIL.fullmatch(self.service_account)):
            raise ValueError(
                "say audience and service_account, both as they stand in the push subscription at"
                " Google: without them anybody's token would open this door"
            )
        if not self.proof.is_google and any(said):
            raise ValueError("audience and service_account belong to scheme google: leave them out")
        return self

    @property
    def proof(self) -> Proof:
        """How it proves that it speaks."""
        read_by = self._adapter
        own: Scheme = read_by.scheme if read_by else "standard-webhooks"
        header = self.header or (read_by.header if read_by else "")
        return Proof(self.scheme or own, header.lower(), self.audience, self.service_account)

    @property
    def _adapter(self) -> Adapter | None:
        return ADAPTERS.get(self.adapter) if self.adapter else None

    @property
    def gives_its_secret(self) -> bool:
        """Whether it tells its secret itself, in a first request."""
        return self.proof.scheme == "clio"

    @property
    def fetches(self) -> bool:
        """Whether its deliveries only name what they are about, and that has to be fetched."""
        return self._adapter is not None and self._adapter.fetches

    @property
    def secret_name(self) -> str:
        """What its secret is called."""
        return self.secret or self.name

    @property
    def longest_silence(self) -> timedelta | None:
        """For how long it may say nothing."""
        if self.silent_after is None and self.calendar is not None:
            return self.calendar.longest_silence
        return duration(self.silent_after) if self.silent_after else None

    @property
    def dropped(self) -> frozenset[str]:
        """Names of fields that are taken out before anything is stored."""
        own = self._adapter.never_kept if self._adapter else frozenset[str]()
        return own | frozenset(self.never_kept)

    def read(self, payload: Payload, firm: FirmDefaults) -> Reading:
        """What a delivery tells; raises Invalid."""
        if self.ignore is not None and bool(find(self.ignore, payload)):
            return Reading(nothing="ignored")
        if self._adapter is not None:
            return self._adapter.read(payload, firm)
        return read_by_rules(self.mapping, payload)

    def name_of(self, payload: Payload) -> str | None:
        """The delivery's own id in its body, if it has one."""
        if self.delivery_id is not None:
            found = find(self.delivery_id, payload)
            return str(found) if isinstance(found, str | int) else None
        return self._adapter.delivery_id(payload) if self._adapter else None


def source_from(name: str, said: Any, firm: FirmDefaults) -> Source:
    """The source of a file, checked with its samples; SourceError names field and remedy."""
    place = f"sources/{name}.yaml"
    if not isinstance(said, dict):
        raise SourceError(f"{place}: must hold fields such as adapter or mapping")
    try:
        source = Source.model_validate({**said, "name": name})
    except ValidationError as wrong:
        raise SourceError("\n".join(f"{place}: {each}" for each in _complaints(wrong))) from None
    for sample in source.samples:
        _try_out(place, source, sample, firm)
    return source


def _complaints(wrong: ValidationError) -> list[str]:
    return [
        ": ".join([*([".".join(str(part) for part in each["loc"])] if each["loc"] else []),
                   each["msg"].removeprefix("Value error, ")])
        for each in wrong.errors(include_url=False, include_input=False)
    ]  # fmt: skip


def _try_out(place: str, source: Source, sample: Sample, firm: FirmDefaults) -> None:
    try:
        said = events_of_sample(source, sample.received, firm)
    except Invalid as no:
        raise SourceError(f"{place}: samples: {sample.name}: {no.reason}") from None
    wanted = [dict(each) for each in sample.says]
    if said != wanted:
        raise SourceError(
            f"{place}: samples: {sample.name}: says {json.dumps(said)},"
            f" and is to say {json.dumps(wanted)}; mend the mapping or the sample"
        )


def events_of_sample(
    source: Source, received: Mapping[str, Any], firm: FirmDefaults
) -> list[dict[str, Any]]:
    """The events a sample becomes, each as its type and fields; raises Invalid."""
    body = json.dumps(received, default=str).encode()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    delivery = delivery_of(source.name, "sample", body, now)
    said = []
    for each in source.read(parsed(body), firm).sayings:
        known = each.of(ANYBODY) if each.email and "client_id" not in each.data else each
        event = event_of(
            known, source=source.name, given_id=delivery.given_id, received_at=now, now=now
        )
        said.append({"type": event.type, **event.data.to_wire()})
    return said
