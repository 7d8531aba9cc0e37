"""Does a letter close as its greeting asks for?"""

import pytest

from shared.contracts.letters import LetterRequested
from tests.reminders.letter_office import letter_of
from tests.reminders.over_memory import OPENED, Reminders, client


def drafted(letter: str, **known: str) -> str:
    """The letter as it is drafted for this client."""
    reminders = Reminders()
    wanted = LetterRequested(letter_id="l-1", letter=letter, client_id="c-1", by="s-9")
    reminders.tell(client(**known), OPENED, wanted)
    reminders.after(minutes=1)
    return letter_of(reminders).text


@pytest.mark.parametrize("letter", ["closing", "final-response", "handover"])
def test_whoever_is_written_to_by_name_is_written_to_sincerely(letter: str) -> None:
    text = drafted(letter, locale="en-GB", name="Ada Example")
    assert text.startswith("Dear Ada Example,\n")
    assert text.endswith("\n\nYours sincerely\n[name of who signs]\nExample & Partners\n")


@pytest.mark.parametrize("letter", ["closing", "final-response", "handover"])
def test_whoever_is_greeted_as_sir_or_madam_is_written_to_faithfully(letter: str) -> None:
    text = drafted(letter, locale="en-GB", name="Example Ltd")
    assert text.startswith("Dear Sir or Madam,\n")
    assert "\n\nYours faithfully\n" in text
    assert "Yours sincerely" not in text
