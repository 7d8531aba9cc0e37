"""How do clients answer and ask? As a browser would: open the page, fill the form, send it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

from shared.errors import ClienteleError


class FormError(ClienteleError):
    """A page is not the form that was expected, or refused what was filled in."""


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str = ""
    method: str = "get"
    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)  # radio buttons by name
    texts: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.form: Form | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form is None:
            self.form = Form(said.get("action", ""), said.get("method", "get").lower())
        if self.form is None or not said.get("name"):
            return
        name, kind = said["name"], said.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind == "text"):
            self.form.texts.add(name)
        elif tag == "input" and kind == "hidden":
            self.form.hidden[name] = said.get("value", "")
        elif tag == "input" and kind == "radio":
            self.form.choices.setdefault(name, []).append(said.get("value", ""))


def read_form(html: str) -> Form:
    """The first form on a page."""
    reader = _Reader()
    reader.feed(html)
    if reader.form is None:
        raise FormError
    return reader.form


def fill(form: Form, answers: Mapping[str, int], comment: str) -> dict[str, str]:
    """What a browser would send for these numbers, each to its question, and this comment."""
    chosen = {question: str(number) for question, number in answers.items()}
    offered = all(number in form.choices.get(question, []) for question, number in chosen.items())
    if not offered or "comment" not in form.texts:
        raise FormError
    return {**form.hidden, **chosen, "comment": comment}


async def answer_survey(link: str, answers: Mapping[str, int], comment: str) -> None:
    """Open the link and send the form on it; raises when it is not taken."""
    async with _browser() as browser:
        await _send(browser, link, lambda form: fill(form, answers, comment))


async def ask_for_help(address: str, names: dict[str, str]) -> None:
    """Send the form for asking for help."""
    async with _browser() as browser:
        await _send(browser, address, lambda form: {**form.hidden, **names})


async def tell_story(link: str, story: str) -> None:
    """Open the link that a person of the firm sent, and say what it is about."""
    async with _browser() as browser:
        await _send(browser, link, lambda form: {**form.hidden, "story": story})


def _browser() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=10.0, follow_redirects=True)


async def _send(
    browser: httpx.AsyncClient, address: str, filled: Callable[[Form], dict[str, str]]
) -> httpx.Response:
    page = await browser.get(address)
    if page.is_error:
        raise FormError(f"a client's page answers {page.status_code}")
    form = read_form(page.text)
    place = urljoin(str(page.url), form.action) if form.action else str(page.url)
    answer = await browser.post(place, data=filled(form))
    if answer.is_error:
        raise FormError(f"a client's form was refused: {answer.status_code}")
    return answer
