"""/conflicts/search: does the firm know somebody of this name?

With the rules of every conflict check; who searched, when and what for is kept like a check.
"""

from collections.abc import Mapping

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from services.desk.domain.conflicts import check_sees_conflicts
from services.desk.pages.language import N_, _
from services.desk.pages.rule_words import SEARCHED_AS
from services.desk.pages.visitor import Sent, Visit, Visitor, go
from services.desk.ports.answers import Refused
from shared.contracts.checks import ChecksAsked
from shared.errors import TemporaryError

router = APIRouter()
AWAY = N_("The service that keeps the names is away. Nothing was searched; try again.")


@router.get("/conflicts/search")
async def show_search(visit: Visitor) -> Response:
    """The form."""
    check_sees_conflicts(visit.person, visit.context.desk.firm_roles)
    return _page(visit, {}, {}, 200)


@router.post("/conflicts/search")
async def search_names(form: Sent) -> Response:
    """Search, and show the record."""
    visit, typed = form.visit, form.typed.plain()
    check_sees_conflicts(visit.person, visit.context.desk.firm_roles)
    try:
        asked = ChecksAsked.model_validate(
            {
                "ask": "search",
                "request_id": form.id,
                "names": typed.get("names", "").splitlines(),
                "role": typed.get("role") or "prospect",
                "purpose": typed.get("purpose", ""),
            }
        )
        answer = await visit.context.desk.checks.told(asked, visit.person)
    except ValidationError:
        return _page(visit, typed, {"role": _("Choose one of these.")}, 422)
    except TemporaryError:
        return _page(visit, typed, {"": AWAY}, 503)
    if isinstance(answer, Refused):
        return _page(visit, typed, {answer.field or "": answer.message}, 422)
    return go(f"/conflicts/{answer.check['check_id']}")


def _page(
    visit: Visit, typed: Mapping[str, str], errors: Mapping[str, str], status: int
) -> Response:
    roles = list(SEARCHED_AS.items())
    return visit.page("conflict_search.html", status, typed=typed, errors=errors, roles=roles)
