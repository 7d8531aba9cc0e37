"""Somebody complained, or people are at odds, and another system or the desk says so: what follows?

One concern per complaint and per dispute, however often it is told. Told again with further names,
these are barred from it, too. What is known from an import of the past sets nothing off.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from services.feedback.domain.concern import Concern, concern_id_for
from services.feedback.domain.practice import Practice
from services.feedback.ports import CLIENTS, CONCERNS, MATTERS
from services.feedback.workflow.knowing import follow_concern
from services.feedback.workflow.opening import begin
from shared.contracts.concerns import ComplaintReceived, DisputeOpened
from shared.contracts.envelope import Event
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, Why

COMPLAINT, DISPUTE = "complaint", "dispute"


def needs_of_complaint(event: Event[ComplaintReceived], unit: ReadSoFar) -> Iterable[Need]:
    """The concern it is already, if it is one, and whose matter it is about."""
    told = event.data
    yield CONCERNS.by("complaint", told.complaint_id)
    own_id = concern_id_for("complaint", told.complaint_id)
    yield CONCERNS.one(own_id)
    yield from _needs_of_whose(told.client_id, told.matter_id)
    for concern in unit.peek_all(CONCERNS, "complaint", told.complaint_id):
        yield from _needs_of_whose(concern.client_id, concern.matter_id)
        yield TASKS.by("ref", concern.concern_id)


def needs_of_dispute(event: Event[DisputeOpened], _: ReadSoFar) -> Iterable[Need]:
    """The concern it is already, if it is one, and whose matter it is about."""
    told = event.data
    concern_id = concern_id_for("dispute", told.dispute_id)
    yield CONCERNS.one(concern_id)
    yield TASKS.by("ref", concern_id)
    yield from _needs_of_whose(told.client_id, told.matter_id)


def complaint_received_with(
    practice: Practice,
) -> Callable[[Event[ComplaintReceived], UnitOfWork], None]:
    """The step that opens a complaint."""

    def complaint_received(event: Event[ComplaintReceived], unit: UnitOfWork) -> None:
        """Open it, due by when it was received; told again, only further names count."""
        told, parties = event.data, parties_of(event.data)
        known = unit.find(CONCERNS, "complaint", told.complaint_id)
        if known:
            _bar_also(known[0], parties, unit)
            return
        if event.history:
            return
        concern = Concern(
            concern_id=concern_id_for("complaint", told.complaint_id),
            kind="complaint",
            type=told.type,
            complaint_id=told.complaint_id,
            client_id=told.client_id,
            matter_id=told.matter_id,
            parties=parties,
            received_at=told.at,
        )
        text = "A client, or somebody for them, complained."
        why = Why(event_id=event.id, rule_id="every-complaint-is-led", text=text)
        begin(concern, COMPLAINT, why, practice, unit)

    return complaint_received


def dispute_opened_with(
    practice: Practice,
) -> Callable[[Event[DisputeOpened], UnitOfWork], None]:
    """The step that opens a dispute."""

    def dispute_opened(event: Event[DisputeOpened], unit: UnitOfWork) -> None:
        """Open it for somebody who is none of its sides."""
        told = event.data
        concern_id = concern_id_for("dispute", told.dispute_id)
        known = unit.get(CONCERNS, concern_id)
        if known is not None:
            _bar_also(known, told.staff_ids, unit)
            return
        if event.history:
            return
        concern = Concern(
            concern_id=concern_id,
            kind="dispute",
            client_id=told.client_id if told.parties == "client-staff" else None,
            matter_id=told.matter_id,
            parties=tuple(dict.fromkeys(told.staff_ids)),
            received_at=told.at,
        )
        text = "People of the firm are at odds, with each other or with a client."
        why = Why(event_id=event.id, rule_id="every-dispute-is-led", text=text)
        begin(concern, DISPUTE, why, practice, unit, by=told.by)

    return dispute_opened


def parties_of(told: ComplaintReceived) -> tuple[str, ...]:
    """Whom of the firm it is about."""
    if told.about_staff is None:
        return ()
    return (told.about_staff,) if isinstance(told.about_staff, str) else told.about_staff


def _needs_of_whose(client_id: str | None, matter_id: str | None) -> Iterable[Need]:
    if client_id is not None:
        yield CLIENTS.one(client_id)
    if matter_id is not None:
        yield MATTERS.one(matter_id)


def _bar_also(concern: Concern, parties: tuple[str, ...], unit: UnitOfWork) -> None:
    further = tuple(each for each in parties if each not in concern.parties)
    if further:
        wider = replace(concern, parties=(*concern.parties, *dict.fromkeys(further)))
        unit.put(CONCERNS, wider)
        follow_concern(wider, "It is about somebody else of the firm, too.", unit)
