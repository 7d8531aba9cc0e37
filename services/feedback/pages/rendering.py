"""How does a survey page look?

Plain HTML with one style sheet of our own: no script, nothing from elsewhere, nothing to track.
"""

from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from services.feedback.domain.answer_form import MAX_COMMENT, Typed, comment_length
from services.feedback.domain.survey import SCALE
from services.feedback.pages.wording import Words

FOLDER = Path(__file__).parent / "templates"
ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
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
    text = ENVIRONMENT.get_template("survey.html").render(
        form=form, words=words, errors=errors, most=MAX_COMMENT, scores=range(SCALE + 1)
    )
    return _page(text, status)


def final_page(words: Words, firm: str, status: int = 200) -> Response:
    """The answer stands and cannot be changed any more."""
    text = ENVIRONMENT.get_template("final.html").render(words=words, firm=firm)
    return _page(text, status)


def notice_page(status: int, firm: str) -> Response:
    """A page for somebody of whom nothing is known: the same for every link, in both languages."""
    text = ENVIRONMENT.get_template("notice.html").render(status=status, firm=firm)
    page = _page(text, status)
    if status in WAIT:
        page.headers["Retry-After"] = "60"
    return page


def style_sheet() -> Response:
    """The one style sheet of these pages."""
    text = (FOLDER / "survey.css").read_text(encoding="utf-8")
    headers = {"Cache-Control": "public, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return Response(text, media_type="text/css", headers=headers)


def _page(text: str, status: int) -> Response:
    return HTMLResponse(text, status_code=status, headers=SAFE_HEADERS)
