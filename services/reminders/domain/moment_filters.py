"""What do templates say moments and figures with: ``day(starts_at)``, ``clock(starts_at)``, …?"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from services.reminders.domain.moments import Reader


def said_with(locale: Locale, reader: Reader | None) -> dict[str, Callable[..., Any]]:
    """These, for one reader; without one, figures and months alone."""

    def money(amount: str, currency: str) -> str:
        return format_currency(Decimal(amount), currency, locale=locale).replace("\u00a0", " ")

    def figure(value: float) -> str:
        return format_decimal(value, "#,##0.#", locale=locale)

    def month_name(month: str) -> str:
        return str(format_date(date.fromisoformat(f"{month}-01"), "LLLL yyyy", locale=locale))

    figures: dict[str, Callable[..., Any]] = {
        "money": money,
        "figure": figure,
        "month_name": month_name,
    }
    if reader is None:
        return figures
    return {
        "day": reader.day, "clock": reader.clock, "clock_note": reader.clock_note,
        "relative": reader.relative, "when": reader.when, "gone": reader.gone, **figures,
    }  # fmt: skip
