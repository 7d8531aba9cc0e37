"""What is shown to a person who sets up an app as their second factor?

The secret is derived from a random word that the form carries, so that nothing is kept until a
code shows that the app has it.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import segno
from pyotp import TOTP

from services.desk.domain.second_factor import RECOVERY_BYTES, RECOVERY_CODES
from services.desk.pages.page_context import PageContext

GROUP = 4


@dataclass(frozen=True, slots=True)
class AppSecret:
    """A secret in all the ways in which an app takes it."""

    secret: str
    grouped: str
    image: str  # an SVG as a data address


def secret_for(context: PageContext, staff_id: str, word: str) -> str:
    """The secret behind a random word, for this person only."""
    said = f"second factor\n{staff_id}\n{word}".encode()
    return base64.b32encode(hmac.digest(context.form_key, said, hashlib.sha256)[:20]).decode()


def app_secret(context: PageContext, staff_id: str, name: str, word: str) -> AppSecret:
    """The secret to scan or to type."""
    secret = secret_for(context, staff_id, word)
    address = TOTP(secret).provisioning_uri(name=name, issuer_name=f"{context.firm}: desk")
    image = segno.make(address, error="m").svg_data_uri(scale=4, border=4, light="#ffffff")
    return AppSecret(secret, _grouped(secret), image)


def new_recovery_codes() -> list[str]:
    """Ten random codes, each to be used once."""
    codes = (secrets.token_bytes(RECOVERY_BYTES) for _ in range(RECOVERY_CODES))
    return [_grouped(base64.b32encode(each).decode()) for each in codes]


def _grouped(text: str) -> str:
    return " ".join(text[place : place + GROUP] for place in range(0, len(text), GROUP))
