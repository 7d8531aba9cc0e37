"""Do mails and printed letters look like the firm, and the same letter the same?"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from services.reminders.app import read_wording
from services.reminders.gateways.letter_pdf import PdfLetters
from services.reminders.ports import PaperLetter
from services.reminders.settings import RemindersSettings
from shared.contracts.validation import MAX_EVENT_BYTES
from shared.firm.looks import IN_MAIL, Logo, Looks, logo_of
from tests.core.test_looks import picture

LOOKS = Looks(logo=Logo(picture(), 64, 32), light="#7a1f3d")
LETTER = PaperLetter(
    sender="Muster & Partner",
    sender_lines=("Hauptstr. 1, 10115 Berlin",),
    recipient="Ada Muster\nWeg 1",
    day="2 March 2026",
    subject_line="Your matter is closed",
    text="Dear Ada,\n\nIt is closed.\n\nYours sincerely\nMuster & Partner",
    locale="en",
    made_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)


def test_a_letter_has_the_logo_on_its_first_page_and_says_the_same() -> None:
    plain, dressed = (PdfReader(BytesIO(PdfLetters(each).pdf(LETTER))) for each in (Looks(), LOOKS))
    assert len(plain.pages[0].images) == 0
    assert len(dressed.pages[0].images) == 1
    assert dressed.pages[0].extract_text() == plain.pages[0].extract_text()


def test_the_same_letter_in_the_same_looks_is_the_same_file() -> None:
    assert PdfLetters(LOOKS).pdf(LETTER) == PdfLetters(LOOKS).pdf(LETTER)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA"])
def test_a_small_file_with_many_dots_makes_no_large_letter(mode: str) -> None:
    shades = Image.linear_gradient("L").resize((1600, 1000))
    turned = shades.transpose(Image.Transpose.ROTATE_180)
    flipped = shades.rotate(90).resize((1600, 1000))
    parts = {"RGB": (shades, turned, flipped), "LA": (shades, flipped)}
    out = BytesIO()
    Image.merge(mode, parts.get(mode, (shades, turned, flipped, shades))).save(out, "PNG")
    logo = logo_of("logo.png", out.getvalue())
    letter = PdfLetters(Looks(logo)).pdf(LETTER)
    assert len(letter) < MAX_EVENT_BYTES * 3 // 4  # in base64, with the other words of its task
    [printed] = PdfReader(BytesIO(letter)).pages[0].images
    assert printed.image is not None
    assert printed.image.width > 300


def test_mails_have_the_firms_logo_and_the_colour_of_its_buttons(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    settings = RemindersSettings(
        firm_dir=tmp_path, firm_logo="logo.png", firm_colour="#7a1f3d", firm_name="Muster"
    )
    html = read_wording(settings).as_it_is("A letter", "Some words", "en", "Muster").html
    assert f'<img src="{IN_MAIL}" alt="Muster"' in html
    plain = read_wording(RemindersSettings()).as_it_is("A letter", "Some words", "en", "M").html
    assert "<img" not in plain
