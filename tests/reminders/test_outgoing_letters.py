"""Is an approved letter that waits told among what goes out next, in exactly its words?"""

from shared.requests.decisions import Actor
from tests.reminders.letter_office import WRITTEN, approve, edit, office
from tests.reminders.outgoing import LAWYER, listed
from tests.reminders.over_memory import Reminders

BEHIND = Actor(id="leo", roles=("lawyer",), screened=("matter:m-1",))


def approved() -> Reminders:
    """Everything is held back, and a letter is approved."""
    reminders = office()
    edit(reminders, WRITTEN)
    reminders.hold(held=True)
    approve(reminders)
    return reminders


def test_a_letter_that_waits_says_its_words_and_what_keeps_it() -> None:
    (letter,) = listed(approved(), LAWYER).letters
    assert (letter.letter, letter.matter_id, letter.channel) == ("engagement", "m-1", "email")
    assert (letter.verdict, letter.reason) == ("wait", "held")
    assert letter.words is not None
    assert "Einspruch gegen den Bescheid" in letter.words


def test_once_it_went_and_before_it_is_approved_nothing_waits() -> None:
    drafted = office()
    assert listed(drafted, LAWYER).letters == []
    reminders = approved()
    reminders.hold(held=False)
    assert len(reminders.after(days=2)) == 1
    assert listed(reminders, LAWYER).letters == []


def test_whom_a_wall_keeps_from_its_matter_is_told_nothing() -> None:
    assert listed(approved(), BEHIND).letters == []
