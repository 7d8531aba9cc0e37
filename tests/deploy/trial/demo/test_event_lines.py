"""Is each event told in one line, and without anybody's name?"""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deploy.trial.demo.event_lines import details, happened, is_ours, line_of
from shared.contracts.catalogue import CATALOGUE

EXAMPLES = Path("docs/events")
PRIVATE = ("name", "email", "phone", "text", "author_name", "location")


def example(kind: str) -> dict[str, Any]:
    """The golden example of an event type."""
    found: dict[str, Any] = json.loads((EXAMPLES / kind / "1.example.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_event_is_told_in_one_line_with_its_type_and_subject(kind: str) -> None:
    event = example(kind)
    line = line_of(event).plain
    assert "\n" not in line
    assert kind in line
    assert event["subject"] in line


@pytest.mark.parametrize("kind", ["client-onboarded", "inquiry-received", "review-received"])
def test_nothing_private_is_told(kind: str) -> None:
    event = example(kind)
    private = [str(event["data"][name]) for name in PRIVATE if event["data"].get(name)]
    assert private
    assert not [word for word in private if word in line_of(event).plain]


def test_a_message_is_told_with_its_rule() -> None:
    data = {"purpose": "invoices", "channel": "email", "rule_id": "invoice-due", "rule_version": 2}
    assert details({"type": "contact-sent", "data": data}) == (
        "invoices by email ← rule invoice-due v2"
    )


def test_a_message_not_made_is_told_with_its_reason() -> None:
    data = {"purpose": "surveys", "reason": "withdrawn"}
    assert details({"type": "contact-suppressed", "data": data}) == "surveys (withdrawn)"


def test_many_plans_are_told_in_short() -> None:
    data = {"occurrences": [{"rule_id": f"r{n}"} for n in range(5)]}
    assert details({"type": "contact-planned", "data": data}) == "r0, r1, r2 and 2 more"


def test_the_firms_own_events_are_told_from_ours() -> None:
    assert is_ours({"source": "urn:clientele:desk"})
    assert not is_ours({"source": "urn:firm:billing"})


def test_a_line_is_told_by_the_firms_clock_and_fits_a_narrow_screen_up_to_its_reason() -> None:
    event = example("contact-sent") | {"time": "2026-03-02T23:30:00Z"}
    line = line_of(event, ZoneInfo("Europe/Berlin")).plain
    assert line.startswith("00:30  ")
    assert line.index(details(event)) < 60
    assert happened(event, ZoneInfo("Europe/Berlin")).day == 3
