"""Does each person get one digest a day, or none, whatever is away meanwhile?"""

import asyncio
import re
from dataclasses import replace
from datetime import datetime

import msgspec
import pytest

from services.reminders.domain.digest import Digest
from services.reminders.domain.digest import State as Stands
from services.reminders.ports import DIGESTS, SUPPRESSIONS, Month, MonthFigure
from services.reminders.storage import MAPPINGS
from shared.channels import Outcome, Result
from shared.errors import TemporaryError
from tests.reminders.mornings import AGENDA, NONE, Mornings, monday


async def test_one_short_mail_says_how_much_there_is_to_do_and_where() -> None:
    mornings = Mornings()
    await mornings.until(monday("08:00"))
    (message,) = mornings.messages
    assert message.address == "leo@firm.example"
    assert message.subject_line == "Your tasks: 2 overdue, 1 due today, 0 new"
    assert "\n\n\n" not in message.text
    assert "Overdue: 2 (with nobody yet: 1)\n- Call the client: 2" in message.text
    assert "New" not in message.text
    assert AGENDA.inbox in message.text
    assert AGENDA.settings in message.text
    assert f'href="{AGENDA.settings}"' in message.html
    assert not any(mark in message.text + message.html for mark in "\ue000\ue001\ue002\ue003")


async def test_it_is_written_in_german_to_whoever_wants_that() -> None:
    mornings = Mornings()
    mornings.desk.says = replace(AGENDA, language="de")
    await mornings.until(monday("08:00"))
    (message,) = mornings.messages
    assert message.subject_line == "Ihre Aufgaben: 2 überfällig, 1 heute fällig, 0 neu"
    assert message.locale.startswith("de")


ROWS = "https://desk.example/reports/inquiries/rows?until=2026-10&months=1&figure="
OCTOBER = Month(
    month="2026-10",
    figures=[
        MonthFigure(name="received", unit="count", value=14, before=11, place=f"{ROWS}received"),
        MonthFigure(name="kept", unit="percent", value=93.75, before=None),
        MonthFigure(name="of-a-later-release", unit="count", value=1, before=None),
    ],
    at_risk=2,
    reports="https://desk.example/reports?until=2026-10&months=1",
    risks="https://desk.example/reports/risks",
)


async def test_the_first_of_a_month_tells_a_partner_what_the_month_before_came_to() -> None:
    mornings = Mornings()
    mornings.desk.says = replace(AGENDA, month=OCTOBER)
    await mornings.until(monday("08:00"))
    (message,) = mornings.messages
    assert message.subject_line == "Your tasks: 2 overdue, 1 due today, 0 new"
    told = message.text.partition("October 2026 in figures:\n\n")[2].splitlines()
    assert told[:5] == [
        "- Inquiries received: 14 (the month before: 11)",
        f"  {ROWS}received",
        "- Commitments kept in time: 93.8%",
        "- Clients who may leave, now: 2",
        "  https://desk.example/reports/risks",
    ]
    assert OCTOBER.reports in message.text


async def test_each_figure_of_the_month_leads_to_what_is_behind_it() -> None:
    mornings = Mornings()
    mornings.desk.says = replace(AGENDA, month=OCTOBER)
    await mornings.until(monday("08:00"))
    (message,) = mornings.messages
    links = dict(re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', message.html))
    where = f"{ROWS}received".replace("&", "&amp;")
    assert links[where] == "Inquiries received: 14 (the month before: 11)"
    assert links["https://desk.example/reports/risks"] == "Clients who may leave, now: 2"
    assert not any(mark in message.text + message.html for mark in "\ue006\ue007")


async def test_figures_go_to_a_partner_who_has_nothing_to_do_and_in_their_language() -> None:
    mornings = Mornings()
    idle = replace(AGENDA, language="de", overdue=NONE, today=NONE, month=OCTOBER)
    mornings.desk.says = idle
    await mornings.until(monday("08:00"))
    (message,) = mornings.messages
    assert message.subject_line == "Oktober 2026 in Zahlen"
    assert "- Zusagen fristgerecht gehalten: 93,8 %" in message.text


async def test_a_week_has_five() -> None:
    mornings = Mornings()
    await mornings.until(monday("23:00", days=6))
    assert len(mornings.messages) == 5
    assert len({message.contact_id for message in mornings.messages}) == 5


async def test_nothing_to_do_is_no_mail() -> None:
    mornings = Mornings()
    mornings.desk.says = "nothing-to-do"
    await mornings.until(monday("08:00"))
    assert mornings.messages == []
    assert mornings.digest.last_outcome == "nothing-to-do"
    assert mornings.digest.due_at == monday("07:30", days=1)


async def test_who_turned_it_off_gets_none() -> None:
    mornings = Mornings()
    mornings.choose(None)
    await mornings.until(monday("08:00", days=3))
    assert mornings.messages == []


async def test_the_desk_away_it_goes_as_soon_as_the_desk_is_back() -> None:
    mornings = Mornings()
    mornings.desk.says = TemporaryError("away")
    await mornings.until(monday("08:20"))
    assert mornings.messages == []
    mornings.desk.says = AGENDA
    await mornings.until(monday("09:29"))
    assert len(mornings.messages) == 1


async def test_the_desk_away_all_morning_there_is_none_that_day() -> None:
    mornings = Mornings()
    mornings.desk.says = TemporaryError("away")
    await mornings.until(monday("09:30"))
    mornings.desk.says = AGENDA
    await mornings.until(monday("23:00"))
    assert mornings.messages == []
    assert mornings.registry.get_sample_value("send_duration_seconds_count") == 0
    assert mornings.digest.last_outcome == "desk-away"
    assert mornings.digest.due_at == monday("07:30", days=1)


@pytest.mark.parametrize(("up", "outcome"), [("09:29", "sent"), ("09:30", "missed")])
async def test_down_over_the_night_it_comes_within_two_hours_or_not_at_all(
    up: str, outcome: str
) -> None:
    mornings = Mornings()
    await mornings.at(monday(up))
    assert len(mornings.messages) == (1 if outcome == "sent" else 0)
    assert mornings.digest.last_outcome == outcome


async def test_held_back_it_waits_and_goes_after_the_release() -> None:
    mornings = Mornings()
    mornings.reminders.hold(held=True)
    await mornings.until(monday("09:15"))
    assert mornings.messages == []
    mornings.reminders.hold(held=False)
    await mornings.until(monday("09:29"))
    assert len(mornings.messages) == 1


@pytest.mark.parametrize(
    "outcome", [Outcome(Result.UNKNOWN, "no-answer"), Outcome(Result.HANDED_OVER)]
)
async def test_what_came_or_may_have_come_never_goes_again_that_day(outcome: Outcome) -> None:
    mornings = Mornings()
    mornings.mailer.outcome = outcome
    await mornings.until(monday("23:00"))
    assert len(mornings.messages) == 1


async def test_a_crash_after_the_claim_is_no_second_mail() -> None:
    mornings = Mornings()
    mornings.reminders.now = monday("07:30")
    mornings.claim()
    mornings.reminders.config.sender = "0:second"  # the same replica, started again
    await mornings.until(monday("23:00"))
    assert mornings.messages == []
    assert mornings.digest.last_outcome == "unknown"
    assert mornings.digest.due_at == monday("07:30", days=1)


async def test_in_the_hands_of_another_replica_it_is_left_alone_until_its_time_is_up() -> None:
    mornings = Mornings()
    mornings.reminders.now = monday("07:30")
    mornings.claim()
    mornings.reminders.config.sender = "1:other"
    await mornings.at(monday("07:31"))
    assert mornings.digest.state is Stands.HANDING_OVER
    assert mornings.digest.due_at == monday("07:42")
    await mornings.until(monday("07:42"))
    assert mornings.messages == []
    assert mornings.digest.last_outcome == "unknown"


async def test_a_process_that_slept_after_its_claim_sends_nothing() -> None:
    mornings = Mornings()
    mornings.reminders.now = monday("07:30")
    mornings.claim()
    mornings.reminders.now = monday("07:32")
    await mornings.post(mornings.runtime, [mornings.digest])
    assert mornings.messages == []
    assert mornings.digest.state is Stands.WAITING


async def test_the_mail_server_away_it_is_tried_again() -> None:
    mornings = Mornings()
    mornings.mailer.outcome = Outcome(Result.RETRY, "away")
    await mornings.until(monday("07:40"))
    attempts = len(mornings.messages)
    assert attempts > 1
    mornings.mailer.outcome = Outcome(Result.HANDED_OVER)
    await mornings.until(monday("23:00"))
    assert len({message.contact_id for message in mornings.messages}) == 1
    assert mornings.digest.last_outcome == "sent"


async def test_an_address_that_refused_for_good_is_written_to_no_more() -> None:
    mornings = Mornings()
    mornings.mailer.outcome = Outcome(Result.REFUSED, "recipient-5.1.1")
    await mornings.until(monday("08:00"))
    assert [each.address for each in mornings.reminders.all(SUPPRESSIONS)] == ["leo@firm.example"]
    mornings.mailer.outcome = Outcome(Result.HANDED_OVER)
    await mornings.until(monday("08:00", days=1))
    assert len(mornings.messages) == 1
    assert mornings.digest.last_outcome == "address-refused"


async def test_every_outcome_is_counted() -> None:
    mornings = Mornings()
    await mornings.until(monday("08:00"))
    mornings.desk.says = "no-address"
    await mornings.until(monday("08:00", days=1))
    sent = {"channel": "email", "purpose": "digest", "outcome": "sent"}
    assert mornings.registry.get_sample_value("sends_total", sent) == 1
    assert mornings.registry.get_sample_value("suppressed_total", {"reason": "no-address"}) == 1


async def test_an_outcome_outlives_a_database_that_is_away() -> None:
    mornings = Mornings()
    mornings.mailer.may_answer.clear()
    work = asyncio.ensure_future(mornings.at(monday("07:30")))
    await mornings.mailer.took_one.wait()
    mornings.runtime.away = 1
    mornings.mailer.may_answer.set()
    await work
    assert mornings.digest.last_outcome == "sent"


async def test_nothing_private_is_kept_and_all_that_is_kept_survives_storage() -> None:
    mornings = Mornings()
    await mornings.until(monday("08:00"))
    assert "leo" not in str(mornings.digest)
    (mapping,) = [each for each in MAPPINGS if each.kind is DIGESTS]
    assert mapping.due is not None
    stored = msgspec.to_builtins(mornings.digest, builtin_types=(datetime,))
    assert msgspec.convert(stored, Digest, builtin_types=(datetime,)) == mornings.digest


async def test_the_desk_is_asked_what_is_new_since_the_last_one_that_went() -> None:
    mornings = Mornings()
    await mornings.until(monday("08:00", days=1))
    (_, first), (_, second) = mornings.desk.asked
    assert first == monday("07:30", days=-1)
    assert second == monday("07:30")
