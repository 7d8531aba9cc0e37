"""/tasks/{id}: what must I do, why, and what has happened?

The form comes from the task's own fields, and whatever is decided there is put to its owner. What
the owner refuses stands at its field; nothing that was typed is lost.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from services.desk.api.decisions import DecisionBody
from services.desk.api.problems import ProblemError, problem_of
from services.desk.api.shapes import TaskShape
from services.desk.api.task_view import full_task, listed_task, row_and_task
from services.desk.domain.held_decisions import HeldDecision, is_draft
from services.desk.domain.holding import may_decide
from services.desk.domain.listed_task import ListedTask
from services.desk.domain.staff import StaffMember, may_lead
from services.desk.pages.by_two import agreed, for_others, waits_of
from services.desk.pages.client_card import card_of
from services.desk.pages.concern_progress import progress_of
from services.desk.pages.deciding import decide_or_hold
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.guard_findings import Finding, findings_in
from services.desk.pages.held_words import held_words
from services.desk.pages.inbox_rows import called, rows_of
from services.desk.pages.language import _, retold
from services.desk.pages.next_task import place_after
from services.desk.pages.presence import at_task
from services.desk.pages.presence import said as said_of
from services.desk.pages.promised import promised_to
from services.desk.pages.recovery_clocks import clocks_of
from services.desk.pages.restriction_words import banners_of
from services.desk.pages.task_form import NOT_TYPED, filled_in, forms_of, places
from services.desk.pages.task_history import history_lines
from services.desk.pages.task_notes import keep_note, note_in, some_note_in
from services.desk.pages.visitor import (
    Sent,
    SentForm,
    Visit,
    Visitor,
    go,
    names_of,
    own_place,
)
from services.desk.pages.words import ago
from services.desk.ports.held_decisions import HELD
from services.desk.workflow.asking_for_records import may_take_down
from shared.errors import RuleError, TemporaryError
from shared.web.forms import whole

router = APIRouter()
SETTLED_MEANWHILE = ("not-open", "being-decided")


@dataclass(frozen=True, slots=True)
class Said:
    """What a person was about to say, and what is wrong with it."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    stale: ProblemError | None = None
    seen: int = 0
    status: int = 200
    refused: str = ""  # the id of a decision that was not accepted any more when it was passed on


NOTHING = Said()


@router.get("/tasks/{task_id}")
async def show_task(request: Request, visit: Visitor, task_id: str) -> Response:
    """The task, with everything this person needs to decide it."""
    return await _page(visit, task_id, NOTHING, request.query_params)


@router.post("/tasks/{task_id}/decide")
async def decide_task(form: Sent, task_id: str) -> Response:
    """Put a decision to the task's owner."""
    visit, typed = form.visit, form.typed.plain()
    shape = await full_task(visit.context.desk, task_id, visit.person)
    note = note_in(form.typed) if typed.get("beside") else ""
    if note and _is_asked_for(shape, typed):
        typed["note"] = note  # one note: whichever of the two boxes it was typed into
        typed.pop("beside")
    elif note:
        await keep_note(form, task_id, note)  # whatever becomes of the decision
        typed.pop("beside")
    try:
        body = agreed(shape, typed) or DecisionBody(
            decision=typed.get("decision", ""),
            fields=filled_in(shape, typed),
            version=whole(typed.get("version", "")),
        )
        after = await decide_or_hold(form, task_id, body, typed)
    except ProblemError as no:
        return await _refused(visit, shape, typed, no)
    except RuleError as no:
        if no.code not in SETTLED_MEANWHILE:
            raise
        return await _refused(visit, shape, typed, problem_of(no))
    except TemporaryError:
        message = _("The service that owns this task is away. Nothing was decided; try again.")
        return await _page(visit, task_id, Said(typed, {"": message}, status=503))
    except (ValidationError, ValueError):
        return await _page(visit, task_id, Said(typed, {"": _("Choose one decision.")}, status=422))
    return await _decided(form, shape, after, typed)


@router.post("/tasks/{task_id}/note")
async def add_note(form: Sent, task_id: str) -> Response:
    """Keep a note for colleagues; a decision that was begun beside it stays as it was typed."""
    visit, typed = form.visit, form.typed.plain()
    change = await keep_note(form, task_id, some_note_in(form.typed))
    outcome_id = await keep_outcome(form, _("Note added."), [change])
    back = own_place(typed.get("back", ""))
    if typed.pop("beside", None) is None:
        return go(with_outcome(back, outcome_id))
    shape = await full_task(visit.context.desk, task_id, visit.person)
    if any(typed.get(each.name) for each in shape.fields):
        return await _page(visit, task_id, Said(typed), {"did": outcome_id})
    place = f"/tasks/{task_id}?{urlencode({'back': back})}"
    return go(with_outcome(place, outcome_id))


def _is_asked_for(shape: TaskShape, typed: Mapping[str, str]) -> bool:
    """Whether this decision needs a note, and none stands in its own form."""
    decision = typed.get("decision", "")
    needs = any(each.name == "note" and decision in each.required_for for each in shape.fields)
    return needs and not typed.get("note", "").strip()


async def _decided(
    form: SentForm,
    shape: TaskShape,
    after: ListedTask | HeldDecision,
    typed: Mapping[str, str],
) -> Response:
    """On to the next task, or to the next step of this one."""
    labels = {each.name: each.label for each in shape.decisions}
    done = retold(labels.get(typed.get("decision", ""), "")) or _("Decided")
    what = f"{done}. {retold(shape.title)}"
    back = own_place(typed.get("back", ""))
    if isinstance(after, ListedTask) and after.first is not None:
        what = _("Kept until a second person agrees: {what}").format(what=what)
    if isinstance(after, ListedTask) and after.state == "open":
        return go(with_outcome(f"/tasks/{after.task_id}", await keep_outcome(form, what)))
    held = after.decision_id if isinstance(after, HeldDecision) else None
    outcome_id = await keep_outcome(form, _("Done: {what}").format(what=what), held=held)
    listed = await listed_task(form.visit.context.desk, shape.task_id)
    return go(with_outcome(await place_after(form.visit, listed, back), outcome_id))


async def _refused(
    visit: Visit, shape: TaskShape, typed: Mapping[str, str], no: ProblemError
) -> Response:
    """The page again, with what was typed and the refusal where it belongs."""
    if no.status == 404 or (no.status == 403 and no.code in ("barred", "screened", "wrong-role")):
        raise no
    shown = next((str(each.value or "") for each in shape.fields if each.name == "text"), "")
    findings = findings_in(no.detail, typed.get("text", shown))
    errors = {each["field"]: each["message"] for each in no.errors} or {"": no.detail}
    if findings:
        errors = {"text": _("This reply may not go out as it is: see each phrase below the text.")}
    said = Said(
        typed=typed,
        errors=errors,
        findings=findings,
        stale=no if no.code in ("stale-version", *SETTLED_MEANWHILE) else None,
        seen=whole(typed.get("version", "")),
        status=no.status,
    )
    return await _page(visit, shape.task_id, said)


async def _begun(visit: Visit, task: ListedTask) -> Said:
    """What this person typed into a decision that came to nothing: it stands in the form again."""
    unit = await visit.context.desk.runtime.look(lambda _: [HELD.by("task", task.task_id)])
    own = [each for each in unit.find(HELD, "task", task.task_id) if each.by == visit.id]
    last = max(own, key=lambda each: each.at, default=None)
    if last is None or not is_draft(last, visit.id, task.version):
        return NOTHING
    typed = {**json.loads(last.typed), "decision": last.decision}
    if last.state != "refused":
        return Said(typed)
    no = ProblemError(409, last.message, code=last.code)
    return Said(
        typed, {"": retold(last.message)}, stale=no, seen=last.version, refused=last.decision_id
    )


def _lawyers(staff: Iterable[StaffMember], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    leading = [each.staff_id for each in staff if each.active and may_lead(each)]
    return tuple(sorted(((id, names[id]) for id in leading), key=lambda each: each[1]))


def _colleagues(
    staff: Iterable[StaffMember], names: Mapping[str, str], task: ListedTask
) -> list[tuple[str, str]]:
    """Whom it may be given."""
    return [
        (each.staff_id, names[each.staff_id])
        for each in staff
        if each.active and may_decide(task, each) and each.staff_id != task.owner_id
    ]


async def _page(
    visit: Visit, task_id: str, said: Said, params: Mapping[str, str] | None = None
) -> Response:
    desk = visit.context.desk
    listed, task = await row_and_task(desk, task_id, visit.person)
    if said is NOTHING:
        said = await _begun(visit, listed)
    now = desk.runtime.clock.now()
    staff = await desk.staff.everybody()
    names = await names_of(visit.context, [each.staff_id for each in staff])
    row = (await rows_of(desk, [listed], visit.id, names))[0]
    forms = forms_of(task, said.typed, _lawyers(staff, names))
    values = {each.name: each.value for each in task.fields}
    return visit.page(
        "task.html",
        said.status,
        task=task,
        row=row,
        said=said,
        clients=await called(desk, (hit.get("client_id") for hit in values.get("hits") or ())),
        who=await card_of(visit, row.client_id, names) if row.client_id else None,
        clocks=await clocks_of(desk, listed, row.due, visit.person),
        progress_of=progress_of(values, names, now, desk.zone),
        values=values,
        forms=forms,
        targets=places(forms, said.typed.get("decision", "")),
        errors=said.errors,
        **_of_others(task, visit.id, names),
        findings=said.findings,
        names=names,
        colleagues=_colleagues(staff, names, listed),
        decided=[each for each in task.fields if each.kind not in NOT_TYPED and each.value],
        opened=ago(listed.history[0].at, now) if listed.history else "",
        history=history_lines(task, listed, names, now, desk.zone, said.seen),
        others=said_of(await at_task(visit, task_id, open=False), names, now),
        held=held_words(listed, visit.id, names, now, desk.zone),
        outcome=await shown_outcome(visit, (params or {}).get("did", "")),
        **await _around(visit, listed.about),
        back=own_place((params or {}).get("back", "") or said.typed.get("back", "")),
    )


def _of_others(task: TaskShape, own_id: str, names: Mapping[str, str]) -> dict[str, Any]:
    """What of it lies with other people."""
    return {"waits": waits_of(task, own_id, names), "for_others": for_others(task)}


async def _around(visit: Visit, about: Mapping[str, str]) -> dict[str, Any]:
    """What else whoever deals with it must know of whom it is about."""
    return {
        "promised": await promised_to(visit, about.get("client_id")),
        "in_the_way": await banners_of(visit, about),
        "way_out": _restrictions_of(about),
        "may_take_down": may_take_down(visit.person, visit.context.desk.firm_roles),
    }


def _restrictions_of(about: Mapping[str, str]) -> str:
    """Where the page stands of whom the task is about."""
    if "client_id" in about:
        return f"/clients/{about['client_id']}"
    return f"/inquiries/{about['inquiry_id']}" if "inquiry_id" in about else ""
