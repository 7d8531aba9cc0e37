"""Does the command line say who makes a single decision, and name what cannot be?"""

from pathlib import Path

import pytest

from tests.deploy.cli.test_firm import people, told


@pytest.fixture(autouse=True)
def _without_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", "")  # what a command sets is undone after the test


def test_who_makes_a_single_decision_is_shown_with_who_says_so(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text(
        '[roles]\nsurvey-comment = ["assistant"]\n'
        '[decisions]\nconflict-check.decline = ["partner", "second-person"]\n',
        "utf-8",
    )
    found = {each["place"]: each for each in told("show", tmp_path)["values"]}
    waiver, decline = (
        found["decisions.conflict-check.clear"],
        found["decisions.conflict-check.decline"],
    )
    assert (decline["value"], decline["source"]) == ('["partner", "second-person"]', "firm.toml:4")
    assert waiver["source"] == "as shipped"
    assert found["decisions.survey-comment.thanks"]["source"] == "firm.toml:2"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('conflict-check.waive = ["partner"]', "there is no such decision"),
        ('conflict-check.clear = ["clerk"]', "there is no role clerk"),
        ('conflict-check.clear-with-waiver = ["assistant"]', "(profile germany); take assistant"),
        ('conflict-check.clear = "partner"', "valid"),
    ],
)
def test_a_mistake_about_a_single_decision_has_its_line(
    tmp_path: Path, line: str, said: str
) -> None:
    text = f'[law]\nprofile = "germany"\n[decisions]\n{line}\n'
    (tmp_path / "firm.toml").write_text(text, "utf-8")
    (mistake,) = told("check", tmp_path)["mistakes"]
    assert mistake.startswith("firm.toml:4: ")
    assert said in mistake


def test_a_decision_below_a_head_of_its_own_has_its_line_too(tmp_path: Path) -> None:
    text = '[decisions.conflict-check]\n\nclear = ["clerk"]\n'
    (tmp_path / "firm.toml").write_text(text, "utf-8")
    (mistake,) = told("check", tmp_path)["mistakes"]
    assert mistake.startswith("firm.toml:3: ")


def test_a_decision_that_nobody_there_makes_or_only_one_of_two_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(tmp_path, monkeypatch, leo=["lawyer"], pat=["partner"], ash=["assistant"])
    (tmp_path / "firm.toml").write_text(
        "[decisions]\n"
        'remedy.agree = ["conflicts-officer"]\n'
        'records-request.go = ["partner", "second-person"]\n',
        "utf-8",
    )
    remarks = told("check", tmp_path)["remarks"]
    assert [each for each in remarks if each.startswith("firm.toml:")] == [
        "firm.toml:2: remedy.agree is decided by conflicts-officer: nobody in the staff file has "
        "such a role",
        "firm.toml:3: records-request.go takes two people of partner: the staff file has only pat; "
        "give such a role to a second person, or take second-person out",
    ]
