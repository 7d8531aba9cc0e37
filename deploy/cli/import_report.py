"""What is a person told of an import: how much is new, changed, the same, wrong, and where?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table as Shown

from deploy.cli.screen import console, plain
from deploy.infra.secrets import write_private
from services.gateway.domain.imports.rows import Note
from services.gateway.domain.imports.runs import RowTold, refused_line, refused_names
from services.gateway.domain.imports.tables import Table, written

WORDS = {"new": "new", "changed": "changed", "same": "the same as before", "wrong": "wrong"}


def as_plain(rows: Sequence[RowTold], columns: Mapping[str, str]) -> dict[str, Any]:
    """The report for programs."""
    counts = Counter(each.what for each in rows)
    return {
        **{name: counts[name] for name in WORDS},
        "events": dict(Counter(event for each in rows for event in each.events)),
        "rows": [
            {
                "row": each.row, "what": each.what, "changed": list(each.changed),
                "problems": [_said(note, columns) for note in each.problems],
                "remarks": [_said(note, columns) for note in each.remarks],
            }
            for each in rows
            if each.what in ("changed", "wrong") or each.remarks
        ],
    }  # fmt: skip


def _said(note: Note, columns: Mapping[str, str]) -> dict[str, str]:
    return {"field": note.field, "column": columns.get(note.field, ""), "message": note.message}


def show(rows: Sequence[RowTold], columns: Mapping[str, str], *, dry_run: bool, shown: int) -> None:
    """Counts first, then row by row what needs a look."""
    show_counts(rows, dry_run=dry_run)
    wrong = [(each.row, note) for each in rows for note in each.problems]
    _list("wrong", wrong, columns, shown)
    _list("worth a look", [(each.row, n) for each in rows for n in each.remarks], columns, shown)
    changed = [each for each in rows if each.what == "changed"]
    for each in changed[:shown]:
        named = ", ".join(columns.get(name) or name for name in each.changed)
        console.print(f"  changed: row {each.row}: {plain(named)}", soft_wrap=True)
    _more(len(changed), shown)


def show_counts(rows: Sequence[RowTold], *, dry_run: bool) -> None:
    """How many are new, changed, the same, wrong; and which events follow."""
    counts = Counter(each.what for each in rows)
    table = Shown("rows", "are", box=None)
    for name, words in WORDS.items():
        table.add_row(str(counts[name]), words)
    console.print(table)
    events = Counter(event for each in rows for event in each.events)
    said = ", ".join(f"{number} {name}" for name, number in sorted(events.items()))
    word = "would be said" if dry_run else "were said"
    console.print(f"Events that {word}: {said or 'none'}.", soft_wrap=True)


def _list(
    word: str, notes: Sequence[tuple[int, Note]], columns: Mapping[str, str], shown: int
) -> None:
    for row, note in notes[:shown]:
        column = columns.get(note.field) or note.field
        place = f"row {row}, {column}" if column else f"row {row}"
        console.print(f"  {word}: {plain(place)}: {plain(note.message)}", soft_wrap=True)
    _more(len(notes), shown)


def _more(number: int, shown: int) -> None:
    if number > shown:
        console.print(f"  and {number - shown} more; --json lists all")


def write_refused(
    file: Path, table: Table, rows: Sequence[RowTold], columns: Mapping[str, str]
) -> Path | None:
    """The rows that were refused as a list of their own, each with its reason; None: there is none.

    To be corrected and imported like any other: the column with reasons is skipped.
    """
    why = {each.row: each for each in rows if each.what == "wrong"}
    target = file.with_name(f"{file.stem}.refused.csv")
    if not why:
        return None
    lines = [
        refused_line(table.columns, row.cells, why[row.number], columns)
        for row in table.rows
        if row.number in why
    ]
    names = refused_names(table.columns)
    write_private(target, written(names, lines, table.separator))
    return target
