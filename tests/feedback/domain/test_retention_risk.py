"""Can a firm say in its own file when a client may leave; are two ids one risk?"""

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.feedback.domain.retention_risk import (
    Risk,
    Signal,
    active,
    begun,
    joined,
    reasons_of,
)
from services.feedback.settings import FeedbackSettings
from tests.fakes.memory import START


def test_a_firm_has_rules_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "risks.yaml"
    own.write_text("threshold: 1\nsignals:\n  no-contact: {weight: 1}\n", "utf-8")
    assert FeedbackSettings(risk_rules_file=own).risk_rules().threshold == 1


def test_a_mistake_in_it_is_named_with_its_file(tmp_path: Path) -> None:
    own = tmp_path / "risks.yaml"
    own.write_text("threshold: 1\nsignals:\n  bad-mood: {weight: 1}\n", "utf-8")
    with pytest.raises(ValidationError, match=r"risks\.yaml:3: signals\.bad-mood"):
        FeedbackSettings(risk_rules_file=own)


def test_two_ids_that_are_one_person_worry_for_the_reasons_of_both() -> None:
    gap = begun(Risk(client_id="c-1"), "no-contact", "m-1", Signal(began_at=START))
    low = begun(Risk(client_id="c-2"), "low-score", "r-1", Signal(began_at=START))
    rules = FeedbackSettings().risk_rules()
    one = joined(gap, low)
    assert one.client_id == "c-1"
    assert reasons_of(active(one, rules, START), rules) == ("low-score", "no-contact")
