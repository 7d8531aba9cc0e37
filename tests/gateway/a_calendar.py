"""Calendars as other programs write them, and a gateway over memory that reads one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from services.gateway.domain.calendars.entries import CalendarRead, Found, LeftOut, read_calendar
from services.gateway.domain.calendars.rules import CalendarRules

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ZONE = "Europe/Berlin"


def event(
    uid: str = "a@x", start: str = "20260310T090000Z", *lines: str, client: str = "c-1"
) -> str:
    """One entry; ``start`` with its parameters where it has any: ``;TZID=…:2026…``."""
    begins = start if start.startswith(";") else f":{start}"
    whose = [f"X-CLIENT-ID:{client}"] if client else []
    said = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART{begins}", *whose, *lines, "END:VEVENT"]
    return "\r\n".join(said)


def calendar(*events: str, method: str = "", zone: str = "") -> bytes:
    """A file of these entries."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//EN"]
    head += [f"METHOD:{method}"] if method else []
    head += [f"X-WR-TIMEZONE:{zone}"] if zone else []
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def read(*events: str, method: str = "", zone: str = "", **rules: Any) -> CalendarRead:
    """What is read of these entries."""
    said = CalendarRules.model_validate(rules)
    return read_calendar(calendar(*events, method=method, zone=zone), said, ZONE, NOW)


def the_one(*events: str, **how: Any) -> Mapping[str, str]:
    """The fields of the only appointment there is."""
    found: tuple[Found, ...] = read(*events, **how).found
    assert len(found) == 1
    return found[0].entry.fields


def left_out(*events: str, **how: Any) -> LeftOut:
    """The only entry nothing is made of."""
    there = read(*events, **how)
    assert (len(there.found), len(there.left_out)) == (0, 1)
    return there.left_out[0]
