"""Is whoever is about to deal with a client told how they wish to be met?"""

import asyncio
from dataclasses import replace
from typing import Any, cast

import pytest

from services.intake.api.cards import CardRequest, answer_cards
from services.intake.domain.clients import Client
from services.intake.ports import CLIENTS
from shared.contracts.cards import CardTold
from shared.contracts.envelope import Cause
from shared.contracts.intake import ConsentWithdrawn
from shared.engine.runtime import Runtime
from shared.errors import RuleError
from shared.requests.decisions import Actor
from tests.fakes.memory import START, MemoryService
from tests.fakes.runtime import MemoryRuntime
from tests.intake.office import (
    OFFICER,
    PARTNER,
    UNDERSTOOD,
    closed,
    intake,
    onboarded,
    opened,
    over,
    party,
    talked,
    updated,
)

MANNERS = {"preferred_name": "Anni", "pronunciation": "SHMIT", "salutation": "Dr.",
           "contact_person": "Karl Schmidt", "interpreter": "Polish"}  # fmt: skip


def card(office: MemoryService, actor: Actor = PARTNER, client_id: str = "c-1") -> CardTold:
    runtime = cast("Runtime", MemoryRuntime(office))
    asked = CardRequest(client_id=client_id, actor=actor)

    async def ask() -> Any:
        return await answer_cards(runtime, asked)

    return cast("CardTold", asyncio.run(ask()))


def test_how_a_client_wishes_to_be_met_is_told() -> None:
    office = intake()
    office.hear(onboarded(phone="+49 30 1234", **MANNERS))
    told = card(office)
    assert {name: getattr(told, name) for name in MANNERS} == MANNERS
    assert (told.locale, told.timezone) == ("de-DE", "Europe/Berlin")
    assert (told.email, told.phone) == ("c-1@example.com", "+49 30 1234")


def test_what_is_changed_or_removed_later_counts() -> None:
    office = intake()
    office.hear(onboarded(**MANNERS))
    office.hear(updated(preferred_name="Anna", interpreter=None))
    told = card(office)
    assert (told.preferred_name, told.interpreter, told.salutation) == ("Anna", None, "Dr.")


def test_consents_say_who_gave_them_to_whom_and_when() -> None:
    office = intake()
    office.hear(
        onboarded(consents=[{"purpose": "feedback", "basis": "engagement letter",
                             "given_at": "2025-03-01T09:00:00Z"}])
    )  # fmt: skip
    withdrawn = ConsentWithdrawn(client_id="c-1", purpose="marketing", at=START, by="client")
    office.hear(withdrawn, source="urn:clientele:intake")
    feedback, marketing = sorted(card(office).consents, key=lambda each: each.purpose)
    assert (feedback.granted, feedback.by, feedback.basis) == (True, "firm", "engagement letter")
    assert (feedback.at or "").startswith("2025-03-01T09:00")
    assert feedback.source == "urn:firm:test"
    assert (marketing.granted, marketing.by) == (False, "client")


def test_matters_come_the_open_ones_first_with_their_people() -> None:
    office = intake()
    office.hear(onboarded())
    for each in (opened("m-1"), opened("m-2"), closed("m-1"), party("Karl Bauer", matter_id="m-2")):
        office.hear(each)
    told = card(office)
    assert [(m.matter_id, m.state, m.owner_id) for m in told.matters] == [
        ("m-2", "open", "s-owner"), ("m-1", "closed", "s-owner"),
    ]  # fmt: skip
    assert [(p.name, p.role, p.matter_id) for p in told.people] == [
        ("Karl Bauer", "adverse", "m-2")
    ]


def test_of_whom_nobody_spoke_and_of_who_was_erased_nothing_is_known() -> None:
    office = intake()
    assert card(office, client_id="c-9").known is False
    office.hear(onboarded(**MANNERS))
    cause = Cause("urn:test", "erase", "erase", "erase", None, START)
    erased = replace(cast("Client", office.get(CLIENTS, "c-1")), name=None, preferred_name=None)
    office.act(lambda u: u.put(CLIENTS, erased), lambda _: [CLIENTS.one("c-1")], cause)
    assert card(office) == CardTold(client_id="c-1", known=False)


def test_only_who_works_with_clients_is_told() -> None:
    office = intake()
    office.hear(onboarded())
    assert card(office, OFFICER).known
    with pytest.raises(RuleError, match="Clients are seen by"):
        card(office, Actor(id="oskar", roles=("ops",)))


def test_notes_are_told_once_something_is_noted_the_newest_first() -> None:
    office = intake()
    office.hear(onboarded())
    note_id = talked(office, said="Much.", next_step="A letter")
    office.hear(over(START, appointment_id="a-2"))
    (told,) = card(office).notes
    assert (told.note_id, told.state, told.by) == (note_id, "asked", PARTNER.id)
    assert (told.understood, told.said, told.next_step) == (UNDERSTOOD, "Much.", "A letter")
    (later,) = office.tasks("appointment-outcome")
    office.decide(later.task_id, "missed-by-client", {"happened": "Nobody came."}, actor=PARTNER)
    assert [each.outcome for each in card(office).notes] == ["missed-by-client", "held"]
