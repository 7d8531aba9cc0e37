"""In which language does somebody read the desk, and is every page in it?"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.saved_views import Preferences
from services.desk.pages import language
from services.desk.pages.application import build_pages
from services.desk.pages.language import (
    Pattern,
    Sayings,
    Words,
    catalogue,
    choose,
    put_back,
    retold,
)
from services.desk.ports.preferences import PREFERENCES
from shared.contracts.task_kinds import TASK_KINDS
from tests.desk.browsing import Browser, Site, site_at
from tests.desk.facts import CLARA, CLIENT, INQUIRY, NOON, OSKAR, PAT, created
from tests.desk.pages.test_trespassing import OBJECTS, methods, routes

GERMAN = {"accept-language": "de-AT, en;q=0.8"}
DATA = (  # what the tests say of people and firms, and names of machines
    "Example & Partners", "Ash", "Clara", "Lena", "Leo", "Oskar", "Pat", "Anna Müller", "Zoe Bauer",
    "No channel.", "Call the client about appointment a-1", "Europe/London", "Example ID",
    "English", "Deutsch", "Website", "None", "clara", "oskar", "pat",
    "desk", "feedback", "gateway", "intake", "reminders", "reputation",
)  # fmt: skip
WITHOUT_WORDS = re.compile(r"<(script|style|svg|pre|code|kbd|blockquote)\b.*?</\1>", re.DOTALL)
READ_OUT = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"]*)"')
ELSEWHERE = {  # said by others: rules by reminders in English, the statement by the clients' pages
    "/studio", "/studio/rules/survey-due", "/accessibility",
    "/clients/c-1/looked",  # shows addresses
}  # fmt: skip


@pytest.fixture
def in_german() -> Iterator[None]:
    before = choose("de")
    yield
    put_back(before)


async def lang_of(browser: Browser, place: str, **headers: str) -> str:
    page = await browser.get(place, headers=headers)
    found = re.search(r'<html lang="(\w+)"', page.text)
    assert found, page.text[:200]
    return found[1]


async def test_a_page_is_in_the_language_the_browser_asks_for(site: Site) -> None:
    assert await lang_of(site.browser(), "/login", **GERMAN) == "de"
    assert await lang_of(site.browser(), "/login", **{"accept-language": "fr, en;q=0.5"}) == "en"


async def test_whose_browser_asks_for_none_of_ours_reads_the_firms_first(site: Site) -> None:
    german = build_pages(replace(site.web.state.context, language="de"))
    browser = replace(site, web=german).browser()
    assert await lang_of(browser, "/login", **{"accept-language": "fr"}) == "de"
    assert await lang_of(browser, "/login", **{"accept-language": "en"}) == "en"


async def test_the_sign_in_page_offers_the_other_language_and_the_browser_keeps_it(
    site: Site,
) -> None:
    browser = site.browser()
    page = await browser.get("/login")
    assert '?lang=de&amp;next=/inbox" lang="de" hreflang="de">Deutsch</a>' in page.text
    assert await lang_of(browser, "/login?lang=de") == "de"
    assert await lang_of(browser, "/login") == "de"


async def test_what_a_person_chose_holds_whatever_the_browser_asks_for(site: Site) -> None:
    browser = await site.as_person(PAT)
    answer = await browser.do("/settings/language", {"language": "de"})
    assert answer.status_code == 303
    page = await browser.get(answer.headers["location"].partition("#")[0])
    assert "Ihre Seiten sind ab jetzt in dieser Sprache." in page.text
    assert await lang_of(browser, "/inbox", **{"accept-language": "en"}) == "de"
    assert site.memory.office.get(PREFERENCES, "pat") == Preferences(staff_id="pat", language="de")


async def test_a_language_the_desk_does_not_have_is_refused_at_its_field(site: Site) -> None:
    browser = await site.as_person(PAT)
    page = await browser.do("/settings/language", {"language": "xx"})
    assert page.status_code == 422
    assert 'href="#language"' in page.text


async def test_one_readers_language_is_not_the_next_ones(site: Site) -> None:
    browser = await site.as_person(PAT)
    assert await lang_of(browser, "/inbox", **GERMAN) == "de"
    assert await lang_of(browser, "/inbox") == "en"


async def test_a_refusal_is_read_in_the_same_language(site: Site) -> None:
    browser = await site.as_person(PAT)
    page = await browser.get("/tasks/t-none", headers=GERMAN)
    assert page.status_code == 404
    assert "Diese Aufgabe gibt es nicht." in page.text


@pytest.mark.usefixtures("in_german")
@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("Matter m-1 was closed.", "Mandat m-1 wurde beendet."),
        ("Sent by e-mail: the closing message.",
         "Versandt per E-Mail: die Nachricht zum Abschluss."),
        ("Appointment a-1 was set for 3 May 2026, 09:00 (Europe/Berlin).",
         "Termin a-1 wurde für 3. Mai 2026, 09:00 (Europe/Berlin) vereinbart."),
        ("Clients are seen by: assistant, conflicts-officer.",
         "Die Mandantschaft sehen: Assistenz, Konfliktprüfung."),
        ("Talk to Anna", "Talk to Anna"),
        ("Note: call Anna.", "Note: call Anna."),
        ("", ""),
    ],
)  # fmt: skip
def test_a_sentence_that_was_kept_is_told_again(kept: str, said: str) -> None:
    assert retold(kept) == said


@pytest.mark.usefixtures("in_german")
def test_a_table_of_words_is_read_in_the_readers_language() -> None:
    table: Mapping[str, tuple[str, str]] = Words({"done": ("Done", "ok")})
    assert table["done"] == ("Erledigt", "ok")


class Bracketed:
    """A language that says every message in brackets, so that what is no message stands out."""

    def __init__(self) -> None:
        known = [each.id for each in catalogue("de") if each.id]
        self.known = {text for id in known for text in ([id] if isinstance(id, str) else id)}

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message in self.known else message

    def ngettext(self, one: str, many: str, number: int) -> str:
        return f"⟦{one if number == 1 else many}⟧"


@pytest.fixture
def brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    words: Any = Bracketed()
    patterns = tuple(
        replace(each, said=f"⟦{each.said}⟧") for each in language.sayings("de").patterns
    )
    monkeypatch.setattr(language, "sayings", lambda _code: Sayings(words, patterns))
    language._retold.cache_clear()
    yield
    language._retold.cache_clear()


def left_over(page: str) -> list[str]:
    """What of a page is neither in brackets nor data: text that nobody marked."""
    page = WITHOUT_WORDS.sub("", page)
    texts = [*READ_OUT.findall(page), re.sub(r"<[^>]*>", "\n", page)]
    depth, outside = 0, ""
    for letter in html.unescape("\n".join(texts)):
        depth += {"⟦": 1, "⟧": -1}.get(letter, 0)
        outside += letter if depth == 0 or letter == "\n" else ""
    for data in DATA:
        outside = outside.replace(data, "")
    lines = (re.sub(r"[\w./@:-]*[-@._0-9][\w./@:-]*", "", line) for line in outside.splitlines())
    return sorted({line.strip() for line in lines if re.search(r"[A-Za-z]{3}", line)})


@pytest.mark.usefixtures("brackets")
async def test_no_page_shows_a_text_that_nobody_marked() -> None:
    site = await site_at(NOON)
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(INQUIRY)
    for kind in TASK_KINDS:
        site.memory.office.hear(created(f"k-{kind}", kind=kind), id=f"e-{kind}")
    places = {each.path.format(**OBJECTS) for each in routes(site) if "GET" in methods(each)}
    places |= {f"/inbox?view={view}" for view in ("team", "unassigned", "done", "snoozed")}
    places |= {f"/tasks/k-{kind}" for kind in TASK_KINDS}
    found = {}
    for person in (PAT, OSKAR, CLARA):
        browser = await site.as_person(person)
        for place in sorted(places - ELSEWHERE):
            page = await browser.get(place, headers=GERMAN)
            is_page = "html" in page.headers.get("content-type", "") and page.status_code < 500
            if is_page and (left := left_over(page.text)):
                found[place] = left
    assert found == {}, "\n".join(map(str, found.items()))


@given(
    st.lists(st.text("ab ", max_size=3), min_size=2, max_size=4),
    st.text("ab ", max_size=12),
)
def test_a_sentence_is_found_as_the_plainest_reading_of_it_would(
    parts: list[str], text: str
) -> None:
    pattern = Pattern(tuple(parts), ("x",) * (len(parts) - 1), "", is_bare=False)
    plainest = re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL).fullmatch(text)
    assert pattern.filled(text) == (plainest.groups() if plainest else None)


@pytest.mark.timeout(20)  # it took for ever once
@pytest.mark.usefixtures("in_german")
def test_what_somebody_wrote_over_pages_is_shown_as_it_came_and_at_once() -> None:
    written = "He said: a, b: c. " + "of the day, by the way: " * 400
    assert retold(written) == written
