"""``POST /events``: CloudEvents of systems that speak them already (HTTP binding, 1.0).

One event (structured, or binary with ``ce-`` headers), or many in one batch. All of a request are
taken in or none; what is refused is named with its remedy.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from pydantic_core import from_json, to_json
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.gateway.api.bodies import body_of
from services.gateway.api.problems import DoorError
from services.gateway.api.site import UNKNOWN, Site, sources_with_keys
from services.gateway.domain.saying import GATEWAY, source_of
from services.gateway.domain.signatures import same
from services.gateway.domain.sources import Source
from services.gateway.workflow.passing_on import needs_of_passing_on, pass_on
from shared.contracts.decoding import open_message
from shared.contracts.envelope import (
    CONTENT_TYPE,
    Event,
    FieldError,
    Invalid,
    NewerVersion,
    UnknownType,
    decode,
)
from shared.contracts.keys import id_made_of
from shared.contracts.refusals import refuse
from shared.errors import TemporaryError

BATCH = "application/cloudevents-batch+json"
MOST_EVENTS = 500


class EventsDoor:
    """Takes events in, and passes them on."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def take(self, request: Request) -> Response:
        """Accepted once durable; refused whole."""
        site = self._site
        source = self._who(request)
        body = await body_of(request)
        try:
            events = self._read(source, request, body)
        except Invalid as no:
            site.count(source.name, "refused")
            raise DoorError(
                422, "See errors for each refused field.", code="invalid", errors=no.field_errors
            ) from None
        own_id = id_made_of("rq", *(each.msg_id for each in events))
        try:
            new = await site.runtime.act(
                partial(pass_on, source.name, events),
                partial(needs_of_passing_on, events),
                cause=site.cause(own_id),
            )
        except TemporaryError as away:
            site.count(source.name, "not-now")
            raise DoorError(503, away.message, code="try-again") from None
        site.spoke(source.name)
        site.count(source.name, "accepted", new)
        site.count(source.name, "repeated", len(events) - new)
        return JSONResponse({"accepted": len(events), "new": new}, 202)

    def _who(self, request: Request) -> Source:
        """Whose key it is; every key of every source is compared."""
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        found = None
        for each in sources_with_keys(self._site.config):
            if same(key.strip(), self._site.keys_of(each)) and scheme.lower() == "bearer":
                found = each
        if found is None:
            self._site.count(UNKNOWN, "unproved")
            detail = "Send Authorization: Bearer with the key of your source."
            raise DoorError(401, detail, code="unproved")
        return found

    def _read(self, source: Source, request: Request, body: bytes) -> list[Event[Any]]:
        headers = dict(request.headers)
        if headers.get("content-type", "").split(";")[0].strip().lower() != BATCH:
            return [self._event(source, headers, body)]
        try:
            found = from_json(body, allow_inf_nan=False)
        except (ValueError, RecursionError):
            raise refuse("body", "must be JSON in UTF-8, not too deeply nested") from None
        if not isinstance(found, list) or not 0 < len(found) <= MOST_EVENTS:
            raise refuse("body", f"must be a list of 1 to {MOST_EVENTS} events")
        return self._batch(source, found)

    def _batch(self, source: Source, found: list[Any]) -> list[Event[Any]]:
        events, problems = [], []
        for number, each in enumerate(found):
            try:
                events.append(self._event(source, {"content-type": CONTENT_TYPE}, to_json(each)))
            except Invalid as no:
                named = no.field_errors
                problems += [FieldError(f"{number}.{one.field}", one.message) for one in named]
        if problems:
            raise Invalid("Some events are refused.", problems)
        return list({each.msg_id: each for each in events}.values())

    def _event(self, source: Source, headers: dict[str, str], body: bytes) -> Event[Any]:
        """One event, as this source may say it; raises Invalid."""
        raw, _ = open_message(headers, body)
        kind, subject = raw.get("type"), raw.get("subject")
        if isinstance(kind, str) and kind not in source.may_say:
            raise refuse("type", f"must be one of: {', '.join(source.may_say)}")
        _check_source(source, raw.get("source"))
        now = self._site.runtime.clock.now()
        try:
            event = decode(f"events.{kind}.{subject}", headers, body, now=now)
        except NewerVersion:
            raise refuse("dataschema", "names a newer version than is known here") from None
        except UnknownType:
            raise refuse("type", f"must be one of: {', '.join(source.may_say)}") from None
        return replace(event, via=GATEWAY)


def _check_source(source: Source, said: Any) -> None:
    own = source_of(source.name)
    if isinstance(said, str) and said != own and not said.startswith(f"{own}:"):
        raise refuse("source", f"must be {own}, or begin with it and a colon")
