"""Does a client's page say what goes out next, and can one hold, skip, send or move it?"""

from typing import Any

import pytest

from services.desk.ports.answers import Refused
from shared.contracts.firm import AppointmentScheduled
from shared.contracts.outgoing import (
    DecisionTold,
    GateTold,
    HoldTold,
    LeftAlone,
    LetterWaitingTold,
    MessageTold,
    OutgoingDecided,
    OutgoingListed,
)
from shared.contracts.reminders import ContactPlanChanged
from tests.desk.browsing import Browser, Site
from tests.desk.facts import CLARA, CLIENT, DUE, LEO, NOON

PLACE = "/clients/c-1"
MESSAGE: dict[str, Any] = {
    "occurrence_id": "o-1",
    "rule_id": "appointment-day-before",
    "rule_version": 4,
    "rule": "on appointment-scheduled, 1 day before starts_at at 10:00",
    "event_id": "e-appointment",
    "purpose": "appointments",
    "message_class": "service",
    "channel": "email",
    "state": "planned",
    "due_at": "2026-03-03T09:00:00+00:00",
    "zone": "Europe/Berlin",
    "matter_id": "m-1",
    "gates": [GateTold(gate="consent", verdict="pass")],
    "verdict": "pass",
    "subject_line": "Your appointment tomorrow",
    "words": "Dear Ms Müller, we expect you tomorrow.",
}
HOLD: dict[str, Any] = {"by": "leo", "at": "2026-03-02T11:00:00+00:00", "why": "She is away."}


@pytest.fixture
async def planned(site: Site) -> Site:
    """A client with one planned message."""
    site.memory.office.hear(CLIENT)
    appointment = AppointmentScheduled(
        appointment_id="a-1", client_id="c-1", starts_at=DUE, timezone="Europe/London",
        kind="meeting",
    )  # fmt: skip
    site.memory.office.hear(appointment, id="e-appointment")
    tell(site, MessageTold(**MESSAGE))
    return site


def tell(site: Site, *messages: MessageTold, **more: Any) -> None:
    site.memory.outgoing.told = OutgoingListed(messages=list(messages), **more)


async def page(site: Site) -> str:
    return (await (await site.as_person(LEO)).get(PLACE)).text


async def decide(browser: Browser, **fields: str) -> Any:
    typed = {"of": "message:o-1", "do": "skip", "why": "She rang.", "once": "x"}
    return await browser.do(f"{PLACE}/outgoing", typed | fields)


async def test_a_message_says_why_when_and_in_which_words(planned: Site) -> None:
    text = await page(planned)
    assert "Tue 3 Mar 2026, 10:00 (Europe/Berlin)" in text
    assert "here: Tue 3 Mar 2026, 09:00 (Europe/London)" in text
    assert "<h3>Your appointment tomorrow</h3>" in text
    assert "Because: Appointment a-1 was set for" in text
    assert "1 day before starts_at at 10:00" in text
    assert "we expect you tomorrow." in text
    assert "Does the client accept messages of this kind?" in text


async def test_what_stops_it_stands_beside_it(planned: Site) -> None:
    reason = "The client does not want messages of this kind."
    tell(planned, MessageTold(**MESSAGE | {"verdict": "stop", "text": reason}))
    text = await page(planned)
    assert "Would not go" in text
    assert reason in text


async def test_a_decision_is_put_to_reminders_and_said(planned: Site) -> None:
    browser = await planned.as_person(LEO)
    answer = await decide(browser)
    assert answer.status_code == 303
    [asked] = planned.memory.outgoing.asked
    assert (asked.do, asked.scope, asked.occurrence_id) == ("skip", "message", "o-1")
    assert (asked.why, asked.client_id) == ("She rang.", "c-1")
    shown = await browser.get(answer.headers["location"])
    assert "Skipped: 1 message." in shown.text


async def test_the_same_form_sent_twice_asks_under_the_same_id(planned: Site) -> None:
    browser = await planned.as_person(LEO)
    await decide(browser)
    await decide(browser)
    first, second = planned.memory.outgoing.asked
    assert first.request_id == second.request_id


async def test_a_moment_is_meant_by_the_firms_clock(planned: Site) -> None:
    browser = await planned.as_person(LEO)
    await decide(browser, do="move", day="2026-07-01", time="10:00")
    assert planned.memory.outgoing.asked[0].move_to == "2026-07-01T09:00:00.000Z"


@pytest.mark.parametrize(
    "fields", [{"do": "move", "day": "", "time": "10:00"}, {"do": ""}, {"of": "everything"}]
)
async def test_what_cannot_be_understood_asks_nobody(planned: Site, fields: dict[str, str]) -> None:
    browser = await planned.as_person(LEO)
    answer = await decide(browser, **fields)
    assert answer.status_code == 422
    assert planned.memory.outgoing.asked == []


async def test_what_is_refused_says_why_and_keeps_what_was_typed(planned: Site) -> None:
    why_not = "The law requires this message: it cannot be skipped."
    planned.memory.outgoing.answer = Refused("legal", why_not)
    answer = await decide(await planned.as_person(LEO), why="She asked for it.")
    assert answer.status_code == 409
    assert why_not in answer.text
    assert "She asked for it.</textarea>" in answer.text


async def test_what_several_messages_came_to_is_said(planned: Site) -> None:
    left = [LeftAlone(occurrence_id="o-2", code="legal", message="The law requires this one.")]
    planned.memory.outgoing.answer = OutgoingDecided(decision_id="r", count=2, left=left)
    browser = await planned.as_person(LEO)
    answer = await decide(browser, of="matter:m-1", do="hold")
    assert planned.memory.outgoing.asked[0].matter_id == "m-1"
    shown = (await browser.get(answer.headers["location"])).text
    assert "Held back: 2 messages, and what is planned later too." in shown
    assert "Left as they are: 1. The law requires this one." in shown


async def test_who_holds_it_back_is_named_and_it_can_be_released(planned: Site) -> None:
    hold = HoldTold(scope="client", **HOLD)
    tell(planned, MessageTold(**MESSAGE, hold=hold), holds=[hold])
    text = await page(planned)
    assert "Leo has held back everything to this client since" in text
    assert "She is away." in text
    await decide(await planned.as_person(LEO), of="client", do="release", why="")
    assert planned.memory.outgoing.asked[0].do == "release"


async def test_what_was_decided_lately_is_told_with_its_reason(planned: Site) -> None:
    decision = DecisionTold(
        decision_id="r-1", do="skip", scope="message", purpose="appointments", count=1, **HOLD
    )
    tell(planned, decisions=[decision])
    assert "Skipped: a message about an appointment. Leo, " in await page(planned)


async def test_a_required_message_is_offered_neither_hold_nor_skip(planned: Site) -> None:
    tell(planned, MessageTold(**MESSAGE, required=True))
    after = (await page(planned)).partition('id="goes-o-1"')[2]
    item = after.partition("</ol>\n          <details")[0]
    assert "The law requires this message" in item
    assert 'value="skip"' not in item
    assert 'value="send-now"' in item


async def test_while_reminders_is_away_the_rest_is_shown(planned: Site) -> None:
    planned.memory.outgoing.away = True
    text = await page(planned)
    assert "Cannot be told just now" in text
    assert "Anna Müller" in text


async def test_a_conflicts_officer_looks_and_decides_nothing(planned: Site) -> None:
    text = (await (await planned.as_person(CLARA)).get(PLACE)).text
    assert "Your appointment tomorrow" in text
    assert f'action="{PLACE}/outgoing"' not in text


async def test_the_timeline_says_who_decided_and_not_why(planned: Site) -> None:
    said = ContactPlanChanged(
        decision_id="r-1", client_id="c-1", do="move", scope="message", purpose="appointments",
        count=1, move_to=DUE, by="leo", at=NOON,
    )  # fmt: skip
    planned.memory.office.hear(said)
    text = await page(planned)
    assert "Moved to 3 March 2026, 12:00 (Europe/London): a message about an appointment." in text
    assert "Decided by Leo." in text


async def test_an_approved_letter_that_waits_stands_there_in_its_words(planned: Site) -> None:
    tell(
        planned,
        letters=[
            LetterWaitingTold(
                letter_id="l-1", letter="engagement", channel="email", zone="Europe/Berlin",
                due_at="2026-03-03T09:00:00+00:00", verdict="wait", text="Everything is held back.",
                gates=[], subject_line="Your instructions", words="We act for you.",
            )
        ],
    )  # fmt: skip
    text = await page(planned)
    assert "<h3>Your instructions</h3>" in text
    assert "An approved letter. Everything is held back." in text
    assert "We act for you." in text
    assert "Nothing is on its way to this client." not in text
