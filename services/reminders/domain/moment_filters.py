"""What do templates say moments and sums with: ``day(starts_at)``, ``clock(starts_at)``, …?"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import format_currency

from services.reminders.domain.moments import Reader


def said_with(locale: Locale, reader: Reader | None) -> dict[str, Callable[..., Any]]:
    """These, for one reader; without one, sums alone."""

    def money(amount: str, currency: str) -> str:
        return format_currency(Decimal(amount), currency, locale=locale).replace("\u00a0", " ")

    if reader is None:
        return {"money": money}
    return {
        "day": reader.day, "clock": reader.clock, "clock_note": reader.clock_note,
        "relative": reader.relative, "when": reader.when, "gone": reader.gone, "money": money,
    }  # fmt: skip
