"""Does the firm's single sign-on let in whom it vouches for, and nobody by a forged answer?"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from services.desk.domain.accounts import Account
from services.desk.domain.sessions import session_hash
from services.desk.gateways.single_sign_on import OpenIdConnect
from services.desk.ports.signing_in import ACCOUNTS, SESSIONS
from services.desk.ports.staff import STAFF
from shared.clock import real_now
from shared.contracts.envelope import Cause
from tests.desk.browsing import URL, Browser, Site, site_at
from tests.desk.facts import LEO, NOON
from tests.desk.provider import CLIENT, SECRET, STRANGERS, Provider, identity_provider
from tests.patience import PATIENCE

CALLBACK = f"{URL}/auth/callback"
CAUSE = Cause("urn:clientele:desk", "c-1", "request", "c-1", None, NOON)
PAST = int((real_now() - timedelta(hours=1)).timestamp())


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    """A provider that vouches for Leo."""
    async with identity_provider() as running:
        yield running


@pytest.fixture
async def desk(provider: Provider) -> Site:
    """Pages at which the provider is trusted."""
    sso = OpenIdConnect(provider.issuer, CLIENT, SECRET, CALLBACK)
    return await site_at(NOON, sso=sso)


async def sent_back(browser: Browser, next: str = "/inbox") -> str:
    """To the provider and signed in there; the address it sends the browser back to."""
    away = await browser.get("/login/sso", params={"next": next})
    assert away.status_code == 303, away.text
    async with httpx.AsyncClient(timeout=PATIENCE) as outside:
        back = await outside.get(away.headers["location"])
    assert back.status_code == 302, back.text
    address: str = back.headers["location"]
    assert address.startswith(CALLBACK)
    return address


async def sign_on(browser: Browser, next: str = "/inbox") -> httpx.Response:
    return await browser.get(await sent_back(browser, next))


async def is_in(browser: Browser) -> bool:
    return (await browser.get("/inbox")).status_code == 200


def account(desk: Site) -> Account:
    found = desk.memory.office.get(ACCOUNTS, "leo")
    assert found is not None
    return found


async def test_whom_it_vouches_for_is_let_in_where_they_wanted_to_be(desk: Site) -> None:
    browser = desk.browser()
    answer = await sign_on(browser, "/tasks/t-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tasks/t-1")
    assert await is_in(browser)


async def test_the_sign_in_page_offers_it(desk: Site) -> None:
    assert "Sign in with Example ID" in (await desk.browser().get("/login")).text
    without = await site_at(NOON)
    assert "/login/sso" not in (await without.browser().get("/login")).text
    assert (await without.browser().get("/login/sso")).status_code == 404


async def test_whoever_came_once_is_known_by_who_they_are_not_by_their_address(
    desk: Site, provider: Provider
) -> None:
    await sign_on(desk.browser())
    assert account(desk).subject == f"{provider.issuer} sub-leo"
    provider.email = "somebody-else"
    assert await is_in(await signed_on(desk))
    provider.sub, provider.email = "sub-other", "leo"
    assert (await sign_on(desk.browser())).status_code == 409


async def signed_on(desk: Site) -> Browser:
    browser = desk.browser()
    await sign_on(browser)
    return browser


async def test_an_address_nobody_has_verified_opens_nothing(desk: Site, provider: Provider) -> None:
    provider.verified = False
    browser = desk.browser()
    assert (await sign_on(browser)).status_code == 409
    assert not await is_in(browser)


LOOK_ALIKES = ("aßistant", "\uff41ssistant", "assistant\u200b", "assi\u017ftant", " assistant")


@pytest.mark.parametrize("vouched", LOOK_ALIKES)
async def test_an_address_that_only_looks_like_somebodys_opens_nothing(
    desk: Site, provider: Provider, vouched: str
) -> None:
    other = Account(staff_id="pat", user="assistant@firm.example")
    desk.memory.office.act(lambda u: u.put(ACCOUNTS, other), lambda _: [ACCOUNTS.one("pat")], CAUSE)
    provider.sub, provider.email = "sub-other", f"{vouched}@firm.example"
    browser = desk.browser()
    assert (await sign_on(browser)).status_code == 409
    assert not await is_in(browser)


async def test_capital_letters_make_no_other_address(desk: Site, provider: Provider) -> None:
    provider.email = "Leo"
    assert await is_in(await signed_on(desk))


async def test_somebody_without_an_account_is_told_so(desk: Site, provider: Provider) -> None:
    provider.sub, provider.email = "sub-x", "x@elsewhere.example"
    answer = await sign_on(desk.browser())
    assert answer.status_code == 409
    assert "no account for you" in answer.text


async def test_somebody_who_has_left_is_not_let_in(desk: Site) -> None:
    gone = replace(LEO, active=False)
    desk.memory.office.act(lambda u: u.put(STAFF, gone), lambda _: [STAFF.one("leo")], CAUSE)
    browser = desk.browser()
    assert (await sign_on(browser)).status_code == 409
    assert not await is_in(browser)


FORGED: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "another audience": {"claims": {"aud": "another program"}},
    "no audience": {"claims": {"aud": None}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "expired": {"claims": {"iat": PAST, "exp": PAST + 60}},
    "no end": {"claims": {"exp": None}},
    "from the future": {"claims": {"iat": PAST + 9 * 3600, "exp": PAST + 10 * 3600}},
    "meant for others": {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    "nobody": {"claims": {"sub": None}},
    "a stranger's key": {"key": STRANGERS},
    "no signature": {"header": {"alg": "none"}},
}


@pytest.mark.parametrize("wrong", FORGED.values(), ids=FORGED.keys())
async def test_a_token_that_is_not_right_in_everything_opens_nothing(
    desk: Site, provider: Provider, wrong: dict[str, Any]
) -> None:
    for name, value in wrong.items():
        setattr(provider, name, value)
    browser = desk.browser()
    answer = await sign_on(browser)
    assert answer.status_code == 409, answer.text
    assert "did not vouch" in answer.text
    assert not await is_in(browser)
    assert desk.memory.office.all(SESSIONS) == []


async def test_an_answer_counts_once(desk: Site, provider: Provider) -> None:
    browser = desk.browser()
    address = await sent_back(browser)
    assert (await browser.get(address)).status_code == 303
    assert (await browser.get(address)).status_code == 403
    assert provider.redeemed == 1


async def test_an_answer_with_its_cookie_again_is_refused_by_the_provider(
    desk: Site, provider: Provider
) -> None:
    browser = desk.browser()
    address = await sent_back(browser)
    note = browser.client.cookies["clientele-sign-on"]
    await browser.get(address)
    thief = desk.browser()
    thief.client.cookies.set("clientele-sign-on", note)
    assert (await thief.get(address)).status_code == 409
    assert not await is_in(thief)


async def test_an_answer_to_somebody_elses_question_is_refused(
    desk: Site, provider: Provider
) -> None:
    attacker, victim = desk.browser(), desk.browser()
    address = await sent_back(attacker)
    assert (await victim.get(address)).status_code == 403
    await victim.get("/login/sso")
    assert (await victim.get(address)).status_code == 403
    assert not await is_in(victim)
    assert provider.redeemed == 0


@pytest.mark.parametrize("change", [{"state": "x"}, {"state": ""}, {"code": ""}, {"code": "x"}])
async def test_a_changed_answer_is_refused(desk: Site, change: dict[str, str]) -> None:
    browser = desk.browser()
    said = parse_qs(urlsplit(await sent_back(browser)).query)
    params = {name: values[0] for name, values in said.items()} | change
    assert (await browser.get("/auth/callback", params=params)).status_code in (403, 409)
    assert not await is_in(browser)


async def test_a_note_we_did_not_write_is_refused(desk: Site) -> None:
    browser = desk.browser()
    address = await sent_back(browser)
    note = browser.client.cookies["clientele-sign-on"]
    browser.client.cookies.clear()
    browser.client.cookies.set("clientele-sign-on", f"{note[:-4]}AAAA")
    assert (await browser.get(address)).status_code == 403


async def test_what_was_asked_is_new_each_time_and_its_verifier_stays_here(desk: Site) -> None:
    places = [(await desk.browser().get("/login/sso")).headers["location"] for _ in range(2)]
    asked = [parse_qs(urlsplit(place).query) for place in places]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
    assert all(each["code_challenge_method"] == ["S256"] for each in asked)
    assert all("verifier" not in place for place in places)


async def test_coming_in_begins_a_new_session_and_ends_the_one_before(desk: Site) -> None:
    browser = await desk.as_person(LEO)
    before = browser.client.cookies["clientele"]
    await sign_on(browser)
    assert browser.client.cookies["clientele"] != before
    assert desk.memory.office.get(SESSIONS, session_hash(before)) is None


async def test_nobody_is_sent_elsewhere_afterwards(desk: Site) -> None:
    answer = await sign_on(desk.browser(), "//evil.example")
    assert answer.headers["location"] == "/inbox"


async def test_a_provider_that_is_away_is_said_and_passwords_still_work(provider: Provider) -> None:
    away = OpenIdConnect("http://127.0.0.1:9", CLIENT, SECRET, CALLBACK)
    desk = await site_at(NOON, sso=away)
    answer = await desk.browser().get("/login/sso")
    assert answer.status_code == 503
    assert "does not answer" in answer.text
    assert await is_in(await desk.as_person(LEO))


async def test_a_provider_that_says_it_is_another_is_not_trusted(
    desk: Site, provider: Provider
) -> None:
    provider.says_issuer = "https://evil.example"
    assert (await desk.browser().get("/login/sso")).status_code == 503
