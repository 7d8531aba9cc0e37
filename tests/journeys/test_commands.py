"""Can ops run a living installation from the command line, over the event stream alone?"""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner, Result

from deploy.cli.main import app
from deploy.infra.access.dead_letters import SayWhichError
from deploy.infra.access.desk_api import DeskRefusedError
from deploy.infra.access.service_requests import ServiceAwayError
from services.reminders.app import HERE
from shared.clock import real_now
from tests.deploy.waiting import until
from tests.journeys.conftest import Installation
from tests.journeys.firm import cloud_event

LETTER = {
    "id", "consumer", "event_type", "reason", "field_errors", "stream_seq", "first_at", "last_at",
    "count", "replays", "status",
}  # fmt: skip
ENTRY = {"at", "kind", "text", "why", "gates", "outcome"}


class CommandLine:
    """The program, run on one installation."""

    def __init__(self, installation: Installation, folder: Path) -> None:
        self.data_dir = installation.folder
        self._folder = folder

    def run(self, *arguments: str, typed: str = "") -> Result:
        options = [*arguments, "--data-dir", str(self.data_dir)]
        return CliRunner().invoke(app, options, input=typed)

    def json(self, *arguments: str) -> Any:
        result = self.run(*arguments, "--json")
        assert result.exit_code == 0, result.output + str(result.exception)
        return json.loads(result.stdout)

    def publish(self, kind: str, subject: str, data: dict[str, Any]) -> None:
        file = self._folder / f"{uuid4().hex}.jsonl"
        file.write_text(json.dumps(cloud_event(kind, subject, data, id=uuid4().hex)))
        assert self.json("publish", str(file)) == {"published": 1}

    def a_client(self) -> str:
        """A new client, who will be welcomed."""
        client_id = f"c-{uuid4().hex[:12]}"
        data = {
            "client_id": client_id, "name": f"Yann Zzo{client_id[2:]}", "locale": "en",
            "email": f"{client_id}@example.com", "timezone": "Europe/London",
        }  # fmt: skip
        self.publish("client-onboarded", client_id, data)
        matter_id = f"m-{client_id[2:]}"
        matter = {"matter_id": matter_id, "client_id": client_id, "owner_id": "s-1"}
        self.publish("matter-opened", client_id, matter | {"practice_area": "family"})
        return client_id

    def a_dead_letter(self) -> dict[str, Any]:
        """One that reputation holds: a review with eleven stars."""
        known = {each["id"] for each in self.letters()}
        review_id = f"rv-{uuid4().hex[:12]}"
        data = {
            "review_id": review_id, "site": "google", "stars": 11,
            "posted_at": real_now().isoformat(),
        }  # fmt: skip
        self.publish("review-received", review_id, data)
        until(lambda: bool({each["id"] for each in self.letters()} - known), "a dead letter")
        return next(each for each in self.letters() if each["id"] not in known)

    def letters(self, *options: str) -> list[dict[str, Any]]:
        """Reputation's dead letters."""
        found = self.json("dead-letters", "list", "--service", "reputation", *options)
        return list(found)

    def events(self, kind: str, client_id: str) -> list[dict[str, Any]]:
        """The data of the last events of this type about a client."""
        result = self.run(
            "events", "tail", "--no-follow", "--last", "500", "--type", kind, "--json"
        )
        found = [json.loads(line)["event"]["data"] for line in result.stdout.splitlines()]
        return [data for data in found if data["client_id"] == client_id]

    def kinds(self, client_id: str) -> list[str]:
        """What stands on a client's timeline."""
        return [entry["kind"] for entry in self.json("timeline", client_id)]


@pytest.fixture
def command(installation: Installation, tmp_path: Path) -> CommandLine:
    return CommandLine(installation, tmp_path)


def test_a_dead_letter_is_listed_with_the_refused_field(command: CommandLine) -> None:
    letter = command.a_dead_letter()
    assert letter.keys() >= LETTER
    assert letter["status"] == "open"
    assert [error["field"] for error in letter["field_errors"]] == ["stars"]


def test_a_dead_letter_can_be_shown_alone(command: CommandLine) -> None:
    letter = command.a_dead_letter()
    assert command.json("dead-letters", "show", letter["id"]) == letter
    assert "stars" in command.run("dead-letters", "show", letter["id"]).stdout


def test_a_replay_of_what_is_still_wrong_is_dead_again_and_counted(command: CommandLine) -> None:
    letter = command.a_dead_letter()
    results = command.json("dead-letters", "replay", letter["id"], "--yes")
    again = command.json("dead-letters", "show", letter["id"])
    assert results == [{"id": letter["id"], "outcome": "dead"}]
    assert (again["status"], again["replays"], again["count"]) == ("open", 1, 2)


def test_a_discarded_letter_is_no_longer_open(command: CommandLine) -> None:
    letter = command.a_dead_letter()
    seq = str(letter["stream_seq"])
    command.json("dead-letters", "discard", "--service", "reputation", "--seq", seq, "--yes")
    assert command.letters("--seq", seq, "--status", "open") == []
    assert [each["status"] for each in command.letters("--seq", seq)] == ["discarded"]


def test_nothing_is_replayed_without_a_yes(command: CommandLine) -> None:
    letter = command.a_dead_letter()
    result = command.run("dead-letters", "replay", letter["id"], typed="n\n")
    assert result.exit_code == 1
    assert command.json("dead-letters", "show", letter["id"])["replays"] == 0


def test_a_person_sees_what_became_of_a_replay(command: CommandLine) -> None:
    letter = command.a_dead_letter()
    result = command.run("dead-letters", "replay", letter["id"], typed="y\n")
    assert result.exit_code == 0
    assert "1: dead" in result.stdout


@pytest.mark.parametrize("what", [("replay",), ("discard", "--yes"), ("replay", "--json")])
def test_a_replay_of_nothing_in_particular_is_refused(
    command: CommandLine, what: tuple[str, ...]
) -> None:
    assert isinstance(command.run("dead-letters", *what).exception, SayWhichError)


def test_time_moves_ahead_for_every_service_alike(command: CommandLine) -> None:
    before = datetime.fromisoformat(command.json("time", "show")["now"])
    moved = command.json("time", "advance", "1h30m")
    after = command.json("time", "show")
    assert datetime.fromisoformat(moved["now"]) - before >= timedelta(minutes=90)
    assert moved["steps"] >= 1
    assert len({each["offset_seconds"] for each in after["services"].values()}) == 1


def test_what_falls_due_on_the_way_has_happened_afterwards(command: CommandLine) -> None:
    client_id = command.a_client()
    until(lambda: "contact-planned" in command.kinds(client_id), "a planned welcome")
    command.json("time", "advance", "1d")
    assert "contact-sent" in command.kinds(client_id)


def test_while_sending_is_held_messages_wait_and_go_when_it_is_released(
    command: CommandLine,
) -> None:
    assert command.json("outbound", "hold")["held"] is True
    try:
        client_id = command.a_client()
        until(lambda: "contact-deferred" in command.kinds(client_id), "a held welcome")
        assert command.json("outbound", "state")["held"] is True
        assert "contact-sent" not in command.kinds(client_id)
    finally:
        assert command.json("outbound", "release")["held"] is False
    command.json("time", "advance", "1d")  # past the night, if it is one
    assert "contact-sent" in command.kinds(client_id)


def test_an_address_whose_mail_came_back_is_listed_and_lifted(command: CommandLine) -> None:
    client_id = command.a_client()
    until(lambda: "contact-planned" in command.kinds(client_id), "a planned welcome")
    command.json("time", "advance", "1d")
    (sent,) = command.events("contact-sent", client_id)
    bounced = {"contact_id": sent["contact_id"], "kind": "hard", "status": "5.1.1",
               "at": real_now().isoformat()}  # fmt: skip
    command.publish("contact-bounced", sent["contact_id"], bounced)
    until(lambda: "contact-failed" in command.kinds(client_id), "a failed welcome")
    (item,) = command.json("addresses", "list", "--client", client_id)["items"]
    assert item["reason"] == "bounced-5.1.1"
    assert command.json("addresses", "lift", f"{client_id}@example.com") == {"lifted": 1}
    assert command.json("addresses", "list", "--client", client_id)["items"] == []


def test_the_timeline_explains_each_entry(command: CommandLine) -> None:
    client_id = command.a_client()
    until(lambda: "contact-planned" in command.kinds(client_id), "a planned welcome")
    for entry in command.json("timeline", client_id):
        assert entry.keys() >= ENTRY
        assert entry["why"]["event_id"]


def test_a_key_nobody_has_opens_no_timeline(command: CommandLine) -> None:
    result = command.run("timeline", "c-1", "--api-key", "x" * 43)
    assert isinstance(result.exception, DeskRefusedError)
    assert result.exception.status == 401


def test_of_a_client_nobody_knows_nothing_is_listed(command: CommandLine) -> None:
    assert command.json("timeline", "c-nobody") == []


def test_a_stream_that_is_away_is_named(
    command: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLIENTELE_OPS_NATS_URL", "nats://127.0.0.1:1")
    result = command.run("time", "show")
    assert isinstance(result.exception, ServiceAwayError)
    assert "event stream" in result.exception.message


def test_a_rule_changed_under_a_version_in_force_is_found_before_it_is_deployed(
    command: CommandLine, tmp_path: Path
) -> None:
    mine = Path(shutil.copy(HERE / "playbooks" / "appointments.yaml", tmp_path))
    answer = command.json("playbook", "check", str(mine))
    assert {each["standing"] for each in answer["rules"]} == {"in force"}
    mine.write_text(mine.read_text().replace("offset: -7d", "offset: -6d"))
    refused = command.run("playbook", "check", str(mine), "--json")
    assert refused.exit_code == 1
    (mistake,) = json.loads(refused.stdout)["mistakes"]
    assert mistake.startswith("appointment-week-before: ")
