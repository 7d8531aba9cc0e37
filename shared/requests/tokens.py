"""How does a client's link prove itself without anything being stored?

A token is the id it is for and a keyed hash over its purpose and that id: it cannot be guessed,
serves one purpose only, and appears nowhere in the database or the logs.
"""

import base64
import hashlib
import hmac

TAG_BYTES = 20
TAG_LENGTH = 32  # of the tag in base32


def make_token(key: bytes, purpose: str, subject: str) -> str:
    """The token for one purpose and one id."""
    return f"{_tag(key, purpose, subject)}{subject}"


def read_token(key: bytes, purpose: str, token: str) -> str | None:
    """The id a token is for, or None when it is not genuine for this purpose."""
    tag, subject = token[:TAG_LENGTH], token[TAG_LENGTH:]
    if not subject or not tag.isascii():
        return None
    return subject if hmac.compare_digest(tag, _tag(key, purpose, subject)) else None


def _tag(key: bytes, purpose: str, subject: str) -> str:
    digest = hmac.new(key, f"{purpose}\n{subject}".encode(), hashlib.sha256).digest()[:TAG_BYTES]
    return base64.b32encode(digest).decode("ascii").lower()
