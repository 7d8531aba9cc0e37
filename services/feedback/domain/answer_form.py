"""Is what a client typed into the survey an answer, and if not, what is wrong at which field?

Nothing typed is ever lost: a refused form keeps the exact text, and a comment that is too long is
refused, never cut.
"""

from dataclasses import dataclass
from typing import Literal

from services.feedback.domain.stage import USUAL, Question
from services.feedback.domain.survey import BEST, EASIEST, SCALE, Answer

MAX_COMMENT = 4000

Field = Literal["score", "satisfaction", "ease", "comment"]
Problem = Literal[
    "score-missing", "score-range", "satisfaction-range", "ease-range", "comment-long"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The form's fields exactly as they were sent."""

    score: str = ""
    satisfaction: str = ""
    ease: str = ""
    comment: str = ""


def problems_of(typed: Typed, asks: tuple[Question, ...] = USUAL) -> dict[Field, Problem]:
    """What is wrong, per field in the order of the page; empty if the form is an answer."""
    found: dict[Field, Problem] = {}
    for question in asks:
        match question:
            case "nps" if not typed.score.strip():
                found["score"] = "score-missing"
            case "nps" if _number(typed.score.strip(), 0, SCALE) is None:
                found["score"] = "score-range"
            case "csat" if _is_none_of(typed.satisfaction, BEST):
                found["satisfaction"] = "satisfaction-range"
            case "ces" if _is_none_of(typed.ease, EASIEST):
                found["ease"] = "ease-range"
    if comment_length(typed) > MAX_COMMENT:
        found["comment"] = "comment-long"
    return found


def comment_length(typed: Typed) -> int:
    """How long the comment is, line ends counted once."""
    return len(_tidy(typed.comment))


def answer_of(typed: Typed, asks: tuple[Question, ...] = USUAL) -> Answer:
    """The answer in a form without problems, to what was asked and nothing else."""
    score = _number(typed.score.strip(), 0, SCALE)
    if score is None:
        raise ValueError("the form has problems")
    return Answer(
        score=score,
        satisfaction=_number(typed.satisfaction.strip(), 1, BEST) if "csat" in asks else None,
        ease=_number(typed.ease.strip(), 1, EASIEST) if "ces" in asks else None,
        comment=_tidy(typed.comment) or None,
    )


def _is_none_of(typed: str, highest: int) -> bool:
    """Whether something was typed that is no answer from 1 on; nothing may be typed."""
    return bool(typed.strip()) and _number(typed.strip(), 1, highest) is None


def _number(text: str, lowest: int, highest: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        return None
    number = int(text)
    return number if lowest <= number <= highest else None


def _tidy(comment: str) -> str:
    """Browsers send line ends as CRLF; blanks around a comment say nothing."""
    return comment.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()
