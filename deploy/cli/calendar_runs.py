"""How is a calendar's file put to the gateway: what is known of it first, then what is new?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from deploy.cli.import_runs import GATEWAY, SECONDS, Run, batches, row_of, stopped
from deploy.infra.access.service_requests import ServiceAwayError, services_at, told
from services.gateway.domain.calendars.entries import CalendarRead, Found
from services.gateway.domain.calendars.news import Known, News, news_of
from services.gateway.domain.calendars.rules import CalendarRules
from services.gateway.domain.imports.runs import RowTold
from services.gateway.ops.calendars import MOST_KNOWN, CalendarTold
from services.gateway.ops.imports import ImportTold


@dataclass(frozen=True, slots=True)
class CalendarRun:
    """What became of a file: each appointment, and what was made of all of it."""

    rows: Sequence[tuple[Found, RowTold]]
    news: News


async def put_calendar(
    url: str, read: CalendarRead, rules: CalendarRules, run: Run, now: datetime, *, whole: bool
) -> CalendarRun:
    """What became of every appointment; nothing is changed by a dry run."""
    async with services_at(url) as services:
        known = await _known(services, run.name)
        news = news_of(read, known, rules, now, whole=whole)
        rows: list[tuple[Found, RowTold]] = []
        quiet = replace(run, news_since=None)
        for found, how in ((news.told, run), (news.quiet, quiet), (news.missing, run)):
            by_id = {each.entry.id: each for each in found}
            for batch in batches([each.entry for each in found]):
                some = [by_id[each.id] for each in batch]
                try:
                    answer = await services.ask(GATEWAY, _question(some, how), SECONDS)
                except ServiceAwayError as away:
                    raise stopped(away, len(rows), run) from None
                for each, became in zip(some, told(ImportTold, answer).entries, strict=True):
                    rows.append((each, row_of(became)))
                run.seen(len(batch))
    return CalendarRun(rows, news)


async def _known(services: Any, name: str) -> dict[str, Known]:
    """All that is known of a calendar, some at a time."""
    known: dict[str, Known] = {}
    after = ""
    while True:
        question = {"ask": "calendar", "name": name, "after": after}
        some = told(CalendarTold, await services.ask(GATEWAY, question, SECONDS)).known
        known |= {each.id: Known(each.uid, each.starts, each.sequence) for each in some}
        if len(some) < MOST_KNOWN:
            return known
        after = some[-1].id


def _question(some: Sequence[Found], run: Run) -> dict[str, Any]:
    question: dict[str, Any] = {
        "ask": "import-calendar",
        "name": run.name,
        "dry_run": run.dry_run,
        "entries": [
            {
                "row": number,
                "id": each.entry.id,
                "fields": dict(each.entry.fields),
                "uid": each.uid,
                "starts": each.starts,
                "sequence": each.sequence,
            }
            for number, each in enumerate(some, 1)
        ],
    }
    if run.news_since is not None:
        question["news_since"] = run.news_since.isoformat()
    return question
