"""Are letters that a person approves changed as rules are: by two people, without a restart?"""

from dataclasses import replace
from pathlib import Path

import pytest

from services.reminders.domain.edition import Edition, all_of, begun, comparable
from services.reminders.gateways.letter_files import read_letters
from services.reminders.gateways.rule_files import files_in
from shared.errors import RuleError
from shared.firm.edition_parts import belongs
from tests.reminders.editions import approve, ask, office, propose, read
from tests.reminders.over_memory import MONDAY

PLACE = "letters/en/handover.txt"
RULES = {"playbooks/closing.yaml": "changes: closing\nversion: 1\nrules: {survey-due: off}\n"}


def shipped() -> str:
    """The shipped letter, as a firm begins with it."""
    letter = read_letters({}, "general").texts["en", "handover"]
    return f"Edition: {letter.edition}\n{letter.text}"


def own(word: str = "Dear colleague of ours") -> str:
    """The firm's own."""
    return shipped().rstrip() + f"\n\n{word}\n"


def earlier(files: dict[str, str]) -> Edition:
    """An edition of a release that knew no letters."""
    return replace(begun("ada", 0, files, MONDAY), letters=False)


def test_a_letter_is_changed_in_a_draft_and_in_force_once_two_approved_it() -> None:
    firm = office()
    ask(firm, "edit-file", place=PLACE, text=own())
    edition = propose(firm)
    approve(firm, edition)
    letters = read({PLACE: own()}).letters.texts
    assert "Dear colleague of ours" in letters.texts["en", "handover"].text
    assert ask(firm, "file", place=PLACE).text == own()


def test_one_that_breaks_a_rule_is_kept_in_no_draft() -> None:
    firm = office()
    text = "Edition: 1\nSubject: Closed\n\n{{ greeting }}\n\nOur work has ended.\n"
    with pytest.raises(RuleError, match="retention") as refused:
        ask(firm, "edit-file", place="letters/en/closing.txt", text=text)
    assert refused.value.field in ("text", "files")


def test_the_shipped_one_is_there_to_begin_with() -> None:
    firm = office()
    assert PLACE in ask(firm, "files").letters
    shown = ask(firm, "file", place=PLACE)
    assert (shown.own, shown.text) == (False, shipped())
    ask(firm, "edit-file", place=PLACE, text=own())
    assert PLACE not in ask(firm, "files").letters


def test_a_folder_says_them_by_their_place(tmp_path: Path) -> None:
    for place in (PLACE, "letters/letters.yaml", "letters/fr/words.yaml", "letters/readme.md"):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    found = files_in(tmp_path)
    assert sorted(found) == ["letters/en/handover.txt", "letters/fr/words.yaml",
                             "letters/letters.yaml"]  # fmt: skip
    assert all(belongs(each) for each in found)
    assert not belongs("letters/../firm.toml")


def test_an_edition_of_a_release_before_leaves_them_to_the_folder() -> None:
    folder = {**RULES, PLACE: own("of the folder")}
    before = earlier(RULES)
    assert all_of(before, folder)[PLACE] == folder[PLACE]
    assert comparable(before, folder) == RULES


def test_one_of_this_release_that_has_none_otherwise_goes_by_the_shipped() -> None:
    now = begun("ada", 0, RULES, MONDAY)
    folder = {**RULES, PLACE: own("of the folder")}
    assert PLACE not in all_of(now, folder)
    assert comparable(now, folder) == folder
