"""Can a person take in a list at the desk, and see at each step what would become of it?"""

from dataclasses import replace

import pytest

from services.desk.domain.staff import StaffMember
from services.gateway.domain.imports.kept_list import STANDS_STILL
from services.gateway.ports import IMPORTED, LISTS
from shared.contracts.envelope import Cause
from shared.contracts.imports import MOST_BYTES
from tests.desk.bringing import PLACE, bring, brought, do, hidden_of
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLARA, LEO, OSKAR, PAT
from tests.gateway.a_book import mapping
from tests.gateway.a_workbook import a_workbook
from tests.gateway.brought import BOOK


async def test_a_list_is_brought_tried_confirmed_and_taken_in(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    columns = (await browser.get(f"{place}/columns")).text
    assert "guessed by their headings" in columns
    assert "Read by nobody: Bemerkung" in columns
    assert "ada.muster@client.example" in columns
    await do(browser, place, do="weigh", tells="past")
    tried = await browser.get(place)
    assert "Would be new" in tried.text
    assert "Row 4" in tried.text
    assert "E-Mail</span> is missing" in tried.text
    assert site.memory.imports.gateway.office.all(IMPORTED) == []
    answer = await do(browser, place, do="confirm")
    assert answer.status_code == 303
    taken = (await browser.get(place)).text
    assert "What became of the rows" in taken
    assert len(site.memory.imports.gateway.office.all(IMPORTED)) == 2


async def test_the_refused_rows_are_a_file(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="past")
    answer = await browser.get(f"{place}/refused.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert (
        lines[0] == "Mandantennr;Vorname;Nachname;E-Mail;Sprache;Bemerkung;why it was not imported"
    )
    assert lines[1].startswith("9;Piet;Sommer;;de;;")
    assert answer.headers["cache-control"] == "no-store"
    assert "refused.csv" in answer.headers["content-disposition"]


async def test_many_refused_rows_come_as_one_file(site: Site) -> None:
    rows = [f"{n};Vera;Name{n};;de;" for n in range(1, 801)]
    content = "\r\n".join([BOOK.decode().splitlines()[0], *rows, ""]).encode()
    browser = await site.as_person(PAT)
    place = await brought(browser, content)
    await do(browser, place, do="weigh", tells="past")
    lines = (await browser.get(f"{place}/refused.csv")).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 801
    assert sum("why it was not imported" in each for each in lines) == 1
    page = (await browser.get(place)).text
    assert 'href="' + place + "?after=" in page


async def test_another_run_than_the_one_tried_is_not_taken_in(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="past")
    page = await browser.get(place)
    await do(browser, place, do="weigh", tells="news", news_since="2026-01-01")
    answer = await browser.post(place, page, {"do": "confirm"})
    assert answer.status_code == 409
    assert "not what was tried last" in answer.text
    assert site.memory.imports.gateway.office.all(IMPORTED) == []


async def test_news_are_told_as_such(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="news", news_since="2026-01-01")
    assert "from 2026-01-01 on is news" in (await browser.get(place)).text
    answer = await do(browser, place, do="weigh", tells="news", news_since="soon")
    assert answer.status_code == 422
    assert 'href="#news_since"' in answer.text


async def test_a_run_that_goes_on_is_watched(site: Site) -> None:
    site.memory.imports.works = False
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="past")
    page = (await browser.get(place)).text
    assert "0 of 3 rows are dealt with." in page
    assert "goes on at the same row when it is back" in page
    assert 'hx-trigger="every 3s"' in page


async def test_a_run_that_stands_still_says_what_to_do(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="past")
    office = site.memory.imports.gateway.office
    [kept] = office.all(LISTS)
    hanging = replace(kept, state="taking", due_at=office.now - STANDS_STILL, at=0)
    cause = Cause("urn:test", "x", "x", "x", None, office.now)
    office.act(lambda unit: unit.put(LISTS, hanging), lambda _: [LISTS.one(kept.list_id)], cause)
    page = (await browser.get(place)).text
    assert "Stands still" in page
    assert "Nothing has moved since" in page
    assert "Let it go on" in page
    assert "Delete this list here" in page
    assert 'id="look-again"' not in page


@pytest.mark.parametrize("after", ["9" * 5000, "\u0662", "-1", "x", "1e9"])
async def test_whatever_stands_in_an_address_is_a_page(site: Site, after: str) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="past")
    assert (await browser.get(f"{place}?after={after}")).status_code == 200
    assert (await browser.get(f"/reports?months={after}")).status_code == 200


async def test_a_workbook_is_brought_like_a_list(site: Site) -> None:
    head = ["Mandantennr", "Vorname", "Nachname", "E-Mail", "Sprache"]
    content = a_workbook([head, ["0007", "Ada", "Muster", "ada@home.example", "de"]])
    browser = await site.as_person(OSKAR)
    page = (await browser.get(f"{await brought(browser, content)}/columns")).text
    assert "read from the sheet Mandanten" in page
    assert "0007" in page


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (b"", "clients", "Choose a file"),
        (BOOK, "", "Say what the list holds"),
        (b"x" * (MOST_BYTES + 1), "clients", "larger than 5 MiB"),
        (b"Name;E-Mail\r\n", "clients", "The file has no rows below its headings."),
        (b"PK\x03\x04broken", "clients", "The file "),
    ],
    ids=["no file", "no kind", "too large", "no rows", "no workbook"],
)
async def test_what_cannot_be_read_is_refused_at_its_field(
    site: Site, content: bytes, kind: str, problem: str
) -> None:
    answer = await bring(await site.as_person(PAT), content, kind)
    assert answer.status_code == 422
    assert problem in answer.text
    assert 'aria-invalid="true"' in answer.text


async def test_bytes_arrive_as_they_were_sent(site: Site) -> None:
    content = BOOK + b'10;"A\r\n--B";"\x2d\x2d Lind";x@client.example;de;"\r\n\r\n"\r\n'
    browser = await site.as_person(PAT)
    place = await brought(browser, content)
    pieces = [each for each in site.memory.imports.asked if each.ask == "piece"]
    assert len(pieces) == 1
    assert "4 rows" in (await browser.get(place)).text


async def test_a_list_is_seen_by_who_brought_it_alone(site: Site) -> None:
    place = await brought(await site.as_person(PAT))
    oskar = await site.as_person(OSKAR)
    assert (await oskar.get(place)).status_code == 404
    assert (await oskar.get(f"{place}/columns")).status_code == 404
    assert (await oskar.get(f"{place}/refused.csv")).status_code == 404
    assert "You have none here." in (await oskar.get(PLACE)).text


async def test_a_list_can_be_deleted(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    assert "Müllers list.csv" in (await browser.get(PLACE)).text
    answer = await browser.post(f"{place}/drop", await browser.get(place))
    assert "What was taken in of it stays." in (await browser.get(answer.headers["location"])).text
    assert (await browser.get(place)).status_code == 404


async def test_with_the_gateway_away_the_page_says_so_and_nothing_is_lost(site: Site) -> None:
    site.memory.imports.away = True
    answer = await (await site.as_person(PAT)).get(PLACE)
    assert answer.status_code == 503
    assert "the same list again changes nothing" in answer.text


async def test_nothing_of_a_list_stands_in_an_address(site: Site) -> None:
    browser = await site.as_person(PAT)
    answer = await bring(browser)
    assert "ller" not in answer.headers["location"]


@pytest.mark.parametrize("person", [ASH, CLARA, LEO], ids=lambda each: each.staff_id)
async def test_it_is_for_partners_and_operations(site: Site, person: StaffMember) -> None:
    browser = await site.as_person(person)
    assert (await browser.get(PLACE)).status_code == 403
    assert (await browser.do(PLACE, {"kind": "clients"})).status_code == 403
    gone = await site.as_person(replace(PAT))
    assert (await gone.get(PLACE)).status_code == 200


async def test_what_is_wrong_with_a_row_is_said_in_the_readers_language(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    await do(browser, place, do="weigh", tells="past")
    page = (await browser.get(place, headers={"accept-language": "de"})).text
    assert "fehlt, und eine Telefonnummer auch" in page
    assert "Wären neu" in page
    columns = (await browser.get(f"{place}/columns", headers={"accept-language": "de"})).text
    assert "Von niemandem gelesen: Bemerkung" in columns


async def test_first_days_lead_to_lists(site: Site) -> None:
    page = (await (await site.as_person(PAT)).get("/first-days")).text
    assert f'href="{PLACE}"' in page


async def test_what_columns_mean_is_a_file_to_take_along_and_can_be_forgotten(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    chosen = {
        "c1-client_id": "Mandantennr", "c1-name": "Vorname", "c1-email": "E-Mail",
        "c1-locale": "Sprache", "c1-timezone": "", "k-timezone": "Europe/Berlin",
        "kept_as": "altes-programm",
    }  # fmt: skip
    columns = await browser.get(f"{place}/columns")
    await browser.client.post(f"{place}/columns", data=hidden_of(columns) | chosen)
    page = await browser.get("/imports")
    assert "Chosen by Pat, " in page.text
    file = await browser.get("/imports/mappings/altes-programm.yaml")
    assert "client_id: Mandantennr" in file.text
    assert 'filename="altes-programm.yaml"' in file.headers["content-disposition"]
    answer = await browser.post("/imports/mappings/altes-programm/forget", page, {})
    assert answer.status_code == 303
    after = (await browser.get(answer.headers["location"])).text
    assert "The mapping altes-programm is forgotten." in after
    assert "Chosen by Pat, " not in after
    assert (await browser.get("/imports/mappings/altes-programm.yaml")).status_code == 404


async def test_a_mapping_of_the_folder_is_shown_and_cannot_be_forgotten_here(site: Site) -> None:
    site.memory.imports.gateway.folder = [mapping("mandanten")]
    page = (await (await site.as_person(PAT)).get("/imports")).text
    assert "A file of the firm\N{RIGHT SINGLE QUOTATION MARK}s folder" in page
    assert "/imports/mappings/mandanten.yaml" in page
    assert "/imports/mappings/mandanten/forget" not in page
