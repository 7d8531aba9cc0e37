"""Did Google itself sign what is pushed here, for this door and in the name the firm has chosen?

Pub/Sub puts an OpenID Connect token into each push. Its signature is judged by the keys Google
publishes; these are kept as long as Google says they may be, and asked for anew where a token names
one that is not among them. The token vouches for who sends, not for the body, and lasts an hour.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from services.gateway.domain.signatures import Arrived, NotSignedError, Proof
from shared.errors import TemporaryError
from shared.telemetry.logs import log

HEADER, BEARER = "authorization", "Bearer "
ISSUERS = ["https://accounts.google.com", "accounts.google.com"]
ALGORITHMS = ["RS256"]
LONGEST = 8192
SECONDS = 5.0
LEEWAY_SECONDS = 60
LEAST, MOST = timedelta(minutes=5), timedelta(days=1)  # for how long keys are believed
AGAIN = timedelta(minutes=1)  # so long after one look nobody looks for a key that is not there
REST = timedelta(seconds=10)  # so long after a look that failed nobody looks
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])")


class KeysAwayError(TemporaryError):
    """The keys of Google cannot be read now; send the same again."""


@dataclass(frozen=True, slots=True)
class _Keys:
    by_id: KeySet
    ids: frozenset[str]
    at: datetime
    until: datetime


class GoogleTokens:
    """Judges tokens by Google's keys, in one running process."""

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url, self._transport = url, transport
        self._keys: _Keys | None = None
        self._rests_until = LONG_AGO
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, arrived: Arrived, proof: Proof) -> None:
        """Return where it holds; raises NotSignedError, or KeysAwayError while nobody can say."""
        said = arrived.headers.get(HEADER, "")
        token = said.removeprefix(BEARER)
        if token == said or not token or len(token) > LONGEST:
            remedy = "holds no token of Google: switch authentication on in the push subscription"
            raise NotSignedError(HEADER, remedy)
        keys = await self._keys_for(_key_id(token), arrived.at)
        _check(token, keys.by_id, proof, arrived.at)

    async def _keys_for(self, key_id: str, now: datetime) -> _Keys:
        """Keys that are still believed and hold this one, as far as Google has such a key."""
        async with self._one_at_a_time:
            known = self._keys
            is_believed = known is not None and now < known.until
            if known and is_believed and (key_id in known.ids or now < known.at + AGAIN):
                return known
            if now >= self._rests_until:
                try:
                    self._keys = await self._fetched(now)
                    return self._keys
                except KeysAwayError:
                    self._rests_until = now + REST
                    log.warning("google_keys_away", reason="away")
            if known is None or now > known.at + MOST:
                raise KeysAwayError
            return known  # they change within days, and both hold meanwhile

    async def _fetched(self, now: datetime) -> _Keys:
        try:
            async with httpx.AsyncClient(
                timeout=SECONDS, trust_env=False, follow_redirects=False, transport=self._transport
            ) as client:
                answer = await client.get(self._url)
            answer.raise_for_status()
            said: Any = answer.json()
            keys = KeySet.import_key_set(said)
            ids = frozenset(str(each.kid) for each in keys.keys)
        except (httpx.HTTPError, JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise KeysAwayError from None
        found = _MAX_AGE.search(answer.headers.get("cache-control", ""))
        lasts = timedelta(seconds=int(found[1])) if found else LEAST
        return _Keys(keys, ids, now, now + min(max(lasts, LEAST), MOST))


def _key_id(token: str) -> str:
    try:
        return str(jws.extract_compact(token.encode()).headers().get("kid", ""))
    except (JoseError, ValueError, TypeError, AttributeError):  # a head that is a word, too
        raise NotSignedError(HEADER, "holds no token of Google") from None


def _check(token: str, keys: KeySet, proof: Proof, at: datetime) -> None:
    asked: dict[str, Any] = {
        "iss": {"essential": True, "values": ISSUERS},
        "aud": {"essential": True, "value": proof.audience},
        "email": {"essential": True, "value": proof.service_account},
        "email_verified": {"essential": True, "value": True},
        "exp": {"essential": True},
        "iat": {"essential": True},
    }
    try:
        signed = jwt.decode(token, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError, KeyError):
        raise NotSignedError(HEADER, "holds a token that Google did not sign") from None
    judge = jwt.JWTClaimsRegistry(now=int(at.timestamp()), leeway=LEEWAY_SECONDS, **asked)
    try:
        judge.validate(signed.claims)
    except (JoseError, ValueError, TypeError, KeyError) as no:
        which = getattr(no, "claim", None) or "a claim"
        remedy = f"holds a token whose {which} is not that of this source: compare its file with"
        raise NotSignedError(HEADER, f"{remedy} the push subscription") from None
