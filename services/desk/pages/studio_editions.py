"""/studio/editions: what was proposed, what is in force, what was before, and who decided?

A second person approves exactly what the page shows: its hash goes with the form.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.held_words import decided_by_task
from services.desk.pages.language import N_, Words, _
from services.desk.pages.studio_asking import ask_studio, at, in_force_words, typed_text
from services.desk.pages.studio_simulation import run_facts
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go, names_of
from services.desk.pages.words import ROLES
from shared.contracts.editions import EditionDone, EditionShown, EditionsListed
from shared.errors import RuleError

router = APIRouter()
PLACE = "/studio/editions"
STATES = Words(
    {
        "draft": (N_("Your draft"), "accent"),
        "proposed": (N_("Waits for a second person"), "warn"),
        "approved": (N_("In force"), "ok"),
        "rejected": (N_("Rejected"), ""),
        "superseded": (N_("Earlier"), ""),
    }
)
WHAT = Words({"new": N_("New file"), "changed": N_("Changed"), "gone": N_("Taken away")})
DONE = Words(
    {
        "approve": N_("Approved. It is in force in a few seconds, everywhere at once."),
        "reject": N_("It does not come into force."),
        "again": N_("That edition is your draft now. Look at it, and propose it."),
        "propose": N_("Proposed. Somebody else has to approve it."),
        "discard": N_("Your draft is put away."),
        "take-in": N_("What came into force meanwhile is in your draft."),
    }
)
OF_EDITIONS, OF_DRAFTS = ("approve", "reject", "again"), ("propose", "discard", "take-in")


@router.get(PLACE)
async def show_editions(visit: Visitor) -> Response:
    """All of them, the newest first."""
    told = await ask_studio(visit, EditionsListed, ask="editions")
    zone = visit.context.desk.zone
    people = {each.by for each in told.editions} | {each.decided_by for each in told.editions}
    names = await names_of(visit.context, [each for each in people if each])
    return visit.page(
        "studio_editions.html",
        in_force=in_force_words(told.in_force, zone),
        folder_differs=told.in_force.folder_differs,
        rows=[_row(each, names, zone) for each in told.editions],
        decided=await decided_by_task(visit, (each.task_id for each in told.editions)),
    )


@router.get(PLACE + "/{edition}")
async def show_edition(request: Request, visit: Visitor, edition: str) -> Response:
    """One of them, or the person's draft, with every line that it changes."""
    return await _page(visit, edition, {}, {}, did=request.query_params.get("did", ""))


@router.post(PLACE + "/{edition}")
async def decide(form: Sent, edition: str) -> Response:
    """Propose, put away, take in, approve, reject, or take up again."""
    visit, typed = form.visit, form.typed.plain()
    do = typed.get("do", "")
    try:
        _check_known(do, edition)
        done = await ask_studio(visit, EditionDone, **_asked(form, do, edition))
    except RuleError as no:
        status = 422 if no.field else 409
        return await _page(visit, edition, typed, {no.field or "": no.message}, status)
    said = DONE[do]
    if done.edition.both:
        said += _(" Both changed {both}: yours is kept; look at it.").format(
            both=", ".join(done.edition.both)
        )
    return go(with_outcome(_next(do, edition, done), await keep_outcome(form, said)))


def _check_known(do: str, edition: str) -> None:
    if do not in (OF_DRAFTS if edition == "draft" else OF_EDITIONS):
        raise RuleError(_("Choose what to do."), code="missing", field="do")


def _asked(form: SentForm, do: str, edition: str) -> dict[str, Any]:
    return {
        "ask": do,
        "edition": None if edition == "draft" else edition,
        "content_hash": form.typed.one("content_hash") or None,
        "note": typed_text(form, "note"),
        "why": typed_text(form, "why"),
        "request_id": form.id,
    }


def _next(do: str, edition: str, done: EditionDone) -> str:
    if do == "discard":
        return "/studio"
    if do == "propose":
        return f"{PLACE}/{done.edition.number}"
    return f"{PLACE}/{'draft' if do in ('again', 'take-in') else edition}"


def _row(each: EditionShown, names: Mapping[str, str], zone: Any) -> dict[str, Any]:
    return {
        "edition": each,
        "state": STATES[each.state],
        "by": names.get(each.by, each.by),
        "at": at(each.at, zone),
        "decided_by": names.get(each.decided_by or "", each.decided_by or ""),
        "decided_at": at(each.decided_at, zone),
        "from_at": at(each.from_at, zone),
    }


def _by_others(visit: Visit) -> str:
    """In which roles others approve, where this person does not."""
    deciding = visit.context.desk.who_decides.deciding("edition-approval", "approve")
    if {*deciding} & {*visit.person.roles}:
        return ""
    return ", ".join(ROLES.get(role, role) for role in deciding)


async def _page(
    visit: Visit,
    edition: str,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
    did: str = "",
) -> Response:
    number = None if edition == "draft" else edition
    shown = await ask_studio(visit, EditionShown, ask="edition", edition=number)
    names = await names_of(visit.context, [each for each in (shown.by, shown.decided_by) if each])
    return visit.page(
        "studio_edition.html",
        status,
        shown=shown,
        row=_row(shown, names, visit.context.desk.zone),
        decided=list((await decided_by_task(visit, [shown.task_id])).values()),
        mine=shown.by == visit.id,
        by_others=_by_others(visit),
        place=f"{PLACE}/{edition}",
        what=WHAT,
        typed=typed,
        errors=errors,
        ran=await run_facts(visit, shown.simulation) if shown.simulation else {},
        outcome=await shown_outcome(visit, did),
    )
