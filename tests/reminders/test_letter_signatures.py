"""Does the name of who signs stand below a letter, and that of nobody else?"""

from collections import defaultdict
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.reminders.domain.checks.every import rules_named
from services.reminders.domain.checks.signature import close_of
from services.reminders.gateways.letter_files import SHIPPED
from services.reminders.gateways.letter_pdf import PdfLetters
from services.reminders.workflow.letter_reading import findings_in
from services.reminders.workflow.letters_on_their_way import paper_of
from shared.contracts.desk import StaffNamed
from shared.contracts.letters import LetterRequested
from tests.reminders.letter_office import LAWYER, WRITTEN, approve, edit, letter_of, office
from tests.reminders.over_memory import OPENED, Reminders, client

LEO = StaffNamed(staff_id="s-9", name="Leo Brandt", title="Solicitor")  # leads the matter
ADA = StaffNamed(staff_id="s-3", name="Ada Klug", title="Partner")  # looks into the complaint
FIRM = "Example & Partners"


def close(letter: str, *known: StaffNamed, by: str | None = "s-3", locale: str = "en-GB") -> str:
    """How such a letter ends as it is drafted, with these people known."""
    reminders = Reminders()
    wanted = LetterRequested(
        letter_id="l-1", letter=letter, client_id="c-1", matter_id="m-1", by=by
    )
    reminders.tell(client(locale=locale), OPENED, *known, wanted)
    reminders.after(minutes=1)
    return close_of(letter_of(reminders).text, FIRM) or ""


@pytest.mark.parametrize("letter", ["engagement", "closing"])
def test_the_lawyer_of_the_matter_signs_with_name_and_title(letter: str) -> None:
    assert close(letter, LEO, ADA) == f"Yours sincerely\nLeo Brandt\nSolicitor\n{FIRM}"


@pytest.mark.parametrize(
    "letter",
    [
        "complaint-acknowledgement",
        "final-response",
        "signposting",
        "remedy",
        "apology",
        "non-engagement",
        "handover",
    ],
)
def test_whoever_had_it_drafted_signs_and_never_the_lawyer_it_is_about(letter: str) -> None:
    assert close(letter, LEO, ADA) == f"Yours sincerely\nAda Klug\nPartner\n{FIRM}"


@pytest.mark.parametrize("by", [None, "s-3"])
def test_who_is_not_known_is_left_open_so_that_nobody_approves_it_like_that(
    by: str | None,
) -> None:
    assert close("final-response", LEO, by=by) == (f"Yours sincerely\n[name of who signs]\n{FIRM}")


def test_an_assistant_signs_what_they_had_drafted_and_is_nobodys_lawyer() -> None:
    ash = StaffNamed(staff_id="s-3", name="Ash Lane", title="Paralegal", leads_matters=False)
    assert close("handover", LEO, ash) == f"Yours sincerely\nAsh Lane\nParalegal\n{FIRM}"
    leads = ash.model_copy(update={"staff_id": "s-9"})
    assert "Ash Lane" not in close("closing", leads)


def test_in_german_it_is_left_open_in_german() -> None:
    assert close("final-response", locale="de-DE") == (
        f"Mit freundlichen Grüßen\n[Name der unterzeichnenden Person]\n{FIRM}"
    )


def test_without_a_title_in_the_file_of_staff_the_name_stands_alone() -> None:
    untitled = LEO.model_copy(update={"title": None})
    assert close("closing", untitled) == f"Yours sincerely\nLeo Brandt\n{FIRM}"


def test_who_works_here_no_more_signs_nothing() -> None:
    gone = StaffNamed(staff_id="s-9", works_here=False)
    assert "Leo Brandt" not in close("closing", LEO, gone)


def test_every_shipped_letter_ends_with_a_name_a_title_and_the_firm() -> None:
    for file in sorted(SHIPPED.glob("*/*.txt")):
        *_, name, title, firm = file.read_text("utf-8").strip().splitlines()
        found = ("signer_name" in name, "signer_title" in title, firm)
        assert found == (True, True, "{% endif %}{{ firm }}"), file


def test_a_letter_in_the_firms_name_alone_is_worth_a_look_and_may_go() -> None:
    reminders = office()
    nobody = WRITTEN.replace("Example Law", reminders.config.name)
    edit(reminders, nobody)
    found = findings_in(reminders.config, letter_of(reminders))
    assert "signature" in rules_named(found)
    (finding,) = [each for each in found if each.rule == "signature"]
    assert (finding.refuses, nobody_at(reminders, finding.start, finding.end)) == (
        False, reminders.config.name)  # fmt: skip
    edit(reminders, nobody.replace(reminders.config.name, f"Leo Brandt\n{reminders.config.name}"))
    assert "signature" not in rules_named(findings_in(reminders.config, letter_of(reminders)))


def nobody_at(reminders: Reminders, start: int, end: int) -> str:
    """What a finding points at."""
    letter = letter_of(reminders)
    return f"{letter.subject_line}\n\n{letter.text}"[start:end]


def test_on_paper_there_is_room_to_sign_above_the_typed_name() -> None:
    reminders = office()
    signed = WRITTEN.replace("Example Law", f"Leo Brandt\nSolicitor\n{reminders.config.name}")
    edit(reminders, signed)
    approve(reminders, LAWYER, channel="post", recipient="Ada Muster\nHauptstr. 1\n10115 Berlin")
    paper = paper_of(reminders.config, letter_of(reminders))
    tops: dict[str, list[float]] = defaultdict(list)

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        tops[text.strip()].append(cm[5] + tm[5])

    page = PdfReader(BytesIO(PdfLetters().pdf(paper))).pages[0]
    page.extract_text(visitor_text=note)
    [greeting], [name], [title] = (
        tops[each] for each in ("Mit freundlichen Grüßen", "Leo Brandt", "Solicitor")
    )
    line = name - title
    assert any(title - firm == pytest.approx(line, abs=0.1) for firm in tops[reminders.config.name])
    assert greeting - name == pytest.approx(4 * line, abs=0.1)
