"""Services say what they did about a client's records: what follows?

When every one has, an access file is ready to be given to the client, and an erased client's events
are taken out of the stream. Once nothing is left there it is said, once, that they are erased.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.intake.domain.records_requests import Receipt, RecordsRequest
from services.intake.ports import RECORDS_REQUESTS
from services.intake.workflow.records_requests import say_ready
from shared.contracts.envelope import Event
from shared.contracts.records import ClientErased, RecordsConfirmed, Retained
from shared.people import ref_of
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork
from shared.tasks import TASKS


def needs_of_receipt(event: Event[RecordsConfirmed], _: ReadSoFar) -> Iterable[Need]:
    """The request and its task."""
    yield RECORDS_REQUESTS.one(event.data.request_id)
    yield TASKS.by("ref", event.data.request_id)


def take_receipt(event: Event[RecordsConfirmed], unit: UnitOfWork) -> None:
    """Note what one service did; the last one makes the request ready."""
    said = event.data
    request = unit.get(RECORDS_REQUESTS, said.request_id)
    if request is None or request.state not in ("ordered", "ready", "stream", "done"):
        return
    receipt = Receipt(
        done=said.done,
        count=said.n,
        at=said.at,
        retained=tuple(each.data_class for each in said.retained),
    )
    before = request.receipted
    after = replace(request, receipts={**request.receipts, said.service: receipt})
    if after.receipted and not before and request.state == "ordered":
        after = replace(after, state="stream" if request.asked == "erasure" else "ready")
        if after.state == "ready":
            say_ready(after, unit, event.id)
    unit.put(RECORDS_REQUESTS, after)


def needs_of_ending(request_id: str, _: ReadSoFar) -> Iterable[Need]:
    """The request."""
    yield RECORDS_REQUESTS.one(request_id)


def say_erased(request_id: str, unit: UnitOfWork) -> None:
    """Nothing is left of them but what the plan names; said once."""
    request = unit.get(RECORDS_REQUESTS, request_id)
    if request is None or request.state != "stream":
        return
    unit.put(RECORDS_REQUESTS, replace(request, state="done"))
    kept = kept_of(request)
    unit.announce(
        ClientErased(
            client_ref=ref_of(request.request_id),
            retained=tuple(
                Retained(data_class=each.data_class, reason=each.source, until=each.until)
                for each in request.keep
                if each.data_class in kept
            ),
            at=unit.now,
        )
    )


def kept_of(request: RecordsRequest) -> frozenset[str]:
    """The classes of which a service had something to keep."""
    return frozenset(name for each in request.receipts.values() for name in each.retained)
