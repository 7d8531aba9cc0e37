"""When did persons of the firm and this client last speak or write, and what was said?

Contacts that were logged, calls and answers that were tasks, and appointments: whoever is about to
call needs all of them in one row, whichever way each was noted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.api.clients import entries_for
from services.desk.domain.lists import EntryFilter, Page
from services.desk.domain.timeline import Entry
from services.desk.pages.given_words import Given
from services.desk.pages.language import N_, Words, _, retold
from services.desk.pages.talk_notes import LOGGED, Noted, notes_on
from services.desk.pages.visitor import Visit
from services.desk.pages.words import ago, exactly
from shared.contracts.cards import NoteTold
from shared.contracts.fields import parse_instant
from shared.contracts.task_kinds import TASK_KINDS

LAST_TALKS = 5
OUTCOMES = Words(
    {
        "held": N_("Held"),
        "missed-by-client": N_("The client did not come"),
        "missed-by-firm": N_("We did not come"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One contact by a person: what, when, by whom, and what they noted."""

    at: datetime
    text: str
    when: str
    ago: str
    by: str
    note: str
    given: Given = ()


async def talks_with(visit: Visit, client_id: str, names: Mapping[str, str]) -> list[Talk]:
    """The last contacts by persons, the newest first, as far as this person may know of them."""
    desk = visit.context.desk
    wanted = EntryFilter(kinds=(LOGGED,), or_talks=True, screened=visit.person.screened)
    entries, _next = await entries_for(
        desk, visit.person, client_id, Page(limit=LAST_TALKS, newest_first=True), wanted
    )
    notes = await notes_on(visit, entries)
    now = desk.runtime.clock.now()
    return [_talk(each, notes.get(each.entry_id), names, desk.zone, now) for each in entries]


def meetings_in(
    notes: Iterable[NoteTold], zone: ZoneInfo, now: datetime, names: Mapping[str, str]
) -> list[Talk]:
    """The appointments of which somebody noted what came of them."""
    return [
        Talk(
            at=(at := parse_instant(each.met_at)),
            text=_("Appointment: {outcome}").format(outcome=OUTCOMES[each.outcome]),
            when=exactly(at, zone),
            ago=ago(at, now),
            by=names.get(each.by, each.by),
            note=each.said or each.agreed or each.understood or "",
        )
        for each in notes
        if each.met_at
    ]


def last_of(talks: Iterable[Talk]) -> Sequence[Talk]:
    """The last of these, the newest first."""
    return sorted(talks, key=lambda each: each.at, reverse=True)[:LAST_TALKS]


def _talk(
    entry: Entry, note: Noted | None, names: Mapping[str, str], zone: ZoneInfo, now: datetime
) -> Talk:
    return Talk(
        at=entry.at,
        text=_what(entry, note),
        when=exactly(entry.at, zone),
        ago=ago(entry.at, now),
        by=names.get(note.by, note.by) if note else "",
        note=note.text if note else "",
        given=note.given if note else (),
    )


def _what(entry: Entry, note: Noted | None) -> str:
    if note is None or note.kind not in TASK_KINDS:
        return retold(entry.text)
    return f"{retold(TASK_KINDS[note.kind].label)}: {retold(_decision(entry))}"


def _decision(entry: Entry) -> str:
    return entry.text.removeprefix("Task decided: ")
