"""Do two people change what the firm says of itself in their browsers, by value and by file?"""

import httpx
import pytest

from services.reminders.settings import RemindersSettings
from shared.contracts.firm_decisions import WhoDecides
from shared.editions import VALUES
from tests.desk.browsing import Browser, Site, site_at
from tests.desk.facts import CLARA, LEO, NOON, OSKAR, PAT
from tests.desk.pages.test_studio import change, kept, propose

OFFICE = "/studio/values?section=office"
FIRM = "/studio/values?section=firm"
SINGLE = "/studio/values?section=decisions"
WAIVER = "decisions.conflict-check.clear-with-waiver"
SURVEYS = "/studio/file?place=surveys.yaml"


async def approve(browser: Browser, number: int) -> httpx.Response:
    return await change(browser, f"/studio/editions/{number}", do="approve")


def values_in_force(site: Site) -> dict[str, str]:
    [kept_] = kept(site).reminders.all(VALUES)
    return {each["place"]: each["text"] for each in kept_.files}


@pytest.mark.parametrize("person", [LEO, CLARA])
async def test_it_is_for_those_who_change_rules(site: Site, person: object) -> None:
    browser = await site.as_person(person)  # type: ignore[arg-type]  # a member of staff
    for place in (OFFICE, SURVEYS, "/studio/files"):
        assert (await browser.get(place)).status_code == 403


async def test_two_people_bring_days_and_a_name_into_force(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    shown = (await pat.get(FIRM)).text
    assert "As shipped: Example &amp; Partners." in shown
    kept_ = await change(pat, OFFICE, **{"office.closed_days": "12-24, 2026-05-15",
                                         "office.opens": "08:30"})  # fmt: skip
    assert kept_.status_code == 303
    await change(pat, FIRM, **{"firm.name": "Muster & Partner"})
    assert values_of_nobody(site)
    draft = (await pat.get("/studio/editions/draft")).text
    assert "Muster &amp; Partner" in draft
    answer = await propose(pat)
    assert answer.headers["location"].startswith("/studio/editions/1")
    assert (await approve(oskar, 1)).status_code == 303
    text = values_in_force(site)["firm.toml"]
    assert 'closed_days = ["12-24", "2026-05-15"]' in text
    assert 'opens = "08:30"' in text
    assert 'name = "Muster & Partner"' in text


async def test_two_people_bring_who_makes_a_decision_into_force(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    kept(site).reminders.who_decides = RemindersSettings().who_decides()
    shown = (await pat.get(SINGLE)).text
    assert ">Decide a possible conflict of interest</h3>" in shown
    assert "Nobody but these may: conflicts-officer, lawyer, partner; the duty of loyalty" in shown
    kept_ = await change(pat, SINGLE, **{WAIVER: "partner, second-person"})
    assert kept_.status_code == 303
    await propose(pat)
    assert "clear-with-waiver" in (await oskar.get("/studio/editions/1")).text
    await approve(oskar, 1)
    text = values_in_force(site)["firm.toml"]
    assert text == (
        '[decisions]\nconflict-check.clear-with-waiver = ["partner", "second-person"]\n'
    )


async def test_who_is_below_the_least_stands_at_the_decision_with_the_source(site: Site) -> None:
    wrong = await change(await site.as_person(PAT), SINGLE, **{WAIVER: "assistant"})
    assert wrong.status_code == 422
    assert f'id="{WAIVER}-error"' in wrong.text
    assert "assistant may not decide it, only conflicts-officer, lawyer, partner may" in wrong.text


async def test_a_decision_goes_back_to_as_shipped(site: Site) -> None:
    pat = await site.as_person(PAT)
    await change(pat, SINGLE, **{WAIVER: "partner", "decisions.commitment.void": "lawyer"})
    await change(pat, SINGLE, **{WAIVER: ""})
    draft = (await pat.get("/studio/editions/draft")).text
    assert "commitment.void" in draft
    assert "clear-with-waiver" not in draft


async def test_whoever_does_not_approve_by_the_firms_word_is_not_offered_it() -> None:
    word = WhoDecides(said={"edition-approval": {"approve": ("partner",)}})
    site = await site_at(NOON, who_decides=word)
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await change(pat, FIRM, **{"firm.name": "Muster & Partner"})
    await propose(pat)
    page = (await oskar.get("/studio/editions/1")).text
    assert "Approve exactly this” is decided by: Partner." in page
    assert 'value="approve"' not in page


def values_of_nobody(site: Site) -> bool:
    return not kept(site).reminders.all(VALUES)


async def test_what_a_service_could_not_begin_by_stands_at_its_value(site: Site) -> None:
    pat = await site.as_person(PAT)
    wrong = await change(pat, OFFICE, **{"office.closed_days": "31-31"})
    assert wrong.status_code == 422
    assert 'id="office.closed_days-error"' in wrong.text
    assert "31-31" in wrong.text
    assert "firm.toml" not in (await pat.get("/studio/files")).text.partition("Begin with")[0]


async def test_no_number_stands_at_its_value(site: Site) -> None:
    wrong = await change(await site.as_person(PAT), "/studio/values?section=intake",
                         **{"intake.check_days": "two"})  # fmt: skip
    assert wrong.status_code == 422
    assert 'id="intake.check_days-error"' in wrong.text


async def test_an_empty_field_goes_back_to_as_shipped(site: Site) -> None:
    pat = await site.as_person(PAT)
    await change(pat, OFFICE, **{"office.opens": "08:30"})
    await change(pat, OFFICE, **{"office.opens": ""})
    assert "You have a draft" not in (await pat.get("/studio")).text


async def test_in_two_windows_no_value_is_written_over(site: Site) -> None:
    pat = await site.as_person(PAT)
    first, second = await pat.get(OFFICE), await pat.get(OFFICE)
    await pat.post("/studio/values", first, {"office.opens": "08:30"})
    late = await pat.post("/studio/values", second, {"office.opens": "07:00"})
    assert late.status_code == 422
    assert "changed meanwhile" in late.text
    other = await pat.post(
        "/studio/values", second, {"office.closes": "17:00", "office.opens": "08:30"}
    )
    assert other.status_code == 303


async def test_a_survey_is_changed_in_its_file(site: Site) -> None:
    pat = await site.as_person(PAT)
    wrong = await change(pat, SURVEYS, text="any: 3\n", do="keep")
    assert wrong.status_code == 422
    words = "any: {en: our work so far, de: unserer bisherigen Arbeit}\n"
    answer = await change(pat, SURVEYS, text=words + "closing: {en: all of it, de: allem}\n",
                          do="keep")  # fmt: skip
    assert answer.status_code == 303
    assert "all of it" in (await pat.get("/studio/editions/draft")).text


async def test_a_language_is_begun_as_a_copy_and_says_what_it_lacks(site: Site) -> None:
    pat = await site.as_person(PAT)
    assert (await change(pat, "/studio/files", language="nl", like="de")).status_code == 303
    files = (await pat.get("/studio/files")).text
    assert "languages/nl/messages/frame/greeting.txt" in files
    studio = (await pat.get("/studio?language=nl")).text
    assert "Not written" in studio
    again = await change(pat, "/studio/files", language="nl", like="de")
    assert again.status_code == 422
    assert "This language is there already." in again.text


async def test_a_file_that_is_no_part_of_an_edition_is_refused(site: Site) -> None:
    wrong = await (await site.as_person(PAT)).get("/studio/file?place=imports/a.yaml")
    assert wrong.status_code == 422
    assert "An edition holds" in wrong.text


async def test_a_playbook_of_the_firms_own_is_written_in_its_file(site: Site) -> None:
    pat = await site.as_person(PAT)
    place = "/studio/file?place=playbooks/ours.yaml"
    wrong = await change(pat, place, text="playbook: ours\n", do="keep")
    assert wrong.status_code == 422
    assert "playbooks/ours.yaml" in wrong.text or "ours.yaml" in wrong.text
    assert 'id="text-error"' in wrong.text


async def test_a_closed_day_that_was_tried_goes_into_the_draft(site: Site) -> None:
    pat = await site.as_person(PAT)
    page = await pat.get("/studio/calendar?first=2026-07-06&do=close")
    days = {"section": "office", "office.closed_days": "2026-07-06"}
    answer = await pat.post("/studio/values", page, days)
    assert answer.status_code == 303
    assert "2026-07-06" in (await pat.get("/studio/editions/draft")).text
