"""What does the desk hold of one client, and what becomes of it when they ask?

The timeline, what was noted of talks, and the tasks. What staff wrote to each other is named in an
access file and not told. That a wall held stays known.
"""

from dataclasses import replace
from typing import Any

from services.desk.domain.accesses import Access
from services.desk.domain.held_decisions import HeldDecision
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.notes import FollowUp, Note
from services.desk.domain.timeline import Entry
from services.desk.ports.accesses import ACCESSES
from services.desk.ports.clients import CARDS
from services.desk.ports.diary import DEADLINES, DIARY_LINES
from services.desk.ports.held_decisions import HELD
from services.desk.ports.inquiries import INQUIRIES
from services.desk.ports.notes import CONTACT_NOTES, FOLLOW_UPS, NOTES
from services.desk.ports.owed import OWED
from services.desk.ports.restrictions import KNOWN_MATTERS
from services.desk.ports.tasks import LISTED
from services.desk.ports.timeline import ENTRIES
from services.desk.workflow.clearing import (
    clear_entry,
    clear_task,
    needs_of_entry,
    needs_of_task,
)
from shared.engine.records import Cleared, Order, Part, Records
from shared.engine.records_ends import about_client, of_client
from shared.engine.records_parts import (
    REQUEST,
    by_about,
    by_client,
    by_key,
    own,
    with_about,
    with_client,
)
from shared.engine.records_told import plainly

AMONG_STAFF = "privileged: what staff of the firm wrote to each other"


def _tasks(order: Order) -> dict[str, Any]:
    return {**by_about(order), "d.kind": {"$ne": REQUEST}}


def _sealed_for_them(order: Order) -> dict[str, Any]:
    return {"d.person": {"$in": list(order.owners)}}


def _inquiries(order: Order) -> dict[str, Any]:
    asked = {"_id": {"$in": list(order.inquiry_ids)}}
    return {"$or": [asked, by_client(order)]}


def _accesses(order: Order) -> dict[str, Any]:
    subjects = [
        *(f"client:{each}" for each in order.client_ids),
        *(f"inquiry:{each}" for each in order.inquiry_ids),
        *(f"matter:{each}" for each in order.matter_ids),
    ]
    return {"x.subject": {"$in": subjects}}


def _look(access: Access) -> dict[str, Any] | None:
    """When somebody of the firm looked, and by which way; who it was is theirs."""
    if access.outcome != "opened":
        return None
    return {"at": access.at.isoformat(), "what": access.way}


def _refusals_alone(access: Access, _: Order) -> Access | None:
    """That a wall held stays known; who looked at somebody erased does not."""
    return access if access.outcome != "opened" else None


def _accessed(access: Access, _: str, survivor: str) -> Access:
    own = access.subject.startswith("client:")
    return replace(access, subject=f"client:{survivor}") if own else access


def _ids_alone(value: Any, _: Order) -> Any:
    """The diary of deadlines names matters and staff; it is how a firm shows that it watched."""
    return value


def _line(entry: Entry) -> dict[str, Any]:
    return {"at": entry.at.isoformat(), "what": entry.text, "because": entry.why.text}


def _task(task: ListedTask) -> dict[str, Any]:
    due = task.due_at.isoformat() if task.due_at is not None else None
    return {"title": task.title, "state": task.state, "due_at": due}


def _of_staff(_: Note | FollowUp | HeldDecision) -> str:
    return AMONG_STAFF


def _noted_for(note: Note, old: str, survivor: str) -> Note:
    return replace(note, person=f"client:{survivor}") if note.person == f"client:{old}" else note


def _said_already(held: HeldDecision, _: Order) -> HeldDecision | None:
    """One that is being passed on goes its way, and by itself some days later."""
    return held if held.due is not None else None


def _held_for(held: HeldDecision, old: str, survivor: str) -> HeldDecision:
    return replace(held, person=f"client:{survivor}") if held.person == f"client:{old}" else held


def _asked_for(asked: FollowUp, _: str, survivor: str) -> FollowUp:
    about = {**asked.about, "client_id": survivor}
    return replace(asked, about=about, person=f"client:{survivor}")


RECORDS = Records(
    parts=(
        Part(kind=CARDS, data_class="contact-data", found=by_key, moved=with_client, joined=own),
        Part(
            kind=INQUIRIES,
            data_class="contact-data",
            found=_inquiries,
            moved=with_client,
            joined=own,
        ),
        Part(kind=ENTRIES, data_class="timeline", found=by_client, told=_line, moved=with_client),
        Part(
            kind=CONTACT_NOTES, data_class="notes", found=by_client, told=plainly, moved=with_client
        ),
        Part(
            kind=NOTES,
            data_class="internal-notes",
            found=_sealed_for_them,
            withheld=_of_staff,
            moved=_noted_for,
        ),
        Part(
            kind=FOLLOW_UPS,
            data_class="internal-notes",
            found=_sealed_for_them,
            withheld=_of_staff,
            moved=_asked_for,
        ),
        Part(
            kind=HELD,
            data_class="internal-notes",
            found=_sealed_for_them,
            withheld=_of_staff,
            left=_said_already,
            moved=_held_for,
        ),
        Part(kind=LISTED, data_class="tasks", found=_tasks, told=_task, moved=with_about),
        Part(
            kind=DEADLINES,
            data_class="deadlines",
            found=by_client,
            told=plainly,
            left=_ids_alone,
            moved=with_client,
        ),
        Part(
            kind=DIARY_LINES,
            data_class="deadlines",
            found=by_client,
            left=_ids_alone,
            moved=with_client,
        ),
        Part(kind=OWED, data_class="commitments", found=by_about, told=plainly, moved=with_about),
        Part(kind=KNOWN_MATTERS, data_class="matters", found=by_client, moved=with_client),
        Part(
            kind=ACCESSES,
            data_class="access-log",
            found=_accesses,
            told=_look,
            left=_refusals_alone,
            moved=_accessed,
        ),
    ),
    cleared=(
        Cleared(kind=ENTRIES, found=of_client, clear=clear_entry, needs=needs_of_entry),
        Cleared(kind=LISTED, found=about_client, clear=clear_task, needs=needs_of_task),
    ),
)
