"""/inbox/views: which lists does a person keep under a name of their own?"""

from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.saved_views import view_id_of
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.inbox_filter import read_inbox_filter
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, Visitor, go
from services.desk.ports.preferences import SAVED_VIEWS
from services.desk.workflow import saving

router = APIRouter()


@router.get("/inbox/views/{slug}")
async def show_view(visit: Visitor, slug: str) -> Response:
    """The list a person saved under this name."""
    id = view_id_of(visit.id, slug)
    unit = await visit.context.desk.runtime.look(lambda _: [SAVED_VIEWS.one(id)])
    view = unit.get(SAVED_VIEWS, id)
    if view is None:
        raise ProblemError(404, _("You have no saved view of this name."), code="unknown-view")
    return go(f"/inbox?{view.query}")


@router.post("/inbox/views")
async def save_view(form: Sent) -> Response:
    """Keep a list under a name."""
    visit, typed = form.visit, form.typed
    chosen = read_inbox_filter(dict(parse_qsl(typed.one("query"))))
    step = saving.save_view(visit.id, typed.one("name"), chosen.query)
    view = await visit.context.desk.act(step, saving.view_needs(visit.id), form.id)
    outcome = await keep_outcome(form, _("Saved as “{name}”.").format(name=view.name))
    return go(with_outcome(f"/inbox?{chosen.query}", outcome))


@router.post("/inbox/views/{slug}/drop")
async def drop_view(form: Sent, slug: str) -> Response:
    """Let a saved view go."""
    visit = form.visit
    unit = await visit.context.desk.runtime.look(saving.view_needs(visit.id, slug))
    if unit.get(SAVED_VIEWS, view_id_of(visit.id, slug)) is None:
        raise ProblemError(404, _("You have no saved view of this name."), code="unknown-view")
    step = saving.drop_view(visit.id, slug)
    await visit.context.desk.act(step, saving.view_needs(visit.id, slug), form.id)
    return go(with_outcome("/settings", await keep_outcome(form, _("The view is gone."))))
