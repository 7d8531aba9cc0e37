"""A message has changed: what is known of its client from then on?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.reminders.domain.contact import WAITING, Contact, State
from tests.reminders.model.grounds import ASKS
from tests.reminders.model.rules import BY_RULE
from tests.reminders.model.told import Asked, Facts, Last, thing_of
from tests.reminders.model.watching import says_in


def ended(
    before: Contact, after: Contact, now: datetime, last: dict[tuple[str, str], Last]
) -> None:
    """A hand-over has ended: what its client was told last."""
    says, me = says_in(before), before.contact_id
    to = (thing_of(before.thread), before.client_id)
    unknown = after.state is State.UNKNOWN or after.resends > before.resends
    if says is not None and (unknown or after.state is State.HANDED_OVER):
        earlier = _without(me, last.get(to))
        earlier = replace(earlier, before=None) if earlier is not None else None
        last[to] = Last(says, me, before.resends, now, earlier)
    if after.state is State.REFUSED and to in last:
        word = _without(me, last.pop(to))
        if word is not None:
            last[to] = word


def _without(message: str, word: Last | None) -> Last | None:
    """What was told last if this message did not come."""
    if word is None or word.message == message:
        return word.before if word is not None else None
    if word.before is not None and word.before.message == message:
        return replace(word, before=None)
    return word


def asked_since(facts: Facts, message: Contact, now: datetime) -> frozenset[tuple[str, Asked]]:
    """Since when each message asks its client for something, after this change of one."""
    if message.message_class not in ASKS:
        return facts.asked
    asked = dict(facts.asked)
    before = asked.pop(message.contact_id, None)
    if message.state is State.HANDED_OVER:
        asked[message.contact_id] = Asked(message.client_id, now)
    elif message.state is State.HANDING_OVER and message.due_at == message.hand_over_until:
        # found in the hands of somebody who may still be at it: it may go as late as then
        asked[message.contact_id] = Asked(message.client_id, message.due_at)
    elif message.state in (State.HANDING_OVER, State.UNKNOWN):
        asked[message.contact_id] = before or Asked(message.client_id, now)
    return frozenset(asked.items())


def telling_in(messages: Iterable[Contact]) -> frozenset[tuple[tuple[str, str], str]]:
    """The messages on their way to tell what stands."""
    ways = (*WAITING, State.HANDING_OVER)
    return frozenset(((each.thread, each.client_id), each.contact_id) for each in messages
                     if BY_RULE[each.rule_id].tells and each.state in ways)  # fmt: skip


def keep(kept: dict[str, Any], key: str, value: Any) -> None:
    """Keep a changed document, or what is gone no more."""
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value
