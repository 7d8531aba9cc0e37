"""Does a rule read back as whoever wrote it meant it?"""

import pytest

from services.reminders.app import HERE, read_playbooks, vocabulary
from services.reminders.domain.playbook_parsing import parse
from services.reminders.domain.rule_sentences import sentence_for

RULE = """\
playbook: tests
version: 1
on: [appointment-scheduled, appointment-rescheduled]
per: appointment_id
rules:
  one:
    at: {at}
    then:
      send: {{message: welcome, class: service, on-unknown: hold}}
"""


def sentence(at: str, more: str = "") -> str:
    (only,) = parse("mine.yaml", RULE.format(at=at) + more, vocabulary())
    return sentence_for(only.rule)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("now", "at once"),
        ("{anchor: starts_at, offset: now}", "at once (again for each starts_at)"),
        ('{anchor: starts_at, offset: -1d, time: "10:00"}', "1 day before starts_at at 10:00"),
        ("{anchor: starts_at, offset: +2bd, roll: following}",
         "2 business days after starts_at or the next business day"),
        ("{anchor: starts_at, offset: 0d}", "on the day of starts_at"),
        ("{offset: -30min}", "30 minutes before the event"),
    ],
)  # fmt: skip
def test_the_moment_is_said_in_words(at: str, words: str) -> None:
    assert f", {words}, " in sentence(at)


def test_conditions_limits_and_ends_are_said() -> None:
    more = """\
    when: {kind: [hearing, consultation], client.open-matter: true}
    until: appointment-cancelled
    past: skip
    valid-for: 2d
    valid-until: -30min
"""
    assert sentence("{anchor: starts_at, offset: -2h}", more) == (
        "on appointment-scheduled or appointment-rescheduled, if kind is hearing or consultation "
        "and client.open-matter is true, 2 hours before starts_at, not at all if that has gone by, "
        "send welcome (service; hold if unknown), at most 2 days late and never later than 30 "
        "minutes before starts_at, until appointment-cancelled"
    )


def test_every_shipped_rule_says_when_and_what() -> None:
    for each in read_playbooks(HERE / "playbooks"):
        words = sentence_for(each.rule)
        assert words.startswith("on ")
        assert any(f", {verb} " in words for verb in ("send", "tell", "ask", "announce", "owe"))
