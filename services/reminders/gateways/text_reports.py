"""To which address does a provider report, and is it the provider who does?

One address for each message, signed by us and stored nowhere, so that a report names its message
also before the provider has named it to us. The request itself is signed by the provider: over the
address and every field in order, with the log-in's secret (HMAC-SHA1, the widespread form).
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from services.reminders.domain.text_status import REPORTS
from shared.requests.tokens import make_token, read_token

PURPOSE = "text-report"


@dataclass(frozen=True, slots=True)
class ReportPaths:
    """The addresses of one firm to which its provider reports."""

    base: str  # of this service as others reach it
    key: bytes
    secret: str = ""  # of the log-in: the provider signs with it

    def address(self, contact_id: str, number: int) -> str:
        """Where what becomes of this repeat of this message is told."""
        token = make_token(self.key, PURPOSE, f"{contact_id}.{number}")
        return f"{self.base}{REPORTS}/{token}"

    def contact_of(self, token: str) -> tuple[str, int] | None:
        """The message a token names, and which repeat of it; None where it is none of ours."""
        contact_id, _, number = (read_token(self.key, PURPOSE, token) or "").rpartition(".")
        return (contact_id, int(number)) if contact_id and number.isdecimal() else None

    def is_signed(self, given: str, place: str, fields: Iterable[tuple[str, str]]) -> bool:
        """Whether the provider has signed exactly this, sent to this place of ours."""
        return is_signed(given, f"{self.base}{place}", fields, self.secret)


def signature_of(url: str, fields: Iterable[tuple[str, str]], secret: str) -> str:
    """What a provider signs: the address, and every field with its value, in order."""
    said = url + "".join(f"{name}{value}" for name, value in sorted(fields))
    return b64encode(hmac.digest(secret.encode(), said.encode(), "sha1")).decode()


def is_signed(given: str, url: str, fields: Iterable[tuple[str, str]], secret: str) -> bool:
    """Whether the provider has signed exactly this."""
    return hmac.compare_digest(given.encode(), signature_of(url, fields, secret).encode())
