"""A letter that a rule sends: is it shown before its day, and never sent past its approval?"""

from datetime import timedelta

from services.reminders.ports import CONTACTS
from shared.contracts.firm import MatterClosed
from tests.reminders.outgoing import decide, told
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client, new_config
from tests.reminders.test_letters_on_their_way import PLAYBOOK, rules


def planned() -> Reminders:
    """A closing letter, a week after its matter was closed."""
    later = PLAYBOOK.replace("offset: now", "offset: +7d")
    reminders = Reminders(new_config(rules(later)))
    reminders.tell(client(), OPENED, MatterClosed(matter_id="m-1", client_id="c-1",
                                                  closed_at=MONDAY))  # fmt: skip
    reminders.after(minutes=5)
    reminders.now += timedelta(minutes=5)
    return reminders


def test_it_is_listed_as_planned_and_sent_now_it_still_waits_for_its_approval() -> None:
    reminders = planned()
    (message,) = told(reminders)
    decide(reminders, "send-now", occurrence_id=message.occurrence_id)
    assert reminders.after(hours=3) == []
    assert reminders.all(CONTACTS) == []
    assert len(reminders.tasks("letter-approval")) == 1
