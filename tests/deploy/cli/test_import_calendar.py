"""Does ``clientele import ics`` say what becomes of a calendar's file, and nothing twice?"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from typer.testing import CliRunner

from deploy.cli import calendar_runs
from deploy.cli.commands import import_calendar
from deploy.cli.main import app
from services.gateway.ops.calendars import calendar_questions
from services.gateway.ports import CALENDARS, IMPORTED
from tests.fakes.runtime import MemoryRuntime
from tests.gateway.a_calendar import NOW, calendar, event
from tests.gateway.doors import new_office

COURT = "calendar: {client: [{category: 'client:'}], missing_at_most: 2}\n"
FILED = "CATEGORIES:client:c-1"


class Gateway:
    """A gateway over memory that answers the command line."""

    def __init__(self) -> None:
        self.office, config = new_office()
        self._runtime = runtime = cast("Any", MemoryRuntime(self.office))
        runtime.name = "gateway"
        self._questions = {each.ask: each for each in calendar_questions(config)}

    async def ask(self, _: str, question: dict[str, Any], __: float) -> dict[str, Any]:
        """As a running gateway would."""
        found = self._questions[question["ask"]]
        asked = found.asked.model_validate(json.loads(json.dumps(question)))
        return (await found.answer(self._runtime, asked)).model_dump(exclude_unset=True)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Gateway:
    running = Gateway()

    @asynccontextmanager
    async def services_at(_: str) -> AsyncIterator[Gateway]:
        yield running

    monkeypatch.setattr(calendar_runs, "services_at", services_at)
    monkeypatch.setattr(calendar_runs, "MOST_KNOWN", 2)
    monkeypatch.setattr(import_calendar, "real_now", lambda: NOW)
    monkeypatch.setattr("services.gateway.ops.calendars.MOST_KNOWN", 2)
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "court.yaml").write_text(COURT)
    monkeypatch.setenv("CLIENTELE_SOURCES_DIR", str(sources))
    monkeypatch.setenv("CLIENTELE_OPS_NATS_URL", "nats://nobody")
    return running


def run(folder: Path, *events: str, say: str = "", code: int = 0, method: str = "") -> str:
    """What a person reads of a file with these entries."""
    file = folder / "court.ics"
    file.write_bytes(calendar(*events, method=method))
    result = CliRunner().invoke(app, ["import", "ics", str(file), *say.split()])
    assert result.exit_code == code, result.output + str(result.exception)
    return result.output


def said(folder: Path, *events: str, **how: Any) -> Any:
    """The same, for programs."""
    how["say"] = f"--source court --json {how.get('say', '')}"
    return json.loads(run(folder, *events, **how))


def test_a_dry_run_says_what_would_become_of_it_and_changes_nothing(
    gateway: Gateway, tmp_path: Path
) -> None:
    text = run(
        tmp_path, event("a@x", "20260310T090000Z", FILED), event("n@x"),
        say="--source court --dry-run",
    )  # fmt: skip
    assert ["1", "new"] in [line.split() for line in text.splitlines()]
    assert "Events that would be said: 1 appointment-scheduled." in text
    assert "left out: 2026-03-10T09:00:00.000Z, n@x: client_id names no client" in text
    assert "Nothing was changed." in text
    assert (gateway.office.all(IMPORTED), gateway.office.all(CALENDARS)) == ([], [])


def test_the_same_file_again_changes_nothing(gateway: Gateway, tmp_path: Path) -> None:
    events = [event(f"u{n}@x", "20260310T090000Z", FILED) for n in range(5)]
    assert said(tmp_path, *events)["new"] == 5
    again = said(tmp_path, *events)
    assert (again["same"], again["events"]) == (5, {})
    assert {each.history for each in gateway.office.announced} == {True}
    assert {each.source for each in gateway.office.announced} == {"urn:system:gateway:import:court"}


def test_an_invitation_called_off_is_cancelled_and_nothing_else_is(
    gateway: Gateway, tmp_path: Path
) -> None:
    said(tmp_path, event("a@x", "20260310T090000Z", FILED), event("b@x", "20260310T090000Z", FILED))
    gateway.office.announced.clear()
    off = event("a@x", "20260310T090000Z", "SEQUENCE:1", client="")
    assert said(tmp_path, off, method="CANCEL")["events"] == {"appointment-cancelled": 1}
    (event_said,) = gateway.office.announced
    assert (event_said.data.appointment_id, event_said.data.client_id) == ("a@x", "c-1")


def test_what_is_missing_is_called_off_only_where_the_file_is_all_of_it(
    gateway: Gateway, tmp_path: Path
) -> None:
    kept = event("a@x", "20260310T090000Z", FILED)
    said(tmp_path, kept, *(event(f"u{n}@x", "20260310T090000Z", FILED) for n in range(2)))
    assert said(tmp_path, kept)["called_off"] == []
    assert sorted(said(tmp_path, kept, say="--whole")["called_off"]) == ["u0@x", "u1@x"]
    assert said(tmp_path, kept, say="--whole")["called_off"] == []


def test_so_much_missing_at_once_is_not_believed(gateway: Gateway, tmp_path: Path) -> None:
    said(tmp_path, *(event(f"u{n}@x", "20260310T090000Z", FILED) for n in range(3)))
    text = run(tmp_path, say="--source court --whole", code=1)
    assert "3 appointments are missing at once: that is not believed" in text
    assert len(gateway.office.announced) == 3


def test_news_is_news_where_it_is_asked_for(gateway: Gateway, tmp_path: Path) -> None:
    said(tmp_path, event("a@x", "20260310T090000Z", FILED), say="--news-since 2026-03-01")
    assert [each.history for each in gateway.office.announced] == [False]


def test_without_a_source_whoever_is_invited_says_whose_it_is(
    gateway: Gateway, tmp_path: Path
) -> None:
    invited = "ATTENDEE:mailto:ada@client.example"
    ada = event("a@x", "20260310T090000Z", invited, client="")
    eve = event("b@x", "20260310T090000Z", invited.replace("ada", "eve"), client="")
    text = run(tmp_path, ada, eve, code=1)
    assert "wrong: 2026-03-10T09:00:00.000Z, b@x: client_email is the e-mail address of no" in text
    assert [each.data.client_id for each in gateway.office.announced] == ["c-1"]


@pytest.mark.parametrize(("say", "says"), [
    ("--source nobody", "those there are: court"),
    ("--source court --news-since soon", "takes a day"),
])  # fmt: skip
def test_a_mistake_is_a_sentence(gateway: Gateway, tmp_path: Path, say: str, says: str) -> None:
    file = tmp_path / "court.ics"
    file.write_bytes(calendar())
    result = CliRunner().invoke(app, ["import", "ics", str(file), *say.split()])
    assert says in str(result.exception)


def test_a_file_that_is_no_calendar_is_named(gateway: Gateway, tmp_path: Path) -> None:
    file = tmp_path / "page.ics"
    file.write_text("<html>")
    result = CliRunner().invoke(app, ["import", "ics", str(file)])
    assert f"{file} is no iCalendar file" in str(result.exception)
