"""What does an expression of a firm's mapping find in a delivery?

JMESPath (https://jmespath.org) finds it; three functions say in the contracts' words what other
systems write otherwise: ``instant`` (seconds since 1970), ``money`` (an amount in the smallest
coin, and its currency) and ``lower``.
"""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import jmespath
from jmespath import functions
from jmespath.exceptions import JMESPathError

from shared.contracts.fields import wire_instant
from shared.contracts.refusals import refuse
from shared.errors import ClienteleError

WITHOUT_COINS = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV",
     "XAF", "XOF", "XPF"}
)  # fmt: skip
WITH_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


class ExpressionError(ClienteleError):
    """This is no JMESPath."""


class OwnFunctions(functions.Functions):
    """The functions a mapping may use beside those of JMESPath."""

    @functions.signature({"types": ["number", "null"]})
    def _func_instant(self, seconds: float | None) -> str | None:
        return None if seconds is None else instant_of(seconds)

    @functions.signature({"types": ["number", "null"]}, {"types": ["string", "null"]})
    def _func_money(self, amount: float | None, currency: str | None) -> str | None:
        return None if amount is None or currency is None else money_of(amount, currency)

    @functions.signature({"types": ["string", "null"]})
    def _func_lower(self, text: str | None) -> str | None:
        return None if text is None else text.lower()


def instant_of(seconds: float) -> str:
    """Seconds since 1970 as an instant of an event."""
    return wire_instant(datetime.fromtimestamp(seconds, UTC))


def money_of(amount: float, currency: str) -> str:
    """An amount in the currency's smallest coin, in plain digits of the currency itself."""
    code = currency.upper()
    if code in WITHOUT_COINS:
        return str(Decimal(int(amount)))
    shifted = Decimal(int(amount)) / (1000 if code in WITH_THOUSANDTHS else 100)
    return str(shifted.quantize(Decimal("0.01")))


@lru_cache(maxsize=1024)
def compiled(expression: str) -> Any:
    """The expression, ready; ExpressionError says where it breaks."""
    try:
        return jmespath.compile(expression)
    except JMESPathError as broken:
        raise ExpressionError(str(broken).splitlines()[0]) from None


def find(expression: str, payload: Any) -> Any:
    """What it finds; raises Invalid where it cannot be worked out for this delivery."""
    options = jmespath.Options(custom_functions=OwnFunctions())
    try:
        return compiled(expression).search(payload, options=options)
    except (JMESPathError, ValueError, OverflowError):
        raise refuse(expression, "cannot be worked out for this delivery") from None
