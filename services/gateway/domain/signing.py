"""How does a receiver know that an event comes from this firm? By Standard Webhooks' signature."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime

from services.gateway.domain.signatures import STANDARD_PREFIX


def signed_headers(
    msg_id: str, body: bytes, secrets: Iterable[str], now: datetime
) -> dict[str, str]:
    """The three headers; one signature for each secret in force."""
    at = str(int(now.timestamp()))
    content = f"{msg_id}.{at}.".encode() + body
    made = (hmac.digest(_key(each), content, "sha256") for each in secrets)
    return {
        "webhook-id": msg_id,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(f"v1,{b64encode(each).decode()}" for each in made),
    }


def _key(secret: str) -> bytes:
    return b64decode(secret.removeprefix(STANDARD_PREFIX), validate=True)
