"""Does the end of a larger thing, such as a matter, end what is followed in it?"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from services.reminders.app import vocabulary
from services.reminders.domain.occurrence import State
from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_parsing import parse
from services.reminders.domain.rule_sentences import open_ends, sentence_for
from services.reminders.domain.yaml_places import PlaybookError
from shared.contracts.base import EventData
from shared.contracts.firm import DocumentRequested, MatterClosed
from tests.reminders.over_memory import MONDAY, Reminders, client, new_config

PLAYBOOK = """\
playbook: ours
version: 1
on: document-requested
per: request_id
until: [document-received, {END}]
rules:
  our-chaser:
    at: {anchor: due_at, offset: -1d, time: "10:00"}
    then:
      send: {message: document-chaser, class: service, on-unknown: resend}
"""
CLOSED = MatterClosed(matter_id="m-1", client_id="c-1", closed_at=MONDAY)


def rules(end: str = "matter-closed: matter_id") -> tuple[PublishedRule, ...]:
    return parse("ours.yaml", PLAYBOOK.replace("END", end), vocabulary())


def asked(number: int, matter_id: str = "m-1") -> DocumentRequested:
    return DocumentRequested(
        request_id=f"r-{number}", client_id="c-1", matter_id=matter_id,
        due_at=MONDAY + timedelta(days=10),
    )  # fmt: skip


def planned(events: Sequence[tuple[datetime, EventData]]) -> list[str]:
    """What is still to be chased once all of these were heard, each of its own time."""
    reminders = Reminders(new_config(rules()))
    reminders.now = MONDAY + timedelta(hours=1)
    reminders.tell(client())
    for at, event in events:
        reminders.hear(event, time=at)
    return [each.thread for each in reminders.timers(State.PLANNED)]


def test_a_closed_matter_ends_what_was_asked_for_in_it_and_nothing_else() -> None:
    first, second, third = (MONDAY + timedelta(minutes=n) for n in range(3))
    told = [(first, asked(1)), (first, asked(2)), (second, asked(3, "m-2")), (third, CLOSED)]
    assert planned(told) == ["request_id:r-3"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_it_is_heard(order: tuple[int, ...]) -> None:
    happened = [asked(1), CLOSED, asked(2)]
    told = [(MONDAY + timedelta(minutes=n), happened[n]) for n in order]
    assert planned(told) == ["request_id:r-2"]


def test_the_rule_says_so_in_words_and_counts_as_undone() -> None:
    (only,) = rules()
    words = sentence_for(only.rule)
    assert "until document-received or matter-closed of its matter_id" in words
    assert open_ends(only.rule) == []


@pytest.mark.parametrize(
    ("end", "complaint"),
    [
        ("matter-closed: invoice_id", "they share: matter_id"),
        ("matter-closed: client_id", "they share: matter_id"),
        ("invoice-paid: invoice_id", "they share: none"),
        ("matter-shut: matter_id", "there is no event `matter-shut`"),
    ],
)
def test_what_cannot_be_found_is_refused_with_its_line(end: str, complaint: str) -> None:
    with pytest.raises(PlaybookError, match=complaint) as refused:
        rules(end)
    assert "ours.yaml:5" in str(refused.value)
