"""``POST /in/{source}``: what another product delivers when something happens there.

Verified by its bytes, kept as it came, and only then acknowledged. What it says is read afterwards,
so that a sender is never told what the firm makes of it.
"""

import json
from collections.abc import Sequence
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from services.gateway.api.arrivals import Arrivals
from services.gateway.api.bodies import body_of
from services.gateway.api.problems import DoorError
from services.gateway.api.site import UNKNOWN, Site
from services.gateway.domain.deliveries import delivery_of
from services.gateway.domain.reading import parsed, without
from services.gateway.domain.signatures import (
    HANDSHAKE,
    Arrived,
    NotSignedError,
    digest_of,
    is_secret,
    same,
    verify,
)
from services.gateway.domain.sources import Source
from services.gateway.workflow.shaking_hands import known_secrets, needs_of_hook, shake_hands
from shared.contracts.keys import id_made_of
from shared.contracts.refusals import Invalid
from shared.errors import TemporaryError

LONGEST_ID = 256


class WebhookDoor:
    """Takes deliveries in, each once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._arrivals = Arrivals(site.runtime, site.cause)

    async def take(self, name: str, request: Request) -> Response:
        """Acknowledged once it is kept; a repeated one is acknowledged too."""
        site = self._site
        source = self._door(name)
        if source.gives_its_secret and HANDSHAKE in request.headers:
            return await self._shake_hands(source, request)
        secrets = await self._secrets_of(source)
        now = site.runtime.clock.now()
        key = request.query_params.get("key", "")
        arrived = Arrived(dict(request.headers), await body_of(request), now, key)
        said_id = await self._proved(source, arrived, secrets)
        given_id, body = self._name_and_body(source, said_id, arrived.body)
        delivery = delivery_of(source.name, given_id, body, now)
        try:
            is_new = await self._arrivals.keep(delivery)
        except TemporaryError as away:
            site.count(source.name, "not-now")
            raise _not_now(away) from None
        site.spoke(source.name)
        site.count(source.name, "accepted" if is_new else "repeated")
        return JSONResponse({}, 202)

    async def _proved(self, source: Source, arrived: Arrived, secrets: Sequence[str]) -> str | None:
        """The delivery's own id where the scheme has one, once its sender has proved itself."""
        try:
            if source.proof.is_google:
                await self._site.signed_by_google(arrived, source.proof)
                return None
            return verify(arrived, source.proof, secrets)
        except NotSignedError as no:
            self._site.count(source.name, "unproved")
            raise DoorError(401, f"{no.message}.", code=no.code) from None
        except TemporaryError as away:
            self._site.count(source.name, "not-now")
            raise _not_now(away) from None

    async def _shake_hands(self, source: Source, request: Request) -> Response:
        """The source gives its secret, and hears it back; the address holds the firm's own key."""
        site, secret = self._site, request.headers[HANDSHAKE]
        if not same(request.query_params.get("key", ""), site.secrets_of(source)):
            site.count(source.name, "unproved")
            raise DoorError(401, "The address holds no key, or another one.", code="unproved")
        if not is_secret("clio", secret) or len(secret) > LONGEST_ID:
            raise DoorError(422, f"{HANDSHAKE} holds no secret.", code="invalid")
        try:
            await site.runtime.act(
                partial(shake_hands, source.name, secret),
                partial(needs_of_hook, source.name),
                cause=site.cause(id_made_of("hook", source.name, secret)),
            )
        except TemporaryError as away:
            raise _not_now(away) from None
        site.count(source.name, "handshake")
        return JSONResponse({}, headers={"X-Hook-Secret": secret})

    async def _secrets_of(self, source: Source) -> Sequence[str]:
        """Those of its file, or those it gave us itself."""
        if source.proof.is_google:
            return ()
        if not source.gives_its_secret:
            return self._site.secrets_of(source)
        try:
            unit = await self._site.runtime.look(partial(needs_of_hook, source.name))
        except TemporaryError as away:
            raise _not_now(away) from None
        if found := known_secrets(source.name, unit):
            return found
        self._site.count(source.name, "closed")
        raise DoorError(503, "This door waits for the handshake, and stays closed.", code="closed")

    def _door(self, name: str) -> Source:
        source = self._site.config.sources.get(name)
        if source is None or source.bearer or source.calendar is not None:
            self._site.count(UNKNOWN, "unknown")
            raise DoorError(404, "No source of this name is set up.", code="unknown")
        return source

    def _name_and_body(self, source: Source, said_id: str | None, body: bytes) -> tuple[str, bytes]:
        """What it is called, and its bytes as they are kept: without what must not be."""
        try:
            payload = parsed(body)
            given_id = said_id or source.name_of(payload) or digest_of(body)
        except Invalid:  # kept as it is, for whoever looks at the dead letter
            return _short(said_id or digest_of(body)), b"" if source.dropped else body
        if source.dropped:
            body = json.dumps(without(payload, source.dropped)).encode()
        return _short(given_id), body


def _short(given_id: str) -> str:
    """The id, or where it is very long what stands for all of it."""
    return given_id if len(given_id) <= LONGEST_ID else digest_of(given_id.encode())


def _not_now(away: TemporaryError) -> DoorError:
    return DoorError(503, away.message, code="try-again")
