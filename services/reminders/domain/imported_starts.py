"""From when does a rule count that watches imported things, so that not all fall due on one day?

What happened so lately that its moment still lies ahead counts from its own day. Whatever is older
counts from the import, and each thing some days later, by its id: spread over the time after which
the rule would act again, or over its first wait.
"""

import hashlib
from datetime import datetime, timedelta

from services.reminders.domain.playbook import Rule
from services.reminders.domain.schedule import Offset, Span

DAYS = {Span.DAYS: 1, Span.WEEKS: 7, Span.MONTHS: 30, Span.BUSINESS_DAYS: 7 / 5}


def counted_from(
    rule: Rule, thread: str, happened: datetime | None, heard_at: datetime | None
) -> datetime | None:
    """The instant the rule reckons from, for something an import told of."""
    if heard_at is None or rule.moment is None:
        return heard_at
    if happened is not None and heard_at < happened + timedelta(days=_days(rule.moment.offset)):
        return happened
    days = _days(rule.every or rule.moment.offset)
    return heard_at + timedelta(days=_place(thread, days))


def _days(offset: Offset) -> int:
    """How many whole days it is about."""
    return max(int(offset.amount * DAYS.get(offset.span, 0)), 0)


def _place(thread: str, days: int) -> int:
    """Which of so many days is this thing's own, the same whenever it is asked."""
    if not days:
        return 0
    return int.from_bytes(hashlib.sha256(thread.encode()).digest()[:8]) % days
