"""Does a new firm make itself its own, in the browser alone and by files, while everything runs?

From what is shipped to two people, French clients, a survey in other words, one rule off and one
moved, the firm's name and days: approved by the second person, in force in every service, without
a command line and without a restart. Then the same by files.
"""

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from deploy.infra.access.service_requests import ServiceAwayError
from tests.browser.chromium import chromium, opened
from tests.core.test_looks import picture
from tests.journeys.firm import Firm, until
from tests.journeys.test_staff_pages import at_the_desk
from tests.journeys.test_studio import clientele, comes_in, invited

FRENCH = Path(__file__).parents[2] / "examples" / "firm" / "languages" / "fr"
NO_MORE = "decisions.call-client.no-more-calls"
NAME, OTHER_NAME = "Cabinet Dubois", "Dubois & Associés"
STAGES = """any: {en: our work so far, de: unserer bisherigen Arbeit}
closing:
  en: everything we did for you
  de: allem, was wir für Sie getan haben
  asks: [ces, nps]
"""
FRENCH_STAGES = "any: notre travail jusqu'ici\nclosing: tout ce que nous avons fait\n"
REVIEW = "tell others about your experience"  # it has no French: it would come in English
INVITED = "Votre avis sur notre travail"


async def kept(page: Page, desk: str, place: str, text: str) -> None:
    """A file of the firm's folder, written in the studio."""
    await page.goto(f"{desk}/studio/file?place={quote(place)}")
    await page.fill("#text", text)
    await page.click("button[value=keep]")
    await expect(page.locator("main")).to_contain_text("Your draft has it")


async def made_their_own(page: Page, desk: str) -> None:
    """Values, a survey, a language, a rule off and one moved: all of it in one draft."""
    await page.goto(f"{desk}/studio/values?section=firm")
    await page.fill("[id='firm.name']", NAME)
    await page.click("form[action='/studio/values'] button >> nth=-1")
    await expect(page.locator("main")).to_contain_text("Your draft has it")
    await page.goto(f"{desk}/studio/values?section=decisions")
    await page.fill(f"[id='{NO_MORE}']", "lawyer, partner, second-person")
    await page.click("form[action='/studio/values'] button >> nth=-1")
    await expect(page.locator("main")).to_contain_text("Your draft has it")
    await page.goto(f"{desk}/studio/looks")
    await page.set_input_files(
        "#logo", {"name": "ours.png", "mimeType": "image/png", "buffer": picture()}
    )
    await page.fill("[id='looks.colour']", "#7a1f3d")
    await page.click("button[value=keep]")
    await expect(page.locator("main")).to_contain_text("Your draft has it")
    await page.goto(f"{desk}/studio/calendar?first=2030-07-01&do=close&every=once")
    await page.click("form[action='/studio/values'] button")
    await expect(page.locator("main")).to_contain_text("Your draft has it")
    await kept(page, desk, "surveys.yaml", STAGES)
    await page.goto(f"{desk}/studio/files")
    await page.fill("#language", "fr")
    await page.click("form[action='/studio/files'] button")
    await expect(page.locator("main")).to_contain_text("Your draft has the language")
    for file in sorted((FRENCH / "messages" / "frame").iterdir()):
        place = f"languages/fr/messages/frame/{file.name}"
        await kept(page, desk, place, file.read_text("utf-8"))
    written = (FRENCH / "messages" / "survey-invitation.txt").read_text("utf-8")
    text = "\n".join([f"Subject: {INVITED}", *written.splitlines()[1:]])
    await kept(page, desk, "languages/fr/messages/survey-invitation.txt", text)
    await kept(page, desk, "languages/fr/surveys.yaml", FRENCH_STAGES)  # its pages ask by them
    await kept(page, desk, "languages/fr/pages.yaml", (FRENCH / "pages.yaml").read_text("utf-8"))
    await page.goto(f"{desk}/studio/rules/survey-due")
    await page.fill("#offset", "+3d")
    await page.click("button[value=keep]")
    await page.goto(f"{desk}/studio/rules/review-ask-due")
    await page.check("input[name=switch][value=off]")
    await page.click("button[value=keep]")


async def proposed(page: Page, desk: str) -> int:
    """The draft under a number."""
    await page.goto(f"{desk}/studio/editions/draft")
    await page.fill("#note", "Ours.")
    await page.click("button[value=propose]")
    await expect(page.locator("h1")).to_contain_text(re.compile(r"Edition \d+"))
    return int((await page.inner_text("h1")).removeprefix("Edition "))


async def approved(page: Page, firm: Firm, number: int, name: str) -> None:
    """By the second person; every service goes by it, and its pages show the firm's name."""
    await page.goto(f"{firm.connect['desk']}/studio/editions/{number}")
    await page.click("button[value=approve]")
    await expect(page.locator("main")).to_contain_text("In force")

    async def goes_by_it() -> bool:
        async with httpx.AsyncClient(timeout=20) as client:
            figures = [await client.get(f"{url}/metrics") for url in firm.connect["ops"].values()]
            pages = [await client.get(address) for address in addresses(firm)]
        gone_by = all(f"\nvalues_edition {number}.0" in each.text for each in figures)
        return gone_by and all(name in each.text for each in pages)

    async def answered() -> bool:
        try:
            rules = (await firm.services.ask_all({"ask": "editions"}, ["reminders"]))["reminders"]
            await firm.services.ask_all({"ask": "time"})
        except ServiceAwayError:  # one of them begins anew just now
            return False
        return bool(rules["goes_by"] == number)

    await until(goes_by_it, f"{name} in every service")
    await until(answered, f"edition {number}")


def addresses(firm: Firm) -> list[str]:
    """A page of each service that has pages for clients, and the desk's."""
    links = {"intake": "/p/nobody", "feedback": "/s/nobody", "reputation": "/w/nobody"}
    return [
        *(f"{firm.connect[name]}{place}" for name, place in links.items()),
        f"{firm.connect['desk']}/login",
    ]


async def a_french_survey(browser: Browser, firm: Firm, client_id: str) -> None:
    """After three days, in French: the mail, and the page with what this firm asks."""
    matter_id = firm.id("m")
    about = {"matter_id": matter_id, "client_id": client_id}
    await firm.say("matter-opened", client_id, about | {"owner_id": "s-1",
                                                        "practice_area": "family"})  # fmt: skip
    closed = about | {"closed_at": (await firm.now()).isoformat()}
    await firm.say("matter-closed", client_id, closed)
    await firm.idle()
    await firm.advance(timedelta(days=4))
    assert INVITED in firm.subjects(client_id)
    [mail] = [each for each in firm.mails(client_id) if each["Subject"] == INVITED]
    body = mail.get_body(("plain",))
    assert body is not None
    link = re.search(r"http\S+/s/\S+", body.get_content())
    assert link is not None
    async with opened(browser, js=False) as page:
        await page.goto(link[0])
        assert await page.get_attribute("html", "lang") == "fr"
        await expect(page.locator("body")).to_contain_text(NAME)
        await expect(page.locator(f"img.logo[alt='{NAME}']")).to_be_attached()
        await expect(page.locator("input[name=ease]").first).to_be_attached()
    await firm.advance(timedelta(days=12))  # past the day of the rule that is off
    assert not [each for each in firm.subjects(client_id) if REVIEW in each]


@pytest.mark.whole
async def test_in_the_browser_alone_and_the_same_by_files(
    firm: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLIENTELE_FIRM_DIR", raising=False)
    client_id = await firm.a_client(locale="fr-FR", timezone="Europe/Paris")
    user, desk = f"{firm.id('eva')}@firm.example", firm.connect["desk"]
    await firm.morning()
    await firm.idle()
    async with (
        chromium() as browser,
        at_the_desk(browser, firm, "partner", js=False) as page,
        opened(browser, js=False) as second,
    ):
        link = await invited(page, desk, firm.id("eva"), user)
        await comes_in(second, link, desk, user)
        await made_their_own(page, desk)
        number = await proposed(page, desk)
        await approved(second, firm, number, NAME)
        await a_french_survey(browser, firm, client_id)
        await agreed_by_two(page, second, firm)
        await by_files(second, firm, tmp_path / "exported", number)


async def agreed_by_two(page: Page, second: Page, firm: Firm) -> None:
    """Whom no message reaches is called no more once two people have said so, as the firm wants."""
    desk, client_id = firm.connect["desk"], await firm.a_client(email=None, phone="+33 1 23 45 67")
    await firm.idle()

    async def asked() -> bool:
        return bool(await firm.tasks_about("client_id", client_id, kind="call-client"))

    await until(asked, "a call")
    [task] = await firm.tasks_about("client_id", client_id, kind="call-client")
    place = f"{desk}/tasks/{task['task_id']}"
    await page.goto(place)
    await page.click("summary:has-text('Call no more')")
    await page.fill("#reason-no-more-calls", "Gone abroad.")
    await page.click("button[value=no-more-calls]")
    await expect(page.locator("main")).to_contain_text("Kept until a second person agrees")
    await second.goto(place)
    await expect(second.locator("main")).to_contain_text("Gone abroad.")
    await second.click("#agree button")
    await firm.decided()
    await page.goto(place)
    await expect(page.locator("main")).to_contain_text("Decided, as a colleague had before")


async def by_files(second: Page, firm: Firm, folder: Path, number: int) -> None:
    """What is in force is written out, changed by hand, proposed, approved; then all goes back."""
    desk = firm.connect["desk"]
    await asyncio.to_thread(clientele, firm, "export", str(folder))
    places = {each.relative_to(folder).as_posix() for each in folder.rglob("*.*")}
    assert {"firm.toml", "surveys.yaml", "languages/fr/pages.yaml", "playbooks/closing.yaml",
            "languages/fr/messages/survey-invitation.txt"} <= places  # fmt: skip
    assert (folder / "logo.png").read_bytes() == picture()
    values = folder / "firm.toml"
    assert "2030-07-01" in values.read_text("utf-8")
    assert NO_MORE.removeprefix("decisions.") in values.read_text("utf-8")
    values.write_text(values.read_text("utf-8").replace(NAME, OTHER_NAME), "utf-8")
    words = ("import", str(folder), "--by", "ada", "--note", "By files.")
    said = await asyncio.to_thread(clientele, firm, *words)
    assert f"/studio/editions/{number + 1}" in said
    await second.goto(f"{desk}/studio/editions/{number + 1}")
    await expect(second.locator("main")).to_contain_text(OTHER_NAME)
    await approved(second, firm, number + 1, OTHER_NAME.replace("&", "&amp;"))
    empty = folder.parent / "as-shipped"
    empty.mkdir()
    await asyncio.to_thread(clientele, firm, "import", str(empty), "--by", "ada")
    await approved(second, firm, number + 2, "Example &amp; Partners")
