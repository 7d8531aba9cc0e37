"""Does the firm hear the story exactly when it may, and does it lose none?"""

from functools import partial
from pathlib import Path

import pytest
from httpx import Response

from services.intake.pages.links import story_url
from services.intake.ports import INQUIRIES
from shared.tasks import Actor
from shared.web.csrf import form_token
from tests.fakes.memory import MemoryService
from tests.filled_in import usual
from tests.intake.office import CLEARED, DECLINED, OFFICER, inquiry, intake, only_task
from tests.intake.pages.site import FILLED, FORM, URL, IntakeSite, hidden

AGAINST_OUR_CLIENT = FILLED | {"others": "Anna Schmidt"}
LAWYER = Actor(id="s-lawyer", roles=("lawyer",))


async def tell(site: IntakeSite, page: Response, story: str = "The heating is off.") -> Response:
    data = hidden(page) | {"story": story}
    return await site.browser.post(page.url.path, data=data, follow_redirects=True)


def written_to(office: MemoryService) -> None:
    """Somebody sent the letter that the firm does not act."""
    (task,) = office.tasks("decline-letter")
    office.decide(task.task_id, "sent", {"sent_by": "e-mail"}, actor=LAWYER)


async def test_with_clear_names_the_link_somebody_sends_asks_for_the_story(
    site: IntakeSite,
) -> None:
    page = await site.ask(**FILLED)
    assert page.status_code == 200
    assert "<title>Step 2 of 2: Tell us what it is about" in page.text


async def test_the_form_leads_to_no_link_of_its_own(site: IntakeSite) -> None:
    page = await site.send(FORM, **FILLED)
    site.heard_back()
    again = await site.browser.get(page.url.path)
    assert site.story().rsplit("/", 1)[1] not in str(page.url) + page.text + again.text


async def test_whoever_answers_is_given_the_link_and_a_letter_in_the_inquirers_language(
    site: IntakeSite, tmp_path: Path
) -> None:
    site.office = intake(story_link=partial(story_url, site.settings))
    site.runtime.office = site.office
    data = hidden(await site.browser.get(f"{FORM}?lang=de")) | FILLED
    await site.browser.post(f"{FORM}?lang=de", data=data)
    site.heard_back()
    (task,) = site.office.tasks("inquiry-ready")
    shown = site.office.view(task.task_id, LAWYER)
    assert shown["link"] == URL + site.story()
    assert "Guten Tag Zoe Bauer" in shown["letter"]["body"]
    assert shown["link"] in shown["letter"]["body"]
    await tell(site, await site.browser.get(site.story()))
    assert "link" not in site.office.view(task.task_id, LAWYER)


async def test_while_names_are_checked_the_link_says_no_more_than_the_form_did(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.ask(**AGAINST_OUR_CLIENT)
    assert "We have received your inquiry" in page.text
    assert "<textarea" not in page.text
    assert office.tasks("inquiry-ready") == []


async def test_a_story_sent_before_the_check_is_clear_is_not_kept_and_not_lost(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.ask(**AGAINST_OUR_CLIENT)
    token = site.story().rsplit("/", 1)[1]
    data = {"csrf": site_token(site, token), "story": "secret facts"}
    refused = await site.browser.post(site.story(), data=data)
    assert refused.status_code == 409
    assert "secret facts" in refused.text
    assert "You may tell us now" not in refused.text
    (kept,) = office.all(INQUIRIES)
    assert kept.story is None


async def test_once_the_check_is_cleared_the_link_takes_the_story(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.ask(**AGAINST_OUR_CLIENT)
    office.decide(only_task(office), "clear", CLEARED, actor=OFFICER)
    again = await site.browser.get(site.story())
    assert "Tell us what it is about" in again.text
    told = await tell(site, again)
    assert "We have received what you wrote." in told.text


async def test_declined_the_page_says_so_kindly_and_takes_nothing(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.ask(**AGAINST_OUR_CLIENT)
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    not_yet = await site.browser.get(page.url.path)
    assert "We have received your inquiry" in not_yet.text
    written_to(office)
    again = await site.browser.get(page.url.path)
    assert "cannot act for you in this matter" in again.text
    assert "<form" not in again.text
    assert office.tasks("inquiry-ready") == []


async def test_the_story_reaches_whoever_answers_and_nobody_else(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.ask(**FILLED)
    (before,) = office.tasks("inquiry-ready")
    await tell(site, page, "  The heating\r\nis off.  ")
    (task,) = office.tasks("inquiry-ready")
    assert (task.task_id, task.version) == (before.task_id, 2)
    assert task.due_at < before.due_at
    shown = office.view(task.task_id, LAWYER)
    assert shown["story"] == "The heating\nis off."
    assert shown["contact"] == "zoe@example.com"
    assert "heating" not in str(office.announced) + str(task)


async def test_telling_twice_is_telling_once_and_telling_anew_replaces(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.ask(**FILLED)
    for story in ("first", "first", "second"):
        await tell(site, page, story)
    (task,) = office.tasks("inquiry-ready")
    assert task.version == 3
    assert office.view(task.task_id, LAWYER)["story"] == "second"


async def test_once_answered_the_page_says_so_and_takes_nothing_more(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.ask(**FILLED)
    (task,) = office.tasks("inquiry-ready")
    office.decide(task.task_id, "contacted", usual("inquiry-ready", "contacted"), actor=LAWYER)
    assert "We have been in touch" in (await site.browser.get(page.url.path)).text
    refused = await tell(site, page)
    assert refused.status_code == 409
    assert "The heating is off." in refused.text


async def test_an_inquiry_the_firm_does_not_take_is_declined_on_the_page(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.ask(**FILLED)
    (task,) = office.tasks("inquiry-ready")
    office.decide(task.task_id, "not-taken", {"reason": "no capacity"}, actor=LAWYER)
    written_to(office)
    assert "cannot act for you" in (await site.browser.get(page.url.path)).text


@pytest.mark.parametrize(
    ("story", "message"),
    [(" \r\n ", "Write what it is about."), ("x" * 5_001, "Your text has 5001 characters")],
)
async def test_a_story_that_is_empty_or_too_long_is_refused_and_not_lost(
    site: IntakeSite, office: MemoryService, story: str, message: str
) -> None:
    page = await tell(site, await site.ask(**FILLED), story)
    assert page.status_code == 422
    assert message in page.text
    assert story.strip() in page.text


async def test_every_dead_link_gets_the_same_page(site: IntakeSite, office: MemoryService) -> None:
    genuine = (await site.ask(**FILLED)).url.path
    office.hear(inquiry("Otto Other", inquiry_id="by-phone"))
    by_phone = site.path("f", "inquiry", "by-phone").replace("/f/", "/f/contact/")
    dead = ["/f/unknown", f"{genuine}0", genuine.replace("contact", "unknown"), by_phone]
    pages = [await site.browser.get(path) for path in dead]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


async def test_the_second_step_stays_in_the_language_of_the_first(site: IntakeSite) -> None:
    form = await site.browser.get(f"{FORM}?lang=de")
    data = hidden(form) | FILLED
    await site.browser.post(f"{FORM}?lang=de", data=data)
    site.heard_back()
    page = await site.browser.get(site.story())
    assert "<title>Schritt 2 von 2: Worum geht es?" in page.text


def site_token(site: IntakeSite, token: str) -> str:
    """The hidden token of the second step's form, which is not shown while the check waits."""
    return form_token(site.settings.page_key, token)
