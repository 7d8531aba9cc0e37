"""What ends a rule, and how is the thing found that it ends?

An event that names the thing itself; or one that names another id of the same thing: a matter that
is closed ends what was asked for in it, `until: {matter-closed: matter_id}`.
"""

from services.reminders.domain.vocabulary import Vocabulary
from services.reminders.domain.yaml_places import Place

CLIENT = "client_id"  # a client's other things are none of this one's
Ends = tuple[tuple[str, ...], dict[str, str]]


def parse_until(place: Place, on: tuple[str, ...], vocabulary: Vocabulary) -> Ends:
    """The events that end it; and for those that say so, the field by which."""
    types: list[str] = []
    found_by: dict[str, str] = {}
    for each in place.value if isinstance(place.value, list) else [place]:
        if not isinstance(each.value, dict):
            types += event_types(each, vocabulary)
            continue
        for name, by in each.mapping().items():
            types += event_types(Place(by.file, by.line, name), vocabulary)
            found_by[name] = _common_field(by, (name, *on), vocabulary)
    if not types:
        raise place.wrong("name at least one event")
    return tuple(types), found_by


def event_types(place: Place, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The event types named here, each of which there is."""
    types = place.words()
    for each in types:
        if each not in vocabulary.events:
            raise place.wrong(f"there is no event `{each}`; see docs/events for all there are")
    if not types:
        raise place.wrong("name at least one event")
    return types


def _common_field(place: Place, types: tuple[str, ...], vocabulary: Vocabulary) -> str:
    """An id that the end and every beginning name."""
    name = place.word()
    ids = {each for each in vocabulary.shared_fields(types) if each.endswith("_id")} - {CLIENT}
    if name not in ids:
        have = ", ".join(sorted(ids)) or "none"
        raise place.wrong(f"`{name}` is no id that {' and '.join(types)} share; they share: {have}")
    return name
