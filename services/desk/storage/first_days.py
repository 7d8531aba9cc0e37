"""How is it kept what people said of the firm's beginning?"""

from typing import Any

from services.desk.ports.first_days import FIRST_DAYS
from shared.state.mappings import DocumentMapping

FIRST_DAYS_MAPPINGS: tuple[DocumentMapping[Any], ...] = (DocumentMapping(FIRST_DAYS),)
