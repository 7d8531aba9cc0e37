"""How is a list told to the person who brought it?"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from services.gateway.domain.imports.drafts import missing_in, read_columns, words_in
from services.gateway.domain.imports.kept_list import KeptList, KeptMapping
from services.gateway.domain.imports.kinds import EITHER, FIELDS
from services.gateway.domain.imports.mapping_files import ImportMapping
from services.gateway.domain.imports.mapping_text import text_of
from services.gateway.domain.imports.rows import Note
from services.gateway.domain.imports.runs import RowTold
from shared.contracts import imports as contract
from shared.contracts.fields import wire_instant
from shared.contracts.imports import ColumnSeen, FieldRead, ListTold, MappingTold, NoteOfRow


def list_told(kept: KeptList, now: datetime) -> ListTold:
    """A list and how far it is, without its columns."""
    stopped_at = kept.stopped_at(now)
    return ListTold(
        list_id=kept.list_id,
        kind=kept.kind,
        name=kept.name,
        file=kept.file,
        state=kept.state,
        found_by=kept.found_by,
        rows=kept.rows,
        at=kept.came_at.isoformat(),
        until=kept.until.isoformat(),
        ended_at=kept.ended_at.isoformat() if kept.ended_at else None,
        stopped_at=stopped_at.isoformat() if stopped_at else None,
        missing=list(missing_in(kept.kind, kept.draft)),
        run=kept.run,
        news_since=kept.news_day,
        done=kept.done,
        counts=dict(kept.counts),
        events=dict(kept.events),
    )


def as_told(kept: KeptList, mappings: Sequence[str], now: datetime) -> ListTold:
    """A list with how each of its columns is understood."""
    draft, seen = kept.draft, kept.shown
    read = read_columns(draft) | {*draft.get("ignore", ())}
    return list_told(kept, now).model_copy(
        update={
            "sheet": seen["sheet"],
            "fields": [_field(name, kept) for name in FIELDS[kept.kind]],
            "columns": [
                ColumnSeen(name=each["name"], cells=each["cells"], is_read=each["name"] in read)
                for each in seen["columns"]
            ],
            **{name: draft.get(name) or "" for name in ("dates", "decimal", "country", "zone")},
            "mappings": list(mappings),
        }
    )


def _field(name: str, kept: KeptList) -> FieldRead:
    field, said = FIELDS[kept.kind][name], kept.draft["columns"].get(name, {})
    columns = list(said.get("column", ()))
    has_words = bool(field.words) or name == "owner_id" or bool(said.get("values"))
    return FieldRead(
        name=name,
        shape=field.shape,
        required=field.required,
        either=EITHER.get(name, "") if EITHER.get(name) in FIELDS[kept.kind] else "",
        words=list(field.words),
        columns=columns,
        constant=said.get("constant") or said.get("otherwise") or "",
        prefix=said.get("prefix", ""),
        values=dict(said.get("values", {})),
        found=words_in(kept.shown, columns) if has_words else [],
    )


def mappings_told(
    kept: Sequence[tuple[KeptMapping, ImportMapping]], folder: Sequence[ImportMapping]
) -> list[MappingTold]:
    """Every mapping by name; a file of the folder is told where nothing is kept in its place."""
    ours = [
        MappingTold(
            name=each.name, kind=each.kind, found_by="kept", at=wire_instant(each.at),
            by=each.by, text=text_of(mapping),
        )
        for each, mapping in kept
    ]  # fmt: skip
    names = {each.name for each in ours}
    theirs = [
        MappingTold(name=each.name, kind=each.kind, found_by="folder", text=text_of(each))
        for each in folder
        if each.name not in names
    ]
    return sorted([*ours, *theirs], key=lambda each: each.name)


def row_told(row: RowTold, read_from: Mapping[str, str]) -> contract.RowTold:
    """A row and what is to be done about it; never what stands in it."""
    return contract.RowTold(
        row=row.row,
        what=row.what,
        changed=[read_from.get(each) or each for each in row.changed] if row.changed else [],
        problems=[_note(each, read_from) for each in row.problems],
        remarks=[_note(each, read_from) for each in row.remarks],
    )


def _note(note: Note, read_from: Mapping[str, str]) -> NoteOfRow:
    return NoteOfRow(field=note.field, column=read_from.get(note.field, ""), message=note.message)
