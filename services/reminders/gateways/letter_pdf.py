"""How is a letter printed so that a firm would send it, and the same letter is the same file?

On A4, with the address where the window of an envelope is (DIN 5008 form B; it fits the British DL
window, too) and in no place else, however long it is, the firm at its head, marks where to fold,
and pages that know their number. Nothing in the file depends on when or where it is made: its
instant is that of the approval, its id follows from what it says.
"""

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from fpdf import FPDF
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from services.reminders.domain.checks.signature import close_of
from services.reminders.domain.page_breaks import lines_that_stay
from services.reminders.gateways.letter_logo import logo_on_paper
from services.reminders.ports import PaperLetter
from shared.firm.looks import AS_SHIPPED, Looks

FONTS = Path(__file__).parents[1] / "fonts"
REGULAR, BOLD = FONTS / "letter-serif-regular.ttf", FONTS / "letter-serif-bold.ttf"
FAMILY = "letter"
LEFT, RIGHT, TOP, BOTTOM = 25.0, 20.0, 20.0, 25.0  # millimetres
WINDOW_TOP, WINDOW_WIDTH, WINDOW_END, AFTER_WINDOW = 50.0, 80.0, 90.0, 98.0
RETURN_TOP, RETURN_SIZES = 45.5, (7.0, 6.0, 5.0)  # the sender in the window, above the address
FOLDS, FOLD_LEFT, FOLD_LENGTH = (105.0, 210.0), 4.0, 3.0
SIZE, SMALL, LINE = 11.0, 8.0, 5.2
ADDRESS_SIZES = (SIZE, 10.0, 9.0, SMALL)  # the largest in which it fits the window
NAME_SIZES, NAME_LINES = (15.0, 13.0, 11.0), 2
HEAD_LINE, FOOT_LINE, FOOT_WIDTH = 4.0, 3.6, 130.0
WIDE = 0.5  # of the page: where the day stands
PAGES = {"de": "Seite {page} von {pages}", "fr": "Page {page} sur {pages}"}
PAGES_ELSE = "Page {page} of {pages}"
ALIAS = "{nb}"
LOGO_HEIGHT, LOGO_WIDTH, GAP = 16.0, 60.0, 5.0
SIGNING_LINES = 3  # between the greeting and the name of who signs


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
        self.c_margin = 0.0  # what stands in a cell begins where the cell begins
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
        self.multi_cell(
            w=FOOT_WIDTH, h=FOOT_LINE, text=self._sender(), align=Align.L, new_y=YPos.TOP
        )
        self.set_x(LEFT)
        self.cell(w=0, h=FOOT_LINE, text=number, align=Align.R)

    def letterhead(self) -> None:
        """The firm at the head of the first page."""
        beside = self._logo()
        self.set_y(TOP)
        if self._looks.light:
            self.set_text_color(self._looks.light)
        width = self.epw - beside
        for size in NAME_SIZES:
            self.set_font(FAMILY, style="B", size=size)
            if len(self._lines(self._letter.sender, width, size / 2)) <= NAME_LINES:
                break
        self.multi_cell(w=width, h=size / 2, text=self._letter.sender, align=Align.L,
                        new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
        self._small()
        room = int((RETURN_TOP - self.get_y()) / HEAD_LINE)
        few = len(self._letter.sender_lines) <= room  # else one after the other, in fewer lines
        said = (
            "\n".join(self._letter.sender_lines) if few else " · ".join(self._letter.sender_lines)
        )
        self.multi_cell(
            w=width, h=HEAD_LINE, text=said, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )
        self._folds()

    def _folds(self) -> None:
        """Where the sheet is folded so that the address lies in the window."""
        self.set_draw_color(150)
        self.set_line_width(0.1)
        for y in FOLDS:
            self.line(FOLD_LEFT, y, FOLD_LEFT + FOLD_LENGTH, y)

    def _logo(self) -> float:
        """The firm's logo at the right of its head; how much of the line it takes."""
        logo = self._looks.logo
        if logo is None:
            return 0.0
        width = min(LOGO_HEIGHT * logo.width / logo.height, LOGO_WIDTH)
        height = width * logo.height / logo.width
        place = self.w - RIGHT - width
        picture = BytesIO(logo_on_paper(logo, width, height))
        self.image(picture, x=place, y=TOP, w=width, h=height, alt_text=self._letter.sender)
        return width + GAP

    def address_and_day(self) -> None:
        """Whom it goes to, where the window is; and of which day it is."""
        self.set_y(max(RETURN_TOP, self.get_y()))
        self._return_address()
        self.set_text_color(0)
        self.set_y(max(WINDOW_TOP, self.get_y()))
        self._address()
        self.set_font(FAMILY, size=SIZE)
        self.set_y(max(AFTER_WINDOW, self.get_y() + LINE))
        self.cell(
            w=0, h=LINE, text=self._letter.day, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _return_address(self) -> None:
        """Where it comes back to, in one line of the window; left out where it is too long."""
        for size in RETURN_SIZES:
            self.set_font(FAMILY, size=size)
            if self.get_string_width(self._sender()) < WINDOW_WIDTH:
                self.cell(w=WINDOW_WIDTH, h=FOOT_LINE, text=self._sender(),
                          new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
                return

    def _address(self) -> None:
        """Line by line, no wider than the window, and as large as it fits."""
        text = "\n".join(line.strip() for line in self._letter.recipient.strip().splitlines())
        for size in ADDRESS_SIZES:
            self.set_font(FAMILY, size=size)
            height = LINE * size / SIZE
            lines = self._lines(text, WINDOW_WIDTH, height)
            if self.get_y() + len(lines) * height <= WINDOW_END:
                break
        self.multi_cell(w=WINDOW_WIDTH, h=height, text=text, align=Align.L,
                        new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip

    def words(self) -> None:
        """Subject and text, paragraph by paragraph, as they were approved."""
        self.ln(LINE)
        self.set_font(FAMILY, style="B", size=SIZE)
        self._paragraph(self._lines(self._letter.subject_line))
        self.set_font(FAMILY, size=SIZE)
        paragraphs = [each.strip("\n") for each in self._letter.text.strip().split("\n\n")]
        said = [each for each in paragraphs if each.strip()]
        for each, after in zip(said, [*said[1:], ""], strict=True):
            follows = len(self._lines(self._with_room_to_sign(after))) if self._signs(after) else 0
            self._paragraph(self._lines(self._with_room_to_sign(each)), along=follows)

    def _paragraph(self, lines: list[str], *, along: int = 0) -> None:
        """On this page and the next, torn where a typist would."""
        room = int((self.page_break_trigger - self.get_y()) / LINE + 0.01)
        stay = lines_that_stay(len(lines), room, along=along + 1 if along else 0)
        if stay:
            text = "\n".join(lines[:stay])
            self.multi_cell(
                w=0, h=LINE, text=text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )
        if stay == len(lines):
            self.set_y(self.get_y() + LINE)
            return
        self.add_page()
        self._paragraph(lines[stay:], along=along)

    def _signs(self, text: str) -> bool:
        """Whether this is the close: a greeting, who signs, and the firm's name."""
        return text == close_of(self._letter.text, self._letter.sender)

    def _with_room_to_sign(self, text: str) -> str:
        """The close, with room for a name by hand above the one that is typed."""
        if not self._signs(text):
            return text
        close, _, name = text.partition("\n")
        return close + "\n" * (SIGNING_LINES + 1) + name

    def _lines(self, text: str, width: float = 0.0, height: float = LINE) -> list[str]:
        """The lines into which this text falls."""
        lines = self.multi_cell(w=width, h=height, text=text, align=Align.L, dry_run=True,
                                output=MethodReturnValue.LINES)  # fmt: skip
        return lines if isinstance(lines, list) else []

    def _sender(self) -> str:
        return " · ".join((self._letter.sender, *self._letter.sender_lines))

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
