"""Does a member of staff who reads German get through a day: tasks, card, decision, take-back, an
attendance note, a search, and two clients who are one person?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from playwright.async_api import Browser, expect

from services.desk.ports.held_decisions import HELD
from shared.contracts.cards import CardTold, ConsentTold, MatterTold
from shared.contracts.finds import FindTold, FoundTold
from shared.contracts.firm import ClientContactLogged
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.hands import Hands
from tests.browser.readers import LOOKS, READERS, Look, Reader
from tests.desk.facts import LENA, NOON, PAT, created

CLIENT, OTHER = "c-1001", "c-1005"
CARD = CardTold(
    client_id=CLIENT, known=True, name="Eleanor Marsh", preferred_name="Nell", locale="en-GB",
    interpreter="tr", phone="+44 20 5550 0142", email="nell@example.com",
    timezone="America/New_York", channel="phone", channel_chosen=True, earliest="09:00",
    latest="17:00",
    consents=[ConsentTold(purpose="feedback", granted=False, by="client",
                          at="2026-02-01T09:00:00.000Z", source="urn:clientele:intake")],
    matters=[MatterTold(matter_id="m-2001", practice_area="family", owner_id="leo", state="open")],
)  # fmt: skip
PAIR: dict[str, Any] = {
    "first_id": CLIENT, "second_id": OTHER, "state": "offered", "proposed_by": None, "alone": None,
    "survivor_id": None, "survivor_id_choices": [[CLIENT, CLIENT], [OTHER, OTHER]],
    "open_decisions": ["same", "different"], "not_asked": ["why"],
    "cards": [
        {"label": "Name", "first": "Eleanor Marsh", "second": "Marsh, Eleanor", "differs": True},
        {"label": "Born", "first": "1960-01-01", "second": "1960-01-01", "differs": False},
        {"label": "Phone", "first": "+44 20 5550 0142", "second": "", "differs": True},
        {"label": "Contact person", "first": "", "second": "Bob Marsh", "differs": True},
    ],
    "more": [
        {"matters": [{"matter_id": "m-2001", "state": "open"}], "restrictions": [],
         "consents": [{"purpose": "feedback", "channel": None, "granted": False}]},
        {"matters": [], "restrictions": ["legal-hold"],
         "consents": [{"purpose": "feedback", "channel": "email", "granted": True}]},
    ],
}  # fmt: skip
TASKS: dict[str, tuple[str, dict[str, Any]]] = {
    "t-g-outcome": ("appointment-outcome", {
        "name": "Eleanor Marsh", "phone": "+44 20 5550 0142", "met_at": "Mon 2 March 2026, 10:00",
    }),
    "t-g-merge": ("merge-clients", PAIR),
}  # fmt: skip
PLACES = (
    "/inbox", "/inbox?view=team", f"/clients/{CLIENT}", f"/clients/{CLIENT}?form=brief",
    "/tasks/t-call", "/tasks/t-g-outcome", "/tasks/t-g-merge", "/search", "/search?q=Marsh",
    f"/clients/{CLIENT}/records", f"/clients/{CLIENT}/restrictions",
    f"/clients/{CLIENT}/handover", "/absences", "/settings",
)  # fmt: skip


def bring(site: DeskSite) -> None:
    """A client with a card and a talk, an appointment that is over, and somebody met twice."""
    memory, context = site.behind.memory, site.behind.web.state.context
    patient = replace(context.desk, take_back=timedelta(seconds=30))
    site.behind.web.state.context = replace(context, desk=patient)
    memory.cards.told[CLIENT] = CARD
    found = FoundTold(kind="client", by="name", name="Eleanor Marsh", client_id=CLIENT)
    memory.finds.told["Marsh"] = FindTold(items=[found])
    talk = ClientContactLogged(client_id=CLIENT, direction="out", channel="phone", at=NOON)
    memory.office.hear(talk, id="e-talk", time=NOON - timedelta(days=1))
    for task_id, (kind, shown) in TASKS.items():
        memory.owners.by_task[task_id] = shown
        said = created(
            task_id, kind=kind, service="intake", about={"client_id": CLIENT}, role="lawyer"
        )
        memory.office.hear(said, id=f"e-{task_id}")


def decided(site: DeskSite) -> list[tuple[str, dict[str, Any]]]:
    """What intake and the others were asked whether they would take it."""
    return [(each["decision"], each["fields"]) for _, each in site.behind.memory.owners.previewed]


@LOOKS
async def test_each_page_of_the_day_is_german_fits_and_nothing_grave_is_found_on_it(
    chrome: Browser, site: DeskSite, look: Look
) -> None:
    bring(site)
    async with opened(chrome, locale="de-DE", **look) as page:
        await site.sign_in(page, LENA)
        for place in PLACES:
            await page.goto(f"{site.url}{place}")
            await expect(page.locator("html")).to_have_attribute("lang", "de")
            await expect(page.locator("h1")).to_be_visible()
            assert (await findings(page), await fits(page)) == ([], True), place


@READERS
async def test_the_day_from_the_list_to_the_search(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    bring(site)
    async with opened(chrome, **{**reader.window, "locale": "de-DE"}) as page:
        hands = Hands(page)
        await site.sign_in(page, PAT, "/inbox?view=team")
        await page.locator("#row-t-call .title").click()
        card = page.locator("section", has_text="Bevor Sie zum Telefon greifen").first
        for words in ("Nell", "Englisch", "mit Dolmetschung: Türkisch", "lieber ein Anruf",
                      "Die Kanzlei hat sich gemeldet: Telefon."):  # fmt: skip
            await expect(card).to_contain_text(words)
        await page.fill("#decide-form textarea[name=note]", "Sie kommt.")
        await hands.press("#decide-form button[value=reached]")
        await expect(page.locator(".flash")).to_contain_text("Erledigt: Erreicht.")

        await page.goto(f"{site.url}/clients/{CLIENT}")
        told = page.locator(".notice", has_text="Sie haben gerade entschieden: Erreicht.")
        await expect(told).to_contain_text("Es kann bis 12:00:30 zurückgenommen werden.")
        await told.get_by_role("button", name="Zurücknehmen").click()
        await expect(page.locator(".flash")).to_contain_text("Niemand hat davon erfahren.")
        note = page.locator("#decide-form textarea[name=note]")
        await expect(note).to_have_value("Sie kommt.")

        await page.goto(f"{site.url}/tasks/t-g-outcome?back=/inbox")
        await page.fill("textarea[name=understood]", "Sie möchten die Wohnung behalten.")
        await page.locator("button[value=held]").click()
        await expect(page.locator(".flash")).to_contain_text("Erledigt: Er fand statt.")
        assert decided(site)[-1][1]["understood"] == "Sie möchten die Wohnung behalten."

        await page.goto(f"{site.url}/inbox")
        await hands.type("#find", "Marsh")
        await page.keyboard.press("Enter")
        await page.get_by_role("main").get_by_role("link", name="Eleanor Marsh").first.click()
        await expect(page.locator("h1")).to_have_text("Eleanor Marsh")


@READERS
async def test_two_who_are_one_are_seen_side_by_side_and_confirmed_by_another(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    bring(site)
    async with opened(chrome, **{**reader.window, "locale": "de-DE"}) as page:
        await site.sign_in(page, LENA, "/tasks/t-g-merge")
        table = page.locator(".side-by-side-table")
        for label in ("Name", "Geboren", "Telefon", "Ansprechperson", "Mandate"):
            await expect(table.get_by_role("rowheader", name=label)).to_be_visible()
        await expect(table.locator("tr", has_text="Telefon")).to_contain_text("verschieden")
        for words in ("m-2001 (offen)", "nein", "ja", "Löschsperre"):
            await expect(table).to_contain_text(words)
        await expect(page.locator("main")).to_contain_text(
            "Eine Zusammenführung lässt sich nicht zurücknehmen."
        )
        await page.locator("[name=survivor_id]").first.select_option(CLIENT)
        await page.locator("[name=seen]").first.fill("Derselbe Geburtstag in beiden Karten.")
        await page.locator("button[value=same]").click()
        await expect(page.locator(".flash")).to_contain_text("Erledigt: Eine Person.")
    seen = "Derselbe Geburtstag in beiden Karten."
    assert decided(site)[-1] == ("same", {"survivor_id": CLIENT, "seen": seen})
    (held,) = site.behind.memory.office.all(HELD)
    assert held.by == "lena"
