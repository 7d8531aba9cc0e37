"""Can a person of ops see on the desk how everything fares, and settle a dead letter?"""

import re
from typing import Any

import httpx

from tests.desk.browsing import form_fields
from tests.journeys.firm import Firm, until

FIGURES = ("Events waiting", "Due work", "Announcements waiting", "Dead letters", "Leases",
           "Messages of unknown fate", "Messages to clients")  # fmt: skip


async def sign_in(firm: Firm, role: str) -> httpx.AsyncClient:
    """A browser in which the person of this role is signed in."""
    browser = httpx.AsyncClient(base_url=str(firm.connect["desk"]), timeout=60)
    login: dict[str, Any] = firm.connect["logins"][role]
    fields = form_fields((await browser.get("/login")).text, "/login")
    answer = await browser.post("/login", data=fields | login | {"next": "/inbox"})
    assert answer.status_code == 303
    return browser


async def test_ops_sees_all_five_services_and_settles_what_failed(firm: Firm) -> None:
    browser = await sign_in(firm, "ops")
    key = f"c-{firm.run}"
    await firm.streams.publish(f"events.client-updated.{key}", b'{"specversion": "1.0"}')

    async def listed() -> bool:
        return "invalid:" in (await browser.get("/ops")).text

    await until(listed, "the dead letter")
    page = (await browser.get("/ops")).text
    assert all(words in page for words in FIGURES)
    assert "does not answer" not in page
    assert "takes in events" in page
    assert "<code>urn:clientele:" in page
    service = re.findall(r'name="service" value="(\w+)"', page)[0]
    fields = form_fields(page, "/ops/dead-letters/discard")
    answer = await browser.post("/ops/dead-letters/discard", data=fields)
    after = (await browser.get(answer.headers["location"])).text
    assert f"Dead letters of {service}: " in after
    assert "put aside" in after
    place = f"/ops/dead-letters?service={service}&fingerprint={fields['fingerprint']}"
    assert "Put aside, last by" in (await browser.get(place)).text
    await browser.aclose()


async def test_nobody_else_gets_there(firm: Firm) -> None:
    browser = await sign_in(firm, "partner")
    assert (await browser.get("/ops")).status_code == 403
    await browser.aclose()
