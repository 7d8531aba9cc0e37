"""What was typed into a form?

Read as browsers send plain forms, never more of it than a form can hold, and kept as it was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 64 * 1024
MOST_FIELDS = 1000
MOST_DIGITS = 9  # of a number that a form of ours holds


class NotAFormError(Exception):
    """What was sent is not one of our forms: too much of it, or of another kind."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form, as text."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The last value under a name."""
        return self.fields.get(name, (default,))[-1]

    def all(self, name: str) -> Sequence[str]:
        """Every value under a name: boxes that are ticked."""
        return self.fields.get(name, ())

    def plain(self) -> dict[str, str]:
        """Every name with its last value."""
        return {name: values[-1] for name, values in self.fields.items()}


def whole(said: str) -> int:
    """A number that a form or an address of ours holds; 0 for anything else that stands there."""
    is_number = said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS
    return int(said) if is_number else 0


async def read_form(request: Request, most_bytes: int = MOST_BYTES) -> Typed:
    """The form that was sent; NotAFormError says with which status to refuse anything else."""
    kind = request.headers.get("content-type", FORM).split(";")[0].strip().lower()
    if kind != FORM:
        raise NotAFormError(415)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            raise NotAFormError(413)
    text = bytes(body).decode("utf-8", errors="replace")
    try:
        return Typed(parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise NotAFormError(413) from None
