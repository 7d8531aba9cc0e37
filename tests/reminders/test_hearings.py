"""Is a hearing in court told as what it is, and never as a meeting the firm could move?"""

from datetime import timedelta

import pytest

from tests.reminders.over_memory import MONDAY, Reminders, cancelled, client, moved, scheduled

HEARING = {"kind": "hearing", "location": "Court House 1"}
START = MONDAY + timedelta(days=20)
OURS = ("with us", "bei uns", "another time", "einen anderen", "another appointment")


def told(locale: str) -> list[str]:
    """All that is said of a hearing: set, moved, called off, set after all, reminded of."""
    reminders = Reminders()
    reminders.tell(client(locale=locale), scheduled(START, **HEARING))
    reminders.after(minutes=1)
    reminders.tell(moved(START + timedelta(days=1), **HEARING))
    reminders.after(minutes=1)
    reminders.tell(cancelled())
    reminders.after(minutes=1)
    reminders.now += timedelta(seconds=1)
    reminders.tell(moved(START + timedelta(days=2), **HEARING))
    reminders.after(days=22)
    return [f"{each.subject_line}\n{each.text}" for each in reminders.messages]


@pytest.mark.parametrize(
    ("locale", "word"), [("en-GB", "ourt hearing"), ("de-DE", "Gerichtstermin")]
)
def test_every_message_calls_it_a_hearing_and_none_offers_another_time(
    locale: str, word: str
) -> None:
    messages = told(locale)
    assert len(messages) == 7
    assert all(word in each for each in messages)
    assert not [each for each in messages for ours in OURS if ours in each]


def test_a_hearing_that_becomes_a_talk_at_the_firm_is_told_as_one() -> None:
    reminders = Reminders()
    reminders.tell(client(), scheduled(START, **HEARING))
    reminders.after(minutes=1)
    reminders.tell(moved(START, kind="consultation"))
    (message,) = reminders.after(minutes=1)
    assert "Ihr Termin bei uns hat sich geändert" in (message.text or "")
    assert "Art des Termins: Beratung" in (message.text or "")
