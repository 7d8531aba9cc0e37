"""Somebody who asked for help asks no more: what follows?

Nothing is kept but the names; the reason is one of a closed list, so that they can be counted.
"""

from collections.abc import Mapping
from typing import Any

from services.intake.domain.inquiries import Inquiry, lost
from services.intake.workflow.moving import keep_inquiry
from shared.contracts.intake_task_kinds import LOST_BECAUSE
from shared.errors import RuleError
from shared.state.unit_of_work import UnitOfWork


def lose(inquiry: Inquiry, fields: Mapping[str, Any], by: str, unit: UnitOfWork) -> None:
    """Keep the names alone, and say why they ask no more."""
    because = fields.get("lost_because")
    if because not in LOST_BECAUSE:
        raise RuleError("Say why they ask no more.", code="missing", field="lost_because")
    keep_inquiry(lost(inquiry), unit, by, because=str(because))
