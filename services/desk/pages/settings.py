"""/settings: who is a person here, and what do they choose for themselves? Digest, keys, views."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.domain.digest import check_choice
from services.desk.domain.handing_over import may_hand_over_all
from services.desk.pages.calendar import calendar_address
from services.desk.pages.digest_card import digest_card
from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import LANGUAGES, _, choose, names_of_languages
from services.desk.pages.visitor import Sent, SentForm, Visit, Visitor, go
from services.desk.pages.words import ROLES
from services.desk.ports.preferences import SAVED_VIEWS
from services.desk.workflow import digesting, saving
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork

router = APIRouter()
NOTHING: Mapping[str, str] = {}


@router.get("/settings")
async def show_settings(request: Request, visit: Visitor) -> Response:
    """Who a person is here, and what they may choose for themselves."""
    return await _settings(visit, request.query_params.get("did", ""))


async def _settings(
    visit: Visit, did: str = "", typed: Mapping[str, str] = NOTHING, no: RuleError | None = None
) -> Response:
    """The page; after a refusal with what was typed, and what is wrong with it."""
    unit = await visit.context.desk.runtime.look(saving.view_needs(visit.id))
    views = sorted(unit.find(SAVED_VIEWS, "staff", visit.id), key=lambda view: view.name)
    return visit.page(
        "settings.html",
        422 if no else 200,
        roles=[ROLES.get(role, role) for role in visit.person.roles],
        views=views,
        may_hand_over_all=may_hand_over_all(visit.person),
        calendar=await calendar_address(visit),
        digest=await digest_card(visit, typed),
        page_languages=[("", _("As my browser asks")), *names_of_languages()],
        zone=visit.context.desk.zone.key,
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
    zone = visit.context.desk.zone.key
    step = digesting.choose(visit.id, zone, on=True, at=at, language=language)
    said = f"{form.id}-{at}-{language}"  # another choice on the same form is another request
    return await _chosen(form, step, said, f"The morning e-mail comes at {at}.")


@router.post("/settings/digest/off")
async def end_digest(form: Sent) -> Response:
    """No digest any more."""
    step = digesting.choose(form.visit.id, form.visit.context.desk.zone.key, on=False)
    return await _chosen(form, step, form.id, "No morning e-mail comes any more.")


async def _chosen(
    form: SentForm, step: Callable[[UnitOfWork], Any], id: str, what: str
) -> Response:
    visit = form.visit
    await visit.context.desk.act(step, digesting.digest_needs(visit.id), id)
    return go(with_outcome("/settings", await keep_outcome(form, what)) + "#digest")


@router.post("/settings/language")
async def choose_language(form: Sent) -> Response:
    """Read the desk in this language, or as the browser asks."""
    visit, wanted = form.visit, form.typed.one("language")
    if wanted not in ("", *LANGUAGES):
        no = RuleError("Choose a language.", code="invalid", field="language")
        return await _settings(visit, "", form.typed.plain(), no)
    preferences = replace(visit.preferences, language=wanted)
    id = f"{form.id}-{wanted}"  # another choice on the same form is another request
    await visit.context.desk.act(saving.prefer(preferences), saving.preference_needs(visit.id), id)
    choose(wanted)
    what = keep_outcome(form, _("Your pages are in this language from now on."))
    return go(with_outcome("/settings", await what) + "#language")


@router.post("/settings/keys")
async def choose_keys(form: Sent) -> Response:
    """Turn single keys on or off."""
    visit = form.visit
    preferences = replace(visit.preferences, single_keys=form.typed.one("single_keys") == "yes")
    needs = saving.preference_needs(visit.id)
    await visit.context.desk.act(saving.prefer(preferences), needs, form.id)
    on = preferences.single_keys
    said = _("Single keys are on.") if on else _("Single keys are off.")
    return go(with_outcome("/settings", await keep_outcome(form, said)))
