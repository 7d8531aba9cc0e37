"""Does shuffled and repeated input end in one state?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.clients import Client
from services.intake.domain.inquiries import Inquiry
from services.intake.ports import (
    CLIENTS,
    CONFLICT_INDEX,
    CONSENTS,
    INQUIRIES,
    MATTERS,
    PARTIES,
)
from shared.contracts.base import EventData
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from tests.fakes.memory import START, MemoryService
from tests.intake.office import closed, inquiry, intake, onboarded, opened, party, updated

Numbered = tuple[int, EventData]

STORY: list[EventData] = [
    onboarded(name="Erika Gabler", phone="+49 30 1", owner_id="s-1", practice_area="family"),
    updated(name="Erika Mustermann", email=None),
    updated(phone="+49 30 2", preferred_channel="phone"),
    onboarded(name="Erika Gabler", consents=[{"purpose": "marketing", "basis": "form"}]),
    opened(),
    closed(),
    opened("m-2"),
    party("Acme Ltd"),
    party("Acme Limited", "related"),
    party("Karl Koch", "client", n=2),
    inquiry("Zoe Bauer", "Karl Koch"),
    inquiry("Zoë Bauer", "Karl Kohl"),
    ConsentGranted(client_id="c-1", purpose="marketing", at=START),
    ConsentWithdrawn(client_id="c-1", purpose="marketing", at=START),
    ConsentWithdrawn(client_id="c-1", purpose="all", at=START),
]
numbered: list[Numbered] = list(enumerate(STORY))
KEPT: list[Any] = [CLIENTS, MATTERS, PARTIES, INQUIRIES, CONSENTS, CONFLICT_INDEX]


def heard(order: list[Numbered]) -> MemoryService:
    office = intake()
    for number, data in order:
        office.hear(data, id=f"e-{number}", time=START + timedelta(minutes=number))
    return office


def state(office: MemoryService) -> list[Any]:
    """What stands; how often a change was said on the way depends on the order."""
    return [[_as_it_stands(each) for each in office.all(kind)] for kind in KEPT]


def _as_it_stands(document: Any) -> Any:
    return replace(document, moves=0) if isinstance(document, Inquiry) else document


@given(st.permutations(numbered), st.lists(st.sampled_from(numbered), max_size=5))
def test_any_order_with_repeats_ends_in_the_same_state(
    order: list[Numbered], repeats: list[Numbered]
) -> None:
    assert state(heard([*order, *repeats])) == state(heard(numbered))


def client(*events: Numbered) -> Client:
    kept = heard(list(events)).get(CLIENTS, "c-1")
    assert kept is not None
    return kept


def test_a_change_heard_before_the_client_was_onboarded_holds() -> None:
    assert client((2, updated(name="Later")), (1, onboarded(name="Earlier"))).name == "Later"


def test_a_name_from_before_stays_known() -> None:
    kept = client((2, updated(name="Later")), (1, onboarded(name="Earlier")))
    assert kept.former_names == ("Earlier",)


def test_what_a_later_statement_leaves_out_stays() -> None:
    kept = client((1, onboarded(phone="+49 30 1")), (2, onboarded()))
    assert kept.phone == "+49 30 1"


def test_what_a_change_removes_is_gone() -> None:
    kept = client((1, onboarded(phone="+49 30 1")), (2, updated(phone=None)))
    assert kept.phone is None


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_closed_matter_is_closed_whenever_its_opening_is_heard(order: list[int]) -> None:
    events: list[EventData] = [opened(), closed()]
    (kept,) = heard([(n, events[n]) for n in order]).all(MATTERS)
    assert (kept.state, kept.owner_id) == ("closed", "s-owner")


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_withdrawal_holds_whenever_the_consent_is_heard(order: list[int]) -> None:
    events: list[EventData] = [
        ConsentGranted(client_id="c-1", purpose="marketing", at=START),
        ConsentWithdrawn(client_id="c-1", purpose="marketing", at=START),
    ]
    (kept,) = heard([(n, events[n]) for n in order]).all(CONSENTS)
    assert not kept.granted
