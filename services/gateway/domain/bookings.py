"""Which appointment of the firm is a booking that replaces another one?

A calendar that moves a booking cancels it and makes a new one, each under an id of its own. The
firm has one appointment all the while, called by the id of the first booking.
"""

from dataclasses import dataclass

from shared.contracts.keys import id_made_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking of a calendar, and the appointment of the firm it stands for."""

    key: str
    source: str
    appointment_id: str
    client_id: str


def booking_key(source: str, uri: str) -> str:
    """Under what a booking is kept."""
    return id_made_of("bk", source, uri)
