"""A client wants to see what the firm holds of them, or to be forgotten: what follows?

A person is asked, with a plan. Once they have seen who asks and let it go ahead, every service is
told; what a hold forbids is refused with its reason. The month in which the client has to be
answered (GDPR Art. 12(3)) is kept by a rule, which ends when it is said that they were.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from services.intake.domain.records_requests import (
    Asked,
    Keeping,
    RecordsRequest,
    keepings,
)
from services.intake.domain.restrictions import FIRM, holds
from services.intake.ports import (
    CLIENTS,
    INQUIRIES,
    MATTERS,
    RECORDS_REQUESTS,
    RESTRICTIONS,
    FirmConfig,
)
from shared.contracts.envelope import Event
from shared.contracts.records import (
    AccessRequested,
    ErasureRequested,
    RecordsAnswered,
    RecordsOrdered,
    Retained,
)
from shared.errors import RuleError
from shared.people import PEOPLE, every_id
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS, About, Decision, Task, Why, complete_task, open_task, update_task

KIND = "records-request"
TITLES: dict[Asked, str] = {
    "access": "A client wants to see what the firm holds of them",
    "erasure": "A client wants to be erased",
}
WHY = "They asked on {day}. The law gives a month to answer (GDPR Art. 12(3))."
READY = "The file can be given to them: every service has told what it holds."
HELD = "A hold forbids to erase ({kinds}): refuse, or have it lifted first."
RequestEvent = Event[AccessRequested] | Event[ErasureRequested]


def needs_of_request(event: RequestEvent, _: ReadSoFar) -> Iterable[Need]:
    """The request, if it came before, and whose it is."""
    yield RECORDS_REQUESTS.one(event.data.request_id)
    yield CLIENTS.one(event.data.client_id)


def take_request(config: FirmConfig, event: RequestEvent, unit: UnitOfWork) -> None:
    """Ask a person to answer it; a request said twice is one."""
    said = event.data
    asked: Asked = "access" if isinstance(said, AccessRequested) else "erasure"
    request = RecordsRequest(
        request_id=said.request_id,
        asked=asked,
        client_id=said.client_id,
        at=said.at,
        taken_by=said.by,
    )
    if unit.get(RECORDS_REQUESTS, said.request_id) is not None:
        return
    unit.put(RECORDS_REQUESTS, request)
    client = unit.get(CLIENTS, said.client_id)
    day = f"{config.times.calendar.day_of(said.at):%-d %B %Y}"
    open_task(
        unit,
        kind=KIND,
        ref=said.request_id,
        about=About(client_id=said.client_id, request_id=said.request_id),
        title=TITLES[asked],
        why=Why(event_id=event.id, text=WHY.format(day=day)),
        due_at=config.times.records_due(said.at),
        priority="high",
        owner_id=client.owner_id if client is not None else None,
    )


def needs_of_deciding(_: object, task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The request, and everything that belongs to the client."""
    yield RECORDS_REQUESTS.one(task.ref)
    request = unit.peek(RECORDS_REQUESTS, task.ref)
    if request is None:
        return
    yield from needs_of_holds(request.client_id, unit)
    for client_id in every_id(request.client_id, unit):
        yield CLIENTS.one(client_id)
        yield INQUIRIES.by("client", client_id)


def needs_of_holds(client_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """A client by every id, their matters, and whatever forbids to erase one of these."""
    yield RESTRICTIONS.by("subject", FIRM)
    for each in every_id(client_id, unit):
        yield PEOPLE.by("into", each)
        yield MATTERS.by("client", each)
        yield RESTRICTIONS.by("subject", f"client:{each}")
        for matter in unit.peek_all(MATTERS, "client", each):
            yield RESTRICTIONS.by("subject", f"matter:{matter.matter_id}")


def decide(config: FirmConfig, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    """Let it go ahead, refuse it, or say that the client has the file."""
    request = unit.get(RECORDS_REQUESTS, task.ref)
    if request is None:
        raise RuleError("This request is not known any more.", code="unknown-request")
    if decision.decision == "refuse":
        _refuse(request, decision, task, unit)
    elif decision.decision == "given":
        _given(request, decision, task, unit)
    else:
        _go(config, request, decision, task, unit)


def _refuse(request: RecordsRequest, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    if request.state not in ("open", "ready"):
        raise RuleError("This is under way already.", code="not-open")
    unit.put(
        RECORDS_REQUESTS,
        replace(
            request,
            state="refused",
            exemption=str(decision.fields["exemption"]),
            reason=str(decision.fields["reason"]),
            decided_by=decision.actor.id,
            decided_at=unit.now,
        ),
    )
    _answer(request, "refused", decision, unit)
    complete_task(unit, task, decision.decision, decision.actor.id)


def _given(request: RecordsRequest, decision: Decision, task: Task, unit: UnitOfWork) -> None:
    if request.state != "ready":
        raise RuleError(
            "Let it go ahead first; the file is ready once every service has told what it holds.",
            code="not-ready",
        )
    unit.put(RECORDS_REQUESTS, replace(request, state="done"))
    _answer(request, "granted", decision, unit)
    complete_task(unit, task, decision.decision, decision.actor.id)


def _go(
    config: FirmConfig, request: RecordsRequest, decision: Decision, task: Task, unit: UnitOfWork
) -> None:
    if request.state != "open":
        raise RuleError("This is under way already.", code="not-open")
    erase = request.asked == "erasure"
    ids = every_id(request.client_id, unit)
    if erase:
        _check_holds(ids, unit)
    after = replace(
        planned(config, request, unit),
        state="ordered",
        identity=str(decision.fields["identity"]),
        decided_by=decision.actor.id,
        decided_at=unit.now,
        merged_ids=tuple(each for each in ids if each != request.client_id),
        inquiry_ids=tuple(
            each.inquiry_id
            for client_id in ids
            for each in unit.find(INQUIRIES, "client", client_id)
        ),
    )
    unit.put(RECORDS_REQUESTS, after)
    if erase:  # said first: after the order nothing more is heard of them
        _answer(request, "granted", decision, unit)
        complete_task(unit, task, decision.decision, decision.actor.id)
    unit.announce(_order(after, ids, unit))


def _order(request: RecordsRequest, ids: list[str], unit: UnitOfWork) -> RecordsOrdered:
    matters = (each for client_id in ids for each in unit.find(MATTERS, "client", client_id))
    return RecordsOrdered(
        request_id=request.request_id,
        client_id=request.client_id,
        do="erase" if request.asked == "erasure" else "export",
        merged_ids=request.merged_ids,
        inquiry_ids=request.inquiry_ids,
        matter_ids=tuple(each.matter_id for each in matters),
        keep=tuple(
            Retained(data_class=each.data_class, reason=each.source, until=each.until)
            for each in request.keep
        ),
        at=unit.now,
    )


def _answer(request: RecordsRequest, outcome: Any, decision: Decision, unit: UnitOfWork) -> None:
    unit.announce(
        RecordsAnswered(
            request_id=request.request_id,
            client_id=request.client_id,
            asked=request.asked,
            outcome=outcome,
            exemption=decision.fields.get("exemption") if outcome == "refused" else None,
            by=decision.actor.id,
            at=unit.now,
        )
    )


def planned(config: FirmConfig, request: RecordsRequest, unit: UnitOfWork) -> RecordsRequest:
    """The request with what would be kept if the client were erased now."""
    if request.asked != "erasure":
        return request
    ids = every_id(request.client_id, unit)
    matters = [each for client_id in ids for each in unit.find(MATTERS, "client", client_id)]
    zone = config.times.calendar.zone
    return replace(request, keep=keepings(config.retention, matters, unit.now, zone))


def held(client_id: str, unit: UnitOfWork) -> list[str]:
    """Which kinds of hold forbid to erase this client."""
    ids = every_id(client_id, unit)
    matters = (each for one in ids for each in unit.find(MATTERS, "client", one))
    about = [FIRM, *(f"client:{each}" for each in ids), *(f"matter:{m.matter_id}" for m in matters)]
    found = (each for place in about for each in unit.find(RESTRICTIONS, "subject", place))
    return [each.kind for each in holds(found, unit.now)]


def _check_holds(ids: list[str], unit: UnitOfWork) -> None:
    kinds = held(ids[0], unit)
    if kinds:
        said = ", ".join(sorted({each.replace("-", " ") for each in kinds}))
        raise RuleError(HELD.format(kinds=said), code="held")


def needs_of_showing(task: Task, unit: ReadSoFar) -> Iterable[Need]:
    """The request, and what a plan is made of."""
    return needs_of_deciding(None, task, unit)


def show(config: FirmConfig, task: Task, unit: UnitOfWork, _: object) -> dict[str, Any]:
    """Whose request, the plan, what forbids it, and what each service has done."""
    request = unit.get(RECORDS_REQUESTS, task.ref)
    if request is None:
        return {}
    client = unit.peek(CLIENTS, request.client_id)
    now = planned(config, request, unit) if request.state == "open" else request
    matters = [m for each in every_id(request.client_id, unit)
               for m in unit.find(MATTERS, "client", each)]  # fmt: skip
    return {
        "name": (client.name if client is not None else None) or "",
        "asked": request.asked,
        "asked_at": request.at.isoformat(),
        "holds": held(request.client_id, unit) if request.asked == "erasure" else [],
        "open_matters": [each.matter_id for each in matters if each.state == "open"],
        "plan": [_row(each) for each in now.keep] if request.asked == "erasure" else [],
        "receipts": {name: each.count for name, each in sorted(request.receipts.items())},
        "file": request.request_id if request.state == "ready" else "",
    }


def _row(kept: Keeping) -> dict[str, str]:
    return {
        "class": kept.data_class,
        "plan": kept.plan,
        "source": kept.source,
        "until": kept.until.isoformat() if kept.until is not None else "",
    }


def say_ready(request: RecordsRequest, unit: UnitOfWork, event_id: str) -> None:
    """The file is complete: whoever answers the request sees so."""
    for task in unit.find(TASKS, "ref", request.request_id):
        if task.state == "open":
            update_task(unit, task, why=Why(event_id=event_id, text=READY))
