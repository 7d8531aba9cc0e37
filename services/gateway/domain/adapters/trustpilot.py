"""How are Trustpilot's reviews read? One delivery may tell of several."""

from typing import Any

from services.gateway.domain.reading import (
    Adapter,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    instant_at,
    text_at,
)
from services.gateway.domain.saying import Saying
from shared.contracts.refusals import refuse

SITE, DATA = "trustpilot", "eventData"
WRITTEN = ("service-review-created", "service-review-updated")
REMOVED = "service-review-deleted"
PATHS = {
    "review_id": f"events[].{DATA}.id",
    "stars": f"events[].{DATA}.stars",
    "text": f"events[].{DATA}.title and text",
    "author_name": f"events[].{DATA}.consumer.name",
    "url": f"events[].{DATA}.link",
}


def read(payload: Payload, _: FirmDefaults) -> Reading:
    """Each review that was written, changed or taken away."""
    events = found_at(payload, "events")
    if not isinstance(events, list) or not all(isinstance(each, dict) for each in events):
        raise refuse("events", "must be a list of what happened")
    said = tuple(saying for each in events if (saying := _saying(each)) is not None)
    return Reading(said) if said else Reading(nothing="nothing follows from it")


def _saying(event: Payload) -> Saying | None:
    name = text_at(event, "eventName")
    if name == REMOVED:
        data = {"review_id": text_at(event, f"{DATA}.id"), "site": SITE}
        return Saying("review-removed", data, paths=PATHS)
    return _written(event) if name in WRITTEN else None


def _written(event: Payload) -> Saying:
    optional: dict[str, Any] = {
        "text": "\n\n".join(filter(None, (_said(event, "title"), _said(event, "text")))),
        "author_name": _said(event, "consumer.name"),
        "url": _said(event, "link"),
    }
    data = {
        "review_id": text_at(event, f"{DATA}.id"),
        "site": SITE,
        "stars": found_at(event, f"{DATA}.stars"),
        "posted_at": instant_at(event, f"{DATA}.createdAt").isoformat(),
        **{name: each for name, each in optional.items() if each},
    }
    return Saying("review-received", data, paths=PATHS)


def _said(event: Payload, name: str) -> str:
    value = found_at(event, f"{DATA}.{name}")
    return text_at(event, f"{DATA}.{name}").strip() if value not in (None, "") else ""


TRUSTPILOT = Adapter(
    name=SITE,
    read=read,
    scheme="address",
    never_kept=frozenset({"referenceId", "referralEmail", "consumer_email", "tags"}),
)
