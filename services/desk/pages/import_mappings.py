"""/imports/mappings/{name}.yaml and …/forget: what people chose the columns of lists to mean.

Each as the file it would be in the firm's folder, to be read, changed there or kept. For partners
and operations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.api.problems import ProblemError
from services.desk.domain.importing import check_imports
from services.desk.pages.flash import keep_outcome, with_outcome
from services.desk.pages.import_asking import ask_imports
from services.desk.pages.import_words import KINDS
from services.desk.pages.language import _
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from services.desk.pages.words import exactly
from shared.contracts.fields import parse_instant
from shared.contracts.imports import ListDone, MappingsKnown, MappingTold
from shared.errors import RuleError
from shared.web.headers import EVERYWHERE

router = APIRouter()
LISTS = "/imports"
PLACE = f"{LISTS}/mappings/{{name}}"


@dataclass(frozen=True, slots=True)
class Shown:
    """One mapping as the page of lists shows it."""

    name: str
    kind: str
    is_kept: bool  # at the desk; else it is a file of the folder
    by: str
    at: str


@router.get(f"{PLACE}.yaml")
async def download_mapping(visit: Visitor, name: str) -> Response:
    """The file it is, or would be, in ``imports`` of the firm's folder."""
    check_imports(visit.person)
    found = next((each for each in await _known(visit) if each.name == name), None)
    if found is None:
        raise ProblemError(404, _("There is no such mapping."), code="unknown-mapping")
    more = {
        "Content-Disposition": f'attachment; filename="{found.name}.yaml"',
        "Cache-Control": "no-store",
    }
    return Response(found.text, media_type="application/yaml", headers=EVERYWHERE | more)


@router.post(f"{PLACE}/forget")
async def forget_mapping(form: Sent, name: str) -> Response:
    """Go by it no more; a file of that name in the firm's folder holds again."""
    check_imports(form.visit.person)
    try:
        await ask_imports(form.visit, ListDone, ask="forget", name=name[:64])
        said = _("The mapping {name} is forgotten.").format(name=name[:64])
    except RuleError as no:
        said = no.message
    return go(with_outcome(LISTS, await keep_outcome(form, said)))


async def mappings_shown(visit: Visit) -> Sequence[Shown]:
    """All by which lists are read, by name."""
    told = await _known(visit)
    people = [each.by for each in told if each.by]
    names, zone = await names_of(visit.context, people), visit.context.desk.zone
    return [
        Shown(
            name=each.name,
            kind=KINDS.get(each.kind, each.kind),
            is_kept=each.found_by == "kept",
            by=names.get(each.by or "", each.by or ""),
            at=exactly(parse_instant(each.at), zone) if each.at else "",
        )
        for each in told
    ]


async def _known(visit: Visit) -> Sequence[MappingTold]:
    return (await ask_imports(visit, MappingsKnown, ask="mappings")).mappings
