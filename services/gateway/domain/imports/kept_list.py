"""A list that a person brings by the desk: what is kept of it, how far it is, and until when?

Everything of it is sealed under a key of its own and goes by itself after a day, whatever became of
it. What was taken in of it is kept elsewhere, under its clients' keys.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from services.gateway.domain.imports.kinds import Kind
from services.gateway.domain.imports.rows import Entry, Note
from services.gateway.domain.imports.runs import RowTold
from shared.contracts.imports import KEPT_HOURS
from shared.contracts.keys import id_made_of

State = Literal["read", "weighing", "weighed", "taking", "taken"]
KEPT = timedelta(hours=KEPT_HOURS)
GRACE = timedelta(hours=1)
MOST_ROWS = 20_000  # of a list by the desk
IN_ONE_CHUNK = 100  # rows of one transaction, together with their events
RUNNING = ("weighing", "taking")
STANDS_STILL = timedelta(minutes=5)  # after so long without a step, a person may do something


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """One list, and how far it is."""

    list_id: str
    by: str  # who brought it; nobody else is told of it
    kind: Kind
    name: str  # of the mapping
    found_by: str  # where the mapping came from: kept, folder, headings, chosen
    state: State = "read"
    pieces: int
    rows: int
    run: str = ""
    news_day: str = ""  # from this day on it tells news
    chunks: int = 0
    at: int = 0  # the chunk that is next
    done: int = 0  # rows
    counts: Mapping[str, int] = field(default_factory=dict)
    events: Mapping[str, int] = field(default_factory=dict)
    noted: tuple[int, ...] = ()  # chunks with rows that are worth a look
    wrong: tuple[int, ...] = ()  # chunks with refused rows
    came_at: datetime
    until: datetime
    due_at: datetime | None = None
    ended_at: datetime | None = None
    content_hash: str = ""  # sealed
    file: str = ""  # sealed
    said: str = ""  # sealed: the mapping
    seen: str = ""  # sealed: what a form shows of its columns

    @property
    def gone_at(self) -> datetime:
        """When it goes by itself: a run that began in time is not cut short."""
        return self.until + GRACE

    def stopped_at(self, now: datetime) -> datetime | None:
        """Since when nothing has moved, though it should: a step of it fails, or nobody works."""
        if self.state not in RUNNING or self.due_at is None:
            return None
        return self.due_at if self.due_at + STANDS_STILL <= now else None

    @property
    def owner(self) -> str:
        """Whose key seals it: its own."""
        return owner_of(self.list_id)

    @property
    def draft(self) -> dict[str, Any]:
        """What its columns are taken to mean."""
        return dict(json.loads(self.said or '{"columns": {}}'))

    @property
    def shown(self) -> dict[str, Any]:
        """What a form shows of its columns."""
        return dict(json.loads(self.seen or '{"sheet": "", "separator": ",", "columns": []}'))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPiece:
    """A piece of the file as it came."""

    key: str
    list_id: str
    until: datetime
    content: bytes = b""  # sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRows:
    """Some rows of the list as they were read, and what became of them."""

    key: str
    list_id: str
    until: datetime
    content: bytes = b""  # sealed, packed
    told: bytes = b""  # sealed, packed


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMapping:
    """What a person said the columns of such lists mean, for the next one."""

    name: str
    kind: Kind
    by: str
    at: datetime
    said: str = ""  # sealed


@dataclass(frozen=True, slots=True)
class RowKept:
    """One row as it was read: what is to be taken in, or what became of it already."""

    row: int
    cells: tuple[str, ...]
    entry: Entry | None
    told: RowTold | None
    remarks: tuple[Note, ...] = ()


def owner_of(list_id: str) -> str:
    """Whose key seals everything of a list."""
    return f"import:{list_id}"


def part_key(list_id: str, number: int) -> str:
    """Under what a piece, or some rows, of a list are kept."""
    return f"{list_id}:{number:04}"


def id_of_list(by: str, said: str) -> str:
    """The list of this person by the id of their form: the same form twice is one list."""
    return id_made_of("li", by, said)


def run_of(kept: KeptList, news_day: str) -> str:
    """What is confirmed: this file, read in this way, told as history or as news."""
    words = json.dumps(
        [kept.list_id, kept.content_hash, kept.name, kept.draft, news_day], sort_keys=True
    )
    return sha256(words.encode()).hexdigest()


def hash_of(content: bytes) -> str:
    """What tells one file from another."""
    return b64encode(sha256(content).digest()).decode()


def packed_rows(rows: Iterable[RowKept]) -> bytes:
    """Some rows as they are kept."""
    return _packed([asdict(each) for each in rows])


def packed_told(rows: Iterable[RowTold]) -> bytes:
    """What became of some rows, as it is kept."""
    return _packed([asdict(each) for each in rows])


def rows_in(content: bytes) -> list[RowKept]:
    """Rows that were kept; none where the key is gone."""
    return [
        RowKept(
            each["row"], tuple(each["cells"]),
            Entry(**each["entry"]) if each["entry"] else None,
            _told(each["told"]) if each["told"] else None, _notes(each["remarks"]),
        )
        for each in _unpacked(content)
    ]  # fmt: skip


def told_in(content: bytes) -> list[RowTold]:
    """What became of rows, as it was kept."""
    return [_told(each) for each in _unpacked(content)]


def _told(each: Mapping[str, Any]) -> RowTold:
    return RowTold(
        each["row"], each["what"], tuple(each["changed"]), tuple(each["events"]),
        _notes(each["problems"]), _notes(each["remarks"]),
    )  # fmt: skip


def _notes(said: Iterable[Mapping[str, str]]) -> tuple[Note, ...]:
    return tuple(Note(each["field"], each["message"]) for each in said)


def _packed(plain: list[Any]) -> bytes:
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


def _unpacked(content: bytes) -> list[Any]:
    return list(json.loads(zlib.decompress(content))) if content else []


def began(kept: KeptList, state: Literal["weighing", "taking"], now: datetime) -> KeptList:
    """The run begins, from its first row."""
    return replace(
        kept, state=state, at=0, done=0, counts={}, events={}, noted=(), wrong=(), due_at=now,
        ended_at=None,
    )  # fmt: skip


def moved_on(kept: KeptList, rows: Sequence[RowTold], now: datetime) -> KeptList:
    """Some rows are dealt with: counted, and at the end due no more."""
    is_noted = any(each.what in ("wrong", "changed") or each.remarks for each in rows)
    is_wrong = any(each.what == "wrong" for each in rows)
    more = replace(
        kept,
        at=kept.at + 1,
        done=kept.done + len(rows),
        counts=_summed(kept.counts, (each.what for each in rows)),
        events=_summed(kept.events, (event for each in rows for event in each.events)),
        noted=(*kept.noted, kept.at) if is_noted else kept.noted,
        wrong=(*kept.wrong, kept.at) if is_wrong else kept.wrong,
        due_at=now,
    )
    if more.at < kept.chunks:
        return more
    ended: State = "weighed" if kept.state == "weighing" else "taken"
    return replace(more, state=ended, due_at=None, ended_at=now)


def _summed(counts: Mapping[str, int], found: Iterable[str]) -> dict[str, int]:
    summed = dict(counts)
    for each in found:
        summed[each] = summed.get(each, 0) + 1
    return summed
