"""Is what a client typed into the survey an answer, and if not, what is wrong at which field?

Nothing typed is ever lost: a refused form keeps the exact text, and a comment that is too long is
refused, never cut.
"""

from dataclasses import dataclass
from typing import Literal

from services.feedback.domain.survey import BEST, SCALE, Answer

MAX_COMMENT = 4000

Field = Literal["score", "satisfaction", "comment"]
Problem = Literal["score-missing", "score-range", "satisfaction-range", "comment-long"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The form's fields exactly as they were sent."""

    score: str = ""
    satisfaction: str = ""
    comment: str = ""


def problems_of(typed: Typed) -> dict[Field, Problem]:
    """What is wrong, per field; empty if the form is an answer."""
    found: dict[Field, Problem] = {}
    score = typed.score.strip()
    if not score:
        found["score"] = "score-missing"
    elif _number(score, 0, SCALE) is None:
        found["score"] = "score-range"
    satisfaction = typed.satisfaction.strip()
    if satisfaction and _number(satisfaction, 1, BEST) is None:
        found["satisfaction"] = "satisfaction-range"
    if comment_length(typed) > MAX_COMMENT:
        found["comment"] = "comment-long"
    return found


def comment_length(typed: Typed) -> int:
    """How long the comment is, line ends counted once."""
    return len(_tidy(typed.comment))


def answer_of(typed: Typed) -> Answer:
    """The answer in a form without problems."""
    score = _number(typed.score.strip(), 0, SCALE)
    if score is None:
        raise ValueError("the form has problems")
    satisfaction = _number(typed.satisfaction.strip(), 1, BEST)
    return Answer(score=score, satisfaction=satisfaction, comment=_tidy(typed.comment) or None)


def _number(text: str, lowest: int, highest: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        return None
    number = int(text)
    return number if lowest <= number <= highest else None


def _tidy(comment: str) -> str:
    """Browsers send line ends as CRLF; blanks around a comment say nothing."""
    return comment.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
