"""Does the command line help a firm to say what it is, and say what is in force?"""

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.cli.firm_values import owner_of
from deploy.cli.main import app
from services.reminders.settings import TEXTS
from shared.contracts.firm_decisions import decisions, name_of
from shared.contracts.firm_roles import settable
from shared.firm.firm_file import keys
from shared.profiles.choosing import profile_named
from tests.core.test_looks import picture


@pytest.fixture(autouse=True)
def _without_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", "")  # what a command sets is undone after the test


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["firm", *map(str, words)])
    return result.exit_code, result.output + (str(result.exception) if result.exception else "")


def told(*words: object) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["firm", *map(str, words), "--json"])
    return dict(json.loads(result.stdout))


def test_a_new_folder_changes_nothing(tmp_path: Path) -> None:
    before = told("show")
    assert run("new", tmp_path / "firm")[0] == 0
    assert told("show", tmp_path / "firm") == before
    assert told("check", tmp_path / "firm")["mistakes"] == []


def test_every_line_of_a_new_folder_is_a_line_it_could_say(tmp_path: Path) -> None:
    run("new", tmp_path / "firm")
    file = tmp_path / "firm" / "firm.toml"
    lines = [line[2:] if " = " in line else line for line in file.read_text("utf-8").splitlines()]
    file.write_text("\n".join(lines), "utf-8")
    (tmp_path / "firm" / "logo.png").write_bytes(picture())
    said = tomllib.loads(file.read_text("utf-8"))
    classes = profile_named("general").retention
    known = {k.place for k in keys()} | {f"roles.{kind}" for kind in settable()}
    known |= {f"retention.{name}" for name, rule in classes.items() if rule.years}
    known |= {f"decisions.{name_of(kind, name)}" for kind, name, _ in decisions()}
    single = {f"{kind}.{name}": roles for kind in said["decisions"] for name, roles in
              said["decisions"][kind].items()}  # fmt: skip
    whole = said | {"decisions": single}
    assert {f"{part}.{name}" for part in whole for name in whole[part]} == known
    assert told("check", tmp_path / "firm")["mistakes"] == []


def test_what_stands_in_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text("[firm]\n", "utf-8")
    code, said = run("new", tmp_path)
    assert code == 1
    assert "is not empty" in said
    assert (tmp_path / "firm.toml").read_text("utf-8") == "[firm]\n"


def test_mistakes_of_all_services_are_said_together(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text(
        '[mail]\nsender = "nobody"\n[reviews]\nsite = "yelp"\n[surveys]\ntries = 1\n', "utf-8"
    )
    mistakes = told("check", tmp_path)["mistakes"]
    assert sorted(each.partition(": ")[0] for each in mistakes) == [
        "firm.toml:2", "firm.toml:4", "firm.toml:6",
    ]  # fmt: skip
    assert run("check", tmp_path)[0] == 1


def test_a_mistake_in_a_playbook_is_named_once_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "a.yaml").write_text("changes: closing\nrules:\n  gone: off\n")
    (tmp_path / "playbooks" / "b.yaml").write_text("changes: welcomes\nrules: off\n")
    mistakes = told("check", tmp_path)["mistakes"]
    assert [each.partition(": ")[0] for each in mistakes] == ["a.yaml:3", "b.yaml:1"]


def test_what_a_language_lacks_and_what_nobody_sends_is_said(tmp_path: Path) -> None:
    shutil.copytree(TEXTS / "en", tmp_path / "languages" / "fr" / "messages")
    messages = tmp_path / "languages" / "fr" / "messages"
    (messages / "welcome.txt").rename(messages / "welcom.txt")
    remarks = told("check", tmp_path)["remarks"]
    assert "languages/fr/messages lacks welcome: these go in en" in remarks
    assert "no rule sends welcom: its text is never read" in remarks
    (survey,) = [each for each in remarks if "the pages of feedback" in each]
    assert survey.startswith("languages/fr/pages.yaml lacks frame, notices, survey: its readers")


def test_rules_that_are_otherwise_than_shipped_are_shown(tmp_path: Path) -> None:
    assert "Every rule is as shipped." in run("show")[1]
    (tmp_path / "playbooks").mkdir()
    (tmp_path / "playbooks" / "closing.yaml").write_text(
        "changes: closing\nversion: 2\nrules:\n  review-ask-due: off\n"
        "  survey-due: {at: {offset: +14d}}\n"
    )
    (tmp_path / "playbooks" / "ours.yaml").write_text(
        "playbook: ours\nversion: 1\nrules:\n  thanks:\n    on: invoice-paid\n"
        "    per: invoice_id\n    at: now\n    valid-for: 1d\n    then: {send: {message: welcome,"
        " class: service, on-unknown: hold}}\n"
    )
    rules = {each["rule_id"]: each for each in told("show", tmp_path)["rules"]}
    assert {name: each["standing"] for name, each in rules.items()} == {
        "review-ask-due": "off", "survey-due": "changed", "thanks": "added",
    }  # fmt: skip
    assert rules["survey-due"]["version"] % 1000 == 2


def test_a_role_that_nobody_has_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = tmp_path / "staff.json"
    staff.write_text(json.dumps([{"staff_id": "s-1", "roles": ["partner"]}]), "utf-8")
    monkeypatch.setenv("DESK_API_KEYS_FILE", str(staff))
    remarks = told("check")["remarks"]
    assert any(
        "wants the role assistant: nobody in the staff file has it" in each for each in remarks
    )
    assert not any("the role partner" in each for each in remarks)


def test_samples_that_are_left_are_named(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text('[firm]\nname = "Muster"\n', "utf-8")
    remarks = " ".join(told("check", tmp_path)["remarks"])
    assert "mail.sender is still a sample" in remarks
    assert "firm.name" not in remarks


def test_every_value_in_force_says_where_it_comes_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "firm.toml").write_text('[firm]\nname = "Muster"\n', "utf-8")
    monkeypatch.setenv("CLIENTELE_CHECK_DAYS", "3")
    found = {each["place"]: each for each in told("show", tmp_path)["values"]}
    assert found["firm.name"]["source"] == "firm.toml:2"
    assert found["intake.check_days"]["source"] == "CLIENTELE_CHECK_DAYS"
    assert found["office.zone"]["source"] == "as shipped"


@pytest.mark.parametrize("key", list(keys()), ids=lambda key: str(key.place))
def test_every_key_fills_a_setting_of_some_service(key: Any) -> None:
    owner_of(key)


def test_the_firm_among_the_examples_has_no_mistake_and_no_sample() -> None:
    found = told("check", Path(__file__).parents[3] / "examples" / "firm")
    assert found == {"mistakes": [], "remarks": []}


def people(folder: Path, monkeypatch: pytest.MonkeyPatch, **roles: list[str]) -> None:
    """The firm's file of staff."""
    lines = [{"staff_id": name, "roles": each} for name, each in roles.items()]
    file = folder / "staff.json"
    file.write_text(json.dumps(lines), "utf-8")
    monkeypatch.setenv("DESK_API_KEYS_FILE", str(file))


def test_who_decides_what_is_shown_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text('[roles]\n\nsurvey-comment = ["assistant"]\n', "utf-8")
    found = {each["place"]: each for each in told("show", tmp_path)["values"]}
    assert found["roles.survey-comment"]["value"] == '["assistant"]'
    assert found["roles.survey-comment"]["source"] == "firm.toml:3"
    assert found["roles.remedy"]["source"] == "as shipped"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('survey-coment = ["assistant"]', "no such kind of task"),
        ('survey-comment = ["clerk"]', "there is no role clerk"),
        ("survey-comment = []", "somebody has to decide it"),
        ('survey-comment = "assistant"', "valid"),
    ],
)
def test_a_mistake_about_who_decides_has_its_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "firm.toml").write_text(f"[law]\n[roles]\n{line}\n", "utf-8")
    (mistake,) = told("check", tmp_path)["mistakes"]
    assert mistake.startswith("firm.toml:3: ")
    assert said in mistake


def test_a_kind_that_nobody_there_decides_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(tmp_path, monkeypatch, leo=["lawyer"], pat=["partner"], ash=["assistant"])
    (tmp_path / "firm.toml").write_text('[roles]\nremedy = ["conflicts-officer"]\n', "utf-8")
    remarks = told("check", tmp_path)["remarks"]
    assert [each for each in remarks if "remedy is decided by" in each] == [
        "firm.toml:2: remedy is decided by conflicts-officer: nobody in the staff file has such a "
        "role"
    ]


def test_where_two_are_needed_one_is_not_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(tmp_path, monkeypatch, leo=["lawyer", "partner", "assistant"])
    (tmp_path / "firm.toml").write_text("[law]\nsole_practice = false\n", "utf-8")
    lone = [each for each in told("check", tmp_path)["remarks"] if "only leo" in each]
    assert any(each.startswith("letter-approval is decided by") for each in lone)
    (tmp_path / "firm.toml").write_text("[law]\nsole_practice = true\n", "utf-8")
    assert [each for each in told("check", tmp_path)["remarks"] if "only leo" in each] == []


def test_how_long_records_are_kept_is_shown_with_who_says_so(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text(
        '[law]\nprofile = "germany"\n[retention]\nnotes = { years = 10, reason = "insurer" }\n',
        "utf-8",
    )
    found = {each["place"]: each for each in told("show", tmp_path)["values"]}
    assert found["retention.notes"]["value"] == "{ years = 10 }"
    assert found["retention.notes"]["source"] == "firm.toml:4"
    assert found["retention.access-log"]["source"] == "the profile germany"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("notes = { years = 10 }", "notes: longer than 6 years needs a reason"),
        ("noted = { years = 10 }", "no such class of records"),
        ("notes = 10", "dictionary"),
    ],
)
def test_a_mistake_about_keeping_records_has_its_line(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "firm.toml").write_text(
        f'[law]\nprofile = "germany"\n[retention]\n{line}\n', "utf-8"
    )
    (mistake,) = told("check", tmp_path)["mistakes"]
    assert mistake.startswith("firm.toml:4: ")
    assert said in mistake


def test_looks_that_nobody_could_read_or_carry_are_named_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text('[looks]\ncolour = "#e67e22"\nlogo = "ours.svg"\n', "utf-8")
    mistakes = told("check", tmp_path)["mistakes"]
    assert [each.partition(": ")[0] for each in mistakes] == ["firm.toml:2"]
    (tmp_path / "firm.toml").write_text('[looks]\nlogo = "ours.svg"\n', "utf-8")
    (mistake,) = told("check", tmp_path)["mistakes"]
    assert mistake.startswith("firm.toml:2: ours.svg cannot be read")


@pytest.mark.parametrize(
    ("said", "mistake"),
    [
        (
            "letters:\n  complaint:\n    told: final-respons\n",
            "concerns.yaml:3: letters.complaint.told",
        ),
        (
            "letters:\n  complaint:\n    verified: x\n",
            "concerns.yaml:2: letters.complaint: verified",
        ),
        (
            "\nwithin:\n  recovery: {acknowledged: 5, told: 1, resolved: 10}\n",
            "concerns.yaml:3: within.recovery",
        ),
    ],
)
def test_a_mistake_about_concerns_has_its_line(tmp_path: Path, said: str, mistake: str) -> None:
    (tmp_path / "concerns.yaml").write_text(said, "utf-8")
    (found,) = told("check", tmp_path)["mistakes"]
    assert mistake in found
