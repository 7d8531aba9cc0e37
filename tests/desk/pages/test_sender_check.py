"""Does the desk show whether the firm's mail is believed, and lead to what is to be mended?"""

import pytest

from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.sender_checks import FindingTold, JudgementTold, SenderTold
from tests.desk.browsing import Site
from tests.desk.facts import ASH, CLARA, LEO, NOON, OSKAR, PAT

PLACE = "/first-days/sender"


def found(*findings: FindingTold, standing: str = "not-ready", by: str = "pat") -> SenderTold:
    """What a test mail showed."""
    told = JudgementTold(at=NOON.isoformat(), by=by, judge="mx.home.example", findings=[*findings])
    return SenderTold(
        sender="office@firm.example", standing=standing, progress="read", judgement=told
    )


async def test_a_test_mail_is_sent_to_the_readers_own_address(site: Site) -> None:
    browser = await site.as_person(PAT)
    page = await browser.get(PLACE)
    assert "office@firm.example" in page.text
    answer = await browser.post(f"{PLACE}/send", page, {"address": " me@home.example "})
    assert answer.status_code == 303
    (asked,) = site.memory.senders.asked
    assert (asked.ask, asked.address, asked.language) == ("send", "me@home.example", "en")
    assert "on its way" in (await browser.get(answer.headers["location"])).text


async def test_what_is_amiss_stands_there_with_its_remedy(site: Site) -> None:
    site.memory.senders.told = found(
        FindingTold(line="spf", code="pass", domain="firm.example", well=True),
        FindingTold(line="dkim", code="none"),
        FindingTold(line="alignment", code="no-policy", domain="firm.example", well=True),
        FindingTold(line="spf", code="temperror", domain="firm.example"),
    )
    page = (await (await site.as_person(PAT)).get(PLACE)).text
    assert "The mail has no signature." in page
    assert "Turn on signing at your mail provider" in page
    assert "_dmarc.firm.example" in page
    assert "could not look it up: temperror" in page
    assert "It is the word of mx.home.example" in page
    assert "read by Pat" in page


async def test_a_code_of_a_later_release_is_shown_as_it_is(site: Site) -> None:
    site.memory.senders.told = found(FindingTold(line="bimi", code="odd"))
    page = (await (await site.as_person(PAT)).get(PLACE)).text
    assert "odd" in page


async def test_what_the_mailbox_read_back_is_said_of_it(site: Site) -> None:
    site.memory.senders.told = found(standing="ready", by="")
    page = (await (await site.as_person(OSKAR)).get(PLACE)).text
    assert "Mail of the firm is believed." in page
    assert "the firm&#39;s mailbox" in page


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        ("waiting", "is about to go"),
        ("arriving", "has gone. Look for it"),
        ("not-sent", "did not go: the mail server answered recipient-5.1.1"),
    ],
)
async def test_where_the_test_mail_is_stands_there(site: Site, progress: str, words: str) -> None:
    site.memory.senders.told = SenderTold(
        sender="office@firm.example", standing="never", progress=progress,
        address="me@home.example", outcome="recipient-5.1.1",
    )  # fmt: skip
    page = (await (await site.as_person(PAT)).get(PLACE)).text
    assert words in page
    assert "me@home.example" in page


async def test_a_refusal_stands_at_its_field_with_all_that_was_typed(site: Site) -> None:
    site.memory.senders.refused = Refused("another-mail", "This is another mail.", "source")
    browser = await site.as_person(PAT)
    page = await browser.get(PLACE)
    answer = await browser.post(f"{PLACE}/read", page, {"source": "From: <b>x</b>"})
    assert answer.status_code == 422
    assert 'href="#source"' in answer.text
    assert "From: &lt;b&gt;x&lt;/b&gt;" in answer.text


async def test_a_no_that_is_about_no_field_stands_on_top(site: Site) -> None:
    site.memory.senders.refused = Refused("held", "All messages are held back.", None)
    browser = await site.as_person(PAT)
    answer = await browser.post(f"{PLACE}/send", await browser.get(PLACE), {"address": "a@b.c"})
    assert answer.status_code == 409
    assert "All messages are held back." in answer.text


async def test_with_reminders_away_the_page_says_so(site: Site) -> None:
    site.memory.senders.away = True
    assert (await (await site.as_person(PAT)).get(PLACE)).status_code == 503


@pytest.mark.parametrize("person", [ASH, CLARA, LEO], ids=lambda each: each.staff_id)
async def test_it_is_for_partners_and_operations(site: Site, person: StaffMember) -> None:
    browser = await site.as_person(person)
    assert (await browser.get(PLACE)).status_code == 403
    assert (await browser.do(f"{PLACE}/send", {"address": "a@b.c"})).status_code == 403
    assert not site.memory.senders.asked
