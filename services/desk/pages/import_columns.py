"""/imports/{list_id}/columns: what does each column of a brought list mean?

As the gateway understands it, for a person to correct; what they choose is kept for the next list.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.desk.domain.importing import check_imports
from services.desk.pages.import_asking import ask_imports
from services.desk.pages.import_words import FIELDS, FOUND_BY, KINDS
from services.desk.pages.language import _
from services.desk.pages.rule_words import said
from services.desk.pages.visitor import Sent, Visit, Visitor, go, names_of
from shared.contracts.imports import FieldRead, ListTold
from shared.errors import RuleError
from shared.web.forms import Typed

router = APIRouter()
PLACE = "/imports/{list_id}/columns"
LONGEST_NAME = 64  # of a mapping, as it is asked for
JOINED = 2  # so many columns of a field a form offers: a first and a last name, a day and an hour
MOST_JOINED = 6  # where a mapping names more
JOINABLE = ("name", "address", "starts", "location")
MORE = ("dates", "decimal", "country", "zone")


@dataclass(frozen=True, slots=True)
class Line:
    """One field as the form shows it."""

    read: FieldRead
    title: str
    columns: tuple[str, ...]  # the chosen ones, empty where none is
    constant: str
    prefix: str
    words: Sequence[tuple[str, str]]  # what stands in its column → ours
    choices: Sequence[tuple[str, str]]

    @property
    def is_read(self) -> bool:
        """Whether anything is said of it."""
        return bool(any(self.columns) or self.constant)


@router.get(PLACE)
async def show_columns(visit: Visitor, list_id: str) -> Response:
    """Each field, and from which column it is read."""
    check_imports(visit.person)
    return await _page(visit, list_id, None, {})


@router.post(PLACE)
async def choose_columns(form: Sent, list_id: str) -> Response:
    """Keep what was chosen, or read the columns by another mapping."""
    check_imports(form.visit.person)
    typed, name = form.typed, form.typed.one("kept_as").strip()[:LONGEST_NAME]
    try:
        if typed.one("do") == "use":
            asked: dict[str, Any] = {"ask": "use", "name": typed.one("mapping")[:LONGEST_NAME]}
        else:
            asked = {"ask": "columns", "name": name, "said": chosen(typed)}
        await ask_imports(form.visit, ListTold, list_id=list_id, **asked)
    except RuleError as no:
        return await _page(form.visit, list_id, typed, {_place_of(no): no.message}, 422)
    again = typed.one("do") in ("use", "again")
    return go(PLACE.format(list_id=list_id) if again else f"/imports/{list_id}")


def _place_of(no: RuleError) -> str:
    """The field of the form a no is about."""
    if no.field == "mapping":
        return "kept_as"
    return f"c1-{no.field}" if no.field in FIELDS else no.field or ""


def chosen(typed: Typed) -> dict[str, Any]:
    """The mapping a form says."""
    columns = {name: _field(name, typed) for name in FIELDS if f"c1-{name}" in typed.fields}
    more = {name: typed.one(name).strip() for name in (*MORE, "sheet")}
    return {
        "columns": {name: each for name, each in columns.items() if each},
        **{name: value for name, value in more.items() if value},
    }


def _field(name: str, typed: Typed) -> dict[str, Any]:
    columns = [typed.one(f"c{number}-{name}") for number in range(1, MOST_JOINED + 1)]
    named = [each for each in dict.fromkeys(columns) if each]
    constant = typed.one(f"k-{name}").strip()
    if not named and not constant:
        return {}
    said: dict[str, Any] = {"column": named} if named else {"constant": constant}
    if named and constant:
        said["otherwise"] = constant
    words = zip(typed.all(f"w-{name}"), typed.all(f"v-{name}"), strict=False)
    values = {word: ours for word, ours in words if ours}
    prefix = typed.one(f"p-{name}").strip()
    return {
        **said,
        **({"prefix": prefix} if prefix else {}),
        **({"values": values} if values else {}),
    }


async def _page(
    visit: Visit, list_id: str, typed: Typed | None, errors: Mapping[str, str], status: int = 200
) -> Response:
    told = await ask_imports(visit, ListTold, ask="show", list_id=list_id)
    staff = await _staff(visit)
    lines = [_line(each, typed, staff) for each in told.fields]
    return visit.page(
        "import_columns.html",
        status,
        told=told,
        kind=KINDS.get(told.kind, told.kind),
        how=FOUND_BY.get(told.found_by, ""),
        needed=[each for each in lines if each.read.required],
        read=[each for each in lines if each.is_read and not each.read.required],
        others=[each for each in lines if not each.is_read and not each.read.required],
        columns=[("", _("no column"))] + [(each.name, each.name) for each in told.columns],
        unread=[each.name for each in told.columns if not each.is_read],
        samples=[each for each in told.columns if each.cells],
        joinable=JOINABLE,
        missing=[FIELDS.get(each, each) for each in told.missing],
        dates=[
            ("", _("as they are: 31.12.2026 or 2026-12-31")),
            ("day-first", _("the day first: 31/12/2026")),
            ("month-first", _("the month first: 12/31/2026")),
        ],
        decimals=[
            ("", _("as it is")), (",", _("a comma: 1.250,00")), (".", _("a point: 1,250.00")),
        ],
        typed=typed.plain() if typed else _said(told),
        mappings=[("", _("what the headings say"))] + [(each, each) for each in told.mappings],
        errors=errors,
    )  # fmt: skip


def _said(told: ListTold) -> dict[str, str]:
    more = {"dates": told.dates, "decimal": told.decimal, "country": told.country}
    return {**more, "zone": told.zone, "sheet": told.sheet, "kept_as": told.name}


async def _staff(visit: Visit) -> Sequence[tuple[str, str]]:
    """Who works here, by id."""
    everybody = [each.staff_id for each in await visit.context.desk.staff.everybody()]
    names = await names_of(visit.context, everybody)
    return sorted(names.items(), key=lambda each: each[1].casefold())


def _line(read: FieldRead, typed: Typed | None, staff: Sequence[tuple[str, str]]) -> Line:
    name = read.name
    columns = [*read.columns, *[""] * (JOINED - len(read.columns))][:MOST_JOINED]
    constant, prefix = read.constant, read.prefix
    if typed is not None and f"c1-{name}" in typed.fields:
        columns = [typed.one(f"c{number}-{name}") for number in range(1, len(columns) + 1)]
        constant, prefix = typed.one(f"k-{name}"), typed.one(f"p-{name}")
    return Line(
        read=read,
        title=FIELDS.get(name, name),
        columns=tuple(columns),
        constant=constant,
        prefix=prefix,
        words=list(_words(read, typed)),
        choices=staff if name == "owner_id" else [(each, said(each)) for each in read.words],
    )


def _words(read: FieldRead, typed: Typed | None) -> Iterable[tuple[str, str]]:
    """What the list says, and what it means."""
    folded = {" ".join(word.split()).casefold(): ours for word, ours in read.values.items()}
    if typed is not None:
        folded |= dict(zip(typed.all(f"w-{read.name}"), typed.all(f"v-{read.name}"), strict=False))
    for word in dict.fromkeys([*read.found, *folded]):
        yield word, folded.get(word, word if word in read.words else "")
