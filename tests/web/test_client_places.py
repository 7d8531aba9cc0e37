"""Is every address for clients closed to whatever it is not for? Generated from the routes."""

import gzip
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.web.static import FILES
from tests.forms import hidden
from tests.web.client_places import ONE_CLICK, URL, Place, places

BUTTON_ALONE = "/f/{form}/confirm/{token}"  # nothing is typed there that could be refused
SERVICES = pytest.mark.parametrize("service", ["intake", "feedback", "reputation"])
FIELDS = {"score": "3", "channel": "phone", "language": "de", "earliest": "09:00",
          "latest": "18:00", "name": "Zoe", "email": "z@example.com", "area": "family",
          "agreed": "yes", "story": "x", "answer": "no", "wrong": "x",
          "List-Unsubscribe": "One-Click"}  # fmt: skip
OTHER_SITES: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site", "Origin": URL},
    {"Sec-Fetch-Site": "same-site", "Origin": URL},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
)
INLINE = re.compile(r"<script(?![^>]*\ssrc=\"/static/)|\sstyle=|\son[a-z]+=|javascript:", re.I)
OUR_OWN = re.compile(r"https?://(?!www\.w3\.org/|pages\.test)")
MOST_BYTES = {"page": 12_000, "style sheet": 10_000, "script": 2_000}  # as they travel


@pytest.fixture
def place(service: str, tmp_path: Path) -> Place:
    return places(tmp_path)[service]


async def sent(place: Place, route: str, fields: dict[str, str], **more: Any) -> httpx.Response:
    async with place.browser() as browser:
        return await browser.post(place.addresses[route], data=FIELDS | fields, **more)


async def opened(place: Place, address: str, **more: Any) -> httpx.Response:
    async with place.browser() as browser:
        return await browser.get(address, **more)


ODD_BODIES: dict[str, tuple[str, bytes]] = {
    "parts without a boundary": ("multipart/form-data", b"--b\r\n\r\nx"),
    "parts within parts": ("multipart/form-data; boundary=b0", b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(250))),
    "a name in an unknown alphabet": ("multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name*=bogus''%ff\r\n\r\nx\r\n--b--"),
    "a boundary in an unknown alphabet": ("multipart/form-data; boundary*=bogus''b", b"--b--"),
    "an encoding nobody knows": ("multipart/form-data; boundary=b",
        b"--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: x-uuencode"
        b"\r\n\r\nbegin 9\r\n\xff\r\n--b--"),
    "parts of no alphabet": ("multipart/form-data; boundary=\xff", b"\xff\x00--\xff"),
    "no text": ("application/x-www-form-urlencoded", b"\xff\xfe=%ff&%=%&=&&"),
    "JSON without end": ("application/json", b"[" * 10_000),
    "nothing": ("", b""),
}  # fmt: skip


def forms(place: Place) -> list[str]:
    """Every route that changes something and asks for a token."""
    return [route for route in place.routes("POST") if route != ONE_CLICK]


@SERVICES
async def test_a_form_without_its_own_token_is_refused(place: Place) -> None:
    before = place.kept()
    strangers = {"csrf": "0" * 64, "key": "another"}
    for route in forms(place):
        for fields in ({}, {"csrf": ""}, strangers):
            answer = await sent(place, route, fields)
            assert answer.status_code == 403, route
    assert place.kept() == before
    assert place.runtime.acts == 0


@SERVICES
async def test_the_token_of_one_form_opens_no_other(place: Place, tmp_path: Path) -> None:
    both = places(tmp_path)
    tokens = [
        (route, hidden((await opened(each, each.addresses[route])).text)["csrf"])
        for each in both.values()
        for route in forms(each)
    ]
    for route in forms(place):
        for origin, token in tokens:
            if origin != route:
                assert (await sent(place, route, {"csrf": token})).status_code == 403, route
    assert place.runtime.acts == 0


@SERVICES
@pytest.mark.parametrize("headers", OTHER_SITES, ids=str)
async def test_another_sites_form_is_refused_even_with_a_good_token(
    place: Place, headers: dict[str, str]
) -> None:
    for route in forms(place):
        good = hidden((await opened(place, place.addresses[route])).text)
        answer = await sent(place, route, good, headers=headers)
        assert answer.status_code == 403, route
    assert place.runtime.acts == 0


@pytest.mark.parametrize("service", ["intake"])
async def test_only_unsubscribing_by_one_click_needs_no_token_and_no_origin(place: Place) -> None:
    assert set(place.routes("POST")) - set(forms(place)) == {ONE_CLICK}
    answer = await sent(place, ONE_CLICK, {}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert place.runtime.acts == 1


@SERVICES
async def test_opening_any_address_changes_nothing(place: Place) -> None:
    before = place.kept()
    async with place.browser() as browser:
        for address in place.addresses.values():
            await browser.get(address, params=FIELDS)
            await browser.head(address)
    assert place.kept() == before
    assert place.runtime.acts == 0


@SERVICES
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "POST"])
async def test_what_a_route_does_not_offer_is_refused_with_a_page(
    place: Place, method: str
) -> None:
    offered = set(place.routes(method))
    async with place.browser() as browser:
        for route in place.addresses.keys() - offered:
            answer = await browser.request(method, place.addresses[route])
            assert answer.status_code == 405, route
            assert_safe(answer)
    assert place.runtime.acts == 0


def assert_safe(answer: httpx.Response) -> None:
    """Nothing is loaded from elsewhere, kept, framed, or told to the next site."""
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "form-action 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert not INLINE.search(answer.text)
    assert not OUR_OWN.search(answer.text)


@SERVICES
async def test_every_page_carries_the_safe_headers(place: Place) -> None:
    for route, address in place.pages().items():
        answer = await opened(place, address)
        assert_safe(answer)
        empty_form = route == "/f/{form}"  # may be found again by going back; it knows nobody
        assert answer.headers["Cache-Control"] == (
            "private, no-cache" if empty_form else "no-store"
        )


@SERVICES
async def test_a_refused_form_is_as_safe_as_a_page(place: Place) -> None:
    for route in set(forms(place)) - {BUTTON_ALONE}:
        good = hidden((await opened(place, place.addresses[route])).text)
        empty = dict.fromkeys(FIELDS, "")
        answer = await sent(place, route, empty | good)
        assert answer.status_code == 422, route
        assert_safe(answer)
        assert answer.headers["Cache-Control"] == "no-store"


@SERVICES
async def test_unknown_foreign_and_mistyped_links_get_the_very_same_page(place: Place) -> None:
    with_token = [route for route in place.pages() if "{token}" in route]
    answers = []
    for route in with_token:
        genuine = place.addresses[route].split("/")
        at = next(n for n, part in enumerate(route.split("/")) if part == "{token}")
        for wrong in ("x", "a" * 300, genuine[at][:-1], f"{genuine[at]}x", "%00", "é" * 40):
            parts = [*genuine[:at], wrong, *genuine[at + 1 :]]
            answers.append(await opened(place, "/".join(parts)))
        if route != ONE_CLICK:  # unsubscribing works for whoever the firm once wrote to
            answers.append(await opened(place, place.foreign[route]))
    answers.append(await opened(place, "/nowhere/at/all"))
    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.text, str(answer.headers)) for answer in answers}) == 1
    assert_safe(answers[0])


@SERVICES
@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_page_speaks_the_language_it_is_asked_for(place: Place, language: str) -> None:
    other = {"en": "de", "de": "en"}[language]
    for route, address in place.pages().items():
        answer = await opened(place, f"{address}?lang={language}", follow_redirects=True)
        assert f'<html lang="{language}" dir="ltr">' in answer.text, route
        assert f'href="?lang={other}"' in answer.text
        assert f'<a href="/accessibility?lang={language}">' in answer.text


@SERVICES
async def test_what_goes_wrong_inside_is_a_page_that_tells_nothing(place: Place) -> None:
    place.runtime.failure = ValueError("secret canary")
    for route in place.routes("POST"):
        good = hidden((await opened(place, place.addresses[route])).text)
        answer = await sent(place, route, good)
        assert answer.status_code == 500, route
        assert "Something went wrong on our side." in answer.text
        assert "canary" not in answer.text
        assert_safe(answer)


@SERVICES
async def test_a_page_is_light_enough_for_an_old_phone(place: Place) -> None:
    for route, address in place.pages().items():
        answer = await opened(place, address, follow_redirects=True)
        assert len(answer.content) <= MOST_BYTES["page"], route
        wanted = re.findall(r'(?:href|src)="(/static/[^"]+)"', answer.text)
        assert sorted(each.rsplit("/", 1)[1] for each in wanted) == [
            "icon.svg", "page.js", "style.css",
        ]  # fmt: skip
    for name, most in (("style.css", "style sheet"), ("page.js", "script")):
        async with place.browser() as browser:
            address = place.addresses["/static/{digest}/{name}"].replace("style.css", name)
            request = browser.build_request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = await browser.send(request, stream=True)
            raw = b"".join([part async for part in answer.aiter_raw()])
        assert gzip.decompress(raw) == FILES[name]
        assert len(raw) <= MOST_BYTES[most], name


@SERVICES
@pytest.mark.parametrize("odd", ODD_BODIES)
async def test_an_odd_body_is_refused_and_breaks_nothing(place: Place, odd: str) -> None:
    kind, body = ODD_BODIES[odd]
    for route in place.routes("POST"):
        async with place.browser() as browser:
            headers = {b"Content-Type": kind.encode("latin-1"), b"Origin": URL.encode()}
            answer = await browser.post(place.addresses[route], content=body, headers=headers)
        assert 400 <= answer.status_code < 500, (route, answer.status_code)
