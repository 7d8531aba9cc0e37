"""Is it known when each source spoke, at which rhythm, and that it is silent for too long?"""

from datetime import timedelta

import pytest

from services.gateway.domain.last_words import LastWord, Notebook, heard, silent_for
from services.gateway.due import note
from services.gateway.ops.doors import figures
from services.gateway.ports import LAST_WORDS
from shared.contracts.fields import wire_instant
from shared.errors import TemporaryError
from shared.tasks import TASKS, Actor
from tests.fakes.memory import START
from tests.gateway.doors import BILLING, PAID, SECRETS, DoorsOpen, none_unread, source
from tests.gateway.sending import nothing_sent

HOUR = timedelta(hours=1)
OSKAR = Actor(id="oskar", roles=("ops",))


class AllKnown:
    """Every source has a secret but one."""

    def of(self, name: str) -> tuple[str, ...]:
        """The secret of this name."""
        return (SECRETS[name],) if name != "leads" else ()


def spoken(*hours: float) -> LastWord:
    """A source that spoke at these hours."""
    word = None
    for each in hours:
        word = heard(word, "billing", START + each * HOUR)
    assert word is not None
    return word


def test_the_rhythm_is_what_lies_between_its_words() -> None:
    assert spoken(0).gap_seconds == 0
    assert spoken(0, 2, 4, 6).gap_seconds == 2 * 3600
    assert 2 * 3600 < spoken(0, 2, 4, 14).gap_seconds < 10 * 3600


def test_a_source_is_silent_once_it_says_nothing_for_longer_than_it_may() -> None:
    word = spoken(0)
    assert silent_for(word, 3 * HOUR, START + 3 * HOUR) == 0
    assert silent_for(word, 3 * HOUR, START + 4 * HOUR) == 3600
    assert silent_for(word, None, START + 400 * HOUR) == 0


def test_what_could_not_be_noted_is_noted_later() -> None:
    notebook = Notebook()
    notebook.note("billing", START)
    taken = notebook.take()
    notebook.note("billing", START + HOUR)
    notebook.put_back(taken)
    assert notebook.take() == {"billing": (START + HOUR, 2)}
    assert notebook.take() == {}


async def test_a_source_never_heard_is_waited_for_from_the_start(gateway: DoorsOpen) -> None:
    config = gateway.config
    config.sources["billing"] = source("billing", **BILLING, silent_after="1h")  # type: ignore[index]
    await note(config, gateway.notebook, gateway.runtime)
    gateway.office.now += 2 * HOUR
    told = await figures(config, AllKnown(), none_unread, nothing_sent, gateway.runtime)
    by_name = {each.source: each for each in told.sources or ()}
    assert by_name["billing"].silent_seconds == 3600
    assert by_name["billing"].last_seconds is None
    assert not by_name["leads"].is_open


async def test_a_delivery_is_a_word_a_refused_one_is_none(gateway: DoorsOpen) -> None:
    await gateway.deliver(PAID, key=b"another key of 32 bytes, or more")
    assert gateway.notebook.take() == {}
    await gateway.deliver(PAID)
    await gateway.deliver(PAID)
    gateway.runtime.failure = TemporaryError("the database is away")
    await note(gateway.config, gateway.notebook, gateway.runtime)
    gateway.runtime.failure = None
    words = await note(gateway.config, gateway.notebook, gateway.runtime)
    assert {each.source: each.count for each in words}["billing"] == 2
    kept = gateway.office.get(LAST_WORDS, "billing")
    assert kept is not None
    assert kept.at == gateway.office.now


def tasks_of(gateway: DoorsOpen) -> list[tuple[str, str]]:
    """Every task about silence: which system, and how it stands."""
    return [(each.ref, each.state) for each in gateway.office.all(TASKS)]


@pytest.fixture
def watched(gateway: DoorsOpen) -> DoorsOpen:
    """The billing system may be silent for an hour."""
    gateway.config.sources["billing"] = source("billing", **BILLING, silent_after="1h")  # type: ignore[index]
    return gateway


async def noted(gateway: DoorsOpen) -> None:
    await note(gateway.config, gateway.notebook, gateway.runtime)


async def test_a_silent_source_is_a_task_for_ops_until_it_speaks(watched: DoorsOpen) -> None:
    await watched.deliver(PAID)
    await noted(watched)
    watched.office.now += HOUR
    await noted(watched)
    assert tasks_of(watched) == []
    watched.office.now += HOUR / 2
    for _ in range(3):
        await noted(watched)
    assert tasks_of(watched) == [("billing", "open")]
    (task,) = watched.office.all(TASKS)
    assert (task.role, task.due_at) == ("ops", START + 2 * HOUR)
    await watched.deliver(PAID, id="msg_2")
    await noted(watched)
    assert tasks_of(watched) == [("billing", "cancelled")]


async def test_each_silence_is_asked_about_once_whatever_was_decided(watched: DoorsOpen) -> None:
    await noted(watched)
    watched.office.now += 2 * HOUR
    await noted(watched)
    (task,) = watched.office.all(TASKS)
    watched.office.decide(task.task_id, "seen-to", {"note": "Their server moved."}, actor=OSKAR)
    await noted(watched)
    assert tasks_of(watched) == [("billing", "done")]
    await watched.deliver(PAID)
    watched.office.now += 2 * HOUR
    await noted(watched)
    assert sorted(tasks_of(watched)) == [("billing", "done"), ("billing", "open")]


async def test_a_longer_silence_allowed_takes_the_task_back(watched: DoorsOpen) -> None:
    await noted(watched)
    watched.office.now += 2 * HOUR
    await noted(watched)
    watched.config.sources["billing"] = source("billing", **BILLING, silent_after="3h")  # type: ignore[index]
    await noted(watched)
    assert tasks_of(watched) == [("billing", "cancelled")]


async def test_the_task_shows_when_the_system_spoke(watched: DoorsOpen) -> None:
    await watched.deliver(PAID)
    await noted(watched)
    watched.office.now += 2 * HOUR
    await noted(watched)
    (task,) = watched.office.all(TASKS)
    seen = watched.office.view(task.task_id, OSKAR)
    assert seen == {"source": "billing", "spoke": wire_instant(START), "longest": "1h"}
