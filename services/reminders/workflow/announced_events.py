"""A rule announces an event: how does the event come by its fields?

From what the rule says, from what the machine knows (days, the rule, the instant), and from the
event that armed the rule.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.reminders.domain.card import Card
from services.reminders.domain.occurrence import Occurrence
from services.reminders.domain.playbook import Rule
from services.reminders.domain.subject import Value
from shared.contracts.catalogue import CATALOGUE
from shared.errors import PermanentError
from shared.state.unit_of_work import UnitOfWork

ABOUT = "about."


def announce(
    rule: Rule, timer: Occurrence, words: Mapping[str, Value], card: Card | None, unit: UnitOfWork
) -> None:
    """Announce what the rule names."""
    if rule.announce is None:
        raise PermanentError(f"{rule.key} announces nothing")
    contract = CATALOGUE[rule.announce.type]
    field, _, value = timer.thread.partition(":")
    known = {field: value, **words, **_of_machine(timer, unit), **rule.announce.fields}
    given: dict[str, Any] = {name: known[name] for name in contract.model_fields if name in known}
    if "about" in contract.model_fields:
        about = {k.removeprefix(ABOUT): v for k, v in words.items() if k.startswith(ABOUT)}
        given["about"] = about
    if "matter_id" in contract.model_fields:
        _add_matter(given, card)
    unit.announce(contract.model_validate(given))


def _of_machine(timer: Occurrence, unit: UnitOfWork) -> dict[str, Any]:
    return {
        "at": unit.now,
        "rule_id": timer.rule_id,
        "rule_version": timer.rule_version,
        "days": days_since(timer, unit.now),
    }


def days_since(timer: Occurrence, now: datetime) -> int:
    """How many days ago the anchor was, by the client's clock; one at least."""
    zone = ZoneInfo(timer.zone)
    since = (timer.anchor_at or timer.due_at).astimezone(zone).date()
    return max((now.astimezone(zone).date() - since).days, 1)


def _add_matter(given: dict[str, Any], card: Card | None) -> None:
    """Where the cause named no open matter, the client's only one is meant."""
    matters = card.open_matters if card else []
    if "matter_id" not in given and len(matters) == 1:
        given["matter_id"] = matters[0]
