"""What does reminders make of the desk's answer about a person's work?"""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from services.reminders.gateways.digests import NatsAgendas
from services.reminders.ports import Agenda, Group
from shared.engine.runtime import Runtime
from shared.errors import TemporaryError

NONE: dict[str, Any] = {"kinds": {}, "unowned": 0}
SAID: dict[str, Any] = {
    "address": "leo@firm.example", "language": None, "today": NONE, "new": NONE,
    "overdue": {"kinds": {"Call the client": 2}, "unowned": 1},
    "inbox": "https://desk.test/inbox", "settings": "https://desk.test/settings#digest",
}  # fmt: skip


class Answering:
    """A runtime whose every request gets one answer."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer

    async def request(self, subject: str, payload: dict[str, Any]) -> dict[str, Any]:
        assert (subject, payload["staff_id"]) == ("digests.desk", "s-1")
        return self.answer


async def ask(answer: dict[str, Any]) -> Agenda | str:
    agendas = NatsAgendas(cast("Runtime", Answering(answer)))
    return await agendas.agenda("s-1", datetime(2026, 3, 2, tzinfo=UTC))


async def test_an_agenda_is_taken_as_it_is_said_and_more_is_ignored() -> None:
    agenda = await ask({**SAID, "weather": "fine"})
    assert isinstance(agenda, Agenda)
    assert agenda.overdue == Group(kinds={"Call the client": 2}, unowned=1)


async def test_nothing_to_do_is_a_reason() -> None:
    assert await ask({"nothing": "nothing-to-do"}) == "nothing-to-do"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"refused": {"code": "failed", "message": "See the logs."}},
        {**SAID, "address": "two@a.example, three@a.example"},
        {**SAID, "inbox": "javascript:alert(1)"},
        {**SAID, "overdue": {"kinds": {"Call": "many"}, "unowned": 0}},
    ],
)
async def test_an_answer_that_cannot_be_used_counts_as_away(answer: dict[str, Any]) -> None:
    with pytest.raises(TemporaryError):
        await ask(answer)
