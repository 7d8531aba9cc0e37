"""How is a list put to the gateway, some entries at a time, and what became of each row?

Run again after it was ended anywhere, it goes on where it stopped: what was taken in is the same.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from deploy.infra.access.service_requests import ServiceAwayError, services_at, told
from services.gateway.domain.imports.judging import twins
from services.gateway.domain.imports.rows import Entry, Note, RowRead
from services.gateway.domain.imports.runs import RowTold, once
from services.gateway.ops.imports import MOST, EntryTold, ImportTold

GATEWAY = "gateway"
SECONDS = 60.0
MOST_BYTES = 200 * 1024
"""Of one question: the broker takes no more than a megabyte."""


class StoppedError(ServiceAwayError):
    """The gateway went away while a list was taken in."""


@dataclass(frozen=True, slots=True)
class Run:
    """One list, and how it is to be taken in."""

    name: str
    dry_run: bool
    news_since: datetime | None = None
    seen: Callable[[int], None] = field(default=lambda _: None)  # how many rows are done


async def put_to_gateway(url: str, reads: Sequence[RowRead], run: Run) -> list[RowTold]:
    """What became of every row, in the order of the list; nothing is changed by a dry run."""
    entries, rows = once(reads)
    alike = twins([each for each in entries if each.kind == "clients"])
    async with services_at(url) as services:
        for batch in batches(entries):
            try:
                answer = await services.ask(GATEWAY, _question(batch, run), SECONDS)
            except ServiceAwayError as away:
                raise stopped(away, len(rows), run) from None
            for each in told(ImportTold, answer).entries:
                rows[each.row] = row_of(each)
            run.seen(len(batch))
    for read in reads:
        more = (*read.remarks, *alike.get(read.row, ()))
        rows[read.row] = replace(rows[read.row], remarks=(*rows[read.row].remarks, *more))
    return [rows[each.row] for each in reads]


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """As many at a time as one question holds."""
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        length = len(json.dumps(dict(entry.fields)))
        if batch and (len(batch) >= MOST or size + length > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += length
    if batch:
        yield batch


def _question(batch: Sequence[Entry], run: Run) -> dict[str, Any]:
    question: dict[str, Any] = {
        "ask": "import",
        "name": run.name,
        "dry_run": run.dry_run,
        "entries": [
            {"row": each.row, "kind": each.kind, "id": each.id, "fields": dict(each.fields)}
            for each in batch
        ],
    }
    if run.news_since is not None:
        question["news_since"] = run.news_since.isoformat()
    return question


def row_of(each: EntryTold) -> RowTold:
    """What became of an entry."""
    return RowTold(
        each.row, each.what, tuple(each.changed), tuple(each.events),
        tuple(Note(one.field, one.message) for one in each.problems),
        tuple(Note(one.field, one.message) for one in each.remarks),
    )  # fmt: skip


def stopped(away: ServiceAwayError, done: int, run: Run) -> StoppedError:
    """It went away: what that means for who waits."""
    if run.dry_run:
        return StoppedError(f"{away.message}. Nothing was changed.")
    return StoppedError(
        f"{away.message}. {done} rows had been dealt with: run the same again, and it goes on"
    )
