"""Are the firm's logo and colours changed as rules are: by two people, without a restart?"""

from base64 import b64decode, b64encode
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.reminders.domain.edition import Edition, all_of, begun, comparable
from services.reminders.domain.edition_files import as_kept, hash_of
from services.reminders.domain.edition_looks import LOGO, PLACE, looks_of
from services.reminders.gateways.rule_files import files_in
from shared.contracts.firm_editions import (
    MOST_BYTES,
    FirmEditionApproved,
    FirmFileSaid,
    FirmPictureSaid,
)
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.editions import VALUES
from shared.errors import RuleError
from shared.firm.folder_in_force import for_a_look, values_in
from shared.firm.looks import IN_MAIL, LARGEST
from shared.process.settings import Settings
from shared.process.values_in_force import files_of_edition
from tests.core.test_looks import picture
from tests.reminders.editions import ADA, LEO, approve, ask, office, propose
from tests.reminders.over_memory import MONDAY

PURPLE, PINK = "#7a1f3d", "#f0a8bd"
SQUARE, WIDE = picture(64, 64), picture(96, 32)
BARE = {"firm.toml": '[firm]\nname = "Muster"\n'}
NAMED = {"firm.toml": '[looks]\nlogo = "logo.png"\n'}


def as_text(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def given(firm: object, content: bytes = SQUARE, actor: object = ADA, **more: object) -> None:
    """A logo, in somebody's draft."""
    ask(firm, "edit-looks", actor, picture=as_text(content), **more)  # type: ignore[arg-type]


def earlier(files: dict[str, str]) -> Edition:
    """An edition of a release that knew no logo."""
    return replace(begun("ada", 0, files, MONDAY), logo=False)


def test_a_logo_and_colours_are_in_force_once_two_approved_them() -> None:
    firm = office()
    given(firm, values={"looks.colour": PURPLE, "looks.colour_dark": PINK})
    edition = propose(firm)
    assert edition.looks
    approve(firm, edition)
    [kept] = firm.all(VALUES)
    files = files_of_edition(kept)
    with for_a_look(None, files) as folder:
        found = Settings(firm_dir=folder).looks()
    assert found.logo is not None
    assert (found.logo.content, found.light, found.dark) == (SQUARE, PURPLE, PINK)


def test_the_event_has_the_picture_apart_from_the_texts() -> None:
    firm = office()
    given(firm)
    approve(firm, propose(firm))
    [said] = [each.data for each in firm.announced if each.type == "firm-edition-approved"]
    assert [(each.place, each.base64) for each in said.pictures] == [(PLACE, as_text(SQUARE))]
    assert [each.place for each in said.files] == ["firm.toml"]


def test_the_largest_logo_beside_all_the_values_there_can_be_is_carried_by_an_event() -> None:
    line = 'asks: {en: "our work for you so far"}\n'
    files = [FirmFileSaid(place="surveys.yaml", text=line * (MOST_BYTES // len(line)))]
    heaviest = FirmPictureSaid(place=PLACE, base64=as_text(b"x" * LARGEST))
    said = FirmEditionApproved(
        edition_id="7", edition=7, content_hash="a" * 64, in_force_at=MONDAY,
        files=tuple(files), pictures=(heaviest,),
    )  # fmt: skip
    assert len(said.model_dump_json()) < MAX_EVENT_BYTES - 2_000  # of what stands around it


def test_it_is_seen_in_a_mail_and_on_paper_before_anybody_approves_it() -> None:
    firm = office()
    given(firm, values={"looks.colour": PURPLE})
    mail = ask(firm, "looks", shows="mail").mail
    assert f"data:image/png;base64,{as_text(SQUARE)}" in mail
    assert f"background:{PURPLE}" in mail
    assert IN_MAIL not in mail
    paper = PdfReader(BytesIO(b64decode(ask(firm, "looks", shows="letter").letter)))
    assert len(paper.pages[0].images) == 1
    edition = propose(firm)
    told = ask(firm, "looks", LEO, edition=edition.edition)
    assert (told.looks.logo, told.looks.width, told.before.logo) == (as_text(SQUARE), 64, "")


def test_a_text_is_shown_with_the_logo_in_it() -> None:
    firm = office()
    given(firm)
    shown = ask(firm, "text", message="welcome", language="en")
    assert "data:image/png" in shown.html
    assert IN_MAIL not in shown.html


def test_a_logo_is_replaced_and_taken_away_again() -> None:
    firm = office()
    given(firm, SQUARE)
    given(firm, WIDE)
    assert ask(firm, "looks").looks.width == 96
    ask(firm, "edit-looks", as_shipped=True)
    assert ask(firm, "looks").looks.logo == ""
    assert ask(firm, "files").files == []


def test_one_that_stands_elsewhere_in_the_folder_goes_with_it() -> None:
    files = {"firm.toml": '[looks]\nlogo = "./brand/mark.png"\n', "brand/mark.png": as_text(WIDE)}
    assert looks_of(as_kept(files)).logo is not None
    firm = office()
    firm.config.folder = files
    given(firm, SQUARE)
    assert [each.place for each in ask(firm, "files").files] == ["firm.toml", PLACE]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg/>", "save it as one"),
        (picture(8, 8), "each side from 16"),
        (picture() + b"\0" * 70_000, "save it smaller"),
        (picture()[:-20], "save it anew"),
    ],
    ids=["drawing", "small", "heavy", "torn"],
)
def test_a_logo_that_cannot_be_carried_is_refused_at_its_field(content: bytes, why: str) -> None:
    firm = office()
    with pytest.raises(RuleError, match=why) as no:
        given(firm, content)
    assert no.value.field == "logo"
    assert ask(firm, "files").files == []


@pytest.mark.parametrize(
    ("place", "colour", "why"),
    [
        ("looks.colour", "#ffcc00", "choose a darker one, such as #"),
        ("looks.colour_dark", "#000080", "choose a lighter one, such as #"),
        ("looks.colour", "red", "six digits"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused_at_its_field(
    place: str, colour: str, why: str
) -> None:
    with pytest.raises(RuleError, match=why) as no:
        ask(office(), "edit-looks", values={place: colour})
    assert no.value.field == place


def test_in_two_windows_no_logo_is_written_over() -> None:
    firm = office()
    seen = ask(firm, "looks").seen
    given(firm, SQUARE, seen=seen)
    with pytest.raises(RuleError) as no:
        given(firm, WIDE, seen=seen)
    assert (no.value.code, no.value.field) == ("changed-meanwhile", "logo")


def test_a_logo_that_is_named_and_given_nowhere_is_in_no_edition() -> None:
    firm = office()
    for asked in (
        {"what": "edit-values", "values": {LOGO: "nowhere.png"}},
        {"what": "edit-file", "place": "firm.toml", "text": '[looks]\nlogo = "nowhere.png"\n'},
    ):
        with pytest.raises(RuleError, match="under Looks") as no:
            ask(firm, **asked)
        assert no.value.field == LOGO


def test_a_picture_is_no_text_to_be_typed() -> None:
    for what in ("file", "edit-file"):
        with pytest.raises(RuleError, match="under Looks"):
            ask(office(), what, place=PLACE, text="x")


def test_what_two_people_change_at_once_stays() -> None:
    firm = office()
    given(firm, SQUARE)
    ask(firm, "edit-looks", LEO, values={"looks.colour": PURPLE})
    approve(firm, propose(firm))
    taken = ask(firm, "take-in", LEO)
    assert taken.edition.both == ()
    told = ask(firm, "looks", LEO)
    assert (told.looks.width, told.looks.colour) == (64, PURPLE)


def test_a_logo_given_anew_stays_where_another_took_it_away() -> None:
    firm = office()
    given(firm, SQUARE)
    approve(firm, propose(firm))
    given(firm, WIDE)
    ask(firm, "edit-looks", LEO, as_shipped=True)
    approve(firm, propose(firm, LEO), ADA)
    assert PLACE in ask(firm, "take-in").edition.both
    assert ask(firm, "looks").looks.width == 96


def test_a_folder_brings_its_logo_and_no_other_picture(tmp_path: Path) -> None:
    (tmp_path / "firm.toml").write_text(NAMED["firm.toml"])
    for name in ("logo.png", "photo.png"):
        (tmp_path / name).write_bytes(SQUARE)
    found = files_in(tmp_path)
    assert found == {**NAMED, "logo.png": as_text(SQUARE)}
    assert as_kept(found) == found
    with for_a_look(None, found) as folder:
        assert (folder / "logo.png").read_bytes() == SQUARE
        assert values_in(folder) == found


def test_an_edition_of_a_release_before_leaves_the_logo_to_the_folder(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(SQUARE)
    folder = {**NAMED, "logo.png": as_text(SQUARE)}
    before = earlier(NAMED)
    assert all_of(before, folder) == folder
    assert hash_of(comparable(before, folder)) == before.content_hash
    with for_a_look(tmp_path, NAMED) as written:
        assert Settings(firm_dir=written, firm_logo="logo.png").looks().logo is not None


def test_one_of_this_release_that_has_none_takes_none_of_the_folder() -> None:
    now = begun("ada", 0, BARE, MONDAY)
    folder = {**NAMED, "logo.png": as_text(SQUARE)}
    assert all_of(now, folder) == BARE
    assert comparable(now, folder) == folder


def test_a_picture_that_nothing_names_is_left_out() -> None:
    assert as_kept({**BARE, "logo.png": as_text(SQUARE)}) == BARE
