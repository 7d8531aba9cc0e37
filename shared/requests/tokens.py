"""How does a client's link prove itself without anything being stored?

A token is the id it is for and a keyed hash over its purpose and that id: it cannot be guessed,
serves one purpose only, and appears nowhere in the database or the logs. After a rotation those
made with the key before are genuine until its file says otherwise.
"""

import base64
import hashlib
import hmac

from shared.clock import real_now
from shared.state.key_files import readable

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
    genuine = [_tag(each, purpose, subject) for each in readable(key, real_now())]
    return subject if any(hmac.compare_digest(tag, each) for each in genuine) else None


def _tag(key: bytes, purpose: str, subject: str) -> str:
    digest = hmac.new(key, f"{purpose}\n{subject}".encode(), hashlib.sha256).digest()[:TAG_BYTES]
    return base64.b32encode(digest).decode("ascii").lower()
