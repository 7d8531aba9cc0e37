"""Which letters to somebody who asked for help were given away, and what became of them?

Whoever decided that a letter goes has to hear where it did not, so how to reach the inquirer is
kept until it went. Of a letter nothing is kept here that it says.
"""

from dataclasses import replace
from datetime import datetime

from services.intake.domain.inquiries import Inquiry, LetterFate, WrittenLetter, without_contact


def given_away(
    inquiry: Inquiry, letter_id: str, letter: str, by: str | None, at: datetime
) -> Inquiry:
    """The inquiry once this letter is on its way; ``by``: who of the firm decided it."""
    written = WrittenLetter(letter_id=letter_id, letter=letter, by=by, at=at)
    return replace(inquiry, letters=(*inquiry.letters, written))


def letter_of(inquiry: Inquiry, letter_id: str) -> WrittenLetter | None:
    """A letter that was given away for this inquiry."""
    return next((each for each in inquiry.letters if each.letter_id == letter_id), None)


def arrived(inquiry: Inquiry, written: WrittenLetter, at: datetime) -> Inquiry:
    """The inquiry once this letter went; told that the firm does not act, only names are kept."""
    after = _settled(inquiry, written, "sent", at)
    return without_contact(after, "sent") if _ends_it(after, written) else after


def did_not_arrive(
    inquiry: Inquiry, written: WrittenLetter, fate: LetterFate, text: str, at: datetime,
    *, unusable: bool,
) -> Inquiry:  # fmt: skip
    """The inquiry once this letter did not go, or nobody knows; ``text`` says why, for staff.

    ``unusable``: nothing can arrive at the address, so nothing is sent there for staff again.
    What came back after all has told nobody anything, although they were no longer kept reachable.
    """
    after = _settled(inquiry, replace(written, text=text), fate, at)
    if written.letter == "declined" and written.fate == "sent" and after.letter == "sent":
        after = replace(after, letter=None)
    return replace(after, unusable_email=after.email) if unusable else after


def may_still_fail(written: WrittenLetter, fate: LetterFate) -> bool:
    """Whether this may be said of the letter now: what went, or may have, can still come back."""
    if written.fate == "on-its-way":
        return True
    return fate == "failed" and written.fate in ("sent", "unknown")


def not_arrived(inquiry: Inquiry) -> str:
    """Why the last letter did not reach them, in a sentence; nothing where it did."""
    last = inquiry.letters[-1] if inquiry.letters else None
    return last.text if last is not None and last.fate in ("failed", "unknown") else ""


def _ends_it(inquiry: Inquiry, written: WrittenLetter) -> bool:
    """Whether they now know that the firm does not act; it may have changed its mind meanwhile."""
    return written.letter == "declined" and inquiry.refused and inquiry.letter is None


def _settled(inquiry: Inquiry, written: WrittenLetter, fate: LetterFate, at: datetime) -> Inquiry:
    others = (each for each in inquiry.letters if each.letter_id != written.letter_id)
    return replace(inquiry, letters=(*others, replace(written, fate=fate, at=at)))
