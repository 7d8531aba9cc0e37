"""Is every figure said in words, with its meaning, and coloured as the alerts would?"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk.domain.sources import heard, is_worth_noting, tone_of_silence
from services.desk.domain.upkeep import MEANINGS, SAYING, Finding, findings_of, long
from shared.contracts.answers import Figures
from tests.desk.facts import NOON
from tests.desk.scripted import WELL

REMINDERS = WELL | {
    "own": {"unknown": 0, "unknown_oldest_seconds": 0.0, "held": False, "edition": 0}
}

SPOKE = {"source": "calendar", "is_open": True, "count": 3, "last_seconds": 90.0,
         "rhythm_seconds": 7200.0}  # fmt: skip
TAKES = {"name": "crm", "url": "https://crm.example/", "types": ["*"], "state": "active"}
NEVER = {"source": "billing", "is_open": True, "count": 0}


def said(name: str, **changes: Any) -> Finding:
    (finding,) = [
        each
        for each in findings_of("reminders", Figures.model_validate(REMINDERS | changes))
        if each.meaning.name == name
    ]
    return finding


def test_every_meaning_can_be_said_and_says_what_to_do() -> None:
    assert {each.name for each in MEANINGS} == SAYING.keys()
    assert all(each.title and each.means and each.do for each in MEANINGS)


def test_a_service_at_rest_is_well_in_everything() -> None:
    assert [
        each.meaning.name
        for each in findings_of("reminders", Figures.model_validate(REMINDERS))
        if not each.is_well
    ] == []


def test_what_only_reminders_has_is_not_said_of_others() -> None:
    names = {each.meaning.name for each in findings_of("intake", Figures.model_validate(WELL))}
    assert names == SAYING.keys() - {"unknown", "held", "sources", "subscriptions", "edition"}


@pytest.mark.parametrize(
    ("name", "changes", "words", "tone"),
    [
        ("pending", {"pending": 7}, "7", "ok"),
        ("pending", {"pending": 1_001}, "1,001", "warn"),
        ("pending", {"ack_pending": 3}, "None, 3 in hand", "ok"),
        ("overdue", {"overdue": {"timers": 30.0}}, "The oldest is 30 seconds late", "ok"),
        ("overdue", {"overdue": {"timers": 3.0, "contacts": 180.0}},
         "The oldest is 3 minutes late", "danger"),
        ("outbox", {"outbox_waiting": 2, "outbox_oldest_seconds": 5.0},
         "2, the oldest for 5 seconds", "ok"),
        ("outbox", {"outbox_waiting": 2, "outbox_oldest_seconds": 7200.0},
         "2, the oldest for 2 hours", "danger"),
        ("dead", {"dead_open": 1}, "1", "warn"),
        ("parked", {"parked": 4}, "4", "warn"),
        ("unaccounted", {"unaccounted": -1}, "-1", "danger"),
        ("leases", {"leases": []}, "Nobody takes in events", "danger"),
        ("leases", {"leases": WELL["leases"][:-3]},
         "Only 13 of 16 parts of the due work are held", "danger"),
        ("leases", {"leases": [*WELL["leases"], {"name": "replica:0", "replica": "0"},
                               {"name": "replica:1", "replica": "1"}]},
         "Replica 0 takes in events, 2 replicas", "ok"),
        ("unknown", {"own": {"unknown": 2, "unknown_oldest_seconds": 90_000.0}},
         "2, the oldest for 1 day", "warn"),
        ("held", {"own": {"held": True}}, "All held back", "danger"),
        ("sources", {"own": {"sources": []}}, "None is set up", "ok"),
        ("subscriptions", {"own": {"subscriptions": []}}, "None is set up", "ok"),
        ("subscriptions", {"own": {"subscriptions": [TAKES]}}, "1, all as they should be", "ok"),
        ("subscriptions",
         {"own": {"subscriptions": [TAKES | {"failing_since": "2026-03-02T09:00:00+00:00"}]}},
         "Taking nothing just now: crm", "warn"),
        ("subscriptions", {"own": {"subscriptions": [TAKES | {"state": "disabled"}]}},
         "Switched off: crm", "danger"),
        ("sources", {"own": {"sources": [SPOKE]}},
         "calendar: spoke 1 minute ago, as a rule every 2 hours", "ok"),
        ("sources", {"own": {"sources": [SPOKE | {"silent_seconds": 7200.0}, NEVER]}},
         "calendar: spoke 1 minute ago, as a rule every 2 hours, silent for 2 hours too long; "
         "billing: has not spoken yet", "warn"),
        ("sources", {"own": {"sources": [NEVER | {"ends_seconds": 260_000.0}]}},
         "billing: has not spoken yet, its webhook ends in 3 days: renew it", "warn"),
        ("sources", {"own": {"sources": [NEVER | {"is_open": False}]}},
         "billing: has no secret, and stays closed", "danger"),
        ("edition", {"own": {"edition": 0}}, "The folder, or as shipped", "ok"),
        ("edition", {"own": {"edition": 3}}, "Edition 3", "ok"),
        ("edition", {"own": {"edition": 3, "folder_differs": True}},
         "Edition 3; the firm's folder says something else", "warn"),
    ],
)  # fmt: skip
def test_a_figure_in_words(name: str, changes: dict[str, Any], words: str, tone: str) -> None:
    finding = said(name, **changes)
    assert (finding.said, finding.tone) == (words, tone)


@given(st.floats(min_value=0, max_value=1e9))
def test_a_length_is_one_whole_number_and_one_unit(seconds: float) -> None:
    number, unit = long(seconds).split(" ")
    assert number.isdigit()
    assert unit.endswith("s") == (number != "1")


@pytest.mark.parametrize(
    ("source", "hours", "tone"),
    [("urn:firm:calendar", 1, "ok"), ("urn:firm:calendar", 30, "warn"),
     ("urn:firm:calendar", 80, "danger"), ("urn:clientele:intake", 800, "")],
)  # fmt: skip
def test_a_silence_says_more_the_longer_it_is(source: str, hours: int, tone: str) -> None:
    assert tone_of_silence(heard(source, NOON), NOON + timedelta(hours=hours)) == tone


def test_a_source_is_noted_once_a_minute() -> None:
    known = heard("urn:firm:x", NOON)
    assert is_worth_noting(None, NOON)
    assert not is_worth_noting(known, NOON + timedelta(seconds=59))
    assert is_worth_noting(known, NOON + timedelta(seconds=60))
