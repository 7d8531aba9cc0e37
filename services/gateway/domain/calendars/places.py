"""Where in an entry does it stand whose appointment it is, of which matter, and of which kind?"""

from collections.abc import Iterable, Iterator
from typing import Any

from icalendar import Event

from services.gateway.domain.calendars.rules import CalendarRules, Place
from services.gateway.domain.known_clients import folded

MOST_INVITED = 20
NOBODYS = ("ROOM", "RESOURCE", "GROUP")


def whose(event: Event, rules: CalendarRules) -> dict[str, str]:
    """Whose it is, by id or by the addresses of those invited; empty: it does not say."""
    for place in rules.client:
        if place.attendee:
            if found := " ".join(_invited(event, rules)):
                return {"client_email": found}
        elif said := text_at(event, place):
            return {"client_id": rules.client_prefix + said}
    return {}


def text_of(event: Event, places: Iterable[Place]) -> str:
    """What the first of these places says that says anything."""
    return next((said for each in places if (said := text_at(event, each))), "")


def text_at(event: Event, place: Place) -> str:
    """What stands at one place."""
    if place.property:
        values = _many(event.get(place.property.upper()))
        return " ".join(str(values[0]).split()) if values else ""
    lines = categories(event) if place.category else str(event.get("DESCRIPTION", "")).splitlines()
    begins = (place.category or place.line or "").casefold()
    for each in lines:
        said = each.strip()
        if said.casefold().startswith(begins):
            return " ".join(said[len(begins) :].split())
    return ""


def categories(event: Event) -> list[str]:
    """Every word an entry is filed under."""
    return [
        str(word)
        for each in _many(event.get("CATEGORIES"))
        for word in getattr(each, "cats", [each])
    ]


def _invited(event: Event, rules: CalendarRules) -> Iterator[str]:
    """The addresses of those invited who are none of the firm, each once."""
    organizer = _address(event.get("ORGANIZER", ""))
    seen = {organizer}
    for each in _many(event.get("ATTENDEE"))[:MOST_INVITED]:
        address = _address(each)
        kind = str(getattr(each, "params", {}).get("CUTYPE", "")).upper()
        if address and address not in seen and kind not in NOBODYS and not rules.is_own(address):
            seen.add(address)
            yield address


def _address(said: Any) -> str:
    text = folded(str(said)).removeprefix("mailto:")
    return text if "@" in text and len(text.split()) == 1 else ""


def _many(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
