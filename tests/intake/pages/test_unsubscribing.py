"""Does one click end a kind of message, and does opening a link end nothing?"""

from pathlib import Path

import pytest

from shared.contracts.intake import ConsentWithdrawn
from shared.errors import TemporaryError
from tests.fakes.memory import START, MemoryService
from tests.intake.pages.site import IntakeSite, hidden

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def withdrawn(office: MemoryService) -> list[tuple[str, str]]:
    return [(each.client_id, each.purpose) for each in office.announced_of(ConsentWithdrawn)]


async def test_one_click_withdraws_the_purpose_of_the_message(
    site: IntakeSite, office: MemoryService
) -> None:
    answer = await site.browser.post(site.unsubscribe(), data=ONE_CLICK)
    assert (answer.status_code, answer.text) == (200, "Unsubscribed.\n")
    assert withdrawn(office) == [("c-1", "feedback")]
    assert office.announced_of(ConsentWithdrawn)[0].by == "client"


async def test_one_click_may_come_as_a_multipart_form(
    site: IntakeSite, office: MemoryService
) -> None:
    parts = {name: (None, value) for name, value in ONE_CLICK.items()}
    answer = await site.browser.post(site.unsubscribe(), files=parts)
    assert answer.status_code == 200
    assert withdrawn(office) == [("c-1", "feedback")]


async def test_one_click_needs_no_origin_of_ours(site: IntakeSite, office: MemoryService) -> None:
    headers = {"Origin": "https://mail.test", "Sec-Fetch-Site": "cross-site"}
    answer = await site.browser.post(site.unsubscribe(), data=ONE_CLICK, headers=headers)
    assert answer.status_code == 200
    assert withdrawn(office) == [("c-1", "feedback")]


async def test_clicking_again_is_answered_and_says_nothing_new(
    site: IntakeSite, office: MemoryService
) -> None:
    answers = [await site.browser.post(site.unsubscribe(), data=ONE_CLICK) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert withdrawn(office) == [("c-1", "feedback")]


async def test_a_withdrawal_by_the_firm_is_still_made_the_clients_own(
    site: IntakeSite, office: MemoryService
) -> None:
    office.hear(ConsentWithdrawn(client_id="c-1", purpose="feedback", at=START))
    await site.browser.post(site.unsubscribe(), data=ONE_CLICK)
    assert withdrawn(office) == [("c-1", "feedback")]


async def test_the_purpose_stands_in_the_link(site: IntakeSite, office: MemoryService) -> None:
    await site.browser.post(site.unsubscribe("marketing.c-1"), data=ONE_CLICK)
    assert withdrawn(office) == [("c-1", "marketing")]


async def test_a_client_intake_has_not_heard_of_yet_can_unsubscribe(
    site: IntakeSite, office: MemoryService
) -> None:
    answer = await site.browser.post(site.unsubscribe("feedback.c-new"), data=ONE_CLICK)
    assert answer.status_code == 200
    assert withdrawn(office) == [("c-new", "feedback")]


async def test_opening_the_link_shows_a_button_and_changes_nothing(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.browser.get(site.unsubscribe())
    assert page.status_code == 200
    assert "no longer ask you how satisfied you were" in page.text
    assert hidden(page) == {**ONE_CLICK, "page": "1"}
    assert withdrawn(office) == []


async def test_the_button_says_what_it_did_and_where_to_change_it(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.send(site.unsubscribe())
    assert "You are unsubscribed" in page.text
    assert f'href="{site.settings.page_url()}{site.preferences()}"' in page.text
    assert withdrawn(office) == [("c-1", "feedback")]


@pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "no"}, {"x": "y"}])
async def test_anything_else_unsubscribes_nobody(
    site: IntakeSite, office: MemoryService, body: dict[str, str]
) -> None:
    answer = await site.browser.post(site.unsubscribe(), data=body)
    assert answer.status_code == 415
    assert withdrawn(office) == []


async def test_a_body_without_end_is_not_read_to_the_end(
    site: IntakeSite, office: MemoryService
) -> None:
    answer = await site.browser.post(site.unsubscribe(), content=b"x=" + b"y" * 100_000)
    assert answer.status_code == 415
    assert withdrawn(office) == []


@pytest.mark.parametrize("about", ["service.c-1", "feedback.", "feedback", "all.c-1"])
async def test_nobody_unsubscribes_from_what_cannot_be_turned_off(
    site: IntakeSite, office: MemoryService, about: str
) -> None:
    answer = await site.browser.post(site.unsubscribe(about), data=ONE_CLICK)
    assert answer.status_code == 404
    assert withdrawn(office) == []


async def test_every_dead_link_gets_the_same_page(site: IntakeSite) -> None:
    dead = ["/u/x", site.unsubscribe() + "0", site.path("u", "preferences", "feedback.c-1")]
    pages = [await site.browser.get(path) for path in dead]
    posts = [await site.browser.post(path, data=ONE_CLICK) for path in dead]
    assert {page.status_code for page in [*pages, *posts]} == {404}
    assert len({page.text for page in [*pages, *posts]}) == 1


async def test_while_the_database_is_away_the_mail_program_is_told_to_come_again(
    site: IntakeSite,
) -> None:
    site.runtime.failure = TemporaryError("away")
    answer = await site.browser.post(site.unsubscribe(), data=ONE_CLICK)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"


async def test_by_the_german_profile_the_page_says_that_review_asks_are_advertising(
    office: MemoryService, tmp_path: Path
) -> None:
    site = IntakeSite(office, tmp_path, profile="german")
    page = await site.browser.get(site.unsubscribe("marketing.c-1"))
    assert "nor ask you for a public review" in page.text
    assert "public review" not in (await site.browser.get(site.unsubscribe())).text
