"""How is a letter printed so that a firm would send it, and the same letter is the same file?

On A4, with the address where the window of an envelope is (DIN 5008 form B; it fits the British DL
window, too), the firm at its head, and pages that know their number. Nothing in the file depends on
when or where it is made: its instant is that of the approval, its id follows from what it says.
"""

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from services.reminders.ports import PaperLetter
from shared.firm.looks import AS_SHIPPED, Looks

FONTS = Path(__file__).parents[1] / "fonts"
REGULAR, BOLD = FONTS / "letter-serif-regular.ttf", FONTS / "letter-serif-bold.ttf"
FAMILY = "letter"
LEFT, RIGHT, TOP, BOTTOM = 25.0, 20.0, 20.0, 25.0  # millimetres
WINDOW_TOP, WINDOW_WIDTH, AFTER_WINDOW = 50.0, 85.0, 98.0
SIZE, SMALL, LINE = 11.0, 8.0, 5.2
WIDE = 0.5  # of the page: where the day stands
PAGES = {"de": "Seite {page} von {pages}", "fr": "Page {page} sur {pages}"}
PAGES_ELSE = "Page {page} of {pages}"
ALIAS = "{nb}"
LOGO_HEIGHT, LOGO_WIDTH, GAP = 16.0, 60.0, 5.0
SHORT = 5  # lines, of a paragraph that stays on one page
SIGNING_LINES = 3  # between the close and the firm's name


Printed = TypeVar("Printed", bound=FPDF)


class PdfLetters:
    """Prints letters as PDF files, in the looks of the firm."""

    def __init__(self, looks: Looks = AS_SHIPPED) -> None:
        self._looks = looks

    def pdf(self, letter: PaperLetter) -> bytes:
        """The letter as a PDF file: the same bytes for the same letter."""
        page = _Page(letter, self._looks)
        page.add_page()
        page.letterhead()
        page.address_and_day()
        page.words()
        return bytes(page.output())

    def unprintable(self, text: str) -> str:
        """The characters that the font has no signs for, each once."""
        known = _signs()
        return "".join(
            dict.fromkeys(each for each in text if ord(each) not in known and not each.isspace())
        )


class _Page(FPDF):
    """One letter on its pages."""

    def __init__(self, letter: PaperLetter, looks: Looks) -> None:
        super().__init__(format="A4", unit="mm")
        self._letter, self._looks = letter, looks
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(auto=True, margin=BOTTOM)
        self.set_creation_date(_whole_second(letter.made_at))
        self.set_title(letter.subject_line)
        self.set_author(letter.sender)
        self.set_lang(letter.locale)
        _with_fonts(self)
        self.set_font(FAMILY, size=SIZE)

    def header(self) -> None:
        """On further pages, whose letter it is; the first has the firm's head."""
        if self.page_no() > 1:
            self._small()
            self.cell(w=0, h=LINE, text=self._letter.sender, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.ln(LINE)
            self.set_font(FAMILY, size=SIZE)
            self.set_text_color(0)

    def footer(self) -> None:
        """The firm's address, and the page's number."""
        self.set_y(-15)
        self._small()
        said = PAGES.get(self._letter.locale.partition("-")[0].lower(), PAGES_ELSE)
        number = said.format(page=self.page_no(), pages=ALIAS)
        self.cell(w=0, h=4, text=" · ".join((self._letter.sender, *self._letter.sender_lines)))
        self.set_x(LEFT)
        self.cell(w=0, h=4, text=number, align=Align.R)

    def letterhead(self) -> None:
        """The firm at the head of the first page."""
        beside = self._logo()
        self.set_y(TOP)
        self.set_font(FAMILY, style="B", size=15)
        if self._looks.light:
            self.set_text_color(self._looks.light)
        width = self.epw - beside
        self.multi_cell(w=width, h=7, text=self._letter.sender, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._small()
        for line in self._letter.sender_lines:
            self.cell(w=0, h=4, text=line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _logo(self) -> float:
        """The firm's logo at the right of its head; how much of the line it takes."""
        logo = self._looks.logo
        if logo is None:
            return 0.0
        width = min(LOGO_HEIGHT * logo.width / logo.height, LOGO_WIDTH)
        height = width * logo.height / logo.width
        place = self.w - RIGHT - width
        self.image(
            BytesIO(logo.content), x=place, y=TOP, w=width, h=height, alt_text=self._letter.sender
        )
        return width + GAP

    def address_and_day(self) -> None:
        """Whom it goes to, where the window is; and of which day it is."""
        self.set_text_color(0)
        self.set_font(FAMILY, size=SIZE)
        self.set_y(max(WINDOW_TOP, self.get_y() + LINE))
        for line in self._letter.recipient.strip().splitlines():
            self.cell(
                w=WINDOW_WIDTH, h=LINE, text=line.strip(), new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )
        self.set_y(max(AFTER_WINDOW, self.get_y() + LINE))
        self.cell(
            w=0, h=LINE, text=self._letter.day, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def words(self) -> None:
        """Subject and text, paragraph by paragraph, as they were approved."""
        self.ln(LINE)
        self.set_font(FAMILY, style="B", size=SIZE)
        self._paragraph(self._letter.subject_line)
        self.set_font(FAMILY, size=SIZE)
        for paragraph in self._letter.text.strip().split("\n\n"):
            if paragraph.strip():
                self._keep_together(paragraph.strip("\n"))
                self._paragraph(self._with_room_to_sign(paragraph.strip("\n")))

    def _paragraph(self, text: str) -> None:
        self.multi_cell(w=0, h=LINE, text=text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(LINE)

    def _with_room_to_sign(self, text: str) -> str:
        """The close, with room for a name by hand above the firm's."""
        close, _, name = text.partition("\n")
        if name.strip() != self._letter.sender:
            return text
        return close + "\n" * (SIGNING_LINES + 1) + name

    def _keep_together(self, text: str) -> None:
        """A short paragraph, such as the close, is not torn over two pages."""
        output = MethodReturnValue.LINES
        lines = self.multi_cell(w=0, h=LINE, text=text, align=Align.L, dry_run=True, output=output)
        count = len(lines) if isinstance(lines, list) else 1
        if count <= SHORT and self.will_page_break((count + SIGNING_LINES) * LINE):
            self.add_page()

    def _small(self) -> None:
        self.set_font(FAMILY, size=SMALL)
        self.set_text_color(90)


@lru_cache(maxsize=1)
def _signs() -> frozenset[int]:
    """The characters both fonts can print."""
    known = _with_fonts(FPDF()).fonts.values()
    return frozenset.intersection(
        *(frozenset(each.cmap) for each in known if isinstance(each, TTFFont))
    )


def _with_fonts(page: Printed) -> Printed:
    page.add_font(FAMILY, fname=REGULAR)
    page.add_font(FAMILY, style="B", fname=BOLD)
    return page


def _whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)
