"""Is an inquirer written to at an address they confirmed, and nobody else through the form?"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from services.intake.pages.links import link_makers
from services.intake.ports import INQUIRIES
from shared.contracts.intake import InquirerLetterDue
from shared.contracts.reminders import InquirerLetterSent
from shared.errors import RuleError
from shared.requests.decisions import Actor
from shared.state.unit_of_work import UnitOfWork
from tests.fakes.memory import MemoryService
from tests.intake.pages.site import FILLED, FORM, IntakeSite, hidden

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))


def letters(office: MemoryService) -> list[InquirerLetterDue]:
    return office.announced_of(InquirerLetterDue)


def link_of(site: IntakeSite, letter: InquirerLetterDue) -> str:
    """Where the link of a letter leads, as reminders is told at the hand-over."""
    (maker,) = [m for m in link_makers(site.settings) if f"intake/{m.purpose}" == letter.link]
    wanted = letter.link_id or ""
    unit = UnitOfWork("intake", site.office.now)
    site.office.fill(unit, [lambda read: maker.needs(wanted, read)])
    return urlsplit(maker.url(wanted, unit)).path


async def asked(site: IntakeSite, **typed: str) -> InquirerLetterDue:
    """The form was sent and heard; the first letter."""
    await site.send(FORM, **FILLED | typed)
    site.heard_back()
    return letters(site.office)[0]


async def confirmed(site: IntakeSite) -> None:
    page = await site.browser.get(link_of(site, await asked(site)))
    await site.browser.post(str(page.url), data=hidden(page))


async def test_the_first_letter_holds_nothing_that_was_typed(site: IntakeSite) -> None:
    first = await asked(site, name="Buy cheap pills", others="www.pills.example")
    assert (first.letter, first.address) == ("confirmation", "zoe@example.com")
    assert "pills" not in (first.subject + first.body).lower()
    assert first.body.count("{link}") == 1


async def test_only_the_button_confirms_and_brings_the_receipt_with_the_profiles_words(
    site: IntakeSite,
) -> None:
    page = await site.browser.get(link_of(site, await asked(site)))
    assert "Is this your address?" in page.text
    assert len(letters(site.office)) == 1  # opening changes nothing
    answer = await site.browser.post(str(page.url), data=hidden(page))
    assert "We write to you at this address from now on." in answer.text
    receipt = letters(site.office)[-1]
    assert (receipt.letter, receipt.address) == ("received", "zoe@example.com")
    assert "Zoe Bauer" in receipt.body
    assert site.settings.law().caution.text["en"].strip() in receipt.body
    await site.browser.post(str(page.url), data=hidden(page))
    assert len(letters(site.office)) == 2


@pytest.mark.parametrize("typed", ["zoe@example.com", "ZOE+more@example.com"])
async def test_one_mailbox_is_asked_once_a_day_whoever_types_it(
    site: IntakeSite, typed: str
) -> None:
    await asked(site)
    await asked(site, name="Somebody Else", email=typed)
    assert len(letters(site.office)) == 1


async def test_one_mailbox_is_asked_three_times_in_a_month_at_most(site: IntakeSite) -> None:
    for n in range(6):
        await asked(site, name=f"Somebody {n}")
        site.office.now += timedelta(days=2)
    assert len(letters(site.office)) == 3


async def test_the_page_says_the_same_whether_an_address_is_asked_or_not(site: IntakeSite) -> None:
    first = await site.send(FORM, **FILLED)
    again = await site.send(FORM, **FILLED | {"name": "Somebody Else"})
    no_address = await site.send(FORM, **FILLED | {"email": "", "phone": "030 123456"})
    assert first.text == again.text == no_address.text
    assert len(letters(site.office)) == 1


async def test_a_link_for_another_address_or_a_made_up_one_leads_nowhere(site: IntakeSite) -> None:
    first = await asked(site)
    place = link_of(site, first)
    assert (await site.browser.get(place[:-2] + "xx")).status_code == 404
    inquiry = site.office.get(INQUIRIES, first.inquiry_id)
    assert inquiry is not None
    other = first.model_copy(update={"link_id": f"contact~{first.inquiry_id}~{'0' * 40}"})
    assert (await site.browser.get(link_of(site, other))).status_code == 404


async def test_a_person_sends_the_link_to_a_confirmed_address_and_keeps_the_task(
    site: IntakeSite,
) -> None:
    await confirmed(site)
    (ready,) = site.office.tasks("inquiry-ready")
    site.office.decide(ready.task_id, "invite", actor=LAWYER)
    invitation = letters(site.office)[-1]
    assert (invitation.letter, invitation.link) == ("invitation", "intake/inquiry-story")
    assert link_of(site, invitation) == site.story()
    (still,) = site.office.tasks("inquiry-ready")
    assert still.version == ready.version + 1


async def test_the_letter_that_the_firm_does_not_act_goes_there_and_the_address_is_forgotten(
    site: IntakeSite,
) -> None:
    await confirmed(site)
    (ready,) = site.office.tasks("inquiry-ready")
    site.office.decide(ready.task_id, "not-taken", {"reason": "No capacity."}, actor=LAWYER)
    (letter,) = site.office.tasks("decline-letter")
    site.office.decide(letter.task_id, "send", actor=LAWYER)
    last = letters(site.office)[-1]
    assert (last.letter, last.address, last.link) == ("declined", "zoe@example.com", None)
    site.office.hear(
        InquirerLetterSent(
            letter_id=last.letter_id,
            inquiry_id=last.inquiry_id,
            letter="declined",
            at=site.office.now,
        )
    )
    inquiry = site.office.get(INQUIRIES, last.inquiry_id)
    assert inquiry is not None
    assert (inquiry.email, inquiry.confirmed_email) == (None, None)


async def test_nothing_is_sent_by_itself_to_an_address_nobody_confirmed(site: IntakeSite) -> None:
    await asked(site)
    (ready,) = site.office.tasks("inquiry-ready")
    with pytest.raises(RuleError) as refused:
        site.office.decide(ready.task_id, "invite", actor=LAWYER)
    assert refused.value.code == "not-confirmed"
    assert len(letters(site.office)) == 1
