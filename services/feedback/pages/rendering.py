"""How does a survey page look?

In the look and the two languages all pages for clients share; nothing from elsewhere, nothing that
tracks anybody.
"""

from dataclasses import dataclass, field
from pathlib import Path

from starlette.responses import Response

from services.feedback.domain.answer_form import MAX_COMMENT, Typed, comment_length
from services.feedback.domain.stage import USUAL, Question
from services.feedback.domain.survey import EASIEST, SCALE, Survey
from services.feedback.pages.wording import Words
from shared.web.clients import ClientPages

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The survey form as it is to be shown."""

    words: Words
    csrf: str
    typed: Typed = field(default_factory=Typed)
    problems: dict[str, str] = field(default_factory=dict)  # field → problem
    until: str = ""  # in words, once there is an answer
    about: str = ""  # what satisfaction is asked about, in words
    asks: tuple[Question, ...] = USUAL


def form_page(pages: ClientPages, form: Form, status: int = 200) -> Response:
    """The form, with what was typed and what is wrong with it."""
    words = form.words
    numbers = {"most": MAX_COMMENT, "length": comment_length(form.typed)}
    errors = {name: words.says(why).format(**numbers) for name, why in form.problems.items()}
    return pages.page(
        "survey.html", words.language, status, form=form, words=words, errors=errors,
        most=MAX_COMMENT, scores=range(SCALE + 1), boxes=_boxes(words), eases=range(1, EASIEST + 1),
    )  # fmt: skip


def _boxes(words: Words) -> list[tuple[str, str]]:
    """The answers to how satisfied a client is, from 1 to 5."""
    return [(str(number), said) for number, said in enumerate(words.boxes, start=1)]


def thanks_page(
    pages: ClientPages, words: Words, survey: Survey, until: str, path: str
) -> Response:
    """What was answered, and until when that may be changed."""
    return pages.page(
        "thanks.html", words.language, words=words, survey=survey, until=until, path=path
    )


def final_page(pages: ClientPages, words: Words, status: int = 200) -> Response:
    """The answer stands and cannot be changed any more."""
    return pages.page("final.html", words.language, status, words=words)
