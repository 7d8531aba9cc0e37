"""Is it seen that nobody of the firm was in touch about a matter?"""

from datetime import timedelta
from typing import Any

import pytest

from shared.contracts.firm import ClientContactLogged, MatterClosed, MatterOpened
from shared.contracts.reminders import ContactGapDetected
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client

OTHER = OPENED.model_copy(update={"matter_id": "m-2"})


def ready(*matters: MatterOpened) -> Reminders:
    reminders = Reminders()
    reminders.tell(client(), *matters)
    return reminders


def contact(reminders: Reminders, **said: Any) -> None:
    values = {"client_id": "c-1", "direction": "out", "channel": "phone", "at": reminders.now}
    reminders.tell(ClientContactLogged.model_validate({**values, **said}))


def gaps(reminders: Reminders) -> list[str | None]:
    return [each.matter_id for each in reminders.announced_of(ContactGapDetected)]


def test_what_the_client_left_unanswered_starts_nothing_anew() -> None:
    reminders = ready(OPENED)
    for _ in range(4):
        reminders.after(days=7)
        contact(reminders, direction="in", channel="voicemail", matter_id="m-1")
    reminders.after(days=3)
    assert gaps(reminders) == ["m-1"]
    assert len(reminders.tasks("contact-gap")) == 1


@pytest.mark.parametrize("said", [{"direction": "out"}, {"direction": "in", "two_way": True}])
def test_what_the_firm_said_or_a_talk_starts_the_thirty_days_anew(said: dict[str, Any]) -> None:
    reminders = ready(OPENED)
    reminders.after(days=20)
    contact(reminders, **said)
    reminders.after(days=29)
    assert gaps(reminders) == []


def test_a_talk_about_one_matter_leaves_the_other_silent() -> None:
    reminders = ready(OPENED, OTHER)
    reminders.after(days=20)
    contact(reminders, matter_id="m-1")
    reminders.after(days=11)
    assert gaps(reminders) == ["m-2"]


def test_a_talk_that_names_no_matter_counts_for_all() -> None:
    reminders = ready(OPENED, OTHER)
    reminders.after(days=20)
    contact(reminders)
    reminders.after(days=11)
    assert gaps(reminders) == []


def test_a_closed_matter_may_be_silent_while_another_is_open() -> None:
    reminders = ready(OPENED, OTHER)
    reminders.tell(MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY))
    reminders.until(MONDAY + timedelta(days=31))
    assert gaps(reminders) == ["m-2"]
