"""How is a mapping shown in a form and taken from one, column by column?

The same mapping as in a file, with nothing in short: every field says its columns, its constant and
its words, so that a form can show each of them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.gateway.domain.imports.guesses import guessed
from services.gateway.domain.imports.kinds import EITHER, FIELDS, Kind
from services.gateway.domain.imports.mapping_files import (
    ImportMapping,
    MappingError,
    mapping_from,
)
from services.gateway.domain.imports.tables import Table
from shared.yaml_text import loaded

Draft = Mapping[str, Any]
KEPT = ("dates", "decimal", "country", "zone", "sheet", "encoding", "separator", "ignore")
MOST_WORDS, MOST_SAMPLES, LONGEST_SAMPLE, LONGEST_WORD = 30, 3, 40, 80


def draft_of(mapping: ImportMapping) -> Draft:
    """A mapping of the firm, in full."""
    return plain_draft(mapping.model_dump(mode="json", by_alias=True, exclude_none=True))


def draft_by_headings(table: Table, kind: Kind, *, zone: str, locale: str) -> Draft:
    """What the headings suggest. The alphabet is found anew each time, so it is not said."""
    said = loaded(guessed(table, kind, zone=zone, locale=locale).text)
    beside = ("ignore", "encoding", "separator", "sheet")
    return plain_draft({name: value for name, value in said.items() if name not in beside})


def plain_draft(said: Mapping[str, Any]) -> Draft:
    """A mapping as a file, or a form, says it: in full, without what says nothing."""
    columns = {name: _in_full(each) for name, each in dict(said.get("columns") or {}).items()}
    more = {name: said[name] for name in KEPT if said.get(name)}
    return {
        "as": said.get("as"),
        **more,
        "columns": {name: each for name, each in columns.items() if each},
    }


def _in_full(said: Any) -> dict[str, Any]:
    """One field; empty where nothing is said of it."""
    given = said if isinstance(said, Mapping) else {"column": said}
    column = given.get("column") or ()
    names = [column] if isinstance(column, str) else [each for each in column if each]
    values = {word: ours for word, ours in dict(given.get("values") or {}).items() if ours}
    more = {
        name: str(given[name]) for name in ("constant", "otherwise", "prefix") if given.get(name)
    }
    if names:
        more.pop("constant", None)
    elif "constant" not in more:
        return {}
    return {
        **({"column": names} if names else {}), **more, **({"values": values} if values else {})
    }  # fmt: skip


def missing_in(kind: Kind, draft: Draft) -> tuple[str, ...]:
    """The fields that still have to be said."""
    said = draft["columns"]
    return tuple(
        name
        for name, field in FIELDS[kind].items()
        if field.required and name not in said and EITHER.get(name) not in said
    )


def mapping_of(name: str, draft: Draft) -> ImportMapping:
    """The mapping a draft says; MappingError names each field and its remedy."""
    return mapping_from(name, dict(draft))


def fits(mapping: ImportMapping, kind: Kind, table: Table) -> bool:
    """Whether a list can be read by it."""
    if mapping.kind != kind:
        return False
    try:
        mapping.check_against(table)
    except MappingError:
        return False
    return True


def seen_in(table: Table) -> str:
    """What a form shows of a list: headings, first cells, and words where there are few."""
    columns = []
    for name in table.columns:
        cells = table.column(name)
        words = list(dict.fromkeys(" ".join(each.split()).casefold() for each in cells))
        few = words if len(words) <= MOST_WORDS else []
        columns.append({
            "name": name,
            "cells": [_short(each) for each in cells[:MOST_SAMPLES]],
            "words": [each for each in few if len(each) <= LONGEST_WORD],
        })  # fmt: skip
    seen = {"sheet": table.sheet, "separator": table.separator, "columns": columns}
    return json.dumps(seen, ensure_ascii=False)


def _short(cell: str) -> str:
    said = " ".join(cell.split())
    return said if len(said) <= LONGEST_SAMPLE else f"{said[: LONGEST_SAMPLE - 1]}…"


def words_in(seen: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """The few words that stand in a column; none where there are many, or several columns."""
    if len(columns) != 1:
        return []
    return next((each["words"] for each in seen["columns"] if each["name"] == columns[0]), [])


def read_columns(draft: Draft) -> set[str]:
    """Every column that somebody reads."""
    fields: Iterable[Mapping[str, Any]] = draft["columns"].values()
    return {str(each) for field in fields for each in field.get("column", ())}
