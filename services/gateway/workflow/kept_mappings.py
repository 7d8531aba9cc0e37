"""What people chose columns to mean at the desk: listed, forgotten, and one with the firm's files.

A mapping kept here goes before a file of the same name, so a file that is brought in takes its
place, and one that is forgotten leaves the file to be followed.
"""

import json
from collections.abc import Iterable, Sequence

from services.gateway.domain.imports.drafts import draft_of, mapping_of
from services.gateway.domain.imports.kept_list import KeptMapping
from services.gateway.domain.imports.mapping_files import ImportMapping, MappingError
from services.gateway.domain.imports.mapping_text import same
from services.gateway.ports import ALL, LIST_MAPPINGS
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

NEW, CHANGED, SAME = "new", "changed", "same"


def needs_of_mappings(_: ReadSoFar) -> Iterable[Need]:
    """Every mapping that is kept."""
    yield LIST_MAPPINGS.by("all", ALL)


def needs_of_one(name: str, _: ReadSoFar) -> Iterable[Need]:
    """The one of this name."""
    yield LIST_MAPPINGS.one(name)


def needs_of_bringing(files: Sequence[ImportMapping], _: ReadSoFar) -> Iterable[Need]:
    """What is kept under their names."""
    yield from (LIST_MAPPINGS.one(each.name) for each in files)


def read_again(kept: KeptMapping) -> ImportMapping | None:
    """The mapping; None where it cannot be read any more, by this release or at all."""
    try:
        return mapping_of(kept.name, json.loads(kept.said)) if kept.said else None
    except MappingError:
        return None


def kept_mappings(unit: UnitOfWork) -> list[tuple[KeptMapping, ImportMapping]]:
    """All that can be read, by name."""
    kept = sorted(unit.find(LIST_MAPPINGS, "all", ALL), key=lambda each: each.name)
    read = ((each, read_again(each)) for each in kept)
    return [(each, mapping) for each, mapping in read if mapping is not None]


def keep(mapping: ImportMapping, by: str, unit: UnitOfWork) -> None:
    """Lists of its kind are read by it from now on, where it fits."""
    said = json.dumps(draft_of(mapping), ensure_ascii=False)
    fresh = KeptMapping(name=mapping.name, kind=mapping.kind, by=by, at=unit.now, said=said)
    unit.put(LIST_MAPPINGS, fresh)


def bring_in(files: Sequence[ImportMapping], by: str, unit: UnitOfWork) -> dict[str, str]:
    """The firm's files hold from now on; what became of each: new, changed or the same."""
    became = {}
    for each in files:
        before = unit.get(LIST_MAPPINGS, each.name)
        known = read_again(before) if before is not None else None
        became[each.name] = NEW if before is None else CHANGED
        if known is not None and same(known, each):
            became[each.name] = SAME
        else:
            keep(each, by, unit)
    return became


def forget(name: str, unit: UnitOfWork) -> None:
    """Nothing is kept under this name any more; a file of the firm's folder goes on."""
    if unit.get(LIST_MAPPINGS, name) is None:
        raise RuleError("There is no such mapping.", code="unknown", field="name")
    unit.remove(LIST_MAPPINGS, name)
