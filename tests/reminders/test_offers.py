"""Does a client hear of every offer, and is somebody asked what they say before it expires?"""

from datetime import datetime, timedelta

from shared.contracts.firm import MatterClosed
from shared.contracts.promises import OfferConveyed, OfferReceived
from shared.tasks import TASKS, Task
from tests.reminders.over_memory import MONDAY, Reminders
from tests.reminders.test_commitments import endings, ready, tasks


def test_an_offer_has_to_be_conveyed_at_once_and_its_task_is_there_at_once() -> None:
    reminders = ready()
    offer = OfferReceived(offer_id="o-1", client_id="c-1", matter_id="m-1", at=MONDAY)
    reminders.tell(offer)
    reminders.after(minutes=1)
    (task,) = tasks(reminders)
    assert (task.priority, task.role, task.owner_id) == ("high", "lawyer", "s-9")
    reminders.tell(OfferConveyed(offer_id="o-1", client_id="c-1", channel="phone",
                                 at=MONDAY + timedelta(hours=1)))  # fmt: skip
    assert endings(reminders) == [("convey-offer", "commitment-met")]


def an_offer(expires_at: datetime | None) -> OfferReceived:
    """It was told on the same day."""
    return OfferReceived(
        offer_id="o-1", client_id="c-1", matter_id="m-1", at=MONDAY, expires_at=expires_at
    )


def calls_to_make(reminders: Reminders) -> list[Task]:
    return [each for each in reminders.all(TASKS) if each.kind == "call-client"]


def conveyed() -> OfferConveyed:
    """An hour later."""
    at = MONDAY + timedelta(hours=1)
    return OfferConveyed(offer_id="o-1", client_id="c-1", channel="phone", at=at)


def test_a_business_day_before_an_offer_expires_its_lawyer_asks_what_the_client_says() -> None:
    reminders = ready()
    expires = MONDAY + timedelta(days=7)  # a Monday, too: the business day before is the Friday
    reminders.tell(an_offer(expires))
    reminders.tell(conveyed())
    assert reminders.planned()["offer-expires"] == MONDAY + timedelta(days=4)
    reminders.until(MONDAY + timedelta(days=4, minutes=1))
    (task,) = calls_to_make(reminders)
    assert (task.priority, task.role, task.owner_id) == ("high", "lawyer", "s-9")


def test_of_an_offer_that_expires_on_no_day_or_has_expired_nothing_is_asked() -> None:
    for expires in (None, MONDAY - timedelta(hours=1)):
        reminders = ready()
        reminders.tell(an_offer(expires))
        reminders.tell(conveyed())
        reminders.after(hours=72)
        assert calls_to_make(reminders) == []


def test_of_an_offer_nothing_is_asked_once_its_matter_is_closed() -> None:
    reminders = ready()
    reminders.tell(an_offer(MONDAY + timedelta(days=7)))
    reminders.tell(conveyed())
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY))
    assert "offer-expires" not in reminders.planned()
