"""How the columns of a brought list are understood: as before, by their headings, or as said.

Nothing of a list is taken in here.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.gateway.domain.imports.drafts import (
    Draft,
    draft_by_headings,
    draft_of,
    fits,
    mapping_of,
    missing_in,
    plain_draft,
    seen_in,
)
from services.gateway.domain.imports.kept_list import (
    KEPT,
    KeptList,
    hash_of,
)
from services.gateway.domain.imports.kinds import Kind
from services.gateway.domain.imports.mapping_files import ImportMapping, MappingError
from services.gateway.domain.imports.tables import Table, Written
from services.gateway.ports import (
    ALL,
    LIST_MAPPINGS,
    LISTS,
    FirmConfig,
)
from services.gateway.workflow.bringing_lists import (
    at_rest,
    file_of,
    list_of,
    needs_of_file,
    needs_of_list,
    table_of,
)
from services.gateway.workflow.kept_mappings import keep, read_again
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NOT_ASKED = ("encoding", "separator", "ignore")  # a file may say them; the form leaves them alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file whose pieces are there: what it is called, what it lists, and by which mappings of the
    firm's folder it may be read.
    """

    list_id: str
    by: str
    kind: Kind
    file: str
    pieces: int
    folder: Sequence[ImportMapping] = ()


def needs_of_reading_list(brought: Brought, unit: ReadSoFar) -> Iterable[Need]:
    """The file, what was read of it before, and what is kept of earlier ones."""
    yield from needs_of_list(brought.list_id, unit)
    yield from needs_of_file(brought.list_id, brought.pieces)
    yield LIST_MAPPINGS.by("all", ALL)


def read_brought(config: FirmConfig, brought: Brought, unit: UnitOfWork) -> KeptList:
    """Read a list for the first time; asked twice, it was read once."""
    there = unit.get(LISTS, brought.list_id)
    if there is not None:
        return list_of(brought.list_id, brought.by, unit)
    content = file_of(brought.list_id, brought.pieces, unit)
    table = table_of(content, Written())
    name, found_by, draft = _understood(config, brought, table, unit)
    kept = KeptList(
        list_id=brought.list_id, by=brought.by, kind=brought.kind, name=name, found_by=found_by,
        pieces=brought.pieces, rows=len(table.rows), content_hash=hash_of(content),
        came_at=unit.now, until=unit.now + KEPT, file=brought.file, said=_written(draft),
        seen=seen_in(table),
    )  # fmt: skip
    unit.put(LISTS, kept)
    return kept


def _understood(
    config: FirmConfig, brought: Brought, table: Table, unit: UnitOfWork
) -> tuple[str, str, Draft]:
    """By the mapping that was kept last and fits; else by one of the folder; else by headings."""
    kind = brought.kind
    for found_by, mapping in known_mappings(brought.folder, kind, unit):
        if fits(mapping, kind, table):
            return mapping.name, found_by, draft_of(mapping)
    draft = draft_by_headings(table, kind, zone=config.zone, locale=config.locale)
    return kind, "headings", draft


def known_mappings(
    folder: Sequence[ImportMapping], kind: Kind, unit: UnitOfWork
) -> list[tuple[str, ImportMapping]]:
    """Those kept at the desk, the newest first, then those of the folder with names of their own.

    One that cannot be read any more, by this release or at all, is none.
    """
    kept = sorted(unit.find(LIST_MAPPINGS, "all", ALL), key=lambda each: each.at, reverse=True)
    found = []
    for each in kept:
        mapping = read_again(each) if each.kind == kind else None
        if mapping is not None:
            found.append(("kept", mapping))
    names = {each.name for each in kept}
    theirs = [each for each in folder if each.kind == kind and each.name not in names]
    return [*found, *(("folder", each) for each in theirs)]


def needs_of_changing(list_id: str, unit: ReadSoFar) -> Iterable[Need]:
    """The list with its file, and every mapping that is kept."""
    yield LISTS.one(list_id)
    kept = unit.peek(LISTS, list_id)
    yield from needs_of_file(list_id, kept.pieces) if kept is not None else ()
    yield LIST_MAPPINGS.by("all", ALL)


def needs_of_choosing(list_id: str, name: str, unit: ReadSoFar) -> Iterable[Need]:
    """The same, and what is kept under this name."""
    yield from needs_of_changing(list_id, unit)
    yield LIST_MAPPINGS.one(name)


def use_mapping(
    config: FirmConfig, folder: Sequence[ImportMapping], list_id: str, by: str, name: str,
    unit: UnitOfWork,
) -> KeptList:  # fmt: skip
    """Read the list by another mapping that is known, or anew by its headings."""
    kept = at_rest(list_of(list_id, by, unit), unit.now)
    for found_by, mapping in known_mappings(folder, kept.kind, unit):
        if mapping.name == name:
            return _understood_so(kept, name, found_by, draft_of(mapping), unit)
    if name:
        raise RuleError("There is no such mapping.", code="unknown", field="name")
    table = table_of(file_of(list_id, kept.pieces, unit), Written())
    draft = draft_by_headings(table, kept.kind, zone=config.zone, locale=config.locale)
    return _understood_so(kept, kept.kind, "headings", draft, unit)


def choose_columns(
    list_id: str, by: str, name: str, said: dict[str, Any], unit: UnitOfWork
) -> KeptList:
    """A person says what the columns mean: kept for this list and, under its name, for the next."""
    kept = at_rest(list_of(list_id, by, unit), unit.now)
    before = unit.get(LIST_MAPPINGS, name)
    if before is not None and before.kind != kept.kind:
        raise RuleError(
            "Lists of another kind are read under this name. Choose another one.",
            code="taken", field="mapping",
        )  # fmt: skip
    beside = {each: kept.draft[each] for each in NOT_ASKED if each in kept.draft}
    draft = plain_draft({**beside, **said, "as": kept.kind})
    missing = missing_in(kept.kind, draft)
    if missing:
        raise RuleError(
            "Say from which column this comes, or what it always is.",
            code="missing", field=missing[0],
        )  # fmt: skip
    try:
        mapping = mapping_of(name, draft)
    except MappingError as no:
        raise _refusal(no) from None
    keep(mapping, by, unit)  # for the next one
    return _understood_so(kept, name, "chosen", draft_of(mapping), unit)


def _refusal(no: MappingError) -> RuleError:
    """Why it cannot be followed, at the field of the form it is about."""
    parts = no.message.splitlines()[0].split(": ")
    field = parts[1] if len(parts) > 1 and parts[1] in REMEDIES else "mapping"
    return RuleError(REMEDIES[field], code="mapping", field=field)


REMEDIES = {
    "country": "Write the beginning of a country, like +49.",
    "zone": "There is no such time zone. Write it like Europe/Berlin.",
    "dates": "Say how days are written.",
    "decimal": "Say what stands before cents.",
    "sheet": "A sheet is called by 1 to 31 signs.",
    "mapping": "This cannot be followed as it stands.",
}


def _understood_so(
    kept: KeptList, name: str, found_by: str, draft: Draft, unit: UnitOfWork
) -> KeptList:
    """It has to be tried again: a run is of one way of reading."""
    table = table_of(
        file_of(kept.list_id, kept.pieces, unit),
        Written(draft.get("encoding"), draft.get("separator"), draft.get("sheet")),
    )
    changed = replace(
        kept, name=name, found_by=found_by, said=_written(draft), seen=seen_in(table), run="",
        rows=len(table.rows), state="read", counts={}, events={}, noted=(), wrong=(), done=0,
        due_at=None,
    )  # fmt: skip
    unit.put(LISTS, changed)
    return changed


def _written(draft: Draft) -> str:
    return json.dumps(draft, ensure_ascii=False)
