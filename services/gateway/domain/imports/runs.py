"""Which things does a list tell, each once, and what became of each of its rows?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.gateway.domain.imports.judging import Judged
from services.gateway.domain.imports.mapping_files import ImportMapping
from services.gateway.domain.imports.rows import Entry, Note, RowRead
from services.gateway.domain.imports.tables import REASON


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of one row: new, changed, same or wrong."""

    row: int
    what: str
    changed: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    problems: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


def once(reads: Sequence[RowRead]) -> tuple[list[Entry], dict[int, RowTold]]:
    """Each thing once, and what is known of the other rows already."""
    entries: dict[str, Entry] = {}
    rows = {}
    for read in reads:
        if read.entry is None:
            rows[read.row] = RowTold(read.row, "wrong", problems=read.problems)
        elif read.entry.id in entries:
            note = Note("", f"says the same as row {entries[read.entry.id].row}")
            rows[read.row] = RowTold(read.row, "same", remarks=(note,))
        else:
            entries[read.entry.id] = read.entry
    return list(entries.values()), rows


def told_row(each: Judged) -> RowTold:
    """What became of an entry, without what it says."""
    events = tuple(event.type for event in each.events)
    return RowTold(each.row, each.what, each.changed, events, each.problems, each.remarks)


def columns_of(mapping: ImportMapping) -> dict[str, str]:
    """The column, or columns, each field is read from, as the list calls them."""
    return {name: " + ".join(each.columns) for name, each in mapping.columns.items()}


def refused_names(columns: Sequence[str]) -> list[str]:
    """The heading of a list of refused rows; an older column with reasons is not kept."""
    return [*(each for each in columns if each != REASON), REASON]


def refused_line(
    columns: Sequence[str], cells: Sequence[str], told: RowTold, read_from: Mapping[str, str]
) -> list[str]:
    """A refused row as it stood, with its reasons in the last column."""
    kept = [_at(cells, at) for at, name in enumerate(columns) if name != REASON]
    reasons = [
        f"{read_from.get(each.field) or each.field} {each.message}".strip()
        for each in told.problems
    ]
    return [*kept, "; ".join(reasons)]


def too_long(line: Sequence[str]) -> list[str]:
    """In place of a row that is longer than can be given back: its reasons alone."""
    return [*("" for _ in line[:-1]), f"this row is too long to be given back; {line[-1]}"]


def _at(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""
