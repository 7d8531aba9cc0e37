"""Can a picture in an edition be the firm's logo?

It stands there as a text, its bytes in base64.
"""

from base64 import b64encode

from shared.errors import RuleError
from shared.firm.colours import LooksError
from shared.firm.edition_parts import as_content
from shared.firm.looks import Logo, logo_of


def logo_at(place: str, text: str) -> Logo:
    """The picture; RuleError where pages, mails and letters could not carry it."""
    try:
        content = as_content(place, text)
    except ValueError:
        raise RuleError(f"{place} is no picture.", code="no-picture", field="logo") from None
    try:
        return logo_of(place, content)
    except LooksError as wrong:
        raise RuleError(str(wrong), code="no-picture", field="logo") from None


def in_base64(logo: Logo | None) -> str:
    """The picture as it travels; empty for none."""
    return b64encode(logo.content).decode("ascii") if logo is not None else ""
