"""Who is at the page, and did their form come from us?

``Visitor`` is a person with a session that still counts; ``Sent`` is a form of theirs, checked for
its origin and for the token bound to that session before anything looks at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import uuid4

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from services.desk.api.desk import id_under
from services.desk.domain.incidents import Incident
from services.desk.domain.locations import location_name
from services.desk.domain.saved_views import Preferences
from services.desk.domain.sessions import is_worth_noting, session_hash
from services.desk.domain.staff import StaffMember
from services.desk.pages import cookies
from services.desk.pages.area_words import use_areas
from services.desk.pages.language import choose
from services.desk.pages.page_context import (
    PAGES,
    PageContext,
    context_of,
    grouped,
    in_readers_words,
    nav_for,
)
from services.desk.pages.words import exactly
from services.desk.ports.incidents import INCIDENTS
from services.desk.ports.preferences import PREFERENCES
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.workflow.incident_declaring import OPEN
from services.desk.workflow.signing_in import end_needs, note_presence, session_needs, signed_in
from shared.errors import TemporaryError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar
from shared.web import csrf
from shared.web.forms import Typed, read_form
from shared.web.origin import is_same_origin

LIVE = "live"  # a list that refreshes itself is no sign of life of a person


class NotSignedInError(Exception):
    """Nobody is signed in here, or no longer."""


class PasswordFirstError(Exception):
    """A code is asked for once the password was right, and for ten minutes."""


class ForeignFormError(Exception):
    """This form is not one of ours, or not of this session."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A person at a page."""

    context: PageContext
    person: StaffMember
    name: str
    session_hash: str
    preferences: Preferences
    path: str
    incidents: tuple[Incident, ...] = ()  # what lasts, for the head of every page

    @property
    def token(self) -> str:
        """The token of every form shown to this session."""
        return csrf.form_token(self.context.form_key, self.session_hash)

    @property
    def id(self) -> str:
        """The person's id."""
        return self.person.staff_id

    def location_name(self, location_id: str) -> str:
        """What the firm calls a location at which reviews stand."""
        return location_name(location_id, self.context.desk.locations)

    def page(self, name: str, status: int = 200, /, **values: Any) -> Response:
        """A page for this person."""
        desk = self.context.desk
        known = {
            "firm": self.context.firm,
            "visit": self,
            "nav": grouped(nav_for(self.person, self.context.desk.firm_roles)),
            "path": self.path,
            "token": self.token,
            "once": uuid4().hex,
            "location_name": self.location_name,
            "printed": f"{exactly(desk.runtime.clock.now(), desk.zone)} ({desk.zone.key})",
        }
        return PAGES.page(name, status, **(known | in_readers_words(values)))


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form a person sent."""

    visit: Visit
    typed: Typed
    id: str  # of what it asks for: the same when the same form is sent twice


async def visit_of(request: Request) -> Visit:
    """The person whose session this is."""
    context = context_of(request)
    kept = cookies.read(context, request, cookies.SESSION)
    if kept is None:
        raise NotSignedInError
    known, now, runtime = session_hash(kept), context.now(), context.desk.runtime

    def needs(unit: ReadSoFar) -> Iterable[Need]:
        yield from session_needs(known)(unit)
        yield INCIDENTS.by("state", OPEN)

    unit = await runtime.look(needs)
    found = signed_in(unit, known, now)
    if found is None:
        raise NotSignedInError
    session, person = found
    if is_worth_noting(session, now) and LIVE not in request.query_params:
        id = f"seen-{uuid4().hex}"
        await context.desk.act(note_presence(known, now), end_needs(known), id)
    request.state.asked_by = person
    account = unit.peek(ACCOUNTS, person.staff_id)
    preferences = unit.peek(PREFERENCES, person.staff_id)
    choose(preferences.language if preferences else "")
    use_areas(context.areas)
    return Visit(
        context=context,
        person=person,
        name=(account.name if account else None) or person.staff_id,
        session_hash=known,
        preferences=preferences or Preferences(staff_id=person.staff_id),
        path=request.url.path,
        incidents=tuple(unit.find(INCIDENTS, "state", OPEN)),
    )


Visitor = Annotated[Visit, Depends(visit_of)]


async def page_for_anybody(
    request: Request, name: str, status: int = 200, /, **values: Any
) -> Response:
    """A page with the frame of the person who is signed in, or of nobody."""
    visit = await known_visit(request)
    page = visit.page if visit else context_of(request).page
    return page(name, status, **values)


async def known_visit(request: Request) -> Visit | None:
    """The person who is signed in; None for anybody else, or where that cannot be told."""
    try:
        return await visit_of(request)
    except (NotSignedInError, TemporaryError):
        return None


async def sent_form(request: Request, visit: Visitor) -> SentForm:
    """A form from our own page, of this very session."""
    check_origin(request, visit.context)
    typed = await read_form(request)
    if not csrf.is_form_token(visit.context.form_key, visit.session_hash, typed.one(csrf.FIELD)):
        raise ForeignFormError
    once = typed.one("once") or uuid4().hex
    return SentForm(visit, typed, id_under(visit.person, request.url.path, once))


Sent = Annotated[SentForm, Depends(sent_form)]


def check_origin(request: Request, context: PageContext) -> None:
    """Refuse a form that stood on another site."""
    if not is_same_origin(request.headers, context.url):
        raise ForeignFormError


def go(place: str) -> Response:
    """Look there next; the form is not sent again by reloading."""
    return RedirectResponse(place, status_code=303, headers={"Cache-Control": "no-store"})


def own_place(place: str, otherwise: str = "/inbox") -> str:
    """An address within the desk, or the other one: a form cannot send a person elsewhere."""
    plain = place.isprintable() and "\\" not in place
    return place if plain and place.startswith("/") and place[:2] != "//" else otherwise


async def names_of(context: PageContext, staff_ids: Iterable[str]) -> dict[str, str]:
    """What people of the firm are called; their id where no name is known."""
    wanted = sorted(set(staff_ids))
    unit = await context.desk.runtime.look(lambda _: [ACCOUNTS.one(each) for each in wanted])
    accounts = {each: unit.get(ACCOUNTS, each) for each in wanted}
    return {id: (account.name if account else None) or id for id, account in accounts.items()}
