"""Which report, which months and whose does an address name?

What an address says that means nothing is left out, not refused.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from services.desk.pages.language import N_, Words
from shared.contracts.reports import FigureTold, ReportAsked

SPANS = Words(
    {
        1: N_("One month"),
        3: N_("Three months"),
        6: N_("Six months"),
        12: N_("A year"),
        24: N_("Two years"),
    }
)
USUAL = 6
FIRM = "firm"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_SCOPE = re.compile(r"(area|owner|stage):[^\x00-\x1f]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A report over some months, of the firm or a part of it."""

    name: str = ""
    until: str = ""  # the last month; empty: this one
    months: int = USUAL
    scope: str = FIRM
    labels: tuple[str, ...] = ()  # of rows: which
    after: str = ""

    @property
    def place(self) -> str:
        """The address of the report, or of all of them."""
        path = f"/reports/{self.name}" if self.name else "/reports"
        return self._address(path)

    @property
    def csv(self) -> str:
        """The address of the same as a file."""
        return self._address(f"/reports/{self.name}.csv")

    def asked(self, ask: Literal["report", "overview", "rows", "learning"]) -> ReportAsked:
        """The question that is put to feedback."""
        return ReportAsked(
            ask=ask,
            report=self.name,
            until=self.until or None,
            months=self.months,
            scope=self.scope,
            labels=self.labels,
            after=self.after or None,
        )

    def rows(self, figure: FigureTold) -> str:
        """Where the things behind a figure stand."""
        return self._address(f"/reports/{self.name}/rows", figure=f"{figure.name}|{figure.group}")

    def of(self, name: str) -> "Choice":
        """The same months of another report."""
        return replace(self, name=name)

    def at(self, month: str) -> "Choice":
        """One month of it."""
        return replace(self, until=month, months=1)

    def within(self, scope: str) -> "Choice":
        """The same of a part of the firm."""
        return replace(self, scope=scope)

    def _address(self, path: str, **more: str) -> str:
        said = {
            "until": self.until,
            "scope": self.scope if self.scope != FIRM else "",
            "months": str(self.months) if self.months != USUAL else "",
            **more,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{path}?{query}" if query else path


def read_choice(name: str, params: Mapping[str, str]) -> Choice:
    """What an address says."""
    until, scope = params.get("until", ""), params.get("scope", "")
    months = params.get("months", "")
    return Choice(
        name=name,
        until=until if _MONTH.fullmatch(until) else "",
        months=next((each for each in SPANS if str(each) == months), USUAL),
        scope=scope if _SCOPE.fullmatch(scope) else FIRM,
        after=params.get("after", "")[:200],
    )
