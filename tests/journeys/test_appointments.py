"""Does a client hear of an appointment at the right moments, and of no other?"""

from datetime import timedelta

import pytest

from tests.journeys.firm import Firm, Json

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def appointment(firm: Firm, client_id: str, days: int) -> Json:
    """An appointment at ten in London, some days from now."""
    now = await firm.now()
    starts = (now + days * DAY).replace(hour=10, minute=0, second=0, microsecond=0)
    return {
        "appointment_id": firm.id("a"),
        "client_id": client_id,
        "starts_at": starts.isoformat(),
        "timezone": "Europe/London",
        "kind": "consultation",
    }


async def sent_by_rule(firm: Firm, client_id: str) -> list[str]:
    """The rules whose messages went out, in order."""
    entries = await firm.timeline(client_id)
    sent = [entry for entry in entries if entry["kind"] == "contact-sent"]
    return [entry["why"]["rule_id"] for entry in sorted(sent, key=lambda entry: entry["at"])]


@pytest.mark.whole
async def test_a_moved_appointment_is_reminded_once_for_the_new_date(firm: Firm) -> None:
    client_id = await firm.a_client()
    first = await appointment(firm, client_id, 9)
    await firm.say("appointment-scheduled", client_id, first)
    await firm.idle()
    await firm.advance(3 * DAY)
    assert (await sent_by_rule(firm, client_id)).count("appointment-week-before") == 1
    moved = await appointment(firm, client_id, 20)
    await firm.say(
        "appointment-rescheduled", client_id, moved | {"appointment_id": first["appointment_id"]}
    )
    await firm.idle()
    await firm.advance(12 * DAY)
    assert (await sent_by_rule(firm, client_id)).count("appointment-week-before") == 1
    await firm.advance(3 * DAY)
    assert (await sent_by_rule(firm, client_id)).count("appointment-week-before") == 2
    await firm.advance(6 * DAY)
    rules = await sent_by_rule(firm, client_id)
    assert rules.count("appointment-week-before") == 2
    assert rules.count("appointment-day-before") == 1
    assert rules.count("appointment-two-hours-before") == 1


async def test_an_appointment_cancelled_before_it_was_scheduled_is_never_mentioned(
    firm: Firm,
) -> None:
    client_id = await firm.a_client()
    await firm.idle()
    greeted = len(firm.mails(client_id))
    planned = await appointment(firm, client_id, 9)
    about = {"client_id": client_id, "appointment_id": planned["appointment_id"]}
    await firm.say("appointment-cancelled", client_id, about)
    await firm.idle()
    now = await firm.now()
    await firm.say("appointment-scheduled", client_id, planned, time=(now - 10 * HOUR).isoformat())
    await firm.idle()
    await firm.advance(12 * DAY)
    rules = await sent_by_rule(firm, client_id)
    assert [rule for rule in rules if rule.startswith("appointment")] == []
    assert len(firm.mails(client_id)) <= greeted + 1  # the welcome, had it been deferred


async def test_what_became_due_while_everything_was_down_is_sent_only_if_it_still_helps(
    firm: Firm,
) -> None:
    client_id = await firm.a_client()
    await firm.idle()
    await firm.morning()
    soon = await appointment(firm, client_id, 3)
    await firm.say("appointment-scheduled", client_id, soon)
    await firm.idle()
    await firm.advance(HOUR)
    before = len(await sent_by_rule(firm, client_id))
    answers = await firm.services.ask_all({"ask": "time"})
    ahead = max(answer["offset_seconds"] for answer in answers.values())
    outage = timedelta(days=3, hours=2)  # past the appointment, in one jump: nobody was there
    for service in ("desk", "intake", "feedback", "reputation", "gateway", "reminders"):
        await firm.services.ask(
            service, {"ask": "time", "offset_seconds": ahead + outage.total_seconds()}
        )
    await firm.idle()
    assert len(await sent_by_rule(firm, client_id)) == before
    entries = await firm.timeline(client_id)
    skipped = [
        entry
        for entry in entries
        if entry["kind"] == "contact-suppressed" and entry["why"]["rule_id"].endswith("-before")
    ]
    explained = {entry["why"]["rule_id"] for entry in skipped}
    assert {"appointment-day-before", "appointment-two-hours-before"} <= explained
    assert all(entry["why"]["text"] and entry["outcome"] for entry in skipped)
