"""A list is tried and then taken in, some rows at a time, and each row says what became of it.

Some rows are one transaction together with their events and with how far the list is: a process
that ends anywhere leaves nothing half done, and whoever is next goes on at the next rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from services.gateway.domain.imports.drafts import mapping_of, missing_in
from services.gateway.domain.imports.judging import twins
from services.gateway.domain.imports.kept_list import (
    IN_ONE_CHUNK,
    RUNNING,
    KeptList,
    ListRows,
    RowKept,
    began,
    moved_on,
    packed_rows,
    packed_told,
    part_key,
    rows_in,
    run_of,
    told_in,
)
from services.gateway.domain.imports.mapping_files import ImportMapping, MappingError
from services.gateway.domain.imports.rows import Entry, read_rows
from services.gateway.domain.imports.runs import (
    RowTold,
    columns_of,
    once,
    refused_line,
    refused_names,
    told_row,
    too_long,
)
from services.gateway.domain.imports.tables import Table, written
from services.gateway.domain.imports.telling import news_from
from services.gateway.ports import LIST_ROWS, LISTS, FirmConfig
from services.gateway.workflow.bringing_lists import file_of, list_of, needs_of_file, table_of
from services.gateway.workflow.importing import Batch, needs_of_importing, take_in, weigh
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

ROWS_SHOWN = 50  # of one answer, and what else stands among them


def needs_of_weighing(list_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The list, its file, and the rows of an earlier run."""
    yield LISTS.one(list_id)
    kept = unit.peek(LISTS, list_id)
    if kept is not None:
        yield from needs_of_file(list_id, kept.pieces)
        yield from (LIST_ROWS.one(part_key(list_id, each)) for each in range(_most_chunks(kept)))


def _most_chunks(kept: KeptList) -> int:
    return max(kept.chunks, -(-kept.rows // IN_ONE_CHUNK))


def begin_weighing(
    config: FirmConfig, list_id: str, by: str, news_day: str, unit: UnitOfWork
) -> KeptList:
    """Read every row as its columns are understood; the run goes on from there."""
    kept = list_of(list_id, by, unit)
    if kept.state in RUNNING and not kept.stopped_at(unit.now):
        return kept
    mapping = _mapping_of(kept)
    table = table_of(file_of(list_id, kept.pieces, unit), mapping.written)
    try:
        mapping.check_against(table)
    except MappingError as no:
        raise RuleError(no.message, code="mapping", field="mapping") from None
    rows = _read(table, mapping, config.zone)
    chunks = [rows[at : at + IN_ONE_CHUNK] for at in range(0, len(rows), IN_ONE_CHUNK)]
    for number in range(len(chunks), kept.chunks):
        unit.remove(LIST_ROWS, part_key(list_id, number))
    for number, some in enumerate(chunks):
        part = ListRows(
            key=part_key(list_id, number), list_id=list_id, until=kept.gone_at,
            content=packed_rows(some),
        )  # fmt: skip
        unit.put(LIST_ROWS, part)
    fresh = replace(
        kept, rows=len(rows), chunks=len(chunks), news_day=news_day,
        run=run_of(kept, news_day),
    )  # fmt: skip
    unit.put(LISTS, began(fresh, "weighing", unit.now))
    return began(fresh, "weighing", unit.now)


def _mapping_of(kept: KeptList) -> ImportMapping:
    missing = missing_in(kept.kind, kept.draft)
    if missing:
        raise RuleError(
            "Say first where each field that is needed comes from.", code="missing", field="mapping"
        )
    try:
        return mapping_of(kept.name, kept.draft)
    except MappingError as no:
        raise RuleError(no.message, code="mapping", field="mapping") from None


def _read(table: Table, mapping: ImportMapping, zone: str) -> list[RowKept]:
    reads = list(read_rows(table, mapping, zone))
    entries, known = once(reads)
    first = {each.row: each for each in entries}
    alike = twins(entries) if mapping.kind == "clients" else {}
    return [
        RowKept(
            read.row, row.cells, first.get(read.row), known.get(read.row),
            (*read.remarks, *alike.get(read.row, ())),
        )
        for read, row in zip(reads, table.rows, strict=True)
    ]  # fmt: skip


def confirm(list_id: str, by: str, run: str, unit: UnitOfWork) -> KeptList:
    """Take in exactly what was tried; RuleError where it is not that any more."""
    kept = list_of(list_id, by, unit)
    if kept.state in ("taking", "taken") and kept.run == run:
        return _due_again(kept, unit) if kept.stopped_at(unit.now) else kept
    if kept.state != "weighed" or kept.run != run:
        raise RuleError(
            "This is not what was tried last: the list, its columns or the day have changed. Try"
            " it again.",
            code="changed-meanwhile",
        )
    taking = began(kept, "taking", unit.now)
    unit.put(LISTS, taking)
    return taking


def _due_again(kept: KeptList, unit: UnitOfWork) -> KeptList:
    """It goes on at the row where it stopped."""
    due = replace(kept, due_at=unit.now)
    unit.put(LISTS, due)
    return due


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows that are next, and what the things among them are weighed by."""

    rows: Sequence[RowKept]
    batch: Batch


def _part(config: FirmConfig, kept: KeptList, part: ListRows | None) -> _Part:
    rows = rows_in(part.content) if part is not None else []
    entries: list[Entry] = [each.entry for each in rows if each.entry is not None]
    return _Part(
        rows, Batch(kept.name, config.zone, entries, news_from(kept.news_day, config.zone))
    )


def needs_of_going_on(config: FirmConfig, kept: KeptList, unit: ReadSoFar) -> Iterable[Need]:
    """The next rows, and what is known of the things they tell."""
    key = part_key(kept.list_id, kept.at)
    yield LIST_ROWS.one(key)
    part = unit.peek(LIST_ROWS, key)
    if part is not None:
        yield from needs_of_importing(_part(config, kept, part).batch, unit)


def go_on(config: FirmConfig, kept: KeptList, unit: UnitOfWork) -> None:
    """The next rows are weighed, or taken in; of a list that is not run, nothing."""
    if kept.state not in RUNNING:  # it failed, was brought to an end, and is replayed
        unit.put(LISTS, replace(kept, due_at=None))
        return
    part = unit.get(LIST_ROWS, part_key(kept.list_id, kept.at))
    found = _part(config, kept, part)
    step = weigh if kept.state == "weighing" else take_in
    became = {each.row: told_row(each) for each in step(found.batch, unit)}
    told = [_with_remarks(each, became) for each in found.rows]
    if part is not None:
        unit.put(LIST_ROWS, replace(part, told=packed_told(told)))
    unit.put(LISTS, moved_on(kept, told, unit.now))


def _with_remarks(row: RowKept, became: dict[int, RowTold]) -> RowTold:
    told = row.told or became[row.row]
    return replace(told, remarks=(*told.remarks, *row.remarks))


def needs_of_rows(list_id: str, after: int, refused: bool, unit: ReadSoFar) -> Iterable[Need]:
    """The list, and the rows of it that are next to be told."""
    yield LISTS.one(list_id)
    kept = unit.peek(LISTS, list_id)
    if kept is not None:
        yield from (
            LIST_ROWS.one(part_key(list_id, number)) for number in _told_next(kept, after, refused)
        )


AT_ONCE = 5  # so many parts are looked through for one answer


ROOM = 240 * 1024  # bytes of refused rows in one answer


def _told_next(kept: KeptList, after: int, refused: bool) -> list[int]:
    chosen, first = (kept.wrong, after // IN_ONE_CHUNK) if refused else (kept.noted, after)
    return [number for number in chosen if number >= first][:AT_ONCE]


def rows_worth_a_look(
    list_id: str, by: str, after: int, unit: UnitOfWork
) -> tuple[KeptList, list[RowTold], int | None]:
    """Rows that are wrong, changed or remarked upon; and where the next ones begin."""
    kept = list_of(list_id, by, unit)
    found: list[RowTold] = []
    for number in _told_next(kept, after, refused=False):
        if len(found) >= ROWS_SHOWN:
            return kept, found, number
        part = unit.get(LIST_ROWS, part_key(list_id, number))
        found += [
            each
            for each in told_in(part.told if part is not None else b"")
            if each.what in ("wrong", "changed") or each.remarks
        ]
    return kept, found, _after(kept.noted, _told_next(kept, after, refused=False))


def _after(chosen: Sequence[int], told: Sequence[int]) -> int | None:
    return next((each for each in chosen if told and each > told[-1]), None)


def refused_rows(list_id: str, by: str, after: int, unit: UnitOfWork) -> tuple[bytes, int | None]:
    """A part of the list of refused rows, each with its reasons, and where it goes on."""
    kept = list_of(list_id, by, unit)
    told = _told_next(kept, after, refused=True)
    columns = [each["name"] for each in kept.shown["columns"]]
    sign, content = kept.shown["separator"], b""
    head = written(refused_names(columns), [], sign)
    for number in told:
        for place, line in _refused_in(kept, columns, number, unit):
            row = written(refused_names(columns), [line], sign)[len(head) :]
            if len(row) > ROOM:
                row = written(refused_names(columns), [too_long(line)], sign)[len(head) :]
            if place >= after and content and len(content) + len(row) > ROOM:
                return (content if after else head + content), place
            content += row if place >= after else b""
    following = _after(kept.wrong, told)
    return (
        content if after else head + content,
        None if following is None else following * IN_ONE_CHUNK,
    )


def _refused_in(
    kept: KeptList, columns: Sequence[str], number: int, unit: UnitOfWork
) -> Iterator[tuple[int, list[str]]]:
    """Each refused row of a part, by its place among all rows."""
    part = unit.get(LIST_ROWS, part_key(kept.list_id, number))
    if part is None:
        return
    read_from = columns_of(mapping_of(kept.name, kept.draft))
    wrong = {each.row: each for each in told_in(part.told) if each.what == "wrong"}
    for at, row in enumerate(rows_in(part.content), number * IN_ONE_CHUNK):
        if row.row in wrong:
            yield at, refused_line(columns, row.cells, wrong[row.row], read_from)
