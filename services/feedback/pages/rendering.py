"""How does a survey page look?

Plain HTML in the look all pages share: no script, nothing from elsewhere, nothing to track.
"""

from dataclasses import dataclass, field
from pathlib import Path

from starlette.responses import Response

from services.feedback.domain.answer_form import MAX_COMMENT, Typed, comment_length
from services.feedback.domain.survey import SCALE
from services.feedback.pages.wording import Words
from shared.web.templates import Pages

PAGES = Pages(Path(__file__).parent / "templates")
WAIT = (429, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The survey form as it is to be shown."""

    words: Words
    firm: str
    typed: Typed = field(default_factory=Typed)
    problems: dict[str, str] = field(default_factory=dict)  # field → problem
    answered: bool = False
    saved: bool = False  # just now


def form_page(form: Form, status: int = 200) -> Response:
    """The form, with what was typed and what is wrong with it."""
    words = form.words
    numbers = {"most": MAX_COMMENT, "length": comment_length(form.typed)}
    errors = {
        name: words.problems[problem].format(**numbers) for name, problem in form.problems.items()
    }
    return PAGES.page(
        "survey.html", status, firm=form.firm, form=form, words=words, errors=errors,
        most=MAX_COMMENT, scores=range(SCALE + 1),
    )  # fmt: skip


def final_page(words: Words, firm: str, status: int = 200) -> Response:
    """The answer stands and cannot be changed any more."""
    return PAGES.page("final.html", status, words=words, firm=firm)


def notice_page(status: int, firm: str) -> Response:
    """A page for somebody of whom nothing is known: the same for every link, in both languages."""
    wait = {"Retry-After": "60"} if status in WAIT else None
    return PAGES.page("notice.html", status, wait, status=status, firm=firm)
