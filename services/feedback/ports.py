"""Which documents do the steps of feedback use, and how do they find them?"""

from collections.abc import Sequence
from typing import Protocol

from services.feedback.domain.concern import Concern
from services.feedback.domain.fact import Fact
from services.feedback.domain.matter import Client, Matter
from services.feedback.domain.month_measured import MonthMeasured
from services.feedback.domain.pattern import Cause, Learning
from services.feedback.domain.retention_risk import Risk
from services.feedback.domain.survey import Survey
from services.feedback.domain.tally import Tally
from shared.state.document_types import DocumentType

SURVEYS: DocumentType[Survey] = DocumentType("surveys", Survey, key=lambda survey: survey.survey_id)
MATTERS: DocumentType[Matter] = DocumentType("matters", Matter, key=lambda matter: matter.matter_id)
CLIENTS: DocumentType[Client] = DocumentType("clients", Client, key=lambda client: client.client_id)
CONCERNS: DocumentType[Concern] = DocumentType(
    "recoveries",  # as it was called while there was one kind of concern: such a name stays
    Concern,
    key=lambda concern: concern.concern_id,
    lookups={
        "client": lambda concern: [concern.client_id] if concern.client_id else [],
        "complaint": lambda concern: [concern.complaint_id] if concern.complaint_id else [],
    },
)
RISKS: DocumentType[Risk] = DocumentType("risks", Risk, key=lambda risk: risk.client_id)
CAUSES: DocumentType[Cause] = DocumentType("causes", Cause, key=lambda cause: cause.cause_code)
LEARNINGS: DocumentType[Learning] = DocumentType(
    "learnings", Learning, key=lambda learning: learning.learning_id
)
FACTS: DocumentType[Fact] = DocumentType(
    "facts",
    Fact,
    key=lambda fact: fact.fact_id,
    lookups={
        "matter": lambda fact: [fact.matter_id] if fact.matter_id else [],
        "client": lambda fact: [fact.client_id] if fact.client_id else [],
    },
)
TALLIES: DocumentType[Tally] = DocumentType("tallies", Tally, key=lambda tally: tally.tally_id)
MONTHS_MEASURED: DocumentType[MonthMeasured] = DocumentType(
    "months_measured", MonthMeasured, key=lambda measured: measured.month
)


class ReportBook(Protocol):
    """What reports are made from, and the things behind them."""

    async def tallies(
        self, measures: Sequence[str], months: Sequence[str], scope: str | None
    ) -> list[Tally]:
        """The tallies of these months, of one scope or of all."""

    async def rows(
        self,
        measure: str,
        months: Sequence[str],
        labels: Sequence[str],
        scope: str,
        *,
        after: str | None,
        most: int,
        screened: frozenset[str],
    ) -> list[Fact]:
        """Facts counted in these months and this scope, under any of the labels; latest first.

        ``after``: instant and id of the last one of the page before. None about a client, matter
        or inquiry that whoever asks is ``screened`` from (``client:c-1``).
        """

    async def risks(self, most: int, screened: frozenset[str]) -> list[Risk]:
        """Clients who may leave, the latest first; none whoever asks is screened from."""

    async def risk_count(self, screened: frozenset[str]) -> int:
        """How many there are of them."""

    async def cause_codes(self) -> list[str]:
        """The codes of every cause a concern came from."""

    async def learnings(self, most: int) -> list[Learning]:
        """What is to be learned or was, the latest first."""
