"""In what does one rehearsal differ from another?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.reminders.simulation.rehearsal import TO_COME, Done

What = Literal[
    "would-act", "would-stop", "would-move", "would-be-held-back", "would-be-missed",
    "would-not-be-missed",
]  # fmt: skip
UNREMARKABLE = {"superseded", "cancelled", "past", "met", "voided"}  # as they should be
NO_RULE = "no rule asks for it"


@dataclass(frozen=True, slots=True)
class Difference:
    """One occurrence that would go another way."""

    what: What
    rule_id: str
    about: str
    client_id: str | None
    before: datetime | None  # when it acted, with the rules in force
    after: datetime | None  # when it would act
    why: str = ""  # why it would not


def differences(
    before: Iterable[Done], after: Iterable[Done], since: datetime | None = None
) -> list[Difference]:
    """What the second set of rules would do otherwise, by rule and in order of time.

    ``since``: one of both falls due after this instant. What lies ahead still is told where it
    happened by the other rules: then it would move, not stop.
    """
    old = {each.occurrence_id: each for each in before}
    new = {each.occurrence_id: each for each in after}
    pairs = [(old.get(key), new.get(key)) for key in {*old, *new}]
    found = [_difference(was, will) for was, will in pairs if _is_within(since, was, will)]
    return sorted((each for each in found if each is not None), key=_place)


def _is_within(since: datetime | None, *either: Done | None) -> bool:
    return since is None or any(each is not None and each.at > since for each in either)


def _difference(old: Done | None, new: Done | None) -> Difference | None:
    moved = _moved_ahead(old, new)
    if moved is not None:
        return moved
    was, will = old is not None and old.acted, new is not None and new.acted
    any_of = new or old
    if any_of is None:
        return None
    before, after = (old.at if old and was else None), (new.at if new and will else None)
    what: What
    why = new.outcome if new else NO_RULE
    if any_of.owed and was is not will:
        what, why = ("would-be-missed", "") if will else ("would-not-be-missed", why)
    elif was and will:
        if before == after:
            return None
        what, why = "would-move", ""
    elif will:
        what, why = "would-act", ""
    elif was:
        what = "would-stop"
    elif old is None and new is not None and new.outcome not in (*UNREMARKABLE, *TO_COME):
        what, why = "would-be-held-back", new.outcome
    else:
        return None
    return Difference(what, any_of.rule_id, any_of.about, any_of.client_id, before, after, why)


def _moved_ahead(old: Done | None, new: Done | None) -> Difference | None:
    """What happened by one set of rules and by the other lies ahead still; no commitment."""
    if old is None or new is None or old.owed:
        return None
    ahead = [each for each in (old, new) if each.outcome in TO_COME]
    if len(ahead) != 1 or not (old.acted or new.acted):
        return None
    return Difference("would-move", new.rule_id, new.about, new.client_id, old.at, new.at)


def _place(each: Difference) -> tuple[str, str, str, str]:
    at = each.after or each.before
    return each.rule_id, each.what, at.isoformat() if at else "", each.about
