"""Did the source itself send exactly this, and just now?

Whatever arrives is judged by its bytes before anybody reads them, in constant time, with each of
the secrets in force: during a rotation there are two. What carries an instant is taken for minutes
only; what carries none is taken once, by the digest of its bytes.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.errors import ClienteleError

TOLERANCE = timedelta(minutes=5)
STANDARD_PREFIX = "whsec_"
MOST_SIGNATURES = 20  # in one header; more are not looked at
HANDSHAKE = "x-hook-secret"
DOCUSIGN = "x-docusign-signature-"

Scheme = Literal[
    "standard-webhooks", "timestamped", "stripe", "calendly", "clio", "docusign", "hmac", "token",
    "address", "google",
]  # fmt: skip
"""How a source proves that it speaks; ``timestamped`` is what Stripe and Calendly do. A token that
Google signed is judged with Google's keys, outside of here (``gateways/google_tokens.py``).
"""

TIMESTAMPED = {"stripe": "stripe-signature", "calendly": "calendly-webhook-signature"}


class NotSignedError(ClienteleError):
    """The sender did not prove who it is."""

    def __init__(self, header: str, remedy: str, *, code: str = "signature") -> None:
        super().__init__(f"{header} {remedy}")
        self.header = header
        self.code = code


@dataclass(frozen=True, slots=True)
class Arrived:
    """What arrived at a door: headers by their names in lower case, and the bytes."""

    headers: Mapping[str, str]
    body: bytes
    at: datetime
    key: str = ""  # in the address, where the sender can carry its secret nowhere else


@dataclass(frozen=True, slots=True)
class Proof:
    """How one source proves itself."""

    scheme: Scheme
    header: str = ""  # of timestamped, hmac and token
    audience: str = ""  # of google: for whom the token was made
    service_account: str = ""  # of google: in whose name

    @property
    def is_google(self) -> bool:
        """Whether Google's own keys prove it, and no secret of the firm."""
        return self.scheme == "google"


def verify(arrived: Arrived, proof: Proof, secrets: Sequence[str]) -> str | None:
    """The delivery's own id where the scheme has one; raises NotSignedError."""
    if proof.scheme == "standard-webhooks":
        return _standard(arrived, secrets)
    if proof.scheme in ("timestamped", "stripe", "calendly"):
        _timestamped(arrived, proof.header or TIMESTAMPED[proof.scheme], secrets)
    elif proof.scheme == "token":
        _token(arrived, proof.header, secrets)
    elif proof.scheme == "address":
        _address(arrived, secrets)
    elif proof.scheme == "docusign":
        _docusign(arrived, secrets)
    else:
        header = proof.header or "x-hook-signature"
        _matches(header, [_header(arrived, header)], _digests(arrived.body, secrets))
    return None


def is_secret(scheme: Scheme, secret: str) -> bool:
    """Whether a source of this scheme can have such a secret."""
    if scheme != "standard-webhooks":
        return len(secret) >= 8
    try:
        return len(_key(secret)) >= 16
    except ValueError:
        return False


def same(said: str, secrets: Iterable[str]) -> bool:
    """Whether this is one of the secrets; every one is compared, each in constant time."""
    found = False
    for secret in secrets:
        found |= hmac.compare_digest(said.encode(), secret.encode())
    return found


def _standard(arrived: Arrived, secrets: Sequence[str]) -> str:
    own_id = _header(arrived, "webhook-id")
    said_at = _header(arrived, "webhook-timestamp")
    given = _header(arrived, "webhook-signature").split(" ")[:MOST_SIGNATURES]
    signed = f"{own_id}.{said_at}.".encode() + arrived.body
    made = [b64encode(hmac.digest(_key(secret), signed, "sha256")).decode() for secret in secrets]
    _matches("webhook-signature", [each[3:] for each in given if each.startswith("v1,")], made)
    _within(arrived, "webhook-timestamp", said_at)
    return own_id


def _timestamped(arrived: Arrived, header: str, secrets: Sequence[str]) -> None:
    parts = [each.strip().partition("=") for each in _header(arrived, header).split(",")]
    said_at = next((value for name, _, value in parts if name == "t"), "")
    given = [value for name, _, value in parts if name == "v1"][:MOST_SIGNATURES]
    _matches(header, given, _digests(f"{said_at}.".encode() + arrived.body, secrets))
    _within(arrived, header, said_at)


def _token(arrived: Arrived, header: str, secrets: Sequence[str]) -> None:
    if not same(_header(arrived, header), secrets):
        raise NotSignedError(header, "holds none of the secrets of this source")


def _address(arrived: Arrived, secrets: Sequence[str]) -> None:
    if not same(arrived.key, secrets):
        raise NotSignedError("?key=", "of the address holds none of the secrets of this source")


def _docusign(arrived: Arrived, secrets: Sequence[str]) -> None:
    """One header for each key in force there, counted from 1; one that fits is enough."""
    names = [f"{DOCUSIGN}{number + 1}" for number in range(MOST_SIGNATURES)]
    given = [arrived.headers[name] for name in names if name in arrived.headers]
    _header(arrived, names[0])
    made = [
        b64encode(hmac.digest(secret.encode(), arrived.body, "sha256")).decode()
        for secret in secrets
    ]
    _matches(names[0], given, made)


def _header(arrived: Arrived, name: str) -> str:
    value = arrived.headers.get(name, "")
    if not value:
        raise NotSignedError(name, "is missing: every delivery of this source carries it")
    return value


def _digests(signed: bytes, secrets: Sequence[str]) -> list[str]:
    return [hmac.digest(secret.encode(), signed, "sha256").hex() for secret in secrets]


def _matches(header: str, given: Sequence[str], made: Sequence[str]) -> None:
    if not any([same(each, made) for each in given]):  # all are compared, whichever fits
        raise NotSignedError(header, "fits none of the secrets of this source")


def _within(arrived: Arrived, header: str, said_at: str) -> None:
    if not (said_at.isascii() and said_at.isdigit() and len(said_at) <= 12):
        raise NotSignedError(header, "must hold whole seconds since 1970", code="instant")
    if abs(arrived.at.timestamp() - int(said_at)) > TOLERANCE.total_seconds():
        remedy = "is more than five minutes away: send it anew, or set the clock"
        raise NotSignedError(header, remedy, code="instant")


def _key(secret: str) -> bytes:
    """The key in a secret of Standard Webhooks; ValueError where it is no Base64."""
    return b64decode(secret.removeprefix(STANDARD_PREFIX), validate=True)


def digest_of(body: bytes) -> str:
    """What a delivery is called whose sender gives it no name."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"
