"""Does every letter come out on paper in exactly its words, in the order a reader reads them?"""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from services.reminders.gateways.letter_files import SHIPPED
from services.reminders.gateways.letter_pdf import PAGES, PAGES_ELSE, PdfLetters
from services.reminders.ports import PaperLetter
from shared.contracts.letters import LetterRequested
from tests.reminders.letter_office import letter_of
from tests.reminders.over_memory import OPENED, Reminders, client

POINTS, A4 = 72 / 25.4, 297.0  # in a millimetre; millimetres high
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


LONG_ADDRESS = """Kommunale Wohnungsbaugesellschaft Oberbergischer Kreis mit beschränkter Haftung
z. Hd. Frau Geschäftsführerin Dr. Karoline von Hohenstein-Württemberg
Abteilung Liegenschaften und Vertragswesen
An der alten Papiermühle 123 b
Gebäude 7, 4. Obergeschoss
51643 Gummersbach
DEUTSCHLAND"""
LONG_NAME = "Rechtsanwälte Dr. Hohenstein-Württemberg, Schäfer-Öchsle & Kollegen PartG mbB"


def on_first_page(**said: Any) -> list[tuple[str, float, float]]:
    """What stands on the first page of such a letter: text, and millimetres from left and top."""
    values: dict[str, Any] = {
        "sender": SENDER, "sender_lines": ("Lindenallee 1, 10115 Berlin",),
        "recipient": "Ada Muster\n10115 Berlin", "day": "2. März 2026", "subject_line": "Betreff",
        "text": "Guten Tag", "locale": "de", "made_at": datetime(2026, 3, 2, 9, tzinfo=UTC),
    }  # fmt: skip
    page = PdfReader(BytesIO(PdfLetters().pdf(PaperLetter(**values | said)))).pages[0]
    found: list[tuple[str, float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            found.append((text.strip(), (cm[4] + tm[4]) / POINTS, A4 - (cm[5] + tm[5]) / POINTS))

    page.extract_text(visitor_text=note)
    return found


def test_the_longest_address_stays_within_the_window() -> None:
    stands = on_first_page(recipient=LONG_ADDRESS)
    (day,) = [place for place, (text, _, _) in enumerate(stands) if text == "2. März 2026"]
    (first,) = [place for place, (text, _, _) in enumerate(stands) if text.startswith("Kommunale")]
    address = stands[first:day]
    assert words(" ".join(text for text, _, _ in address)) == words(LONG_ADDRESS)
    assert {round(left) for _, left, _ in address} == {25}
    assert min(top for _, _, top in address) > 50
    assert max(top for _, _, top in address) < 90
    assert max(len(text) for text, _, _ in address) < 60  # broken, where it was too wide


def test_a_long_name_and_many_lines_of_a_firm_leave_the_window_where_it_is() -> None:
    many = ("Lindenallee 1", "10115 Berlin", "Telefon +49 30 5550170", "kanzlei@firm.example",
            "www.firm.example", "USt-IdNr. DE123456789")  # fmt: skip
    stands = on_first_page(sender=LONG_NAME, sender_lines=many)
    (top,) = [top for text, _, top in stands if text == "Ada Muster"]
    assert 50 < top < 56


def test_the_close_is_never_on_a_page_of_its_own() -> None:
    close = f"Mit freundlichen Grüßen\n{SENDER}"
    for count in range(20, 40):
        text = "\n\n".join([*(f"Absatz {n}." for n in range(count)), close])
        letter = PaperLetter(
            sender=SENDER, sender_lines=("Berlin",), recipient="Ada Muster", day="2. März 2026",
            subject_line="Betreff", text=text, locale="de",
            made_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        )  # fmt: skip
        last = PdfReader(BytesIO(PdfLetters().pdf(letter))).pages[-1].extract_text()
        assert close.split("\n")[0] in last
        assert f"Absatz {count - 1}." in last


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
    back = f"{SENDER} · {letter_.sender_lines[0]} "  # in the window, above the address
    assert whole.startswith(f"{head}{back}{words(letter_.recipient)} {letter_.day}")
    for paragraph in (letter_.subject_line, *letter_.text.split("\n\n")):
        assert whole.count(words(paragraph)) == 1 or len(words(paragraph)) < 40, paragraph
    places = [whole.find(words(each)) for each in letter_.text.split("\n\n")]
    assert -1 not in places
    assert places == sorted(places)


def test_the_same_letter_printed_twice_is_the_same_to_the_byte() -> None:
    letter, _ = printed("en", "engagement")
    assert PdfLetters().pdf(letter) == PdfLetters().pdf(letter)


def test_a_letter_of_several_pages_names_its_sender_on_each_and_counts_them() -> None:
    _, pages = printed("en", "engagement", times=4)
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert SENDER in page
        assert f"Page {number} of {len(pages)}" in page
