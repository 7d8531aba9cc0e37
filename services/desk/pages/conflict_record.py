"""/conflicts/{id}: what was searched, what was found, and who decided what about it?

The whole record of a check or a search, for the screen and for paper; a second person may have a
decided one decided anew.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.api.refusals import note_opened, way_of
from services.desk.domain.conflicts import check_sees_conflicts
from services.desk.pages.conflicts import answered
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.held_words import decided_about
from services.desk.pages.inbox_rows import called
from services.desk.pages.language import N_, _
from services.desk.pages.rule_words import STATES, TRIGGERS
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from services.desk.ports.answers import Refused
from shared.contracts.checks import ChecksAsked, CheckTold
from shared.contracts.restrictions import SUBJECTS
from shared.errors import TemporaryError

router = APIRouter()
AWAY = N_("The service that keeps the checks is away. Nothing was changed; try again.")
REFUSED = {"unknown-check": 404, "wrong-role": 403, "barred": 403, "screened": 403}


@router.get("/conflicts/{check_id}")
async def show_check(request: Request, visit: Visitor, check_id: str) -> Response:
    """The record."""
    did = request.query_params.get("did", "")
    told = await _told(visit, check_id)
    about = {name: told.check.get(name) for name in SUBJECTS}
    await note_opened(visit.context.desk, visit.person, about, way_of(request))
    return await _page(visit, told, did=did)


@router.post("/conflicts/{check_id}/reopen")
async def reopen_check(form: Sent, check_id: str) -> Response:
    """Have it decided anew."""
    visit, why = form.visit, form.typed.one("why").replace("\r\n", "\n")
    told = await _told(visit, check_id)
    asked = ChecksAsked(ask="reopen", request_id=form.id, check_id=check_id, why=why)
    try:
        answer = await visit.context.desk.checks.told(asked, visit.person)
    except TemporaryError:
        return await _page(visit, told, why, {"": AWAY}, 503)
    if isinstance(answer, Refused):
        return await _page(visit, told, why, {answer.field or "": answer.message}, 422)
    outcome_id = await keep_outcome(form, _("Reopened. It waits for a decision again."))
    return go(with_outcome(f"/conflicts/{check_id}", outcome_id))


async def _told(visit: Visit, check_id: str) -> CheckTold:
    check_sees_conflicts(visit.person, visit.context.desk.firm_roles)
    asked = ChecksAsked(ask="record", check_id=check_id)
    answer = await visit.context.desk.checks.told(asked, visit.person)
    if isinstance(answer, Refused) and answer.code in REFUSED:
        raise ProblemError(REFUSED[answer.code], answer.message, code=answer.code)
    return answered(answer)


async def _page(
    visit: Visit,
    told: CheckTold,
    typed: str = "",
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    did: str = "",
) -> Response:
    check, zone = told.check, visit.context.desk.zone
    names = await names_of(visit.context, _people(check))
    ids = [check["client_id"], *(hit.get("client_id") for hit in _hits(check))]
    state, tone = STATES.get(check["state"], (check["state"], ""))
    return visit.page(
        "conflict.html",
        status,
        check=check,
        kind=TRIGGERS.get(check["trigger"], "Conflict check"),
        state=state,
        tone=tone,
        made_on=_exactly(check["made_at"], zone),
        facts=_facts(check, names, zone),
        decision=_decision(check, names, zone),
        clients=await called(visit.context.desk, ids),
        names=names,
        task_id=told.task_id,
        decided=await decided_about(visit, {name: check.get(name) for name in SUBJECTS}),
        may_reopen=told.may_reopen,
        typed=typed,
        errors=errors or {},
        outcome=await shown_outcome(visit, did),
    )


def _people(check: Mapping[str, Any]) -> list[str]:
    """Everybody of the firm it names."""
    earlier = [each[name] for each in check["earlier"] for name in ("decided_by", "reopened_by")]
    matters = [each for hit in _hits(check) for each in hit.get("matters") or ()]
    lawyers = [each["lawyer"] for each in matters]
    found = (check["decided_by"], check["asked_by"], *earlier, *lawyers)
    return sorted({each for each in found if each})


def _hits(check: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*check["hits"], *check["same_side"]]


def _facts(
    check: Mapping[str, Any], names: Mapping[str, str], zone: ZoneInfo
) -> Sequence[tuple[str, str]]:
    """How the search was made, against what, and what for."""
    by = check["asked_by"]
    compared = "; ".join(", ".join(forms) for forms in check["forms"] if forms)
    known = _("{check} known parties (state {check2})").format(
        check=check["known_entries"], check2=check["known_revision"]
    )
    found = (
        (_("Searched by"), names.get(by, by) if by else ""),
        (_("What for"), check["purpose"]),
        (_("When"), _exactly(check["made_at"], zone)),
        (_("Compared as"), compared),
        (_("Against"), known),
        (_("Rules"), check["rules"]),
        (_("Matter"), check["matter_id"]),
        (_("Inquiry"), check["inquiry_id"]),
        (_("Id"), check["check_id"]),
    )
    return [(label, str(value)) for label, value in found if value]


def _decision(
    check: Mapping[str, Any], names: Mapping[str, str], zone: ZoneInfo
) -> Sequence[tuple[str, str]]:
    """What was decided, by whom, on what grounds."""
    by = check["decided_by"]
    if not by:
        return ()
    found = (
        (_("Outcome"), STATES.get(check["state"], (check["state"], ""))[0]),
        (_("Decided by"), names.get(by, by)),
        (_("When"), _exactly(check["decided_at"], zone)),
        (_("Grounds"), (check["grounds"] or "").replace("-", " ").capitalize()),
        (_("Reason"), check["reason"]),
        (_("Waiver"), check["document_ref"]),
        (_("Signed on"), check["signed_on"]),
        (_("Signed by"), check["affected"]),
    )
    return [(label, str(value)) for label, value in found if value]


def _exactly(instant: str, zone: ZoneInfo) -> str:
    return exactly(datetime.fromisoformat(instant), zone)
