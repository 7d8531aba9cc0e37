"""What does reminders hear when a person's digest is due? How much there is to do, and for whom.

``digests.desk`` takes ``{staff_id, new_since}`` and is asked by reminders alone, at the hand-over.
"""

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.desk.domain.digest import Part, address_of, agenda, time_for
from services.desk.domain.labels import kind_label
from services.desk.domain.lists import Page, TaskFilter
from services.desk.domain.staff import StaffMember
from services.desk.ports import ACCOUNTS, STAFF, TaskList
from services.desk.workflow.digesting import choice_of, digest_needs
from shared.contracts.fields import parse_instant
from shared.engine.runtime import Runtime
from shared.errors import RuleError

MOST = 1000  # of a person's own, and as many of nobody's: beyond that, more is not news
Asked = dict[str, Any]


def agendas(
    tasks_of: Callable[[Runtime], TaskList], url_of: Callable[[Runtime], str], zone: ZoneInfo
) -> Callable[[Runtime, Asked], Awaitable[Asked]]:
    """Answers reminders with an agenda, or with why there is nothing to send."""

    async def answer(runtime: Runtime, asked: Asked) -> Asked:
        staff_id, new_since = str(asked.get("staff_id")), _instant(asked.get("new_since"))
        unit = await runtime.look(digest_needs(staff_id))
        person, account = unit.get(STAFF, staff_id), unit.get(ACCOUNTS, staff_id)
        choice = choice_of(unit, staff_id)
        if person is None or time_for(person, account, choice) is None:
            return {"nothing": "no-address" if address_of(account) is None else "off"}
        tasks = await _tasks(tasks_of(runtime), person)
        found = agenda(tasks, runtime.clock.now(), zone, new_since)
        if found.is_empty:
            return {"nothing": "nothing-to-do"}
        return {
            "address": address_of(account),
            "language": choice.language or None,
            "overdue": asdict(_in_words(found.overdue)),
            "today": asdict(_in_words(found.today)),
            "new": asdict(_in_words(found.new)),
            "inbox": f"{url_of(runtime)}/inbox",
            "settings": f"{url_of(runtime)}/settings#digest",
        }

    return answer


async def _tasks(tasks: TaskList, person: StaffMember) -> list[Any]:
    """What is open and with this person, or with nobody and theirs to decide."""
    mine = TaskFilter(may=person, state="open", owner_id=person.staff_id)
    nobodys = replace(mine, owner_id=None, unowned=True)
    return [task for each in (mine, nobodys) for task in await tasks.page(each, Page(limit=MOST))]


def _in_words(part: Part) -> Part:
    kinds: Counter[str] = Counter()
    for kind, count in part.kinds.items():
        kinds[kind_label(kind)] += count
    return Part(dict(kinds), part.unowned)


def _instant(text: Any) -> datetime:
    try:
        return parse_instant(str(text))
    except ValueError as no:
        raise RuleError(str(no), code="invalid", field="new_since") from None
