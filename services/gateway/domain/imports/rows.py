"""What does one row say, in the fields of events; or which of its cells cannot be read, and why?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.gateway.domain.imports.cells import (
    CellError,
    Habits,
    Reading,
    plain,
    read_amount,
    read_day,
    read_id,
    read_moment,
    read_phone,
)
from services.gateway.domain.imports.kinds import EITHER, FIELDS, Kind
from services.gateway.domain.imports.kinds import Field as ListField
from services.gateway.domain.imports.mapping_files import Column, ImportMapping, folded
from services.gateway.domain.imports.tables import Row, Table
from shared.contracts.keys import id_made_of

OWN_ID: Mapping[Kind, str] = {
    "clients": "client_id", "matters": "matter_id", "parties": "party_id",
    "appointments": "appointment_id", "invoices": "invoice_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Something about a field of a row: what keeps it out, or what is worth a look."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a list tells, by its own id; ``row`` is where it stands."""

    kind: Kind
    id: str
    fields: Mapping[str, str]
    row: int = 0


@dataclass(frozen=True, slots=True)
class RowRead:
    """What became of a row: an entry, or problems; either way what is worth a look."""

    row: int
    entry: Entry | None = None
    problems: tuple[Note, ...] = ()
    remarks: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Reads one row, field by field."""

    mapping: ImportMapping
    zone: str
    cells: Mapping[str, str]
    broken: frozenset[str] = frozenset()  # columns in which a formula has failed
    fields: dict[str, str] = field(default_factory=dict)
    problems: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)

    def take(self, name: str, column: Column, kind: ListField) -> None:
        if self.broken.intersection(column.columns):
            remedy = "holds a formula that failed: mend it there, or write what it is to say"
            self.problems.append(Note(name, remedy))
            return
        said = " ".join(plain(each) for one in column.columns if (each := self.cells.get(one, "")))
        text = column.constant if column.constant is not None else said or column.otherwise or ""
        if not text:
            if kind.required and EITHER.get(name) not in self.mapping.columns:
                self.problems.append(Note(name, "is empty, and has to say something"))
            return
        try:
            reading = _read(text, column, kind, self.mapping.habits(name, self.zone))
        except CellError as no:
            self.problems.append(Note(name, no.message))
            return
        self.fields[name] = reading.value
        if reading.remark:
            self.remarks.append(Note(name, reading.remark))


def _read(text: str, column: Column, kind: ListField, habits: Habits) -> Reading:
    if kind.words or (column.values and folded(text) in habits.words):
        return _word(text, kind, habits)
    if kind.shape == "id":
        return read_id(text, column.prefix)
    read = {
        "day": read_day, "moment": read_moment, "amount": read_amount, "phone": read_phone,
    }.get(kind.shape)  # fmt: skip
    return read(text, habits) if read else Reading(text)


def _word(text: str, kind: ListField, habits: Habits) -> Reading:
    word = habits.words.get(folded(text), folded(text))
    if kind.words and word not in kind.words:
        raise CellError(
            f"is a word the mapping does not know: say under values which it is:"
            f" {', '.join(kind.words)}"
        )
    return Reading(word)


def read_rows(table: Table, mapping: ImportMapping, zone: str) -> Iterator[RowRead]:
    """Every row, read; of two rows about the same thing the second must say the same.

    ``zone``: the firm's own, where the mapping says none.
    """
    seen: dict[str, tuple[Mapping[str, str], int]] = {}
    for row in table.rows:
        read = _read_row(row, table.columns, mapping, zone)
        entry = read.entry
        if entry is not None:
            fields, first = seen.setdefault(entry.id, (entry.fields, entry.row))
            if first != entry.row and fields != entry.fields:
                message = f"stands in row {first} too, and says something else there: keep one"
                read = RowRead(row.number, problems=(Note(OWN_ID[mapping.kind], message),))
        yield read


def _read_row(row: Row, columns: Sequence[str], mapping: ImportMapping, zone: str) -> RowRead:
    if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
        message = f"has {len(row.cells)} cells, and there are {len(columns)} columns: is a " \
                  "separator inside a cell without quotation marks?"  # fmt: skip
        return RowRead(row.number, problems=(Note("", message),))
    cells = dict(zip(columns, row.cells, strict=False))
    broken = frozenset(columns[at] for at in row.broken if at < len(columns))
    reader = _Reader(mapping, zone, cells, broken)
    for name, column in mapping.columns.items():
        reader.take(name, column, FIELDS[mapping.kind][name])
    if mapping.kind == "invoices" and "number" not in mapping.columns:  # as it is printed
        printed = [cells.get(each, "") for each in mapping.columns["invoice_id"].columns]
        reader.fields["number"] = plain(" ".join(printed))
    problems = [*reader.problems, *_unfit(mapping.kind, reader.fields, reader.problems)]
    if problems:
        return RowRead(row.number, problems=tuple(problems), remarks=tuple(reader.remarks))
    entry = Entry(mapping.kind, _own_id(mapping.kind, reader.fields), reader.fields, row.number)
    return RowRead(row.number, entry, remarks=tuple(reader.remarks))


def _own_id(kind: Kind, fields: dict[str, str]) -> str:
    """What the thing is called; a party without an id is known by its matter and name."""
    if kind == "parties":
        made = id_made_of("p", fields["matter_id"], folded(fields["name"]))
        fields.setdefault("party_id", made)
        return f"{fields['matter_id']} {fields['party_id']}"
    return fields[OWN_ID[kind]]


def _unfit(kind: Kind, fields: Mapping[str, str], known: Sequence[Note]) -> Iterator[Note]:
    """What is missing because of what else the row says."""
    named = {each.field for each in known}
    for one, other in EITHER.items():
        missing = not {one, other} & {*fields, *named}
        if other in FIELDS[kind] and missing:
            yield Note(one, "says nobody: an id of the client, or their e-mail address")
    if kind == "clients" and not {"email", "phone"} & {*fields, *named}:
        yield Note("email", "is missing, and so is a telephone number: one of them is needed")
    if kind != "matters" or "closed_on" in named:
        return
    if fields.get("status") == "closed" and "closed_on" not in fields:
        yield Note("closed_on", "is empty, and the matter is closed: say since which day")
    if fields.get("closed_on", "9") < fields.get("opened_on", "0"):
        yield Note("closed_on", "lies before the day on which the matter was opened")
