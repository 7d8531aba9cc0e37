"""Do two people give the firm its logo and colours in their browsers, and see how it will look?"""

from base64 import b64encode
from collections.abc import Mapping
from types import MappingProxyType

import httpx
import pytest

from services.desk.domain.look_samples import sample_style
from shared.editions import VALUES
from shared.firm.colours import DARK, LIGHT
from shared.firm.looks import LARGEST, Looks
from tests.core.test_looks import picture
from tests.desk.browsing import Browser, Site, form_fields
from tests.desk.facts import CLARA, LEO, OSKAR, PAT
from tests.desk.pages.test_studio import change, kept, propose

PLACE = "/studio/looks"
PURPLE, PINK = "#7a1f3d", "#f0a8bd"
SQUARE, WIDE = picture(64, 64), picture(96, 32)
NONE: Mapping[str, str] = MappingProxyType({})
PREVIEWS = ("page", "page.css", "samples.css", "mail", "letter.pdf")


def within(content: bytes) -> str:
    return f"data:image/png;base64,{b64encode(content).decode('ascii')}"


async def bring(
    browser: Browser, content: bytes = b"", colours: Mapping[str, str] = NONE, **fields: str
) -> httpx.Response:
    """The form as a browser sends it."""
    page = await browser.get(PLACE)
    data = form_fields(page.text, PLACE) | {"do": "keep"} | dict(colours) | fields
    return await browser.client.post(PLACE, data=data, files={"logo": ("our logo.png", content)})


async def brought(
    browser: Browser, content: bytes = SQUARE, colours: Mapping[str, str] = NONE, **fields: str
) -> None:
    answer = await bring(browser, content, colours, **fields)
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize("person", [LEO, CLARA])
async def test_it_is_for_those_who_change_rules(site: Site, person: object) -> None:
    browser = await site.as_person(person)  # type: ignore[arg-type]  # a member of staff
    for place in (PLACE, *(f"{PLACE}/{each}?edition=draft" for each in PREVIEWS)):
        assert (await browser.get(place)).status_code == 403, place


async def test_two_people_bring_a_logo_and_colours_into_force(site: Site) -> None:
    pat, oskar = await site.as_person(PAT), await site.as_person(OSKAR)
    await brought(pat, colours={"looks.colour": PURPLE, "looks.colour_dark": PINK})
    mine = (await pat.get(PLACE)).text
    assert within(SQUARE) in mine
    assert "Everything can be read: the least contrast is" in mine
    assert within(SQUARE) not in (await oskar.get(PLACE)).text
    await propose(pat)
    seen = (await oskar.get("/studio/editions/1")).text
    assert within(SQUARE) in seen
    assert 'href="/studio/looks?edition=1"' in seen
    shown = (await oskar.get(f"{PLACE}?edition=1")).text
    assert within(SQUARE) in shown
    assert f"{PURPLE}, before: as shipped" in shown
    assert 'type="file"' not in shown
    assert (await change(oskar, "/studio/editions/1", do="approve")).status_code == 303
    [values] = kept(site).reminders.all(VALUES)
    assert [each["place"] for each in values.pictures] == ["logo.png"]
    assert "What it changes" not in (await pat.get(PLACE)).text


@pytest.mark.parametrize("edition", ["draft", "1"])
async def test_a_page_a_mail_and_a_letter_are_seen_before_it_is_approved(
    site: Site, edition: str
) -> None:
    pat = await site.as_person(PAT)
    await brought(pat, colours={"looks.colour": PURPLE})
    if edition == "1":
        await propose(pat)
    seen = {each: await pat.get(f"{PLACE}/{each}?edition={edition}") for each in PREVIEWS}
    assert within(SQUARE) in seen["page"].text
    assert f"{PLACE}/page.css?edition={edition}" in seen["page"].text
    assert f"--accent: {PURPLE};" in seen["page.css"].text
    assert f"--accent: {PURPLE};" in seen["samples.css"].text
    assert within(SQUARE) in seen["mail"].text
    assert seen["mail"].headers["content-security-policy"].startswith("sandbox")
    assert seen["letter.pdf"].content.startswith(b"%PDF")
    assert all(each.headers["cache-control"] == "no-store" for each in seen.values())


async def test_a_logo_is_replaced_and_taken_away_again(site: Site) -> None:
    pat = await site.as_person(PAT)
    await brought(pat, SQUARE)
    await brought(pat, WIDE)
    page = (await pat.get(PLACE)).text
    assert within(WIDE) in page
    assert within(SQUARE) not in page
    await brought(pat, b"", do="remove")
    assert within(WIDE) not in (await pat.get(PLACE)).text
    assert "You have a draft" not in (await pat.get("/studio")).text


async def test_colours_alone_leave_the_logo_as_it_is(site: Site) -> None:
    pat = await site.as_person(PAT)
    await brought(pat, SQUARE)
    await brought(pat, b"", colours={"looks.colour": PURPLE})
    page = (await pat.get(PLACE)).text
    assert within(SQUARE) in page
    assert PURPLE in page


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "save it as one"),
        (b"\xff\xd8\xff\xe0 a photograph", "save it as one"),
        (picture(8, 8), "8 by 8 pixels"),
        (SQUARE[:-20], "save it anew"),
        (SQUARE + b"\0" * LARGEST, "save it smaller"),
        (SQUARE + b"\0" * 8_000_000, "save it smaller"),
    ],
    ids=["drawing", "photograph", "small", "torn", "heavy", "enormous"],
)
async def test_a_picture_that_cannot_be_carried_says_so_at_its_field(
    site: Site, content: bytes, why: str
) -> None:
    pat = await site.as_person(PAT)
    answer = await bring(pat, content, colours={"looks.colour": PURPLE})
    assert answer.status_code == 422
    assert 'id="logo-error"' in answer.text
    assert why in answer.text
    assert f'value="{PURPLE}"' in answer.text
    assert "You have a draft" not in (await pat.get("/studio")).text


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("looks.colour", "#ffcc00", "Choose a darker one, such as #"),
        ("looks.colour_dark", "#000080", "Choose a lighter one, such as #"),
        ("looks.colour", "purple", "Write the colour as six digits"),
    ],
)
async def test_a_colour_that_cannot_be_read_says_so_at_its_field_with_the_remedy(
    site: Site, field: str, typed: str, why: str
) -> None:
    answer = await bring(await site.as_person(PAT), colours={field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert why in answer.text
    assert f'value="{typed}"' in answer.text


async def test_in_two_windows_no_logo_is_written_over(site: Site) -> None:
    pat = await site.as_person(PAT)
    before = form_fields((await pat.get(PLACE)).text, PLACE)
    await brought(pat, SQUARE)
    answer = await bring(pat, WIDE, seen=before["seen"])
    assert answer.status_code == 409
    assert 'id="logo-error"' in answer.text


async def test_the_values_and_the_files_lead_here(site: Site) -> None:
    pat = await site.as_person(PAT)
    assert (await pat.get("/studio/values?section=looks")).headers["location"] == PLACE
    await brought(pat, SQUARE)
    files = (await pat.get("/studio/files")).text
    assert f'<a href="{PLACE}"><code>logo.png</code></a>' in files
    assert (await pat.get("/studio/file?place=logo.png")).status_code == 422
    assert 'href="/studio/looks"' in (await pat.get("/studio")).text


async def test_an_edition_that_is_not_there_has_no_looks(site: Site) -> None:
    pat = await site.as_person(PAT)
    for place in (f"{PLACE}?edition=99", f"{PLACE}/page?edition=99"):
        assert (await pat.get(place)).status_code == 404


def test_samples_stand_in_the_colours_of_each_light() -> None:
    light, dark = sample_style(Looks(light=PURPLE)).splitlines()
    assert light.startswith(".look-sample.light {")
    assert f"--accent: {PURPLE}" in light
    assert f"--paper: {LIGHT.paper}" in light
    assert f"--accent: {DARK.accent}" in dark
