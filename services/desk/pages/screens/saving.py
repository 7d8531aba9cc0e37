"""/inbox/views and /settings: which lists does a person keep, and how do they like the desk?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.digest import check_choice
from services.desk.domain.saved_views import view_id_of
from services.desk.pages.problems import ProblemError
from services.desk.pages.screens.calendar import calendar_address
from services.desk.pages.screens.choosing import read_choice
from services.desk.pages.screens.digest import digest_card
from services.desk.pages.screens.outcomes import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.screens.visiting import Sent, SentForm, Visit, Visitor, go
from services.desk.pages.screens.words import ROLES
from services.desk.ports import SAVED_VIEWS
from services.desk.workflow import digesting, saving
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork

router = APIRouter()
NOTHING: Mapping[str, str] = {}


@router.get("/inbox/views/{slug}")
async def show_view(visit: Visitor, slug: str) -> Response:
    """The list a person saved under this name."""
    id = view_id_of(visit.id, slug)
    unit = await visit.front.desk.runtime.look(lambda _: [SAVED_VIEWS.one(id)])
    view = unit.get(SAVED_VIEWS, id)
    if view is None:
        raise ProblemError(404, "You have no saved view of this name.", code="unknown-view")
    return go(f"/inbox?{view.query}")


@router.post("/inbox/views")
async def save_view(form: Sent) -> Response:
    """Keep a list under a name."""
    visit, typed = form.visit, form.typed
    chosen = read_choice(dict(parse_qsl(typed.one("query"))))
    step = saving.save_view(visit.id, typed.one("name"), chosen.query)
    view = await visit.front.desk.act(step, saving.view_needs(visit.id), form.id)
    outcome = await keep_outcome(form, f"Saved as “{view.name}”.")
    return go(with_outcome(f"/inbox?{chosen.query}", outcome))


@router.post("/inbox/views/{slug}/drop")
async def drop_view(form: Sent, slug: str) -> Response:
    """Let a saved view go."""
    visit = form.visit
    unit = await visit.front.desk.runtime.look(saving.view_needs(visit.id, slug))
    if unit.get(SAVED_VIEWS, view_id_of(visit.id, slug)) is None:
        raise ProblemError(404, "You have no saved view of this name.", code="unknown-view")
    step = saving.drop_view(visit.id, slug)
    await visit.front.desk.act(step, saving.view_needs(visit.id, slug), form.id)
    return go(with_outcome("/settings", await keep_outcome(form, "The view is gone.")))


@router.get("/settings")
async def show_settings(request: Request, visit: Visitor) -> Response:
    """Who a person is here, and what they may choose for themselves."""
    return await _settings(visit, request.query_params.get("did", ""))


async def _settings(
    visit: Visit, did: str = "", typed: Mapping[str, str] = NOTHING, no: RuleError | None = None
) -> Response:
    """The page; after a refusal with what was typed, and what is wrong with it."""
    unit = await visit.front.desk.runtime.look(saving.view_needs(visit.id))
    views = sorted(unit.find(SAVED_VIEWS, "staff", visit.id), key=lambda view: view.name)
    return visit.page(
        "settings.html",
        422 if no else 200,
        roles=[ROLES.get(role, role) for role in visit.person.roles],
        views=views,
        calendar=await calendar_address(visit),
        digest=await digest_card(visit, typed),
        zone=visit.front.desk.zone.key,
        errors={no.field or "": no.message} if no else {},
        outcome=await shown_outcome(visit, did),
    )


@router.post("/settings/digest")
async def choose_digest(form: Sent) -> Response:
    """A digest every business morning, at this time."""
    visit, typed = form.visit, form.typed
    try:
        at, language = check_choice(typed.one("digest_at"), typed.one("digest_language"))
    except RuleError as no:
        return await _settings(visit, "", typed.plain(), no)
    zone = visit.front.desk.zone.key
    step = digesting.choose(visit.id, zone, on=True, at=at, language=language)
    said = f"{form.id}-{at}-{language}"  # another choice on the same form is another request
    return await _chosen(form, step, said, f"The morning e-mail comes at {at}.")


@router.post("/settings/digest/off")
async def end_digest(form: Sent) -> Response:
    """No digest any more."""
    step = digesting.choose(form.visit.id, form.visit.front.desk.zone.key, on=False)
    return await _chosen(form, step, form.id, "No morning e-mail comes any more.")


async def _chosen(
    form: SentForm, step: Callable[[UnitOfWork], Any], id: str, what: str
) -> Response:
    visit = form.visit
    await visit.front.desk.act(step, digesting.digest_needs(visit.id), id)
    return go(with_outcome("/settings", await keep_outcome(form, what)) + "#digest")


@router.post("/settings/keys")
async def choose_keys(form: Sent) -> Response:
    """Turn single keys on or off."""
    visit = form.visit
    preferences = replace(visit.preferences, single_keys=form.typed.one("single_keys") == "yes")
    needs = saving.preference_needs(visit.id)
    await visit.front.desk.act(saving.prefer(preferences), needs, form.id)
    said = "on" if preferences.single_keys else "off"
    return go(with_outcome("/settings", await keep_outcome(form, f"Single keys are {said}.")))
