"""What does an event tell of the things that are counted?

One function for each event. What an event does not say of a thing another one does, earlier or
later: all of it comes together in the thing's one fact.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from services.feedback.domain import measures
from services.feedback.domain.fact import Told
from services.feedback.domain.plain_words import plainly
from shared.contracts import (
    commitments,
    concerns,
    feedback,
    firm,
    intake,
    promises,
    reminders,
    reputation,
)
from shared.contracts.envelope import Event
from shared.contracts.tasks import TaskEscalated

REVIEW_ASK = "review-ask-due"
OUTCOMES = {
    commitments.CommitmentMade.TYPE: None,
    commitments.CommitmentMet.TYPE: "met",
    commitments.CommitmentMissed.TYPE: "missed",
    commitments.CommitmentVoided.TYPE: "voided",
    reminders.ContactSent.TYPE: "sent",
    reminders.ContactDeferred.TYPE: "deferred",
    reminders.ContactSuppressed.TYPE: "suppressed",
    reminders.ContactFailed.TYPE: "failed",
    reminders.ContactUnknown.TYPE: "unknown",
}


def told_by(event: Event[Any]) -> tuple[Told, ...]:
    """Everything this event tells; nothing where it is of no measure."""
    told = TELLS[event.type](event)
    return tuple(replace(each, fields=plainly(each.fields)) for each in told)


def _inquiry(event: Event[firm.InquiryReceived]) -> Iterator[Told]:
    data = event.data
    said = {"at": event.time, "channel": data.channel, "referral": data.referral,
            "practice_area": data.practice_area, "inquiry_id": data.inquiry_id}  # fmt: skip
    yield Told(measure=measures.INQUIRIES, thing=data.inquiry_id, fields=said)
    waits = {"at": event.time, "kind": "inquiry", "inquiry_id": data.inquiry_id}
    yield Told(measure=measures.RESPONSES, thing=f"inquiry-{data.inquiry_id}", fields=waits)


def _moved(event: Event[intake.InquiryMoved]) -> Iterator[Told]:
    data = event.data
    said = {"phase": data.phase, "owner_id": data.owner_id, "client_id": data.client_id}
    yield Told(measure=measures.INQUIRIES, thing=data.inquiry_id, fields=said)


def _answered(event: Event[promises.InquiryAnswered]) -> Iterator[Told]:
    data = event.data
    said = {"answered_at": data.at}
    yield Told(measure=measures.INQUIRIES, thing=data.inquiry_id, fields=said)
    yield Told(measure=measures.RESPONSES, thing=f"inquiry-{data.inquiry_id}", fields=said)


def _commitment(event: Event[Any]) -> Iterator[Told]:
    data = event.data
    said = {
        "at": data.due_at, "standard": data.standard, "source": data.source, "what": data.what,
        "outcome": OUTCOMES[event.type], "owner_id": data.owner_id,
        "client_id": data.about.client_id, "inquiry_id": data.about.inquiry_id,
    }  # fmt: skip
    matter_id = data.about.matter_id
    yield Told(measure=measures.COMMITMENTS, thing=data.commitment_id, fields=said,
               matter_id=matter_id)  # fmt: skip


def _call(event: Event[promises.CallRequested]) -> Iterator[Told]:
    data = event.data
    said = {"at": data.at, "kind": "call", "client_id": data.client_id,
            "inquiry_id": data.inquiry_id}  # fmt: skip
    yield Told(measure=measures.RESPONSES, thing=f"call-{data.call_id}", fields=said)


def _returned(event: Event[promises.CallReturned]) -> Iterator[Told]:
    if event.data.reached:
        said = {"answered_at": event.data.at}
        yield Told(measure=measures.RESPONSES, thing=f"call-{event.data.call_id}", fields=said)


def _offer(event: Event[promises.OfferReceived]) -> Iterator[Told]:
    data = event.data
    said = {"at": data.at, "kind": "offer", "client_id": data.client_id}
    yield Told(measure=measures.RESPONSES, thing=f"offer-{data.offer_id}", fields=said,
               matter_id=data.matter_id)  # fmt: skip


def _conveyed(event: Event[promises.OfferConveyed]) -> Iterator[Told]:
    said = {"answered_at": event.data.at}
    yield Told(measure=measures.RESPONSES, thing=f"offer-{event.data.offer_id}", fields=said)


def _document(event: Event[firm.DocumentReceived]) -> Iterator[Told]:
    data = event.data
    said = {"at": event.time, "kind": "document", "client_id": data.client_id}
    yield Told(measure=measures.RESPONSES, thing=f"document-{data.request_id}", fields=said)


def _acknowledged(event: Event[promises.DocumentAcknowledged]) -> Iterator[Told]:
    said = {"answered_at": event.data.at}
    yield Told(measure=measures.RESPONSES, thing=f"document-{event.data.request_id}", fields=said)


def _invited(event: Event[feedback.FeedbackRequested]) -> Iterator[Told]:
    data = event.data
    said = {"at": event.time, "stage": data.stage, "client_id": data.client_id}
    yield Told(measure=measures.INVITED, thing=data.survey_id, fields=said,
               matter_id=data.matter_id)  # fmt: skip
    stage = {"stage": data.stage, "client_id": data.client_id}
    yield Told(measure=measures.SATISFACTION, thing=data.survey_id, fields=stage,
               matter_id=data.matter_id)  # fmt: skip


def _survey(event: Event[feedback.FeedbackSubmitted]) -> Iterator[Told]:
    data = event.data
    said = {
        "nps": data.score,
        "csat": data.satisfaction,
        "ces": data.ease,
        "client_id": data.client_id,
    }
    if data.revision == 1:  # a changed answer stays in the month of the first
        said["at"] = event.time  # type: ignore[assignment]  # fields are of any kind
    for measure, fields in (
        (measures.SATISFACTION, said),
        (measures.INVITED, {"answered": True}),
    ):
        yield Told(measure=measure, thing=data.survey_id, fields=fields, matter_id=data.matter_id)
    yield Told(
        measure=measures.ASKS,
        thing=_of_matter(data.matter_id),
        fields={"score": data.score},
        matter_id=data.matter_id,
    )


def _review(event: Event[firm.ReviewReceived]) -> Iterator[Told]:
    data = event.data
    said = {"at": data.posted_at, "stars": data.stars, "site": data.site,
            "location_id": data.location_id}  # fmt: skip
    yield Told(measure=measures.REVIEWS, thing=data.review_id, fields=said)


def _review_gone(event: Event[firm.ReviewRemoved]) -> Iterator[Told]:
    yield Told(measure=measures.REVIEWS, thing=event.data.review_id, fields={"removed": True})


def _replied(event: Event[reputation.ReviewResponsePublished]) -> Iterator[Told]:
    said = {"replied_at": event.time}
    yield Told(measure=measures.REVIEWS, thing=event.data.review_id, fields=said)


def _late(event: Event[TaskEscalated]) -> Iterator[Told]:
    data = event.data
    if data.level == 1:
        said = {"at": data.at, "kind": data.kind, "client_id": data.about.client_id,
                "task_id": data.task_id}  # fmt: skip
        yield Told(measure=measures.OVERDUE, thing=data.task_id, fields=said,
                   matter_id=data.about.matter_id)  # fmt: skip


def _concern(event: Event[concerns.ConcernClosed]) -> Iterator[Told]:
    data = event.data
    said = {"at": data.at, "kind": data.kind, "outcome": data.outcome,
            "cause_code": data.cause_code, "client_id": data.client_id}  # fmt: skip
    yield Told(measure=measures.CONCERNS, thing=data.concern_id, fields=said,
               matter_id=data.matter_id)  # fmt: skip


def _contact(event: Event[Any]) -> Iterator[Told]:
    data = event.data
    held = [each.gate for each in data.gates if each.verdict != "pass"]
    said = {"at": data.due_at, "outcome": OUTCOMES[event.type], "purpose": data.purpose,
            "gate": held[-1] if held else "", "reason": data.reason or "",
            "client_id": data.client_id}  # fmt: skip
    yield Told(measure=measures.AUTOMATION, thing=data.contact_id, fields=said)
    if event.type == reminders.ContactSent.TYPE and data.matter_id and _asks_for_review(data):
        yield Told(
            measure=measures.ASKS,
            thing=_of_matter(data.matter_id),
            fields={"sent": True},
            matter_id=data.matter_id,
        )


def _asks_for_review(data: reminders.ContactSent) -> bool:
    return data.rule_id == "review-ask"


def _ask_due(event: Event[reminders.ReviewAskDue]) -> Iterator[Told]:
    said = {"at": event.time, "client_id": event.data.client_id}
    matter_id = event.data.matter_id
    yield Told(measure=measures.ASKS, thing=_of_matter(matter_id), fields=said, matter_id=matter_id)


def _asked(event: Event[reputation.ReviewRequested]) -> Iterator[Told]:
    matter_id = event.data.matter_id
    yield Told(
        measure=measures.ASKS,
        thing=_of_matter(matter_id),
        fields={"asked": True},
        matter_id=matter_id,
    )


def _of_matter(matter_id: str) -> str:
    """What stands for the matter in an id that outlives who its client was."""
    return hashlib.sha256(matter_id.encode()).hexdigest()[:24]


Tell = Callable[[Event[Any]], Iterator[Told]]
TELLS: dict[str, Tell] = {
    firm.InquiryReceived.TYPE: _inquiry,
    intake.InquiryMoved.TYPE: _moved,
    promises.InquiryAnswered.TYPE: _answered,
    commitments.CommitmentMade.TYPE: _commitment,
    commitments.CommitmentMet.TYPE: _commitment,
    commitments.CommitmentMissed.TYPE: _commitment,
    commitments.CommitmentVoided.TYPE: _commitment,
    promises.CallRequested.TYPE: _call,
    promises.CallReturned.TYPE: _returned,
    promises.OfferReceived.TYPE: _offer,
    promises.OfferConveyed.TYPE: _conveyed,
    firm.DocumentReceived.TYPE: _document,
    promises.DocumentAcknowledged.TYPE: _acknowledged,
    feedback.FeedbackRequested.TYPE: _invited,
    feedback.FeedbackSubmitted.TYPE: _survey,
    firm.ReviewReceived.TYPE: _review,
    firm.ReviewRemoved.TYPE: _review_gone,
    reputation.ReviewResponsePublished.TYPE: _replied,
    TaskEscalated.TYPE: _late,
    concerns.ConcernClosed.TYPE: _concern,
    reminders.ContactSent.TYPE: _contact,
    reminders.ContactDeferred.TYPE: _contact,
    reminders.ContactSuppressed.TYPE: _contact,
    reminders.ContactFailed.TYPE: _contact,
    reminders.ContactUnknown.TYPE: _contact,
    reminders.ReviewAskDue.TYPE: _ask_due,
    reputation.ReviewRequested.TYPE: _asked,
}
