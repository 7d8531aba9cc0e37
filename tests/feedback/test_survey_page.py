"""Can a client, and nobody else, answer with the link they were sent?"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.feedback.domain.answer_form import MAX_COMMENT
from services.feedback.ports import CONCERNS
from shared.contracts.feedback import FeedbackSubmitted
from shared.contracts.firm import ClientOnboarded
from shared.contracts.intake import ClientPreferencesUpdated
from shared.errors import TemporaryError
from tests.fakes.memory import MemoryService
from tests.feedback.office import SURVEY_ID, URL, SurveySite, asked_office, survey
from tests.forms import hidden


def client(**told: str) -> ClientOnboarded:
    """The matter's client."""
    facts = {"timezone": "Europe/Vienna", "locale": "en-GB"} | told
    return ClientOnboarded(client_id="c-1", name="A", email="a@b.example", **facts)


@pytest.fixture
def office() -> MemoryService:
    return asked_office()


@pytest.fixture
async def site(office: MemoryService, tmp_path: Path) -> AsyncIterator[SurveySite]:
    site = SurveySite(office, tmp_path)
    async with site.browser:
        yield site


async def test_opening_shows_the_form_and_changes_nothing(
    site: SurveySite, office: MemoryService
) -> None:
    before = survey(office)
    page = await site.browser.get(site.path())
    assert page.status_code == 200
    assert page.text.count('name="score"') == 11
    assert page.text.count('name="satisfaction"') == 5
    assert survey(office) == before
    assert site.runtime.acts == 0


async def test_an_answer_is_kept_and_announced(site: SurveySite, office: MemoryService) -> None:
    page = await site.post({"score": "9", "comment": "fine"})
    assert page.status_code == 200
    assert page.url.path == f"{site.path()}/thanks"
    assert "Your answers have been saved." in page.text
    assert "9 of 10" in page.text
    assert "fine" in page.text
    assert office.announced_of(FeedbackSubmitted)[0].score == 9


async def test_an_unhappy_answer_opens_a_recovery(site: SurveySite, office: MemoryService) -> None:
    await site.post({"score": "3"})
    assert len(office.all(CONCERNS)) == 1


async def test_sending_the_form_twice_is_one_answer(
    site: SurveySite, office: MemoryService
) -> None:
    for _ in range(2):
        await site.post({"score": "9"})
    assert survey(office).revision == 1


async def test_an_answer_can_be_changed_for_a_day(site: SurveySite, office: MemoryService) -> None:
    await site.post({"score": "3"})
    office.now += timedelta(hours=23)
    await site.post({"score": "8"})
    assert (survey(office).score, survey(office).revision) == (8, 2)


async def test_after_a_day_the_answer_stands(site: SurveySite, office: MemoryService) -> None:
    await site.post({"score": "3"})
    office.now += timedelta(hours=24)
    page = await site.post({"score": "8"})
    assert page.status_code == 409
    assert survey(office).score == 3


async def test_the_last_moment_for_changing_is_said_by_the_clients_own_calendar(
    site: SurveySite, office: MemoryService
) -> None:
    office.hear(client(locale="en-US", timezone="America/New_York"))
    office.now = datetime(2026, 3, 10, 2, 30, tzinfo=UTC)
    page = await site.post({"score": "3"})
    said = "until Tuesday, March 10, 2026 at 10:30\N{NARROW NO-BREAK SPACE}PM (New York time)"
    assert said.replace("\N{NARROW NO-BREAK SPACE}", " ") in page.text
    again = await site.browser.get(f"{site.path()}?lang=de")
    assert "bis Dienstag, 10. März 2026, 22:30 Uhr (Uhrzeit in New York)" in again.text
    assert "Sie haben schon geantwortet." in again.text


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-GB", "Tuesday, 3 March 2026 at 10:00 (Vienna time)"),
        ("en", "Tuesday, March 3, 2026 at 10:00 AM (Vienna time)"),
        ("de-AT", "Dienstag, 3. März 2026, 10:00 Uhr (Uhrzeit in Wien)"),
        ("en-XX", "Tuesday, March 3, 2026 at 10:00 AM (Vienna time)"),
        ("de-Latn-AT", "Dienstag, 3. März 2026, 10:00 Uhr (Uhrzeit in Wien)"),
        ("fr-CH", "Tuesday, March 3, 2026 at 10:00 AM (Vienna time)"),
    ],
)
async def test_days_are_said_as_the_clients_region_says_them(
    site: SurveySite, office: MemoryService, locale: str, said: str
) -> None:
    office.hear(client(locale=locale))
    assert said in (await site.post({"score": "3"})).text


async def test_without_an_answer_there_are_no_thanks(site: SurveySite) -> None:
    page = await site.browser.get(f"{site.path()}/thanks")
    assert (page.status_code, page.headers["location"]) == (303, site.path())


async def test_after_a_day_no_page_shows_what_was_said(
    site: SurveySite, office: MemoryService
) -> None:
    await site.post({"score": "3", "comment": "canary"})
    office.now += timedelta(hours=24)
    page = await site.browser.get(f"{site.path()}/thanks")
    assert "can no longer be changed" in page.text
    assert "canary" not in page.text


async def test_after_a_day_opening_shows_no_form(site: SurveySite, office: MemoryService) -> None:
    await site.post({"score": "3", "comment": "canary"})
    office.now += timedelta(hours=24)
    page = await site.browser.get(site.path())
    assert "<form" not in page.text
    assert "canary" not in page.text


@pytest.mark.parametrize(
    ("score", "message"),
    [("11", "The number must be from 0 to 10."), ("", "Choose a number from 0 to 10.")],
)
async def test_a_score_out_of_range_is_refused_at_its_field(
    site: SurveySite, office: MemoryService, score: str, message: str
) -> None:
    page = await site.post({"score": score, "comment": "all I typed"})
    assert page.status_code == 422
    assert 'id="score-error"' in page.text
    assert f"{message}</span>" in page.text
    assert "all I typed" in page.text
    assert survey(office).revision == 0


async def test_a_comment_that_is_too_long_is_refused_and_not_lost(site: SurveySite) -> None:
    typed = "x" * (MAX_COMMENT + 1)
    page = await site.post({"score": "4", "comment": typed})
    assert page.status_code == 422
    assert 'id="comment-error"' in page.text
    assert f"\n{typed}</textarea>" in page.text
    assert 'value="4" checked' in page.text


@pytest.mark.parametrize("token", ["", "0" * 64, "another survey's"])
async def test_a_form_without_this_links_own_token_is_refused_and_nothing_typed_is_lost(
    site: SurveySite, office: MemoryService, token: str
) -> None:
    page = await site.post({"score": "3", "comment": "all I typed", "csrf": token})
    assert page.status_code == 403
    assert "open for too long" in page.text
    assert "all I typed" in page.text
    assert survey(office).revision == 0
    again = hidden(page.text) | {"score": "3"}
    await site.browser.post(site.path(), data=again)
    assert survey(office).revision == 1


async def test_what_is_typed_is_shown_as_text_never_as_html(site: SurveySite) -> None:
    page = await site.post({"score": "77", "comment": "</textarea><script>x</script>"})
    assert "<script>" not in page.text


async def test_an_answer_to_a_dead_link_is_refused(site: SurveySite) -> None:
    page = await site.browser.post("/s/nonsense", data={"score": "3"})
    assert page.status_code == 404


@pytest.mark.parametrize(
    "headers",
    [{"Origin": URL}, {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {}],
)
async def test_our_own_form_is_taken(
    site: SurveySite, office: MemoryService, headers: dict[str, str]
) -> None:
    await site.post({"score": "3"}, headers=headers)
    assert survey(office).revision == 1


async def test_a_huge_body_is_not_even_read(site: SurveySite, office: MemoryService) -> None:
    page = await site.post({"score": "3", "comment": "x" * 200_000})
    assert page.status_code == 413
    assert survey(office).revision == 0


async def test_json_is_not_our_form(site: SurveySite) -> None:
    page = await site.browser.post(site.path(), json={"score": 3})
    assert page.status_code == 415


async def test_bytes_that_are_no_text_are_refused_kindly(site: SurveySite) -> None:
    token = hidden((await site.browser.get(site.path())).text)["csrf"].encode()
    page = await site.browser.post(
        site.path(),
        content=b"score=%ff%fe&comment=\xff\xfe&csrf=" + token,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert page.status_code == 422


async def test_the_page_speaks_the_client_s_language(
    site: SurveySite, office: MemoryService
) -> None:
    office.hear(client(locale="de-AT"))
    page = await site.browser.get(site.path())
    assert '<html lang="de" dir="ltr">' in page.text
    assert "Ihre Rückmeldung" in page.text


async def test_the_page_speaks_the_language_the_client_chose_later(
    site: SurveySite, office: MemoryService
) -> None:
    office.hear(ClientPreferencesUpdated(client_id="c-1", locale="de", at=office.now))
    office.hear(client(locale="en-GB"))
    page = await site.browser.get(site.path())
    assert '<html lang="de" dir="ltr">' in page.text


async def test_a_language_chosen_on_the_page_stays_to_the_end(site: SurveySite) -> None:
    form = await site.browser.get(f"{site.path()}?lang=de")
    sent = await site.browser.post(
        str(form.url), data=hidden(form.text) | {"score": "9"}, follow_redirects=True
    )
    assert "Ihre Antworten sind gespeichert." in sent.text


async def test_the_style_sheet_is_our_own(site: SurveySite) -> None:
    page = await site.browser.get(site.path())
    address = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = await site.browser.get(address)
    assert sheet.headers["content-type"].startswith("text/css")


async def test_every_field_has_its_label(site: SurveySite) -> None:
    page = await site.browser.get(site.path())
    for score in range(11):
        assert f'<label class="choice" for="score-{score}">' in page.text
    assert '<label for="comment">' in page.text
    assert "<legend>" in page.text


async def test_one_link_cannot_be_tried_without_end(office: MemoryService, tmp_path: Path) -> None:
    site = SurveySite(office, tmp_path, survey_tries_per_link="3/minute")
    statuses = [(await site.browser.get(site.path())).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


async def test_one_address_cannot_try_links_without_end(
    office: MemoryService, tmp_path: Path
) -> None:
    site = SurveySite(office, tmp_path, survey_tries_per_address="3/minute")
    statuses = [(await site.browser.get(f"/s/guess{n}")).status_code for n in range(4)]
    assert statuses == [404, 404, 404, 429]


async def test_when_the_database_is_away_nothing_typed_is_lost(site: SurveySite) -> None:
    token = hidden((await site.browser.get(site.path())).text)
    site.runtime.failure = TemporaryError("away")
    typed = token | {"score": "4", "comment": "all I typed"}
    page = await site.browser.post(site.path(), data=typed)
    assert page.status_code == 503
    assert "all I typed" in page.text


async def test_the_link_works_only_for_its_own_survey(site: SurveySite) -> None:
    assert SURVEY_ID in site.path()
    assert (await site.browser.get(site.path("survey-2"))).status_code == 404
