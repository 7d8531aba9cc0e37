"""Does the page say who a client is, before one picks up the phone?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.cards import (
    CardTold,
    ConsentTold,
    MatterTold,
    MisunderstoodTold,
    NoteTold,
    PersonTold,
)
from tests.desk.browsing import Site
from tests.desk.facts import CLIENT, LEO, NOON, OSKAR, created

PLACE = "/clients/c-1"
CARD: dict[str, Any] = {
    "client_id": "c-1",
    "known": True,
    "name": "Anna Müller",
    "preferred_name": "Anni",
    "pronunciation": "MEW-ler",
    "salutation": "Dr.",
    "locale": "de-AT",
    "interpreter": "Polish",
    "email": "a@example.com",
    "phone": "+49 30 1234",
    "timezone": "America/New_York",
    "channel": "phone",
    "channel_chosen": True,
    "earliest": "10:00",
    "latest": "16:00",
    "consents": [
        ConsentTold(purpose="marketing", granted=False, by="client", at="2026-02-01T09:00:00.000Z"),
        ConsentTold(purpose="feedback", granted=True, by="firm", basis="engagement letter",
                    source="urn:firm:kanzlei"),
    ],
    "matters": [MatterTold(matter_id="m-1", practice_area="family", owner_id="leo", state="open")],
    "people": [PersonTold(name="Karl Müller", role="adverse", matter_id="m-1", phone="+49 30 99")],
}  # fmt: skip


@pytest.fixture
async def known(site: Site) -> Site:
    """A client with a card, a task and some talks."""
    site.memory.office.hear(CLIENT)
    site.memory.office.hear(created("t-call"))
    site.memory.cards.told["c-1"] = CardTold(**CARD)
    return site


async def page(site: Site, place: str = PLACE) -> str:
    answer = await (await site.as_person(LEO)).get(place)
    assert answer.status_code == 200
    return answer.text


async def log_a_talk(site: Site, words: str, days_ago: int) -> None:
    day = (NOON - timedelta(days=days_ago)).date().isoformat()
    fields = {"direction": "out", "channel": "phone", "day": day, "time": "09:00", "words": words,
              "once": f"x-{days_ago}"}  # fmt: skip
    answer = await (await site.as_person(LEO)).do(f"{PLACE}/contacts", fields)
    assert answer.status_code == 303


@pytest.mark.parametrize("place", [PLACE, "/tasks/t-call"])
async def test_how_a_client_wishes_to_be_met_stands_on_their_page_and_on_each_task(
    known: Site, place: str
) -> None:
    text = await page(known, place)
    for said in ("Anni", "MEW-ler", "Dr.", "German", "with an interpreter: Polish",
                 "rather a call; between 10:00 and 16:00 by their clock",
                 "07:00 (America/New_York)"):  # fmt: skip
        assert said in text, said
    assert 'href="tel:+49301234"' in text
    assert 'href="mailto:a@example.com"' in text


async def test_the_task_leads_to_the_whole_and_says_what_was_said_last(known: Site) -> None:
    await log_a_talk(known, "She asked for the draft.", days_ago=2)
    await log_a_talk(known, "She was in a hurry.", days_ago=1)
    text = await page(known, "/tasks/t-call")
    assert "She was in a hurry." in text
    assert "She asked for the draft." not in text
    assert f'<a href="{PLACE}">All of this client</a>' in text


async def test_the_last_five_talks_stand_on_the_page_with_who_logged_them(known: Site) -> None:
    for days_ago in range(1, 7):
        await log_a_talk(known, f"Talk of day {days_ago}.", days_ago)
    card = (await page(known)).partition('id="card"')[2].partition('id="outgoing"')[0]
    assert [f"Talk of day {n}." in card for n in range(1, 7)] == [True] * 5 + [False]
    assert "logged by Leo Marti" in card or "logged by Leo" in card


async def test_consents_say_where_they_come_from(known: Site) -> None:
    text = await page(known)
    assert "Objected: marketing" in text
    assert "the client, Sun 1 Feb 2026, 09:00" in text
    assert "Agreed: feedback" in text
    assert "the firm (urn:firm:kanzlei), engagement letter, date not known" in text


async def test_matters_have_their_lawyer_and_people_their_part(known: Site) -> None:
    text = await page(known)
    assert "<code>m-1</code> Family and divorce, Leo" in text
    assert "Karl Müller" in text
    assert "other side, matter m-1" in text


async def test_what_the_firm_noted_is_not_called_the_clients_wish(known: Site) -> None:
    known.memory.cards.told["c-1"] = CardTold(**CARD | {"channel_chosen": False})
    assert "rather a call, as the firm noted" in await page(known)


@pytest.mark.parametrize("place", [PLACE, "/tasks/t-call"])
async def test_while_intake_is_away_the_rest_is_shown(known: Site, place: str) -> None:
    known.memory.cards.away = True
    text = await page(known, place)
    assert "Who they are cannot be told just now" in text
    assert "Anna Müller" in text


async def test_of_an_erased_client_nothing_is_told(known: Site) -> None:
    known.memory.cards.told.clear()
    text = await page(known)
    assert "Nothing more is known of this client." in text
    assert "MEW-ler" not in text


async def test_who_does_not_work_with_clients_is_not_even_asked_for(known: Site) -> None:
    known.memory.office.hear(created("t-ops", kind="follow-up", role="ops", roles=("ops",)))
    answer = await (await known.as_person(OSKAR)).get("/tasks/t-ops")
    assert "MEW-ler" not in answer.text
    assert known.memory.cards.asked == []


async def test_notes_of_talks_stand_with_the_clients_answer_the_newest_first(known: Site) -> None:
    notes = [
        NoteTold(
            note_id="n-2", outcome="held", state="asked", by="leo", said="Much was said.",
            met_at="2026-03-01T09:00:00.000Z", understood="<b>700</b> euros.", next_step="A letter",
            authority_limit="No appeal",
            earlier=[MisunderstoodTold(understood="900 euros.", objection="No: 700.",
                                       at="2026-03-02T09:00:00.000Z")],
        ),
        NoteTold(note_id="n-1", outcome="missed-by-firm", state="missed", by="leo"),
    ]  # fmt: skip
    known.memory.cards.told["c-1"] = CardTold(**CARD | {"notes": notes})
    text = await page(known)
    for said in ("&lt;b&gt;700&lt;/b&gt; euros.", "The client has not answered yet", "A letter",
                 "No appeal", "900 euros.", "No: 700.", "noted by Leo", "We did not come",
                 "Much was said."):  # fmt: skip
        assert said in text, said
    before_the_call = await page(known, "/tasks/t-call")
    assert "Appointment: Held" in before_the_call
    assert "Much was said." in before_the_call
    assert "No appeal" not in before_the_call


async def test_the_handover_brief_is_all_that_a_successor_needs_on_paper(known: Site) -> None:
    await log_a_talk(known, "She prefers mornings.", 1)
    note = NoteTold(note_id="n-2", outcome="held", state="confirmed", by="leo", said="Much.",
                    understood="Seven hundred euros.")  # fmt: skip
    known.memory.cards.told["c-1"] = CardTold(**CARD | {"notes": [note]})
    text = await page(known, f"{PLACE}?form=brief")
    for said in ("Handover brief of", "MEW-ler", "Karl Müller", "Objected: marketing",
                 "Seven hundred euros.", "She prefers mornings.", "Still to do",
                 "What goes out next"):  # fmt: skip
        assert said in text, said
    assert '<details class="fold">' not in text.partition('id="card"')[2].partition("</section>")[0]
    for other in ("Became a client of the firm.", "Log a contact", "Narrow down"):
        assert other not in text, other


async def test_on_a_phone_a_link_leads_past_the_timeline_to_log_a_contact(known: Site) -> None:
    text = await page(known, PLACE)
    assert 'class="to-decide" href="#log"' in text.partition("</header>")[2].partition("<nav")[0]
    assert 'id="log"' in text
