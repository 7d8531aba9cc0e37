"""Can a person say what the columns of a list mean, and is it kept for the next one?"""

from services.gateway.domain.imports.mapping_files import mapping_from
from services.gateway.ports import IMPORTED
from tests.desk.bringing import bring, brought, do, hidden_of
from tests.desk.browsing import Site
from tests.desk.facts import PAT
from tests.gateway.brought import BOOK


async def test_a_column_is_changed_and_kept_for_the_next_list(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    page = await browser.get(f"{place}/columns")
    chosen = {
        "c1-client_id": "Mandantennr", "p-client_id": "c-", "c1-name": "Vorname",
        "c2-name": "Nachname", "c1-email": "E-Mail", "c1-locale": "Sprache",
        "k-timezone": "Europe/Berlin", "c1-timezone": "", "c1-preferred_name": "Bemerkung",
        "kept_as": "our-clients", "do": "keep", "dates": "day-first",
    }  # fmt: skip
    fields = hidden_of(page) | chosen
    answer = await browser.client.post(f"{place}/columns", data=fields)
    assert answer.headers["location"] == place
    again = await brought(browser, BOOK.replace(b"Ada", b"Eva"))
    shown = (await browser.get(f"{again}/columns")).text
    assert "as they were chosen here last" in shown
    assert 'value="our-clients"' in shown
    assert 'id="p-client_id" name="p-client_id" value="c-"' in shown
    assert "Read by nobody" not in shown


async def test_words_of_a_column_are_shown_and_chosen(site: Site) -> None:
    content = (
        b"Akte;Mandantennr;Rechtsgebiet;Anwalt;angelegt;Status\r\n"
        b"1;7;Mietrecht;AW;01.02.2026;ruht\r\n"
    )
    browser = await site.as_person(PAT)
    answer = await bring(browser, content, kind="matters")
    place = answer.headers["location"]
    page = await browser.get(place)
    assert "“ruht” in the list means" in page.text
    assert "“aw” in the list means" in page.text
    fields = hidden_of(page) | {
        "c1-matter_id": "Akte", "c1-client_id": "Mandantennr", "c1-practice_area": "Rechtsgebiet",
        "c1-owner_id": "Anwalt", "w-owner_id": "aw", "v-owner_id": "leo",
        "c1-opened_on": "angelegt", "c1-status": "Status", "w-status": "ruht", "v-status": "open",
        "kept_as": "matters",
    }  # fmt: skip
    assert (await browser.client.post(place, data=fields)).status_code == 303
    await do(browser, place.removesuffix("/columns"), do="weigh", tells="past")
    tried = site.memory.imports.gateway.office
    text = (await browser.get(place.removesuffix("/columns"))).text
    assert "matter-opened" in text, text[text.index("<main") :]
    assert tried.all(IMPORTED) == []


async def test_what_is_missing_stands_at_the_form_with_all_that_was_typed(site: Site) -> None:
    browser = await site.as_person(PAT)
    place = await brought(browser)
    page = await browser.get(f"{place}/columns")
    fields = hidden_of(page) | {"c1-client_id": "", "k-country": "", "kept_as": "our-clients",
                                    "country": "49"}  # fmt: skip
    answer = await browser.client.post(f"{place}/columns", data=fields)
    assert answer.status_code == 422
    assert 'href="#c1-client_id"' in answer.text
    assert 'value="49"' in answer.text
    page = await browser.get(f"{place}/columns")
    chosen = {
        "c1-client_id": "Mandantennr", "c1-name": "Vorname", "c1-email": "E-Mail",
        "c1-locale": "Sprache", "c1-timezone": "", "k-timezone": "Europe/Berlin",
        "kept_as": "our-clients", "country": "49",
    }  # fmt: skip
    answer = await browser.client.post(f"{place}/columns", data=hidden_of(page) | chosen)
    assert answer.status_code == 422
    assert 'href="#country"' in answer.text
    assert "like +49" in answer.text


async def test_what_the_form_does_not_ask_stays_as_a_mapping_of_the_firm_says_it(
    site: Site,
) -> None:
    said = {
        "as": "clients", "encoding": "mac-roman", "ignore": ["Bemerkung"],
        "columns": {
            "client_id": "Nr", "name": ["Titel", "Vorname", "Nachname"], "email": "E-Mail",
            "locale": {"constant": "de"}, "timezone": {"constant": "Europe/Berlin"},
        },
    }  # fmt: skip
    site.memory.imports.gateway.folder = [mapping_from("old-mac", said)]
    content = "Nr;Titel;Vorname;Nachname;E-Mail;Bemerkung\r\n1;Dr.;Jörg;Müß;j@client.example;\r\n"
    browser = await site.as_person(PAT)
    place = await brought(browser, content.encode("mac-roman"))
    page = await browser.get(f"{place}/columns")
    assert "a mapping of the folder of the firm" in page.text
    assert 'name="c3-name"' in page.text
    fields = hidden_of(page) | {
        "c1-client_id": "Nr", "c1-name": "Titel", "c2-name": "Vorname", "c3-name": "Nachname",
        "c1-email": "E-Mail", "c1-locale": "", "k-locale": "de", "c1-timezone": "",
        "k-timezone": "Europe/Berlin", "kept_as": "old-mac",
    }  # fmt: skip
    assert (await browser.client.post(f"{place}/columns", data=fields)).status_code == 303
    await do(browser, place, do="weigh", tells="past")
    await do(browser, place, do="confirm")
    (client,) = site.memory.imports.gateway.office.all(IMPORTED)
    assert client.fields["name"] == "Dr. Jörg Müß"
