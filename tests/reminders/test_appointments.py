"""Is a client reminded of an appointment at the right moments, and only of the one that stands?"""

from datetime import UTC, datetime, timedelta

from services.reminders.domain.occurrence import State
from services.reminders.ports import CONTACTS, Outcome, Result
from services.reminders.workflow.holding import needs_of_waking, wake_up
from shared.contracts.envelope import Cause
from shared.contracts.reminders import ContactPlanned, ContactSent
from tests.reminders.office import MONDAY, Reminders, cancelled, client, moved, scheduled

IN_TWO_WEEKS = datetime(2026, 3, 16, 13, 0, tzinfo=UTC)  # 14:00 in Berlin


def ready() -> Reminders:
    office = Reminders()
    office.tell(client())
    return office


def test_it_is_confirmed_at_once_and_reminded_of_three_times() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    office.until(IN_TWO_WEEKS)
    assert office.sent_rules() == [
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_reminders_come_at_a_time_of_day_on_the_clients_clock() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    planned = office.planned()
    assert planned["appointment-week-before"] == datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    assert planned["appointment-two-hours-before"] == IN_TWO_WEEKS - timedelta(hours=2)


def test_what_one_event_armed_is_announced_once_as_a_list() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    (planned,) = office.announced_of(ContactPlanned)
    assert len(planned.occurrences) == 4


def test_moved_after_the_week_before_went_the_new_date_gets_its_own() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(days=8)
    office.tell(moved(IN_TWO_WEEKS + timedelta(days=14)))
    office.until(IN_TWO_WEEKS + timedelta(days=14))
    assert office.sent_rules() == [
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_a_superseded_reminder_names_the_one_that_took_its_place() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS), moved(IN_TWO_WEEKS + timedelta(days=7)))
    old = next(t for t in office.timers(State.SUPERSEDED) if "day-before" in t.rule_id)
    new = next(t for t in office.timers(State.PLANNED) if "day-before" in t.rule_id)
    assert old.replaced_by == new.occurrence_id


def test_moved_back_to_the_old_date_nothing_sent_is_repeated() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(days=8)
    office.tell(moved(IN_TWO_WEEKS + timedelta(days=14)))
    office.tell(moved(IN_TWO_WEEKS))
    office.until(IN_TWO_WEEKS)
    assert office.sent_rules() == [
        "appointment-confirmation",
        "appointment-week-before",
        "appointment-day-before",
        "appointment-two-hours-before",
    ]


def test_moved_to_tomorrow_only_the_reminders_still_to_come_are_sent() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(minutes=1)
    office.tell(moved(MONDAY + timedelta(hours=30)))
    office.until(MONDAY + timedelta(hours=30))
    assert office.sent_rules()[1:] == ["appointment-confirmation", "appointment-two-hours-before"]


def test_an_offset_past_when_armed_is_skipped_and_explained() -> None:
    office = ready()
    office.tell(scheduled(MONDAY + timedelta(days=3)))
    assert office.suppressed() == [("appointment-week-before", "past")]


def test_made_at_short_notice_the_confirmation_stands_for_all() -> None:
    office = ready()
    office.tell(scheduled(MONDAY + timedelta(hours=1)))
    office.after(hours=1)
    assert office.sent_rules() == ["appointment-confirmation"]


def test_cancelled_nothing_more_is_sent_and_each_reminder_is_explained() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(minutes=1)
    office.tell(cancelled())
    office.until(IN_TWO_WEEKS)
    assert office.sent_rules() == ["appointment-confirmation"]
    assert [reason for _, reason in office.suppressed()] == ["cancelled"] * 3


def test_cancelled_before_it_was_scheduled_nothing_is_ever_sent() -> None:
    office = ready()
    office.hear(cancelled(), time=MONDAY - timedelta(minutes=1))
    office.hear(scheduled(IN_TWO_WEEKS), time=MONDAY - timedelta(minutes=2))
    office.until(IN_TWO_WEEKS)
    assert office.sent_rules() == []


def test_cancelled_before_it_was_scheduled_whatever_the_clocks_say() -> None:
    office = ready()
    office.hear(cancelled(), time=MONDAY - timedelta(minutes=2))
    office.hear(scheduled(IN_TWO_WEEKS), time=MONDAY - timedelta(minutes=1))
    office.until(IN_TWO_WEEKS)
    assert office.sent_rules() == []


def test_cancelled_while_the_message_waits_for_the_morning_it_is_not_sent() -> None:
    office = ready()
    office.now = MONDAY + timedelta(hours=13)  # 23:00 in Berlin
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(minutes=5)
    office.tell(cancelled())
    assert office.after(days=1) == []
    assert ("appointment-confirmation", "cancelled") in office.suppressed()


def test_moved_after_a_cancellation_it_stands_again() -> None:
    office = ready()
    for minutes, data in enumerate((scheduled(IN_TWO_WEEKS), cancelled(), moved(IN_TWO_WEEKS))):
        office.hear(data, time=MONDAY + timedelta(minutes=minutes))
    assert "appointment-day-before" in office.planned()


def test_after_an_outage_of_26_hours_nothing_is_sent_past_its_anchor() -> None:
    office = ready()
    appointment = MONDAY + timedelta(hours=25)
    office.tell(scheduled(appointment))
    office.after(minutes=1)
    office.now = appointment + timedelta(hours=1)
    assert office.after(minutes=1) == []
    assert ("appointment-two-hours-before", "expired") in office.suppressed()


def test_after_an_outage_only_the_latest_reminder_of_a_series_goes() -> None:
    office = ready()
    appointment = MONDAY + timedelta(days=8, hours=3)
    office.tell(scheduled(appointment))
    office.after(minutes=1)
    office.now = appointment - timedelta(minutes=100)
    assert [letter.rule_id for letter in office.after(minutes=1)] == [
        "appointment-two-hours-before"
    ]


def test_a_reminder_that_is_of_no_use_any_more_takes_nobody_elses_place() -> None:
    office = ready()
    office.tell(scheduled(MONDAY + timedelta(hours=3)))
    office.now = MONDAY + timedelta(hours=2, minutes=40)
    office.after(minutes=1)
    assert office.sent_rules() == ["appointment-confirmation"]


def test_moved_away_and_back_in_one_night_the_date_that_stands_is_confirmed() -> None:
    office = ready()
    office.now = MONDAY + timedelta(hours=13)  # 23:00 in Berlin
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(hours=1)
    office.tell(moved(IN_TWO_WEEKS + timedelta(days=1)))
    office.after(hours=10)
    office.tell(moved(IN_TWO_WEEKS))
    office.after(minutes=1)
    assert [letter.anchor_at for letter in office.letters] == [
        IN_TWO_WEEKS + timedelta(days=1),
        IN_TWO_WEEKS,
    ]


def test_cancelled_at_night_and_made_again_in_the_morning_it_is_confirmed() -> None:
    office = ready()
    office.now = MONDAY + timedelta(hours=13)
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(hours=1)
    office.tell(cancelled())
    office.after(hours=10)
    assert office.letters == []
    office.tell(moved(IN_TWO_WEEKS))
    office.after(minutes=1)
    assert office.sent_rules() == ["appointment-confirmation"]


def test_of_reminders_held_back_together_only_the_latest_goes() -> None:
    office = ready()
    office.hold(held=True)
    office.tell(scheduled(MONDAY + timedelta(days=3)))
    office.after(days=2, hours=1)
    office.hold(held=False)
    held = [each.contact_id for each in office.all(CONTACTS)]
    cause = Cause("urn:test", "release", "ops", "ops", None, office.now)
    office.act(lambda unit: wake_up(held, unit), lambda _: needs_of_waking(held), cause)
    assert [letter.rule_id for letter in office.after(minutes=1)] == ["appointment-day-before"]
    assert ("appointment-confirmation", "superseded") in office.suppressed()


def test_two_hours_before_is_no_longer_said_half_an_hour_before() -> None:
    office = ready()
    appointment = MONDAY + timedelta(days=2)
    office.tell(scheduled(appointment))
    office.now = appointment - timedelta(minutes=29)
    office.after(minutes=1)
    assert ("appointment-two-hours-before", "expired") in office.suppressed()


def test_the_clients_card_may_come_after_the_appointment() -> None:
    office = Reminders()
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(minutes=1)
    office.tell(client(timezone="America/New_York", locale="en-US"))
    office.until(datetime(2026, 3, 2, 14, 0, tzinfo=UTC))
    assert office.sent_rules() == ["appointment-confirmation"]
    assert office.planned()["appointment-week-before"] == datetime(2026, 3, 9, 14, 0, tzinfo=UTC)


def test_a_client_who_moved_is_reminded_by_the_new_clock() -> None:
    office = ready()
    office.tell(scheduled(IN_TWO_WEEKS))
    before = office.planned()["appointment-day-before"]
    office.tell(client(timezone="Australia/Lord_Howe"))
    assert office.planned()["appointment-day-before"] != before


def test_an_import_of_the_past_arms_nothing() -> None:
    office = ready()
    office.hear(scheduled(IN_TWO_WEEKS), history=True)
    assert office.timers() == []


def test_a_message_sent_says_what_it_goes_back_to() -> None:
    office = ready()
    office.hear(scheduled(IN_TWO_WEEKS), id="cause-1")
    office.after(minutes=1)
    (sent,) = office.announced_of(ContactSent)
    assert (sent.why.event_id, sent.rule_version, sent.appointment_id) == ("cause-1", 1, "a-1")
    assert {gate.verdict for gate in sent.gates} == {"pass"}


def test_what_is_said_of_a_message_put_on_its_way_again_has_ids_of_its_own() -> None:
    office = ready()
    office.outcome = lambda _: Outcome(Result.RETRY, "away")
    office.tell(scheduled(IN_TWO_WEEKS))
    office.after(minutes=1)
    office.tell(moved(IN_TWO_WEEKS + timedelta(days=1)))
    office.after(minutes=2)
    office.tell(moved(IN_TWO_WEEKS))
    office.after(minutes=10)
    ids = [event.id for event in office.announced if event.type == "contact-deferred"]
    assert len(ids) > 1
    assert len(set(ids)) == len(ids)
