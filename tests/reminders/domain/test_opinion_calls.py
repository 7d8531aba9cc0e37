"""Is nobody rung for their opinion where the law forbids it?"""

import pytest

from services.reminders.app import vocabulary
from services.reminders.domain.playbook_parsing import parse
from services.reminders.domain.yaml_places import PlaybookError
from tests.reminders.over_memory import new_config, shipped

PLAYBOOK = """
playbook: personal
version: 1
on: {event}
per: {per}
rules:
  ring-them:
    at: now
    then:
      ask:
        task: call-client
        title: Call the client
        text: They have been asked by e-mail already.
        role: assistant
        due: +1bd
"""


@pytest.mark.parametrize(
    ("event", "per"),
    [
        ("survey-due", "matter_id"), ("feedback-requested", "survey_id"),
        ("review-ask-due", "matter_id"), ("review-requested", "request_id"),
    ],
)  # fmt: skip
def test_a_rule_that_has_clients_rung_for_their_opinion_stops_the_start_in_germany(
    event: str, per: str
) -> None:
    rules = parse("personal.yaml", PLAYBOOK.format(event=event, per=per), vocabulary())
    with pytest.raises(PlaybookError, match="ring-them would have clients rung"):
        new_config(rules, profile="germany")
    assert new_config(rules, profile="us").playbooks


def test_a_call_about_the_matter_is_none_of_these() -> None:
    rules = parse(
        "personal.yaml", PLAYBOOK.format(event="matter-opened", per="matter_id"), vocabulary()
    )
    assert new_config(rules, profile="germany").playbooks


@pytest.mark.parametrize("profile", ["general", "us", "england-and-wales", "germany"])
def test_no_shipped_rule_asks_for_such_a_call(profile: str) -> None:
    assert new_config(shipped(), profile=profile).playbooks
