"""A person brings a list by the desk: it is kept in pieces, for a day, and goes with all of it.

A list is its bringer's alone: for anybody else it does not exist.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from services.gateway.domain.imports.kept_list import (
    GRACE,
    KEPT,
    MOST_ROWS,
    RUNNING,
    KeptList,
    ListPiece,
    part_key,
)
from services.gateway.domain.imports.lists import read_list
from services.gateway.domain.imports.tables import Table, TableError, Written
from services.gateway.ports import (
    LIST_PIECES,
    LIST_ROWS,
    LISTS,
)
from shared.contracts.imports import MOST_BYTES, MOST_KEPT
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


class NoListError(RuleError):
    """A list is not there, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            "There is no such list of yours: it goes by itself a day after it came.",
            code="no-list",
        )


def needs_of_list(list_id: str, _: ReadSoFar) -> Iterable[Need]:
    """The list itself."""
    yield LISTS.one(list_id)


def list_of(list_id: str, by: str, unit: UnitOfWork) -> KeptList:
    """A list of this person; NoListError for anybody else's."""
    kept = unit.get(LISTS, list_id)
    if kept is None or kept.by != by or kept.until <= unit.now or not kept.seen:
        raise NoListError
    return kept


def needs_of_lists(by: str, _: ReadSoFar) -> Iterable[Need]:
    """Every list of this person."""
    yield LISTS.by("by", by)


def lists_of(by: str, unit: UnitOfWork) -> list[KeptList]:
    """Those still there, the newest first."""
    found = [each for each in unit.find(LISTS, "by", by) if each.until > unit.now and each.seen]
    return sorted(found, key=lambda each: (each.came_at, each.list_id), reverse=True)


def needs_of_piece(list_id: str, number: int, by: str, unit: ReadSoFar) -> Iterable[Need]:
    """The piece, where it came before, and how many lists there are."""
    yield LIST_PIECES.one(part_key(list_id, number))
    yield from needs_of_lists(by, unit)


def keep_piece(list_id: str, number: int, by: str, content: bytes, unit: UnitOfWork) -> None:
    """One more piece of a file; it goes by itself, whether or not the others come.

    Of a list that was read already nothing is replaced: it would be another file under one run.
    """
    if any(each.list_id == list_id for each in unit.find(LISTS, "by", by)):
        there = unit.get(LIST_PIECES, part_key(list_id, number))
        if there is not None and there.content == content:
            return
        raise RuleError(
            "Another file was brought on this very page before. Choose this one again here.",
            code="another-file", field="file",
        )  # fmt: skip
    others = [each for each in lists_of(by, unit) if each.list_id != list_id]
    if len(others) >= MOST_KEPT:
        raise RuleError(
            "You have ten lists here. Delete one that you do not need any more.",
            code="too-many", field="file",
        )  # fmt: skip
    piece = ListPiece(
        key=part_key(list_id, number), list_id=list_id, content=content,
        until=unit.now + KEPT + GRACE,
    )  # fmt: skip
    unit.put(LIST_PIECES, piece)


def needs_of_file(list_id: str, pieces: int) -> Iterable[Need]:
    """Every piece of a file."""
    return [LIST_PIECES.one(part_key(list_id, number)) for number in range(pieces)]


def file_of(list_id: str, pieces: int, unit: UnitOfWork) -> bytes:
    """The file; RuleError where a piece of it is not there (any more)."""
    found = [unit.get(LIST_PIECES, part_key(list_id, number)) for number in range(pieces)]
    parts = [each.content for each in found if each is not None and each.content]
    content = b"".join(parts)
    if len(parts) < pieces or not content:
        raise RuleError("Not all of the file arrived. Choose it again.", code="torn", field="file")
    if len(content) > MOST_BYTES:
        raise RuleError("The file is too large for the desk.", code="too-large", field="file")
    return content


def table_of(content: bytes, said: Written) -> Table:
    """The list in a file; RuleError says what to do about one that cannot be read."""
    try:
        table = read_list(content, replace(said, most_rows=MOST_ROWS + 1))  # and the headings
    except TableError as no:
        raise RuleError(no.message, code="unreadable", field="file") from None
    if not table.rows:
        raise RuleError("has no rows below its headings", code="unreadable", field="file")
    if len(table.rows) > MOST_ROWS:
        raise RuleError(
            "has more rows than the desk takes at once: split it, or have it taken in by the"
            " command line",
            code="unreadable", field="file",
        )  # fmt: skip
    return table


def at_rest(kept: KeptList, now: datetime) -> KeptList:
    """The list, where nothing is being done with it, or nothing moves."""
    if kept.state in RUNNING and not kept.stopped_at(now):
        raise RuleError("This list is being worked on. Wait until it is done.", code="running")
    return kept


def needs_of_dropping(list_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """Everything that is kept of a list."""
    yield LISTS.one(list_id)
    kept = unit.peek(LISTS, list_id)
    if kept is not None:
        yield from needs_of_file(list_id, kept.pieces)
        yield from (LIST_ROWS.one(part_key(list_id, number)) for number in range(kept.chunks))


def drop_list(list_id: str, by: str, unit: UnitOfWork) -> None:
    """Keep nothing of it any more; what was taken in of it stays."""
    kept = at_rest(list_of(list_id, by, unit), unit.now)
    for number in range(kept.pieces):
        unit.remove(LIST_PIECES, part_key(list_id, number))
    for number in range(kept.chunks):
        unit.remove(LIST_ROWS, part_key(list_id, number))
    unit.remove(LISTS, list_id)
