"""How do a service's ``records.py`` say, in a word, where a person stands in a document?

By the id of the client in a field, in what a task is about, in the key, or by whose key seals it.
"""

from dataclasses import replace
from typing import Any

from shared.engine.records import Order, Part
from shared.mongo import Document
from shared.tasks import TASKS

REQUEST = "records-request"  # the task by which it was decided: it is how one knows who did


def by_client(order: Order) -> Document:
    """Documents with a field for the client."""
    return {"d.client_id": {"$in": list(order.client_ids)}}


def by_about(order: Order) -> Document:
    """What is about the client, as tasks and commitments are."""
    return {"d.about.client_id": {"$in": list(order.client_ids)}}


def by_key(order: Order) -> Document:
    """The one document of each id."""
    return {"_id": {"$in": list(order.client_ids)}}


def by_inquiry(order: Order) -> Document:
    """What was known of them while they asked for help."""
    return {"_id": {"$in": list(order.inquiry_ids)}}


def with_client(value: Any, _: str, survivor: str) -> Any:
    """The same, of the survivor."""
    return replace(value, client_id=survivor)


def with_about(value: Any, _: str, survivor: str) -> Any:
    """The same, about the survivor."""
    return replace(value, about={**value.about, "client_id": survivor})


def own(there: Any, _: Any) -> Any:
    """What the survivor has of their own stays as it is."""
    return there


def _of_task(order: Order) -> Document:
    return {**by_about(order), "d.kind": {"$ne": REQUEST}}


TASK_PART: Part[Any] = Part(
    kind=TASKS, data_class="tasks", found=_of_task, moved=with_about
)  # every service keeps those it asked for
