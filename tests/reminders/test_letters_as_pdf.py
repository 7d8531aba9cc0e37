"""Does every letter come out on paper in exactly its words, in the order a reader reads them?"""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from services.reminders.gateways.letter_files import SHIPPED
from services.reminders.gateways.letter_pdf import PAGES, PAGES_ELSE, PdfLetters
from services.reminders.ports import PaperLetter
from shared.contracts.letters import LetterRequested
from tests.reminders.letter_office import letter_of
from tests.reminders.over_memory import OPENED, Reminders, client

SENDER = "Muster & Partner Rechtsanwälte"
LETTERS = [
    pytest.param(language, file.stem, id=f"{language}-{file.stem}")
    for language in ("en", "de")
    for file in sorted((SHIPPED / language).glob("*.txt"))
]


def printed(language: str, letter: str, times: int = 1) -> tuple[PaperLetter, list[str]]:
    """The letter as it is drafted, put on paper; and what a PDF reader reads on each page."""
    reminders = Reminders()
    asked = LetterRequested(letter_id="l-1", letter=letter, client_id="c-1", by="s-9")
    reminders.tell(client(locale=f"{language}-{language.upper()}"), OPENED, asked)
    reminders.after(minutes=1)
    drafted = letter_of(reminders)
    on_paper = PaperLetter(
        sender=SENDER, sender_lines=("Lindenallee 1, 10115 Berlin",),
        recipient="Ada Muster\nHauptstr. 1\n10115 Berlin", day="2. März 2026",
        subject_line=drafted.subject_line, text="\n\n".join([drafted.text] * times),
        locale=language, made_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )  # fmt: skip
    pages = PdfReader(BytesIO(PdfLetters().pdf(on_paper))).pages
    return on_paper, [page.extract_text() for page in pages]


def words(text: str) -> str:
    """The text, however its lines were broken."""
    return " ".join(text.split())


@pytest.mark.parametrize(("language", "letter"), LETTERS)
def test_a_pdf_reader_reads_every_word_of_the_letter_once_and_in_its_order(
    language: str, letter: str
) -> None:
    letter_, pages = printed(language, letter)
    foot = PAGES.get(language, PAGES_ELSE)
    head = f"{SENDER} {letter_.sender_lines[0]} "
    body = []
    for number, page in enumerate(pages, 1):
        said = words(page)
        assert foot.format(page=number, pages=len(pages)) in said
        body.append(said)
    whole = " ".join(body)
    assert whole.startswith(f"{head}{words(letter_.recipient)} {letter_.day}")
    for paragraph in (letter_.subject_line, *letter_.text.split("\n\n")):
        assert whole.count(words(paragraph)) == 1 or len(words(paragraph)) < 40, paragraph
    places = [whole.find(words(each)) for each in letter_.text.split("\n\n")]
    assert -1 not in places
    assert places == sorted(places)


def test_a_letter_of_several_pages_names_its_sender_on_each_and_counts_them() -> None:
    _, pages = printed("en", "engagement", times=4)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert SENDER in page
        assert f"Page {number} of {len(pages)}" in page
