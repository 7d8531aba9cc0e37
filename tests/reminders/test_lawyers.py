"""Whom do clients read of below their messages, and is that so at that moment?"""

from datetime import timedelta

from shared.contracts.desk import StaffNamed
from shared.contracts.firm import ClientUpdated, MatterOpened
from shared.contracts.intake import ConflictCleared
from tests.reminders.over_memory import OPENED, Reminders, client

EVA = StaffNamed(staff_id="s-9", name="Dr. Eva Berg", phone="+49 30 1234568")
CLEARED = ConflictCleared(check_id="k-1", client_id="c-1", hit_count=0, trigger="client")
FIRM = "Mit freundlichen Grüßen\nExample & Partners"
SAID = ClientUpdated(client_id="c-1", matter_id="m-1", owner_id="s-9", owner_name="RAin Berg")


def welcome(*said: StaffNamed | ClientUpdated | MatterOpened) -> str:
    """The first message, with this known of who is in charge."""
    reminders = Reminders()
    reminders.tell(client(), OPENED)
    for each in said:
        reminders.now += timedelta(seconds=1)
        reminders.tell(each)
    reminders.tell(CLEARED)
    (message,) = reminders.after(minutes=1)
    return message.text or ""


def test_the_owner_of_the_matter_is_named_as_the_list_of_staff_does() -> None:
    assert "Für Sie zuständig: Dr. Eva Berg, Telefon +49 30 1234568" in welcome(EVA)


def test_what_the_firms_systems_say_with_the_client_comes_first() -> None:
    text = welcome(EVA, SAID)
    assert "RAin Berg" in text
    assert "Dr. Eva Berg" not in text


def test_who_works_here_no_more_is_named_to_nobody() -> None:
    text = welcome(EVA, SAID, StaffNamed(staff_id="s-9", works_here=False))
    assert "zuständig" not in text
    assert FIRM in text


def test_the_newest_word_on_a_person_holds() -> None:
    new = EVA.model_copy(update={"name": "Dr. Eva Berg-Lenz"})
    assert "Dr. Eva Berg-Lenz," in welcome(EVA, new)


def test_the_lawyer_who_took_the_matter_over_is_named() -> None:
    other = StaffNamed(staff_id="s-7", name="Jo Weber")
    text = welcome(EVA, other, OPENED.model_copy(update={"owner_id": "s-7"}))
    assert "zuständig: Jo Weber\n" in text


def test_where_nobody_is_named_the_message_stands_in_the_firms_name() -> None:
    text = welcome(StaffNamed(staff_id="s-9"))
    assert "zuständig" not in text
    assert FIRM in text
