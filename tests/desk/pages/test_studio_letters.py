"""Do two people say a letter in their firm's own words, in their browsers?"""

from urllib.parse import quote

import pytest

from tests.desk.browsing import Site
from tests.desk.facts import OSKAR, PAT
from tests.desk.pages.test_studio import change, kept, propose

LETTER = "letters/en/handover.txt"
IN_CHARGE = "Pat takes over: you reach Pat by telephone. "  # what the law asks of this letter
PLACE = f"/studio/file?place={quote(LETTER)}"


async def shipped(site: Site) -> str:
    """The letter as it stands in the form."""
    page = (await (await site.as_person(PAT)).get(PLACE)).text
    return page.partition('name="text"')[2].partition(">\n")[2].partition("</textarea>")[0]


async def test_each_shipped_letter_is_there_to_begin_with(site: Site) -> None:
    page = (await (await site.as_person(PAT)).get("/studio/files")).text
    assert "Letters that a person approves" in page
    assert LETTER in page
    assert "Edition: " in await shipped(site)


async def test_two_people_bring_a_letter_into_force(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    text = (
        "Edition: 2\nSubject: A new lawyer\n\n{{ greeting }}\n\n"
        + IN_CHARGE
        + "We go on together.\n"
    )
    assert (await change(pat, PLACE, text=text, do="keep")).status_code == 303
    assert "We go on together." in (await pat.get("/studio/editions/draft")).text
    await propose(pat)
    seen = (await oskar.get("/studio/editions/1")).text
    assert LETTER in seen
    assert (await change(oskar, "/studio/editions/1", do="approve")).status_code == 303
    assert kept(site).in_force() == 1
    assert "We go on together." in (await pat.get(PLACE)).text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Subject: x\n\ntext\n", "Edition: 2026-11"),
        ("Edition: 1\nSubject: Now\n\n{{ greeting }}\n\n" + IN_CHARGE + "{{ judge }} calls.\n",
         "nobody fills in"),
        ("Edition: 1\nSubject: Now\n\n{{ greeting }}\n\nWe guarantee success.\n", "promise"),
    ],
)  # fmt: skip
async def test_what_stands_against_it_is_said_with_all_that_was_typed(
    site: Site, text: str, complaint: str
) -> None:
    wrong = await change(await site.as_person(PAT), PLACE, text=text, do="keep")
    assert wrong.status_code == 422
    assert complaint in wrong.text
    assert text.splitlines()[-1] in wrong.text
    assert 'id="text-error"' in wrong.text
