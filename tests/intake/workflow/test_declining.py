"""The firm does not act for somebody: are they told, and is nothing kept but the names?"""

from dataclasses import replace

import pytest

from services.intake.domain.inquiries import Inquiry
from services.intake.pages.inquiry_words import SHIPPED
from services.intake.ports import INQUIRIES
from shared.contracts.restrictions import RestrictionPlaced
from shared.requests.decisions import Actor
from shared.tasks import Task
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    DECLINED,
    OFFICER,
    inquiry,
    intake,
    onboarded,
    only_task,
    opened,
    party,
)

LAWYER = Actor(id="s-lawyer", roles=("lawyer",))


def asked_for_help(*known: str) -> MemoryService:
    """Somebody asked for help; these are known to be on the other side of somebody."""
    office = intake()
    for n, name in enumerate(known):
        office.hear(party(name, "adverse", matter_id=f"m-{n + 7}"))
    office.hear(inquiry("Zoe Bauer", "Karl Koch").model_copy(update={"phone": "+49 30 1"}))
    return office


def told_a_story() -> MemoryService:
    """The same, and they wrote what it is about."""
    office = asked_for_help()
    tell = replace(kept(office), story="The heating is off.")
    office._kept["inquiries"]["i-1"] = (tell, office.version(INQUIRIES, "i-1"))
    return office


def kept(office: MemoryService) -> Inquiry:
    found = office.get(INQUIRIES, "i-1")
    assert found is not None
    return found


def letter(office: MemoryService) -> Task:
    (task,) = office.tasks("decline-letter")
    return task


def not_taken(office: MemoryService) -> None:
    (task,) = office.tasks("inquiry-ready")
    office.decide(task.task_id, "not-taken", {"reason": "No capacity."}, actor=LAWYER)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_form_promises_to_say_so_and_then_to_keep_nothing_but_the_names(language: str) -> None:
    words = SHIPPED[language].agreed_hint
    promise = {
        "en": "we tell you so and then keep only the names",
        "de": "sagen wir es Ihnen und behalten dann nur die Namen",
    }
    assert promise[language] in words


def test_what_they_wrote_is_dropped_in_the_same_step() -> None:
    office = told_a_story()
    not_taken(office)
    assert (kept(office).story, kept(office).outcome) == (None, "not-taken")


@pytest.mark.parametrize(
    ("decision", "fields"),
    [("sent", {"sent_by": "e-mail"}), ("not-needed", {"reason": "They asked another firm."})],
)
def test_once_they_are_told_nothing_is_kept_but_the_names(
    decision: str, fields: dict[str, str]
) -> None:
    office = told_a_story()
    not_taken(office)
    office.decide(letter(office).task_id, decision, fields, actor=LAWYER)
    now = kept(office)
    assert (now.email, now.phone, now.story) == (None, None, None)
    assert (now.name, now.adverse_names) == ("Zoe Bauer", ("Karl Koch",))


def test_what_is_gone_does_not_come_back_when_the_inquiry_is_heard_again() -> None:
    office = asked_for_help()
    not_taken(office)
    office.decide(letter(office).task_id, "sent", {"sent_by": "post"}, actor=LAWYER)
    office.hear(inquiry("Zoe Bauer", "Karl Koch"), time=office.now.replace(hour=10))
    assert (kept(office).email, kept(office).phone) == (None, None)


def test_whoever_writes_sees_the_address_and_a_letter_that_warns_of_limitation() -> None:
    office = asked_for_help()
    not_taken(office)
    shown = office.view(letter(office).task_id, LAWYER)
    assert shown["contact"] == "+49 30 1, somebody@example.com"
    assert "Ansprüche können verjähren" in shown["letter"]["body"]
    assert "Zoe Bauer" in shown["letter"]["body"]


def test_an_inquiry_declined_by_the_officer_is_written_to_as_well() -> None:
    office = asked_for_help("Zoe Bauer")
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    assert letter(office).about == {"inquiry_id": "i-1"}
    assert office.tasks("inquiry-ready") == []


def test_a_client_the_firm_may_not_act_for_is_written_to_by_their_lawyer() -> None:
    office = intake()
    office.hear(party("Zoe Bauer", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Zoe Bauer", owner_id="s-owner"))
    office.hear(opened())
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)
    assert (letter(office).about, letter(office).owner_id) == ({"client_id": "c-1"}, "s-owner")
    shown = office.view(letter(office).task_id, LAWYER)
    assert shown["contact"] == "c-1@example.com"


def test_every_service_hears_that_an_inquiry_is_not_taken() -> None:
    office = asked_for_help()
    not_taken(office)
    (said,) = office.announced_of(RestrictionPlaced)
    assert (said.kind, said.effect, said.scope, said.inquiry_id) == (
        "declined",
        "stop",
        "inquiry",
        "i-1",
    )


def test_an_inquiry_by_telephone_is_answered_by_somebody_who_sees_the_name() -> None:
    office = intake()
    office.hear(inquiry("Zoe Bauer").model_copy(update={"channel": "phone"}))
    (task,) = office.tasks("inquiry-ready")
    assert office.view(task.task_id, LAWYER)["name"] == "Zoe Bauer"
