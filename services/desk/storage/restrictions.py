"""How are walls, and looks behind them, kept?"""

from typing import Any

from services.desk.domain.accesses import KEPT as ACCESSES_KEPT
from services.desk.ports.restrictions import ACCESSES, RESTRICTED
from shared.state.mappings import DocumentMapping

RESTRICTION_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(RESTRICTED),
    DocumentMapping(ACCESSES, expire=lambda access: access.at + ACCESSES_KEPT),
)
