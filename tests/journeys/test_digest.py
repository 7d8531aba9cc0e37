"""Does the morning e-mail come once, at the hour a person chose, and never on a Sunday?"""

from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from shared.calendar import BusinessDays
from tests.desk.browsing import Browser
from tests.journeys.firm import Firm, until

FIRM = ZoneInfo("Europe/Berlin")
HOLIDAYS = "DE"
DAY = timedelta(days=1)


@pytest.fixture
async def lawyer(firm: Firm) -> AsyncIterator[Browser]:
    """A browser in which the lawyer has signed in."""
    login = firm.connect["logins"]["lawyer"]
    async with httpx.AsyncClient(base_url=firm.connect["desk"], timeout=30) as client:
        browser = Browser(client)
        answer = await browser.sign_in(login["user"], login["password"])
        assert answer.status_code == 303, answer.text
        yield browser


async def choose(browser: Browser, at: str) -> None:
    """Set the time on the settings page."""
    answer = await browser.post(
        "/settings/digest", await browser.get("/settings"), {"digest_at": at}
    )
    assert answer.status_code == 303, answer.text


async def a_task_is_due(firm: Firm) -> None:
    """Something is to be done, and is not done."""
    due_at = (await firm.now() + timedelta(hours=1)).isoformat()
    task = {"title": "Look into it", "role": "lawyer", "due_at": due_at}
    async with firm.api("lawyer") as api:
        answer = await api.post("/api/v1/tasks", json=task)
    assert answer.status_code == 201, answer.text


def digests(firm: Firm) -> list[str]:
    """The texts of the lawyer's morning e-mails."""
    address = firm.connect["logins"]["lawyer"]["email"]
    found = firm.mails_to(address)
    return [str(mail.get_body(("plain",)).get_content()) for mail in found]  # type: ignore[union-attr]  # each has one


def at(day: datetime, clock: str) -> datetime:
    """That time of that day where the firm is."""
    return datetime.combine(day.astimezone(FIRM).date(), time.fromisoformat(clock), FIRM)


async def go_to(firm: Firm, instant: datetime) -> None:
    await firm.advance(instant - await firm.now())
    await firm.idle()


async def night_before_a_business_day(firm: Firm) -> datetime:
    """Go on to a late evening after which the firm works; that evening."""
    evening = at(await firm.now() + DAY, "23:00")
    while BusinessDays(HOLIDAYS).is_closed((evening + DAY).date()):
        evening += DAY
    await go_to(firm, evening)
    return evening


async def test_it_comes_once_at_the_hour_chosen_and_never_on_a_sunday(
    firm: Firm, lawyer: Browser
) -> None:
    evening = await night_before_a_business_day(firm)
    await a_task_is_due(firm)
    await choose(lawyer, "07:30")
    await choose(lawyer, "06:40")

    async def planned() -> bool:
        page = await lawyer.get("/settings")
        return f"{evening + DAY:%a} {(evening + DAY).day} {evening + DAY:%b %Y}, 06:40" in page.text

    await until(planned, "the next morning e-mail")
    before = len(digests(firm))
    await go_to(firm, at(evening + DAY, "06:39"))
    assert len(digests(firm)) == before
    await go_to(firm, at(evening + DAY, "12:00"))
    assert len(digests(firm)) == before + 1
    assert "Follow up" in digests(firm)[-1]
    assert "Look into it" not in digests(firm)[-1]
    saturday = evening + timedelta(days=(5 - evening.weekday()) % 7 or 7)
    await go_to(firm, at(saturday, "00:10"))
    friday = len(digests(firm))
    await go_to(firm, at(saturday + DAY, "23:50"))
    assert len(digests(firm)) == friday


async def test_who_turns_it_off_gets_none(firm: Firm, lawyer: Browser) -> None:
    evening = await night_before_a_business_day(firm)
    await a_task_is_due(firm)
    await lawyer.post("/settings/digest/off", await lawyer.get("/settings"))
    assert "None: it is turned off" in (await lawyer.get("/settings")).text
    await firm.idle()
    before = len(digests(firm))
    await go_to(firm, at(evening + DAY, "12:00"))
    assert len(digests(firm)) == before
    await choose(lawyer, "07:30")
