"""Why can an event not be taken in, and what should its sender do about it?

Every message names a field and the remedy, and never repeats what the sender wrote: these
sentences are listed to people who must not see clients' data.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.errors import ClienteleError, PermanentError


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that was refused: a CloudEvents attribute or a (dotted) field of the data."""

    field: str
    message: str


class Invalid(PermanentError):  # noqa: N818 - read as an outcome of decoding
    """This event breaks the contract. It becomes a dead letter with its field errors."""

    def __init__(self, reason: str, field_errors: Iterable[FieldError] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field_errors = list(field_errors)


class UnknownType(ClienteleError):  # noqa: N818 - the same
    """This foreign type of event is not in the catalogue. It is acknowledged and counted."""

    def __init__(self, type: str) -> None:
        super().__init__()
        self.type = type


class NewerVersion(ClienteleError):  # noqa: N818 - the same
    """This event, or its version, is newer than this program. It is parked until an upgrade."""

    def __init__(self, type: str, version: int) -> None:
        super().__init__()
        self.type = type
        self.version = version


def refuse(field: str, message: str) -> Invalid:
    """One field refused, as the outcome of the whole event."""
    return Invalid(f"{field} {message}", [FieldError(field, message)])
