"""How are walls kept?"""

from typing import Any

from services.desk.ports.restrictions import KNOWN_MATTERS, RESTRICTED
from shared.state.mappings import DocumentMapping

RESTRICTION_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(RESTRICTED),
    DocumentMapping(KNOWN_MATTERS),
)
