"""Do two people change rules and texts in their browsers, and see exactly what they approve?"""

from typing import cast

import httpx
import pytest

from tests.desk.browsing import Browser, Site
from tests.desk.facts import ASH, CLARA, LEO, OSKAR, PAT
from tests.desk.memory_editions import MemoryEditions

RULE = "/studio/rules/survey-due"
TEXT = "/studio/text?language=en&message=survey-invitation"
WORDS = "Subject: How was it?\n\n{{ greeting }}\n\nTell us: {{ button('Tell us', link) }}\n"
PARTS = {"switch": "on", "offset": "+14d", "time": "10:00", "valid-until": "+44d", "do": "keep"}


def kept(site: Site) -> MemoryEditions:
    return cast("MemoryEditions", site.memory.desk.editions)


async def change(browser: Browser, place: str, **fields: str) -> httpx.Response:
    page = await browser.get(place)
    return await browser.post(place.partition("?")[0], page, fields)


async def propose(browser: Browser, note: str = "Later is kinder.") -> httpx.Response:
    return await change(browser, "/studio/editions/draft", do="propose", note=note)


@pytest.mark.parametrize("person", [ASH, LEO, CLARA])
async def test_nobody_but_partners_and_ops_sees_the_studio(site: Site, person: object) -> None:
    browser = await site.as_person(person)  # type: ignore[arg-type]  # a member of staff
    for place in ("/studio", RULE, TEXT, "/studio/text/look?language=en&message=welcome",
                  "/studio/editions", "/studio/editions/1"):  # fmt: skip
        assert (await browser.get(place)).status_code == 403
    assert "/studio" not in (await browser.get("/settings")).text


async def test_every_rule_stands_in_words_in_the_order_of_what_it_follows(site: Site) -> None:
    text = (await (await site.as_person(PAT)).get("/studio")).text
    assert "Everything is as shipped." in text
    assert text.index("Matter closed") < text.index("Survey due") < text.index("Review ask due")
    assert "7 days after closed_at" in text
    german = (await (await site.as_person(OSKAR)).get("/studio?language=de")).text
    assert "language=de&amp;message=welcome" in german


async def test_two_people_bring_a_moved_rule_and_new_words_into_force(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    assert (await change(pat, RULE, **PARTS)).status_code == 303
    assert (await change(pat, TEXT, text=WORDS, do="keep")).status_code == 303
    studio = (await pat.get("/studio")).text
    assert "You have a draft that is not proposed yet." in studio
    assert "14 days after closed_at at 10:00" in studio
    assert "7 days after closed_at" in (await oskar.get("/studio")).text
    draft = (await pat.get("/studio/editions/draft")).text
    assert "<ins>+Subject: How was it?" in draft
    assert "<ins>+      offset: +14d" in draft
    answer = await propose(pat)
    assert answer.headers["location"].startswith("/studio/editions/1?")
    assert "Edition 1</a>, proposed by Pat" in (await oskar.get("/studio")).text
    seen = (await oskar.get("/studio/editions/1")).text
    assert "Later is kinder." in seen
    assert "Approve exactly this" in seen
    assert (await change(oskar, "/studio/editions/1", do="approve")).status_code == 303
    assert kept(site).in_force() == 1
    assert "Edition 1 is in force since" in (await pat.get("/studio/editions")).text


async def test_who_proposed_it_cannot_approve_it(site: Site) -> None:
    pat = await site.as_person(PAT)
    await change(pat, RULE, switch="off", do="keep")
    await propose(pat)
    assert (
        "You proposed this: a colleague approves it." in (await pat.get("/studio/editions/1")).text
    )
    answer = await change(pat, "/studio/editions/1", do="approve")
    assert answer.status_code == 409
    assert "a colleague has to approve it" in answer.text
    assert kept(site).in_force() == 0


async def test_what_cannot_be_stands_at_its_field_with_what_was_typed(site: Site) -> None:
    pat = await site.as_person(PAT)
    answer = await change(pat, RULE, **(PARTS | {"offset": "next week"}))
    assert answer.status_code == 422
    assert 'id="offset-error"' in answer.text
    assert 'value="next week"' in answer.text
    wrong = await change(pat, TEXT, text="Hello {{ nobody }}\n", do="keep")
    assert wrong.status_code == 422
    assert "begin with a line such as" in wrong.text
    assert "Hello {{ nobody }}" in wrong.text
    assert "not proposed yet" not in (await pat.get("/studio")).text


async def test_a_text_is_looked_at_before_it_is_kept(site: Site) -> None:
    pat = await site.as_person(PAT)
    shown = await change(pat, TEXT, text=WORDS.replace("was it", "did it go"), do="look")
    assert shown.status_code == 200
    assert "How did it go?" in shown.text
    assert "your draft does not have it yet" in shown.text
    look = await pat.get("/studio/text/look?language=de&message=welcome")
    assert "sandbox" in look.headers["content-security-policy"]
    assert "Ada Muster" in look.text


async def test_of_two_at_once_the_second_takes_in_what_changed(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await change(oskar, TEXT, text=WORDS, do="keep")
    await change(pat, RULE, **PARTS)
    await propose(pat)
    await change(oskar, "/studio/editions/1", do="approve")
    stale = (await oskar.get("/studio/editions/draft")).text
    assert "came into force meanwhile" in stale
    assert "What changed meanwhile" in stale
    refused = await change(oskar, "/studio/editions/draft", do="propose")
    assert refused.status_code == 409
    assert (await change(oskar, "/studio/editions/draft", do="take-in")).status_code == 303
    assert (await propose(oskar)).status_code == 303
    assert (await change(pat, "/studio/editions/2", do="approve")).status_code == 303
    studio = (await pat.get("/studio")).text
    assert "14 days after closed_at" in studio
    assert kept(site).states() == ["superseded", "approved"]


async def test_a_rejected_one_says_why_and_an_earlier_one_comes_back(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await change(pat, RULE, **PARTS)
    await propose(pat)
    bare = await change(oskar, "/studio/editions/1", do="reject")
    assert (bare.status_code, 'id="why-error"' in bare.text) == (422, True)
    await change(oskar, "/studio/editions/1", do="reject", why="Not in December.")
    assert "Not in December." in (await pat.get("/studio/editions/1")).text
    answer = await change(pat, "/studio/editions/1", do="again")
    assert answer.headers["location"].startswith("/studio/editions/draft?")
    put_away = await change(pat, "/studio/editions/draft", do="discard")
    assert put_away.headers["location"].startswith("/studio?")
    assert "not proposed yet" not in (await pat.get("/studio")).text


async def test_a_rule_goes_back_to_as_shipped(site: Site) -> None:
    pat = await site.as_person(PAT)
    await change(pat, RULE, switch="off", do="keep")
    assert "Off" in (await pat.get(RULE)).text
    await change(pat, RULE, do="as-shipped")
    assert "not proposed yet" not in (await pat.get("/studio")).text


async def test_what_is_not_there_and_who_is_away_is_said(site: Site) -> None:
    pat = await site.as_person(PAT)
    for place in ("/studio/rules/nothing", "/studio/editions/9", "/studio/text",
                  "/studio/text?language=xx&message=nothing"):  # fmt: skip
        assert (await pat.get(place)).status_code in (404, 422)
    assert (await pat.do("/studio/editions/draft", {"do": "dance"})).status_code == 422
    kept(site).away = True
    answer = await pat.get("/studio")
    assert answer.status_code == 503
    assert "does not answer" in answer.text
