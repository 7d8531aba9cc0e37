"""Is what ends something owed found whatever else was said of the thing, and in which order?"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from itertools import permutations

import pytest

from services.reminders.app import vocabulary
from services.reminders.domain.kept_ends import asks_what_is_said
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.ports import SUBJECTS
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.base import EventData
from tests.reminders.over_memory import MONDAY, Reminders, client, new_config
from tests.reminders.test_clocks import advanced, complaint
from tests.reminders.test_commitments import endings

OURS = """\
playbook: ours
version: 1
rules:
  complaint-heard-of:
    about: Every complaint moves within three weeks.
    on: complaint-received
    per: complaint_id
    at: {anchor: at, offset: +21d}
    until: concern-advanced
    then:
      keep:
        standard: complaint-moves
        source: the firm
        edition: "2026-12"
        ask: {title: See to a complaint, text: Nothing has been done about it., role: partner}
"""
SAID = (  # on which day what happened; the last steps come after the word of the ombudsman
    (0, complaint(type="data-protection")),
    (2, advanced("acknowledged", 2)),
    (20, advanced("signposted", 20)),
    (34, advanced("told", 34)),
)
BY_LAW = [("complaint-signposting", "commitment-met"), ("data-complaint", "commitment-met")]
LONG_AFTER = MONDAY + timedelta(days=80)


@cache
def config() -> FirmConfig:
    """A firm in England with a rule of its own about the same complaints."""
    settings = RemindersSettings(profile="england-and-wales")
    texts = [(file.name, file.read_text("utf-8")) for file in playbook_files(settings)]
    found = PlaybookSet([*texts, ("ours.yaml", OURS)], vocabulary(settings))
    assert found.mistakes == []
    return new_config(found.rules, profile="england-and-wales")


def heard(said: Iterable[tuple[int, EventData]], now: datetime = LONG_AFTER) -> Reminders:
    """That firm once it has heard this, in this order, at that time."""
    reminders = Reminders(config())
    reminders.now = now
    reminders.tell(client())
    for day, each in said:
        reminders.hear(each, time=MONDAY + timedelta(days=day))
    return reminders


def of_the_law(reminders: Reminders) -> list[tuple[str, str]]:
    return sorted(
        each
        for each in endings(reminders)
        if each[0] in ("complaint-signposting", "data-complaint")
    )


@pytest.mark.parametrize("order", list(permutations(SAID)), ids=lambda order: "-".join(
    str(day) for day, _ in order))  # fmt: skip
def test_in_whatever_order_it_is_heard_the_word_of_the_ombudsman_is_not_lost(
    order: tuple[tuple[int, EventData], ...],
) -> None:
    assert of_the_law(heard(order)) == BY_LAW


def test_said_in_time_and_again_too_late_it_was_said_in_time() -> None:
    again = (70, advanced("signposted", 70))
    first, _, signposted, told = SAID
    for order in ((again, signposted, first, told), (signposted, again, told, first)):
        assert ("complaint-signposting", "commitment-met") in of_the_law(heard(order))


def test_what_does_not_say_it_ends_nothing_whatever_comes_after() -> None:
    complaint_heard, acknowledged, _, told = SAID
    assert ("complaint-signposting", "commitment-missed") in of_the_law(
        after(heard((told, acknowledged, complaint_heard), MONDAY + timedelta(days=40)))
    )


def after(reminders: Reminders) -> Reminders:
    reminders.until(LONG_AFTER)
    return reminders


def test_what_is_kept_beside_the_latest_event_holds_no_word_of_it() -> None:
    reminders = heard(SAID)
    subject = reminders.get(SUBJECTS, "complaint_id:x-1")
    assert subject is not None
    assert {fact.values.get("concern_id") for fact in subject.ends.values()} == {"k-1"}
    assert "signposted" not in repr(subject.ends)


def test_only_rules_that_ask_what_is_said_keep_more_than_the_latest_event() -> None:
    by_name = {each.rule_id: each for each in config().playbooks.rules}
    assert asks_what_is_said(by_name["uk-complaint-signposting"], "concern-advanced")
    assert not asks_what_is_said(by_name["complaint-heard-of"], "concern-advanced")
    assert not asks_what_is_said(by_name["uk-complaint-answer"], "concern-closed")
