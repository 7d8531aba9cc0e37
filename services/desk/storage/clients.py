"""How is what is known of clients kept?"""

from typing import Any

from services.desk.ports.clients import CARDS
from shared.state.mappings import DocumentMapping

CLIENT_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        CARDS,
        sealed={"name"},
        person=lambda card: f"client:{card.client_id}",
        blind={"word"},
        filed=2,  # however a name is spelled
    ),
)
