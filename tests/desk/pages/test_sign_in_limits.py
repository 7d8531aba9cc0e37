"""How often may a password be tried, and whom do a stranger's tries hold up?"""

import asyncio
from collections import Counter

import pytest

from services.desk.domain.sign_in_paces import SignInPaces
from services.desk.pages import password_sign_in
from services.desk.pages.known_devices import COOKIE, MOST
from shared.web.passwords import TooManyPasswordsError
from tests.desk.browsing import PASSWORD, Browser, Site, form_fields, invited, site_at
from tests.desk.facts import NOON

HOME, ELSEWHERE = "203.0.113.9", "198.51.100.66"
WRONG = "not this one"


async def status_of(browser: Browser, user: str = "leo", password: str = PASSWORD) -> int:
    return (await browser.sign_in(user, password)).status_code


async def attack(site: Site, tries: int, *addresses: str, user: str = "leo") -> None:
    for place in range(tries):
        await site.browser(addresses[place % len(addresses)]).sign_in(user, WRONG)


async def known(site: Site, *users: str, address: str = HOME) -> Browser:
    """A browser with which these people have signed in before; the last is signed out too."""
    browser = site.browser(address)
    for user in users:
        assert await status_of(browser, user) == 303
        browser.client.cookies.delete("clientele")
    return browser


async def test_of_forty_tries_at_once_only_as_many_are_judged_as_one_after_the_other(
    site: Site,
) -> None:
    browsers = [site.browser(ELSEWHERE) for _ in range(40)]
    pages = [await each.get("/login") for each in browsers]
    fields = {"user": "leo", "password": WRONG}
    answers = await asyncio.gather(
        *(each.post("/login", page, fields) for each, page in zip(browsers, pages, strict=True))
    )
    assert Counter(each.status_code for each in answers) == {422: 5, 429: 35}


async def test_wrong_passwords_from_elsewhere_hold_up_nobody_here(site: Site) -> None:
    await attack(site, 20, ELSEWHERE)
    assert await status_of(site.browser(HOME)) == 303
    assert await status_of(site.browser(ELSEWHERE)) == 429


async def test_a_known_device_lets_in_whatever_is_tried_from_the_same_address() -> None:
    site = await site_at(NOON)
    browser = await known(site, "leo")
    await attack(site, 40, HOME)
    assert await status_of(site.browser(HOME)) == 429
    assert await status_of(browser) == 303


async def test_many_addresses_are_no_way_around_and_hold_up_no_known_device() -> None:
    site = await site_at(NOON, paces=SignInPaces("5/minute", "30/minute", "20/minute"))
    browser = await known(site, "leo")
    await attack(site, 20, *(f"198.51.100.{end}" for end in range(20)))
    assert await status_of(site.browser("192.0.2.1"), password=WRONG) == 429
    assert await status_of(browser) == 303


async def test_a_known_device_may_not_guess_for_ever_either(site: Site) -> None:
    browser = await known(site, "leo")
    tries = [await status_of(browser, password=WRONG) for _ in range(6)]
    assert tries == [422] * 5 + [429]


async def test_a_device_of_one_person_is_a_strangers_for_another(site: Site) -> None:
    browser = await known(site, "pat", address=ELSEWHERE)
    await attack(site, 5, ELSEWHERE)
    assert await status_of(browser) == 429


async def test_a_mark_that_was_changed_counts_for_nothing(site: Site) -> None:
    browser = await known(site, "leo")
    kept = browser.client.cookies[COOKIE]
    browser.client.cookies.clear()
    browser.client.cookies.set(COOKIE, kept[:-2] + "xx")
    await attack(site, 5, HOME)
    assert await status_of(browser) == 429


async def test_the_mark_says_nothing_about_who_signed_in(site: Site) -> None:
    browser = await known(site, "leo", "pat")
    assert "leo" not in browser.client.cookies[COOKIE]
    assert "pat" not in browser.client.cookies[COOKIE]


async def test_people_who_share_a_browser_are_all_known_there(site: Site) -> None:
    users = ("leo", "pat", "clara")
    browser = await known(site, *users, "leo")
    assert len(browser.client.cookies[COOKIE].split("~")) == len(users) <= MOST
    for user in users:
        await attack(site, 5, HOME, user=user)
    for user in users:
        assert await status_of(browser, user) == 303
        browser.client.cookies.delete("clientele")


async def test_a_colleague_who_signs_in_holds_up_nobody_at_the_same_address(site: Site) -> None:
    assert {await status_of(site.browser(HOME)) for _ in range(35)} == {303}


async def test_a_new_link_lets_in_whoever_had_tried_too_often(site: Site) -> None:
    browser = site.browser(HOME)
    for _ in range(6):
        await browser.sign_in("leo", WRONG)
    place = invited(site)
    fields = {"password": "another long one", "again": "another long one"}
    await browser.client.post(
        place, data=form_fields((await browser.get(place)).text, place) | fields
    )
    assert await status_of(browser, password="another long one") == 303


async def test_a_try_that_nobody_could_judge_does_not_count(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> bool:
        raise TooManyPasswordsError

    with monkeypatch.context() as busy:
        busy.setattr(password_sign_in, "is_password", full)
        assert [await status_of(site.browser(HOME)) for _ in range(8)] == [503] * 8
    assert await status_of(site.browser(HOME)) == 303


async def test_whoever_must_wait_is_told_for_how_long() -> None:
    site = await site_at(NOON, paces=SignInPaces("1/3 hour", "30/minute", "60/minute"))
    await attack(site, 1, HOME)
    answer = await site.browser(HOME).sign_in("leo")
    assert "Wait 2 hours" in answer.text
    assert 3600 < int(answer.headers["retry-after"]) <= 3 * 3600
