"""Can a partner find out, on any screen, whether mail of the firm is believed?"""

from playwright.async_api import Browser, expect

from shared.contracts.sender_checks import FindingTold, JudgementTold, SenderTold
from tests.browser.chromium import findings, fits, opened
from tests.browser.desk_day import DeskSite
from tests.browser.readers import READERS, Reader
from tests.desk.facts import NOON, PAT

AMISS = SenderTold(
    sender="a-rather-long-name-of-an-office@branch.firm-of-many-letters.example",
    mailbox="office@firm.example",
    standing="not-ready",
    progress="arriving",
    address="me@home.example",
    judgement=JudgementTold(
        at=NOON.isoformat(),
        by="pat",
        judge="mx.provider.example",
        findings=[
            FindingTold(line="from", code="own", domain="firm.example", well=True),
            FindingTold(line="spf", code="softfail", domain="bounces.firm-of-many-letters.example"),
            FindingTold(line="dkim", code="none"),
            FindingTold(line="alignment", code="no-policy", domain="firm.example", well=True),
        ],
    ),
)


@READERS
async def test_a_test_mail_is_sent_and_what_is_amiss_is_read(
    chrome: Browser, site: DeskSite, reader: Reader
) -> None:
    site.behind.memory.senders.told = AMISS
    async with opened(chrome, **reader.at_the_desk) as page:
        await site.sign_in(page, PAT)
        await page.goto(f"{site.url}/first-days/sender")
        await expect(page.locator("h1")).to_have_text("Is our mail believed?")
        await expect(page.locator("main")).to_contain_text("The mail has no signature.")
        assert await fits(page)
        assert not reader.js or await findings(page) == []  # axe is a script
        await page.fill("#address", "me@home.example")
        await page.press("#address", "Enter")
        await expect(page.locator(".flash")).to_contain_text("The test mail is on its way.")
        assert [each.address for each in site.behind.memory.senders.asked] == ["me@home.example"]
