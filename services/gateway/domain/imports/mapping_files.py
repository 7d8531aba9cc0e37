"""How does a firm say what the columns of its lists mean?

A mapping is a file of the firm, ``imports/<name>.yaml``. It is checked whole before the first row
is read; what it does not say is asked for, and never taken as a guess.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from services.gateway.domain.imports.cells import Habits
from services.gateway.domain.imports.kinds import EITHER, FIELDS, Kind
from services.gateway.domain.imports.tables import ENCODINGS, SEPARATORS, Table, Written
from services.gateway.domain.names import file_name
from shared.contracts.fields import Zone
from shared.errors import ClienteleError

FOLDER = "imports"


class MappingError(ClienteleError):
    """A mapping says something that cannot be followed; each line names field and remedy."""


class Part(BaseModel):
    """A piece of a mapping; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Column(Part):
    """Where one field comes from: columns joined by a blank, or always the same."""

    column: str | tuple[str, ...] | None = None
    constant: str | None = None
    otherwise: str | None = None  # where the cell is empty
    prefix: str = ""  # before an id, so that it is the one other systems say
    values: Mapping[str, str | None] = Field(default_factory=dict)  # the list's word → ours

    @model_validator(mode="before")
    @classmethod
    def _in_short(cls, said: Any) -> Any:
        return {"column": said} if isinstance(said, str | list) else said

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.column in (None, "", ())) == (self.constant is None):
            raise ValueError("name the column, or say constant:, one of them")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it is read from; none where it is always the same."""
        if self.column is None:
            return ()
        return (self.column,) if isinstance(self.column, str) else self.column


class ImportMapping(Part):
    """What the columns of one kind of list mean."""

    name: str
    kind: Kind = Field(alias="as")
    encoding: Literal[ENCODINGS] | None = None  # type: ignore[valid-type]  # the tuple is the list
    separator: str | None = None
    sheet: Annotated[str | None, Field(min_length=1, max_length=31)] = None  # of a workbook
    dates: str | None = None
    decimal: Literal[",", "."] | None = None
    zone: Zone | None = None  # of times of day; the firm's own, if not said
    country: Annotated[str | None, Field(pattern=r"^\+[1-9][0-9]{0,2}$")] = None
    columns: Mapping[str, Column]
    ignore: tuple[str, ...] = ()

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        return file_name(name)

    @field_validator("separator")
    @classmethod
    def _is_a_separator(cls, said: str | None) -> str | None:
        sign = SEPARATORS.get(said or "", said)
        if sign is not None and sign not in SEPARATORS.values():
            raise ValueError(f"is one of: {', '.join(SEPARATORS)}")
        return sign

    @field_validator("dates")
    @classmethod
    def _is_an_order(cls, said: str | None) -> str | None:
        if said not in (None, "day-first", "month-first") and "%" not in (said or ""):
            raise ValueError("is day-first, month-first, or a format such as %d.%m.%y")
        return said

    @model_validator(mode="after")
    def _says_what_is_needed(self) -> Self:
        known = FIELDS[self.kind]
        for name, column in self.columns.items():
            if name not in known:
                raise ValueError(
                    f"columns: {self.kind} have no field {name}; they have: {', '.join(known)}"
                )
            words = known[name].words
            wrong = [word for word in column.values.values() if words and word not in words]
            if wrong:
                raise ValueError(f"columns.{name}.values: say one of: {', '.join(words)}")
        for name, each in known.items():
            given = name in self.columns or EITHER.get(name) in self.columns
            if each.required and not given:
                raise ValueError(f"columns: {name} is missing: name its column, or a constant")
        return self

    def habits(self, name: str, firm_zone: str) -> Habits:
        """How the cells of one field are written."""
        column = self.columns[name]
        words = {folded(said): word for said, word in column.values.items() if word is not None}
        return Habits(
            dates=self.dates, decimal=self.decimal, zone=self.zone or firm_zone,
            country=self.country, words=words,
        )  # fmt: skip

    @property
    def written(self) -> Written:
        """How its lists are written."""
        return Written(self.encoding, self.separator, self.sheet, self.dates, self.decimal)

    def check_against(self, table: Table) -> tuple[str, ...]:
        """The columns of the list nobody reads; MappingError where one it names is missing."""
        named = {each for column in self.columns.values() for each in column.columns}
        missing = [each for each in dict.fromkeys(named) if each not in table.columns]
        if missing:
            raise MappingError(
                f"the list has no column {', '.join(sorted(missing))}; it has:"
                f" {', '.join(table.columns)}"
            )
        return tuple(each for each in table.columns if each not in named | {*self.ignore})


def folded(word: str) -> str:
    """A word of a list as it is compared."""
    return " ".join(word.split()).casefold()


def mapping_from(name: str, said: Any) -> ImportMapping:
    """The mapping of a file; MappingError names each field and its remedy."""
    place = f"{FOLDER}/{name}.yaml"
    if not isinstance(said, dict):
        raise MappingError(f"{place}: must hold fields such as as and columns")
    try:
        return ImportMapping.model_validate({**said, "name": name})
    except ValidationError as wrong:
        found = wrong.errors(include_url=False, include_input=False)
        raise MappingError(
            "\n".join(
                f"{place}: {': '.join([*_at(each['loc']), _sentence(each['msg'])])}"
                for each in found
            )
        ) from None


def _at(loc: tuple[int | str, ...]) -> list[str]:
    return [".".join(str(part) for part in loc)] if loc else []


def _sentence(message: str) -> str:
    return message.removeprefix("Value error, ")
