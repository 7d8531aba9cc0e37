"""How is a cell of a workbook written in a list?

Cells of a workbook have kinds: a day, a number, a text. Each becomes the text a person reads in it,
written as the mapping says lists are: a day as a day, an id without ``.0``, an amount with as many
decimals as it shows.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from services.gateway.domain.imports.tables import LONGEST_CELL, TableError, Written

_ZEROS, _DECIMALS = re.compile(r"0+"), re.compile(r"\.(0+)")


def text_of(cell: Any, said: Written, place: str, at: int) -> str:
    """What a cell says, as a person reads it; ``place`` is where it stands, ``at`` its column."""
    value = cell.value
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            column = get_column_letter(at + 1)
            raise TableError(
                f"has in {place}, column {column} a cell of more than {LONGEST_CELL} signs"
            )
        return value.replace("\r\n", "\n").replace("_x000D_", "").strip()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format), said.decimal or ".")
    return _instant(value, said.dates)


def _number(value: float, shown: str, decimal: str) -> str:
    """The digits that are shown, as far as they are digits of a list."""
    shape = shown.split(";")[0]
    if abs(value) < 1e15 and float(value).is_integer():
        digits = str(int(value))
        return digits.zfill(len(shape)) if _ZEROS.fullmatch(shape) else digits
    places = _DECIMALS.search(shape)
    if places and abs(value) < 1e15 and "%" not in shape and "E" not in shape:
        exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-len(places[1])), ROUND_HALF_UP)
        return str(exact).replace(".", decimal)
    return f"{value:.15g}".replace(".", decimal)


def _instant(value: object, dates: str | None) -> str:
    """A day, an hour or both, in the form in which the mapping says they are written."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    if not isinstance(value, date):
        return str(value)
    form = dates if dates and "%" in dates else None
    day = value.strftime(form) if form else f"{value:%Y-%m-%d}"
    if not isinstance(value, datetime) or (form and "%H" in form) or value.time() == time():
        return day
    return f"{day} {value:%H:%M:%S}".removesuffix(":00")
