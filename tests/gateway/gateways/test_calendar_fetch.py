"""Is a calendar fetched from exactly where it may be, and once as long as it is the same?"""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from services.gateway.domain.calendars.entries import LARGEST
from services.gateway.domain.calendars.kept import Marks
from services.gateway.gateways.calendar_fetch import CalendarFetch, Fetched
from services.gateway.ports import OutwardConfig
from tests.gateway.a_calendar import calendar, event
from tests.gateway.gateways.test_webhooks import Names
from tests.gateway.receiver import HOST, Answer, Authority, Receiver, receiving

FILE = calendar(event())


class Fetching:
    """A fetch that may reach the server on this machine under the name it is given."""

    def __init__(self, authority: Authority, server: Receiver) -> None:
        self.authority, self.server = authority, server

    async def fetch(
        self, url: str = "", last: Marks = Marks(), *, names: Names | None = None,  # noqa: B008 - frozen
        hosts: tuple[str, ...] = (HOST,), by_http: bool = False, seconds: float = 5.0,
    ) -> Fetched:  # fmt: skip
        config = OutwardConfig(by_http=by_http, hosts=frozenset(hosts))
        fetch = CalendarFetch(
            config, names or Names(), authorities=self.authority.file, seconds=seconds
        )
        return await fetch(url or f"https://{HOST}:{self.server.port}/a.ics?key=1", last)

    async def answered(self, status: int = 200, body: bytes = FILE, **headers: str) -> Fetched:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.server.answers = [Answer(status, named, body)]
        return await self.fetch()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def fetching(authority: Authority) -> AsyncIterator[Fetching]:
    async with receiving(authority) as server:
        yield Fetching(authority, server)


async def test_it_is_asked_for_by_its_name_and_read(fetching: Fetching) -> None:
    fetched = await fetching.answered(etag='"v-1"', last_modified="Mon, 02 Mar 2026 09:00:00 GMT")
    assert fetched.content == FILE
    (got,) = fetching.server.got
    assert got.line == "GET /a.ics?key=1 HTTP/1.1"
    assert got.headers["host"] == f"{HOST}:{fetching.server.port}"
    assert "if-none-match" not in got.headers
    fetching.server.answers = [Answer(304)]
    again = await fetching.fetch(last=fetched.marks)
    assert (again.content, again.problem, again.marks) == (None, "", fetched.marks)
    asked = fetching.server.got[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (
        '"v-1"', "Mon, 02 Mar 2026 09:00:00 GMT"
    )  # fmt: skip


async def test_a_server_that_marks_nothing_is_compared_by_what_it_says(fetching: Fetching) -> None:
    stamped = calendar(event("a@x", "20260310T090000Z", "DTSTAMP:20260302T090000Z"))
    first = await fetching.answered(body=stamped)
    later = stamped.replace(b"T090000Z\r\nEND", b"T101500Z\r\nEND")
    fetching.server.answers = [Answer(200, {}, later)]
    assert (await fetching.fetch(last=first.marks)).content is None
    other = calendar(event("b@x"))
    fetching.server.answers = [Answer(200, {}, other)]
    assert (await fetching.fetch(last=first.marks)).content == other


@pytest.mark.parametrize("status", [301, 302, 401, 404, 500])
async def test_any_other_answer_is_a_problem_and_no_redirect_is_followed(
    fetching: Fetching, status: int
) -> None:
    fetched = await fetching.answered(status, location="https://crm.example/other")
    assert (fetched.content, fetched.problem) == (None, f"status-{status}")
    assert len(fetching.server.got) == 1


async def test_what_is_larger_than_a_calendar_is_not_read_to_its_end(fetching: Fetching) -> None:
    fetched = await fetching.answered(body=b" " * (LARGEST + 100_000))
    assert (fetched.content, fetched.problem) == (None, "too-large")


@pytest.mark.parametrize(("url", "how", "problem"), [
    ("", {"hosts": ()}, "address-not-allowed"),
    ("", {"names": Names(["10.0.0.1"]), "hosts": ()}, "address-not-allowed"),
    ("", {"names": Names(["93.184.216.34", "127.0.0.1"]), "hosts": ()}, "address-not-allowed"),
    ("https://169.254.169.254/", {"names": Names(["169.254.169.254"])}, "address-not-allowed"),
    ("", {"names": Names([])}, "unknown-host"),
    ("http://crm.example/a.ics", {}, "url"),
    ("https://user:word@crm.example/a.ics", {}, "url"),
    ("file:///etc/passwd", {}, "url"),
])  # fmt: skip
async def test_nothing_is_fetched_from_where_nothing_may_be(
    fetching: Fetching, url: str, how: dict[str, Any], problem: str
) -> None:
    assert (await fetching.fetch(url, **how)).problem == problem
    assert fetching.server.got == []


async def test_webcal_means_https(fetching: Fetching) -> None:
    fetching.server.answers = [Answer(200, {}, FILE)]
    fetched = await fetching.fetch(f"webcal://{HOST}:{fetching.server.port}/a.ics")
    assert fetched.content == FILE


async def test_whoever_answers_under_another_name_is_not_believed(fetching: Fetching) -> None:
    url = f"https://other.example:{fetching.server.port}/a.ics"
    assert (await fetching.fetch(url, hosts=("other.example",))).problem == "certificate"


async def test_a_server_that_is_away_or_never_answers_is_a_problem(fetching: Fetching) -> None:
    assert (await fetching.fetch(f"https://{HOST}:1/a.ics")).problem == "unreachable"
    fetching.server.answers = [Answer(never=True)]
    assert (await fetching.fetch(seconds=0.3)).problem == "timeout"
