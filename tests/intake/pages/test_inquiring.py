"""Can somebody ask for help without telling the firm anything it must not hear yet?"""

from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

import pytest

from services.intake.ports import INQUIRIES
from shared.contracts.firm import InquiryReceived
from shared.contracts.intake import ConflictCleared
from shared.errors import TemporaryError
from shared.requests.decisions import Actor
from tests.fakes.memory import MemoryService
from tests.intake.pages.site import FILLED, FORM, IntakeSite, hidden

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))


def asked(office: MemoryService) -> list[InquiryReceived]:
    return office.announced_of(InquiryReceived)


async def test_opening_the_form_changes_nothing(site: IntakeSite, office: MemoryService) -> None:
    page = await site.browser.get(FORM)
    assert page.status_code == 200
    assert "<title>Step 1 of 2: Ask us for help" in page.text
    assert "Please do not send us anything confidential yet" in page.text
    assert site.runtime.acts == 0


async def test_only_the_empty_form_may_be_kept_by_the_browser(site: IntakeSite) -> None:
    empty = await site.browser.get(FORM)
    assert empty.headers["Cache-Control"] == "private, no-cache"
    filled = await site.send(FORM, name="Zoe Bauer")
    assert filled.headers["Cache-Control"] == "no-store"


async def test_the_first_step_announces_an_inquiry_with_the_names_and_no_story(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.send(FORM, **FILLED)
    (said,) = asked(office)
    assert said.name == "Zoe Bauer"
    assert (said.email, said.phone, said.practice_area) == ("zoe@example.com", None, "tenancy")
    assert said.adverse_parties == ("Acme Housing", "Bert Vermieter")
    assert (said.channel, said.locale) == ("website", "en")


async def test_an_inquiry_is_checked_once_and_only_when_it_is_heard_from_the_stream(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.send(FORM, **FILLED)
    assert [each.inquiry_id for each in office.announced_of(ConflictCleared)] == [None]
    for _ in range(2):
        site.heard_back()
    cleared = [each.inquiry_id for each in office.announced_of(ConflictCleared)]
    assert cleared == [None, asked(office)[0].inquiry_id]  # the client's, then this one


async def test_sending_the_first_step_twice_is_one_inquiry(
    site: IntakeSite, office: MemoryService
) -> None:
    form = await site.browser.get(FORM)
    data = hidden(form) | FILLED
    pages = [await site.browser.post(FORM, data=data, follow_redirects=True) for _ in range(2)]
    assert pages[0].url == pages[1].url
    assert len(asked(office)) == 1
    assert len(office.all(INQUIRIES)) == 1


async def test_going_back_and_mending_the_first_step_is_still_one_inquiry(
    site: IntakeSite, office: MemoryService
) -> None:
    data = hidden(await site.browser.get(FORM)) | FILLED
    await site.browser.post(FORM, data=data)
    office.now += timedelta(seconds=30)
    await site.browser.post(FORM, data=data | {"name": "Zoe Bauer-Lang"})
    site.heard_back()
    (kept,) = office.all(INQUIRIES)
    assert kept.names == ("Zoe Bauer-Lang", "Zoe Bauer")
    assert len({event.id for event in office.announced if event.type == "inquiry-received"}) == 2


async def test_two_people_are_two_inquiries(site: IntakeSite, office: MemoryService) -> None:
    for _ in range(2):
        await site.send(FORM, **FILLED)
    assert len(office.all(INQUIRIES)) == 2


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"name": " "}, "name", "Enter your name."),
        ({"name": "a\x07b"}, "name", "The name has too many or unusual characters."),
        ({"email": ""}, "email", "Enter an e-mail address or a telephone number."),
        ({"email": "zoe"}, "email", "Enter one e-mail address"),
        ({"phone": "12"}, "phone", "Enter a telephone number"),
        ({"area": "magic"}, "area", "Choose what it is about."),
        ({"others": "\n".join(f"N{n}" for n in range(21))}, "others", "List at most 20 names"),
        ({"others": "x" * 201}, "others", "A name in the list has too many"),
        ({"deadline": "tomorrow"}, "deadline", "Enter the deadline as a date"),
        ({"deadline": "2026-02-30"}, "deadline", "Enter the deadline as a date"),
        ({"agreed": ""}, "agreed", "Tick this box"),
    ],
)
async def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(
    site: IntakeSite, office: MemoryService, typed: dict[str, str], field: str, message: str
) -> None:
    page = await site.send(FORM, **FILLED | {"others": "Bert Vermieter"} | typed)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert message in page.text
    assert "<title>Error: Step 1 of 2" in page.text
    kept = (FILLED | {"others": "Bert Vermieter"} | typed)["others"]
    assert kept.splitlines()[0] in page.text
    assert asked(office) == []


async def test_a_telephone_number_alone_is_enough(site: IntakeSite, office: MemoryService) -> None:
    await site.send(FORM, **FILLED | {"email": "", "phone": "030 / 123 456"})
    assert asked(office)[0].phone == "030 / 123 456"


async def test_a_machine_that_fills_every_field_is_refused_and_a_person_loses_nothing(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.send(FORM, **FILLED, website="https://spam.test")
    assert page.status_code == 422
    assert "zoe@example.com" in page.text
    assert "spam.test" not in page.text
    assert asked(office) == []


async def test_a_form_key_of_somebody_else_s_making_is_refused_and_nothing_is_lost(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.browser.post(FORM, data=FILLED | {"key": "guessed", "csrf": "0" * 64})
    assert page.status_code == 403
    assert "zoe@example.com" in page.text
    assert hidden(page)["key"] not in ("", "guessed")
    assert asked(office) == []


async def test_too_many_inquiries_from_one_place_are_refused_and_nothing_is_lost(
    site: IntakeSite, office: MemoryService
) -> None:
    pages = [await site.send(FORM, **FILLED) for _ in range(61)]
    assert pages[-1].status_code == 429
    assert "zoe@example.com" in pages[-1].text
    assert len(asked(office)) == 60


async def test_while_the_database_is_away_nothing_typed_is_lost(site: IntakeSite) -> None:
    site.runtime.failure = TemporaryError("away")
    page = await site.send(FORM, **FILLED)
    assert page.status_code == 503
    assert "zoe@example.com" in page.text


async def test_everybody_is_told_by_which_business_day_the_firm_is_in_touch(
    site: IntakeSite, office: MemoryService
) -> None:
    office.now = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # a Friday
    page = await site.send(FORM, **FILLED)
    assert "We will be in touch with you by Tuesday, 10 March 2026." in page.text
    office.now += timedelta(days=3)
    again = await site.browser.get(page.url.path)
    assert "by Tuesday, 10 March 2026." in again.text
    site.heard_back()
    (task,) = office.tasks("inquiry-ready")
    assert task.due_at <= datetime(2026, 3, 10, 17, 0, tzinfo=UTC)


async def test_a_day_the_firm_did_not_name_is_a_dead_end(site: IntakeSite) -> None:
    page = await site.send(FORM, **FILLED)
    tampered = page.url.path.replace("2026-03-04", "2026-03-31")
    assert (await site.browser.get(tampered)).status_code == 404


@pytest.mark.parametrize(("phone", "said"), [("", False), ("+49 30 5550100", True)])
async def test_only_a_firm_with_a_number_asks_to_be_called_about_a_deadline(
    office: MemoryService, tmp_path: Path, phone: str, said: bool
) -> None:
    site = IntakeSite(office, tmp_path, firm_phone=phone)
    page = (await site.send(FORM, **FILLED)).text
    told = await site.ask(**FILLED)
    assert ("If a deadline is running, please call us: +49 30 5550100." in page) is said
    assert ("call us" in page, "call us" in told.text) == (said, said)


async def test_an_inquiry_with_a_deadline_close_by_comes_first(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.ask(**FILLED, deadline="2026-03-06")
    (task,) = office.tasks("inquiry-ready")
    assert task.priority == "urgent"
    assert office.view(task.task_id, LAWYER)["deadline"] == "2026-03-06"


@pytest.mark.parametrize(
    ("query", "header", "title"),
    [
        ("", "de-DE,de;q=0.9,en;q=0.8", "Schritt 1 von 2: Ihre Anfrage an uns"),
        ("", "fr,en;q=0.5,de;q=0.4", "Step 1 of 2: Ask us for help"),
        ("", "de;q=nonsense", "Step 1 of 2: Ask us for help"),
        ("?lang=de", "en", "Schritt 1 von 2: Ihre Anfrage an uns"),
        ("?lang=fr", "en", "Step 1 of 2: Ask us for help"),
    ],
)
async def test_the_form_speaks_the_readers_language(
    site: IntakeSite, query: str, header: str, title: str
) -> None:
    page = await site.browser.get(FORM + query, headers={"Accept-Language": header})
    assert f"<title>{title}" in page.text


@pytest.mark.parametrize(
    ("profile", "language", "caution"),
    [
        ("us", "de", "nicht vor jemandem verbergen"),
        ("germany", "de", "behandeln wir vertraulich, auch wenn wir ablehnen"),
        ("germany", "en", "confidential even if we decline"),
        ("england-and-wales", "en", "act for neither of you"),
    ],
)
async def test_the_form_cautions_and_tells_of_the_names_of_others_by_the_law_of_the_firm(
    office: MemoryService, tmp_path: Path, profile: str, language: str, caution: str
) -> None:
    site = IntakeSite(office, tmp_path, profile=profile)
    page = " ".join((await site.browser.get(f"{FORM}?lang={language}")).text.split())
    law = site.settings.law()
    assert caution in page
    assert law.third_parties.text[language].format(firm=escape("Example & Partners")) in page


async def test_where_surveys_need_consent_a_client_who_said_nothing_has_not_chosen_them(
    office: MemoryService, tmp_path: Path
) -> None:
    site = IntakeSite(office, tmp_path, profile="germany")
    page = await site.browser.get(site.preferences())
    box = next(each for each in page.text.split("<input") if 'name="feedback"' in each)
    assert "checked" not in box.partition(">")[0]
