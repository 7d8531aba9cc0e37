"""What may the columns of a list mean, before anybody has said it?

A guess by headings in English and German. It is written down as a mapping for a person to correct,
and nothing is imported by it until they have read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.gateway.domain.imports.cells import CellError, Habits, read_day
from services.gateway.domain.imports.kinds import EITHER, FIELDS, WORDS, Field, Kind
from services.gateway.domain.imports.mapping_files import folded
from services.gateway.domain.imports.tables import Table
from shared.yaml_text import quoted

MOST_WORDS = 30  # of a column; more, and it is no list of words
FIRST_NAMES = ("first name", "vorname", "given name")
LAST_NAMES = ("last name", "nachname", "surname", "family name")
TIMES = ("time", "uhrzeit", "zeit", "start time")
_BESIDE = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A mapping to begin with, as the text of its file, and the fields still to be said."""

    text: str
    missing: tuple[str, ...]


def guessed(table: Table, kind: Kind, *, zone: str, locale: str) -> Guess:
    """The mapping that the headings suggest; ``zone``, ``locale``: the firm's own."""
    found = _columns(table, kind)
    lines = [
        f"# What the columns of this list of {kind} mean: a guess by their names. Correct it, and",
        "# delete what is no use. Then: clientele import csv FILE --mapping NAME-OF-THIS-FILE",
        f"as: {kind}",
        *_written(table),
        *_dates(table, kind, found),
        f"zone: {zone}  # of times of day",
        '# decimal: ","  # where amounts may be read in two ways',
        '# country: "+49"  # put before telephone numbers that begin with 0',
        "columns:",
    ]
    missing = []
    constants = {"timezone": zone, "locale": locale}
    for name, field in FIELDS[kind].items():
        if name in found:
            lines += _column(name, field, found[name], table)
        elif name in constants and field.required:
            lines.append(f"  {name}: {{constant: {constants[name]}}}")
        elif field.required and EITHER.get(name) not in found:
            missing.append(name)
            lines.append(f'  {name}: ""  # TO DO: which column is it?')
    unread = [
        each for each in table.columns if each not in {c for cs in found.values() for c in cs}
    ]
    lines.append(f"ignore: {quoted(unread)}  # columns that stay unread")
    return Guess("\n".join(lines) + "\n", tuple(missing))


def _written(table: Table) -> Iterator[str]:
    if table.sheet:
        yield f"sheet: {quoted(table.sheet)}"
        return
    yield f"encoding: {table.encoding}"
    yield f"separator: {quoted(table.separator)}"


def _columns(table: Table, kind: Kind) -> dict[str, tuple[str, ...]]:
    """Which columns each field is read from; a column is taken once, by the best heading."""
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    by_heading = {_heading(each): each for each in reversed(table.columns)}
    for name, field in FIELDS[kind].items():
        for heading in map(_heading, field.headings):
            column = by_heading.get(heading)
            if column is not None and column not in taken:
                found[name] = (column,)
                taken.add(column)
                break
    first, last = (_first(by_heading, each) for each in (FIRST_NAMES, LAST_NAMES))
    if "name" in FIELDS[kind] and "name" not in found and last is not None:
        found["name"] = (first, last) if first is not None else (last,)
    at = _first(by_heading, TIMES)
    if "starts" in found and at is not None:
        found["starts"] = (*found["starts"], at)
    return found


def _first(by_heading: dict[str, str], headings: tuple[str, ...]) -> str | None:
    return next((by_heading[each] for each in map(_heading, headings) if each in by_heading), None)


def _heading(said: str) -> str:
    return _BESIDE.sub("", said.casefold())


def _column(name: str, field: Field, columns: tuple[str, ...], table: Table) -> Iterator[str]:
    said = quoted(columns[0] if len(columns) == 1 else list(columns))
    if not field.words:
        yield f"  {name}: {said}"
        return
    yield f"  {name}:"
    yield f"    column: {said}"
    yield f"    values:  # {', '.join(field.words)}"
    distinct = list(dict.fromkeys(folded(each) for each in table.column(columns[0])))
    for word in distinct[:MOST_WORDS]:
        ours = word if word in field.words else WORDS.get(word)
        meant = ours if ours in field.words else "  # TO DO: which of these is it?"
        yield f"      {quoted(word)}: {meant}".rstrip()


def _dates(table: Table, kind: Kind, found: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """In which order days are written, as far as the list itself proves it."""
    shapes = {"day", "moment"}
    cells = [
        cell.split()[0] if cell.split() else ""
        for name, columns in found.items()
        if FIELDS[kind][name].shape in shapes
        for cell in table.column(columns[0])
    ]
    orders = [order for order in ("day-first", "month-first") if _all_fit(cells, order)]
    slashed = any("/" in each for each in cells)
    if slashed and len(orders) == 1:
        yield f"dates: {orders[0]}  # only so are all of them days"
    elif slashed:
        yield "# dates: day-first  # TO DO: 03/04/2026 is a day in April; or month-first"


def _all_fit(cells: list[str], order: str) -> bool:
    habits = Habits(dates=order)
    for each in cells:
        try:
            if "/" in each:
                read_day(each, habits)
        except CellError:
            return False
    return True
