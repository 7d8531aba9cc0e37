"""Does a rule ask staff to ring clients for a review or a survey, where the law forbids it?"""

from collections.abc import Iterable

from services.reminders.domain.playbook import Rule
from services.reminders.domain.yaml_places import PlaybookError

CALL = "call-client"
ASKS_FOR_AN_OPINION = frozenset(
    {"survey-due", "feedback-requested", "review-ask-due", "review-requested"}
)
"""What a rule is heard on when its call would be about what the client thinks."""


def refuse_opinion_calls(rules: Iterable[Rule], why: str) -> None:
    """Raise PlaybookError, with the reason the law gives, if a rule asks for such a call."""
    for rule in rules:
        if rule.ask is not None and rule.ask.kind == CALL and ASKS_FOR_AN_OPINION & set(rule.on):
            raise PlaybookError(
                f"the playbook {rule.playbook}: {rule.rule_id} would have clients rung for their "
                f"opinion, which the firm's profile does not allow: {why}"
            )
