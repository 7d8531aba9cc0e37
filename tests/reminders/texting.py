"""A firm that writes by e-mail and by text message, over memory."""

from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from typing import Any

from services.reminders.domain.channel_order import TextLaw
from services.reminders.domain.contact_hours import ContactHours
from services.reminders.gateways.email import EmailChannel
from services.reminders.gateways.sms import SmsChannel
from services.reminders.ports import MessageChannel
from services.reminders.workflow.firm_config import FirmConfig
from tests.reminders.over_memory import MONDAY, Reminders, client, new_config, scheduled

FACTS = frozenset({"date", "place", "link"})
BY_WISH = TextLaw(facts=FACTS)
BY_NUMBER = replace(BY_WISH, by_wish=False)
LATE_LAW = replace(BY_WISH, hours=ContactHours(opens=time(11), closes=time(20)))
NUMBER = "+49301234567"


@cache
def _firm() -> FirmConfig:
    return new_config(firm_phone="+49 30 555 0100")


def texting_config(law: TextLaw = BY_WISH, **policy: Any) -> FirmConfig:
    """The firm with both channels."""
    config = _firm()
    channels: dict[str, MessageChannel] = {
        "email": EmailChannel(),
        "sms": SmsChannel(facts=law.facts),
    }
    policy = {"texts": law, **policy}
    return replace(config, channels=channels, policy=replace(config.policy, **policy))


def texting(law: TextLaw = BY_WISH, **policy: Any) -> Reminders:
    """Reminders of that firm."""
    return Reminders(texting_config(law, **policy))


def texted(**changes: Any) -> Any:
    """A client who wishes for text messages."""
    values = {"phone": "+49 30 1234567", "preferred_channel": "sms", "locale": "en-GB", **changes}
    return client(**values)


def with_appointment(reminders: Reminders, *, days: float = 9, **changes: Any) -> Reminders:
    """An appointment has been entered for that client, and is confirmed."""
    reminders.tell(texted(**changes), scheduled(MONDAY + timedelta(days=days)))
    reminders.after(minutes=1)
    return reminders
