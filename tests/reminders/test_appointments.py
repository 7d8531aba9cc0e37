"""Is a client reminded of an appointment at the right moments, and only of the one that stands?"""

from datetime import UTC, datetime, timedelta

from services.reminders.domain.occurrence import State
from services.reminders.ports import CONTACTS
from services.reminders.workflow.hold_switch import needs_of_waking, wake_up
from shared.contracts.envelope import Cause
from shared.contracts.reminders import ContactPlanned, ContactSent
from tests.reminders.over_memory import MONDAY, Reminders, cancelled, client, moved, scheduled

IN_TWO_WEEKS = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)  # 14:00 in Berlin


def ready() -> Reminders:
    reminders = Reminders()
    reminders.tell(client())
    return reminders


def test_it_is_confirmed_at_once_and_reminded_of_three_times() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.until(IN_TWO_WEEKS)
    assert reminders.sent_rules() == [
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_reminders_come_at_a_time_of_day_on_the_clients_clock() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    planned = reminders.planned()
    assert planned["appointment-week-before"] == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert planned["appointment-two-hours-before"] == IN_TWO_WEEKS - timedelta(hours=2)


def test_what_one_event_armed_is_announced_once_as_a_list() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    (planned,) = reminders.announced_of(ContactPlanned)
    assert len(planned.occurrences) == 4


def test_moved_after_the_week_before_went_the_new_date_gets_its_own() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(days=8)
    reminders.tell(moved(IN_TWO_WEEKS + timedelta(days=14)))
    reminders.until(IN_TWO_WEEKS + timedelta(days=14))
    assert reminders.sent_rules() == [
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_a_superseded_reminder_names_the_one_that_took_its_place() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS), moved(IN_TWO_WEEKS + timedelta(days=7)))
    old = next(t for t in reminders.timers(State.SUPERSEDED) if "day-before" in t.rule_id)
    new = next(t for t in reminders.timers(State.PLANNED) if "day-before" in t.rule_id)
    assert old.replaced_by == new.occurrence_id


def test_moved_back_to_the_old_date_nothing_sent_is_repeated() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(days=8)
    reminders.tell(moved(IN_TWO_WEEKS + timedelta(days=14)))
    reminders.tell(moved(IN_TWO_WEEKS))
    reminders.until(IN_TWO_WEEKS)
    assert reminders.sent_rules() == [
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_moved_to_tomorrow_only_the_reminders_still_to_come_are_sent() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(minutes=1)
    reminders.tell(moved(MONDAY + timedelta(hours=30)))
    reminders.until(MONDAY + timedelta(hours=30))
    assert reminders.sent_rules()[1:] == [
        "appointment-confirmation",
        "appointment-two-hours-before",
    ]


def test_an_offset_past_when_armed_is_skipped_and_explained() -> None:
    reminders = ready()
    reminders.tell(scheduled(MONDAY + timedelta(days=3)))
    assert reminders.suppressed() == [("appointment-week-before", "past")]


def test_made_at_short_notice_the_confirmation_stands_for_all() -> None:
    reminders = ready()
    reminders.tell(scheduled(MONDAY + timedelta(hours=1)))
    reminders.after(hours=1)
    assert reminders.sent_rules() == ["appointment-confirmation"]


def test_cancelled_nothing_more_is_sent_and_each_reminder_is_explained() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(minutes=1)
    reminders.tell(cancelled())
    reminders.until(IN_TWO_WEEKS)
    assert [message.template for message in reminders.messages] == [
        "appointment-confirmation",
        "appointment-cancelled",
    ]
    assert [reason for _, reason in reminders.suppressed()] == ["cancelled"] * 3


def test_cancelled_before_it_was_scheduled_nothing_is_ever_sent() -> None:
    reminders = ready()
    reminders.hear(cancelled(), time=MONDAY - timedelta(minutes=1))
    reminders.hear(scheduled(IN_TWO_WEEKS), time=MONDAY - timedelta(minutes=2))
    reminders.until(IN_TWO_WEEKS)
    assert reminders.sent_rules() == []


def test_cancelled_before_it_was_scheduled_whatever_the_clocks_say() -> None:
    reminders = ready()
    reminders.hear(cancelled(), time=MONDAY - timedelta(minutes=2))
    reminders.hear(scheduled(IN_TWO_WEEKS), time=MONDAY - timedelta(minutes=1))
    reminders.until(IN_TWO_WEEKS)
    assert reminders.sent_rules() == []


def test_cancelled_while_the_message_waits_for_the_morning_it_is_not_sent() -> None:
    reminders = ready()
    reminders.now = MONDAY + timedelta(hours=13)  # 23:00 in Berlin
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(minutes=5)
    reminders.tell(cancelled())
    assert reminders.after(days=1) == []
    assert ("appointment-confirmation", "cancelled") in reminders.suppressed()


def test_moved_after_a_cancellation_it_stands_again() -> None:
    reminders = ready()
    for minutes, data in enumerate((scheduled(IN_TWO_WEEKS), cancelled(), moved(IN_TWO_WEEKS))):
        reminders.hear(data, time=MONDAY + timedelta(minutes=minutes))
    assert "appointment-day-before" in reminders.planned()


def test_after_an_outage_of_26_hours_nothing_is_sent_past_its_anchor() -> None:
    reminders = ready()
    appointment = MONDAY + timedelta(hours=25)
    reminders.tell(scheduled(appointment))
    reminders.after(minutes=1)
    reminders.now = appointment + timedelta(hours=1)
    assert reminders.after(minutes=1) == []
    assert ("appointment-two-hours-before", "expired") in reminders.suppressed()


def test_after_an_outage_only_the_latest_reminder_of_a_series_goes() -> None:
    reminders = ready()
    appointment = MONDAY + timedelta(days=8, hours=3)
    reminders.tell(scheduled(appointment))
    reminders.after(minutes=1)
    reminders.now = appointment - timedelta(minutes=100)
    assert [message.rule_id for message in reminders.after(minutes=1)] == [
        "appointment-two-hours-before"
    ]


def test_a_reminder_that_is_of_no_use_any_more_takes_nobody_elses_place() -> None:
    reminders = ready()
    reminders.tell(scheduled(MONDAY + timedelta(hours=3)))
    reminders.now = MONDAY + timedelta(hours=2, minutes=40)
    reminders.after(minutes=1)
    assert reminders.sent_rules() == ["appointment-confirmation"]


def test_moved_away_and_back_in_one_night_the_date_that_stands_is_confirmed() -> None:
    reminders = ready()
    reminders.now = MONDAY + timedelta(hours=13)  # 23:00 in Berlin
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(hours=1)
    reminders.tell(moved(IN_TWO_WEEKS + timedelta(days=1)))
    reminders.after(hours=10)
    reminders.tell(moved(IN_TWO_WEEKS))
    reminders.after(minutes=1)
    assert [message.anchor_at for message in reminders.messages] == [
        IN_TWO_WEEKS + timedelta(days=1),
        IN_TWO_WEEKS,
    ]


def test_cancelled_at_night_and_made_again_in_the_morning_it_is_confirmed() -> None:
    reminders = ready()
    reminders.now = MONDAY + timedelta(hours=13)
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(hours=1)
    reminders.tell(cancelled())
    reminders.after(hours=10)
    assert reminders.messages == []
    reminders.tell(moved(IN_TWO_WEEKS))
    reminders.after(minutes=1)
    assert reminders.sent_rules() == ["appointment-confirmation"]


def test_of_messages_held_back_together_the_one_that_says_what_stands_goes() -> None:
    reminders = ready()
    reminders.hold(held=True)
    reminders.tell(scheduled(MONDAY + timedelta(days=3)))
    reminders.after(days=2, hours=1)
    reminders.hold(held=False)
    held = [each.contact_id for each in reminders.all(CONTACTS)]
    cause = Cause("urn:test", "release", "ops", "ops", None, reminders.now)
    reminders.act(lambda unit: wake_up(held, unit), lambda _: needs_of_waking(held), cause)
    released = reminders.after(minutes=1)
    assert [message.rule_id for message in released] == ["appointment-confirmation"]
    assert ("appointment-day-before", "told-lately") in reminders.suppressed()


def test_two_hours_before_is_no_longer_said_half_an_hour_before() -> None:
    reminders = ready()
    appointment = MONDAY + timedelta(days=2)
    reminders.tell(scheduled(appointment))
    reminders.now = appointment - timedelta(minutes=29)
    reminders.after(minutes=1)
    assert ("appointment-two-hours-before", "expired") in reminders.suppressed()


def test_the_clients_card_may_come_after_the_appointment() -> None:
    reminders = Reminders()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    reminders.after(minutes=1)
    reminders.tell(client(timezone="America/New_York", locale="en-US"))
    reminders.until(datetime(2026, 3, 2, 14, 0, tzinfo=UTC))
    assert reminders.sent_rules() == ["appointment-confirmation"]
    assert reminders.planned()["appointment-week-before"] == datetime(2026, 3, 9, 14, 0, tzinfo=UTC)


def test_a_client_who_moved_is_reminded_by_the_new_clock() -> None:
    reminders = ready()
    reminders.tell(scheduled(IN_TWO_WEEKS))
    before = reminders.planned()["appointment-day-before"]
    reminders.tell(client(timezone="Australia/Lord_Howe"))
    assert reminders.planned()["appointment-day-before"] != before


def test_what_lies_ahead_of_an_import_is_reminded_of_and_not_confirmed() -> None:
    reminders = ready()
    reminders.hear(scheduled(IN_TWO_WEEKS), time=MONDAY - timedelta(days=50), history=True)
    reminders.until(IN_TWO_WEEKS)
    assert reminders.sent_rules() == [
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_what_had_passed_when_it_was_imported_is_not_said() -> None:
    reminders = ready()
    reminders.hear(scheduled(MONDAY + timedelta(hours=1)), history=True)
    reminders.hear(scheduled(MONDAY - timedelta(days=9), appointment_id="a-2"), history=True)
    reminders.after(days=3)
    assert reminders.messages == []


def test_an_imported_appointment_that_is_called_off_is_called_off() -> None:
    reminders = ready()
    reminders.hear(scheduled(IN_TWO_WEEKS), history=True)
    reminders.after(days=1)
    reminders.tell(cancelled())
    (message,) = reminders.after(minutes=1)
    assert message.template == "appointment-cancelled"
    assert reminders.after(days=20) == []


def test_a_message_sent_says_what_it_goes_back_to() -> None:
    reminders = ready()
    reminders.hear(scheduled(IN_TWO_WEEKS), id="cause-1")
    reminders.after(minutes=1)
    (sent,) = reminders.announced_of(ContactSent)
    assert (sent.why.event_id, sent.rule_version, sent.appointment_id) == ("cause-1", 4, "a-1")
    assert {gate.verdict for gate in sent.gates} == {"pass"}
