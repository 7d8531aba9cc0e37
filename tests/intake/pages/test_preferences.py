"""Can a client, and nobody else, choose how, when and about what they are contacted?"""

from datetime import timedelta
from pathlib import Path

import pytest

from services.intake.domain.consents import agreed
from services.intake.ports import CLIENTS, CONSENTS
from shared.contracts.envelope import encode
from shared.contracts.intake import ClientPreferencesUpdated, ConsentGranted, ConsentWithdrawn
from shared.errors import TemporaryError
from tests.fakes.memory import START, MemoryService
from tests.intake.office import updated
from tests.intake.pages.site import IntakeSite, hidden

AS_THEY_ARE = {
    "channel": "email", "language": "en", "earliest": "08:00", "latest": "20:00", "feedback": "yes",
}  # fmt: skip


def changed(**changes: str | None) -> dict[str, str]:
    merged = {**AS_THEY_ARE, **changes}
    return {name: value for name, value in merged.items() if value is not None}


def said(office: MemoryService) -> list[str]:
    ours = (ClientPreferencesUpdated.TYPE, ConsentGranted.TYPE, ConsentWithdrawn.TYPE)
    return [event.type for event in office.announced if event.type in ours]


async def test_opening_shows_what_holds_and_changes_nothing(
    site: IntakeSite, office: MemoryService
) -> None:
    page = await site.browser.get(site.preferences())
    assert page.status_code == 200
    assert 'name="channel" value="email" checked' in page.text
    assert 'name="feedback"' in page.text
    assert (site.runtime.acts, said(office)) == (0, [])


async def test_saving_unchanged_says_nothing(site: IntakeSite, office: MemoryService) -> None:
    page = await site.send(site.preferences(), **AS_THEY_ARE)
    assert "Your choices are saved" in page.text
    assert said(office) == []


async def test_everything_chosen_is_kept_and_announced(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.send(
        site.preferences(), channel="phone", language="de", earliest="10:00", latest="18:00",
        marketing="yes",
    )  # fmt: skip
    (chosen,) = office.announced_of(ClientPreferencesUpdated)
    assert (chosen.preferred_channel, chosen.locale) == ("phone", "de")
    assert (chosen.quiet_from, chosen.quiet_to) == ("18:00", "10:00")
    (granted,) = office.announced_of(ConsentGranted)
    assert (granted.purpose, granted.by, granted.channel) == ("marketing", "client", None)
    (withdrawn,) = office.announced_of(ConsentWithdrawn)
    assert (withdrawn.purpose, withdrawn.by, withdrawn.channel) == ("feedback", "client", None)
    client = office.get(CLIENTS, "c-1")
    assert client is not None
    assert (client.chosen_channel, client.quiet_to) == ("phone", "10:00")


async def test_only_what_changed_is_announced(site: IntakeSite, office: MemoryService) -> None:
    await site.send(site.preferences(), **changed(channel="phone"))
    (chosen,) = office.announced_of(ClientPreferencesUpdated)
    assert chosen.to_wire().keys() == {"client_id", "preferred_channel", "at"}
    assert said(office) == ["client-preferences-updated"]


async def test_sending_the_form_twice_is_choosing_once(
    site: IntakeSite, office: MemoryService
) -> None:
    for _ in range(2):
        await site.send(site.preferences(), **changed(feedback=None))
    assert said(office) == ["consent-withdrawn"]


async def test_what_was_chosen_is_shown_in_the_chosen_language(site: IntakeSite) -> None:
    page = await site.send(site.preferences(), **changed(language="de", latest="18:30"))
    assert "Ihre Auswahl ist gespeichert" in page.text
    assert "zwischen 08:00 Uhr und 18:30 Uhr" in page.text
    again = await site.browser.get(site.preferences())
    assert 'value="18:30" selected' in again.text


async def test_a_sync_of_another_system_does_not_undo_what_a_client_withdrew(
    site: IntakeSite, office: MemoryService
) -> None:
    await site.send(site.preferences(), **changed(feedback=None))
    office.hear(ConsentGranted(client_id="c-1", purpose="feedback", at=START))
    office.hear(updated(consents=[{"purpose": "feedback", "basis": "sync"}]))
    page = await site.browser.get(site.preferences())
    assert 'name="feedback" value="yes">' in page.text.replace(
        ' aria-describedby="feedback-hint"', ""
    )
    office.now += timedelta(minutes=1)
    await site.send(site.preferences(), **AS_THEY_ARE)
    assert said(office)[-1] == "consent-granted"
    page = await site.browser.get(site.preferences())
    assert 'value="yes" checked' in page.text


async def test_a_nightly_list_of_old_consents_does_not_undo_what_the_firm_noted(
    site: IntakeSite, office: MemoryService
) -> None:
    grants = [{"purpose": "feedback", "basis": "form"}]
    office.hear(updated(consents=grants))
    office.hear(ConsentWithdrawn(client_id="c-1", purpose="feedback", at=START, by="firm"))
    office.now += timedelta(days=1)
    office.hear(updated(consents=grants))
    words = [each for each in office.all(CONSENTS) if each.client_id == "c-1"]
    assert agreed(words, "feedback") is False


async def test_a_client_without_a_telephone_is_not_offered_one(
    site: IntakeSite, office: MemoryService
) -> None:
    office.hear(updated(phone=None))
    page = await site.browser.get(site.preferences())
    assert 'value="phone"' not in page.text


async def test_service_messages_are_shown_as_always_on(site: IntakeSite) -> None:
    page = await site.browser.get(site.preferences())
    assert "This cannot be turned off" in page.text
    assert 'name="service"' not in page.text


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"channel": "pigeon"}, "channel", "Choose how we should reach you."),
        ({"language": "fr"}, "language", "Choose a language."),
        ({"earliest": "03:00"}, "earliest", "Choose a time from the list."),
        ({"earliest": "17:00", "latest": "18:00"}, "latest", "Leave us at least two hours"),
        ({"earliest": "18:00", "latest": "09:00"}, "latest", "Leave us at least two hours"),
    ],
)
async def test_what_cannot_be_taken_is_said_at_its_field_and_nothing_is_lost(
    site: IntakeSite, office: MemoryService, typed: dict[str, str], field: str, message: str
) -> None:
    page = await site.send(site.preferences(), **changed(feedback=None, marketing="yes", **typed))
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}"' in page.text
    assert message in page.text
    assert "<title>Error: How we contact you" in page.text
    assert said(office) == []


async def test_every_dead_link_gets_the_same_page(site: IntakeSite) -> None:
    genuine = site.preferences()
    dead = [
        "/p/x", genuine[:-1], genuine + "0", site.preferences("c-404"),
        site.path("p", "unsubscribe", "c-1"), genuine + "0/saved",
    ]  # fmt: skip
    pages = [await site.browser.get(path) for path in dead]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


async def test_a_form_of_another_site_is_refused(site: IntakeSite, office: MemoryService) -> None:
    form = await site.browser.get(site.preferences())
    data = hidden(form) | changed(feedback=None)
    page = await site.browser.post(
        site.preferences(), data=data, headers={"Origin": "https://evil.test"}
    )
    assert page.status_code == 403
    assert said(office) == []


@pytest.mark.parametrize("token", [{}, {"csrf": "0" * 64}])
async def test_a_form_without_our_token_is_refused_and_keeps_what_was_chosen(
    site: IntakeSite, office: MemoryService, token: dict[str, str]
) -> None:
    page = await site.browser.post(site.preferences(), data=changed(channel="phone") | token)
    assert page.status_code == 403
    assert 'value="phone" checked' in page.text
    assert said(office) == []


async def test_while_the_database_is_away_nothing_chosen_is_lost(site: IntakeSite) -> None:
    site.runtime.failure = TemporaryError("away")
    page = await site.send(site.preferences(), **changed(channel="phone"))
    assert page.status_code == 503
    assert 'value="phone" checked' in page.text
    assert "We could not save your choices just now" in page.text


async def test_links_cannot_be_tried_out(site: IntakeSite) -> None:
    pages = [await site.browser.get("/p/x") for _ in range(61)]
    assert pages[-1].status_code == 429
    assert pages[-1].headers["Retry-After"] == "60"


async def test_neither_name_nor_address_stands_on_the_page(site: IntakeSite) -> None:
    page = await site.browser.get(site.preferences())
    for private in ("Anna", "Schmidt", "c-1@example.com", "1234"):
        assert private not in page.text.replace(site.preferences(), "")


async def test_no_announced_event_carries_a_name(site: IntakeSite, office: MemoryService) -> None:
    await site.send(site.preferences(), **changed(channel="phone", feedback=None))
    assert b"Schmidt" not in b"".join(encode(event) for event in office.announced)
    assert all(word.own for word in office.all(CONSENTS))


async def test_texts_are_offered_only_where_the_firm_sends_any(
    site: IntakeSite, office: MemoryService, tmp_path: Path
) -> None:
    assert "By text message" not in (await site.browser.get(site.preferences())).text
    texting = IntakeSite(office, tmp_path, sms_from="+15005550006")
    async with texting.browser:
        assert "By text message" in (await texting.browser.get(texting.preferences())).text


async def test_who_chooses_texts_agrees_to_them_and_takes_a_stop_back(
    office: MemoryService, tmp_path: Path
) -> None:
    site = IntakeSite(office, tmp_path, sms_from="+15005550006")
    async with site.browser:
        await site.send(site.preferences(), **changed(channel="sms"))
        (granted,) = office.announced_of(ConsentGranted)
        assert (granted.purpose, granted.channel, granted.by) == ("service", "sms", "client")
        office.now += timedelta(minutes=1)
        office.hear(
            ConsentWithdrawn(client_id="c-1", purpose="all", channel="sms", at=office.now,
                             by="client")
        )  # fmt: skip
        page = await site.browser.get(site.preferences())
        assert 'name="channel" value="email" checked' in page.text  # they answered STOP
        office.now += timedelta(minutes=1)
        await site.send(site.preferences(), **changed(channel="sms"))
        page = await site.browser.get(site.preferences())
        assert 'name="channel" value="sms" checked' in page.text
        assert agreed(office.all(CONSENTS), "service", "sms") is True
