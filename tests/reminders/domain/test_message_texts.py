"""Do the words of messages keep out of each other's way?"""

from services.reminders.domain.message_texts import ALWAYS, SAID_WITH
from shared.contracts.catalogue import CATALOGUE


def test_no_event_has_a_field_called_like_what_texts_say_moments_and_figures_with() -> None:
    fields = {name for event in CATALOGUE.values() for name in event.model_fields}
    assert "number" in fields
    assert not fields & SAID_WITH
    assert not ALWAYS & SAID_WITH
