"""Does checking a playbook find what would keep it from going into force?"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.commands.playbook import CHANGED, compared
from deploy.cli.commands.simulate import missing_clocks
from deploy.cli.main import app
from services.reminders.app import HERE, read_playbooks, rules_of, vocabulary
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.settings import RemindersSettings

SHIPPED = HERE / "playbooks"


def check(*arguments: object) -> tuple[int, dict[str, Any], str]:
    words = ["playbook", "check", "--json", *map(str, arguments)]
    result = CliRunner().invoke(app, words)
    return result.exit_code, json.loads(result.stdout or "{}"), result.output


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A copy of a shipped playbook, to be changed."""
    return Path(shutil.copy(SHIPPED / "appointments.yaml", tmp_path))


def test_the_shipped_playbooks_have_no_mistake(tmp_path: Path) -> None:
    code, answer, _ = check(SHIPPED, "--data-dir", tmp_path)
    assert (code, answer["mistakes"], len(answer["rules"])) == (
        0, [], len(read_playbooks(SHIPPED)),
    )  # fmt: skip
    assert {each["standing"] for each in answer["rules"]} == {"not compared"}


def test_a_mistake_of_each_file_is_named_with_its_line(mine: Path, tmp_path: Path) -> None:
    text = mine.read_text()
    line = text[: text.index("offset: -7d")].count("\n") + 1
    mine.write_text(text.replace("offset: -7d", "offset: -7 days"))
    other = tmp_path / "other.yaml"
    other.write_text("playbook: other\nrules: {}\n")
    code, answer, _ = check(tmp_path, "--data-dir", tmp_path)
    assert code == 1
    assert [mistake.split(":")[:2] for mistake in answer["mistakes"]] == [
        ["appointments.yaml", str(line)], ["other.yaml", "2"],
    ]  # fmt: skip


def test_two_playbooks_cannot_have_rules_of_the_same_name(mine: Path, tmp_path: Path) -> None:
    shutil.copy(mine, tmp_path / "second.yaml")
    code, answer, _ = check(tmp_path, "--data-dir", tmp_path)
    assert code == 1
    assert "give this one another name" in answer["mistakes"][0]


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    code, answer, _ = check(tmp_path / "none.yaml", "--data-dir", tmp_path)
    assert code == 1
    assert "none.yaml: cannot be read" in answer["mistakes"][0]


def test_a_person_reads_each_rule_in_words(tmp_path: Path) -> None:
    words = ["playbook", "check", str(SHIPPED), "--data-dir", str(tmp_path)]
    shown = CliRunner().invoke(app, words)
    said = " ".join(shown.output.split())  # however wide the terminal is
    assert "1 day before starts_at at 10:00" in said
    assert f"{len(read_playbooks(SHIPPED))} rules, no mistake." in said


def test_a_rule_that_nothing_undoes_and_that_never_ends_is_named(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "playbook: ours\nversion: 1\nrules:\n  thanks:\n    on: invoice-paid\n"
        "    per: invoice_id\n    at: now\n    then: {send: {message: welcome, class: service, "
        "on-unknown: hold}}\n"
    )
    code, answer, _ = check(tmp_path / "ours.yaml", "--data-dir", tmp_path)
    (rule,) = answer["rules"]
    assert code == 0
    assert [each.partition(":")[0] for each in rule["open_ends"]] == [
        "nothing undoes it", "it is never too late for it",
    ]  # fmt: skip


def test_each_rule_is_compared_with_the_versions_in_force() -> None:
    first, second, third, fourth, *_ = read_playbooks(SHIPPED)
    in_force: dict[str, str | None] = {
        first.rule.key: first.fingerprint,
        second.rule.key: "another",
        f"{third.rule.rule_id}@{third.rule.version + 1}": "newer",
    }
    standings = [each.standing for each in compared([first, second, third, fourth], in_force)]
    assert standings == ["in force", CHANGED, "a new version", "new"]


def test_a_change_is_read_with_the_shipped_playbook_it_is_laid_over(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "changes: closing\nversion: 1\nrules:\n  review-ask-due: off\n"
        "  survey-due:\n    at: {offset: +14d}\n"
    )
    code, answer, _ = check(tmp_path, "--data-dir", tmp_path)
    found = {each["rule_id"]: each for each in answer["rules"]}
    assert code == 0
    shipped = rules_of(playbook_files(RemindersSettings()), vocabulary())
    assert len(found) == len(shipped) - 1
    assert "14 days" in found["survey-due"]["sentence"]


def test_what_is_simulated_has_the_clocks_of_the_profile_once(tmp_path: Path) -> None:
    settings = RemindersSettings(profile="us")
    (tmp_path / "ours.yaml").write_text((SHIPPED / "closing.yaml").read_text())
    clocks = SHIPPED / "clocks" / "us.yaml"
    assert missing_clocks(settings, [tmp_path]) == [clocks]
    assert missing_clocks(settings, [tmp_path, clocks]) == []


def test_a_change_that_fits_nothing_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("changes: closing\nrules:\n  survey: off\n")
    code, answer, _ = check(tmp_path, "--data-dir", tmp_path)
    assert code == 1
    assert answer["mistakes"][0].startswith("ours.yaml:3: the playbook closing has no rule survey")
