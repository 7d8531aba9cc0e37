"""What does the desk keep of clients, and whom does it ask about them?"""

from collections.abc import Mapping
from typing import Any, Protocol

from services.desk.domain.cards import Card, beginnings
from services.desk.domain.staff import StaffMember
from services.desk.ports.answers import Refused
from shared.contracts.cards import CardTold
from shared.contracts.concerns_asked import ConcernsTold
from shared.contracts.current_clients import CurrentClientsTold
from shared.contracts.finds import FindTold
from shared.contracts.outgoing import OutgoingAsked, OutgoingDecided, OutgoingListed, SentTold
from shared.state.document_types import DocumentType

CARDS: DocumentType[Card] = DocumentType(
    "cards", Card, key=lambda card: card.client_id, lookups={"word": lambda c: beginnings(c.name)}
)


class Cards(Protocol):
    """What intake knows of clients; TemporaryError when it is away."""

    async def card(self, client_id: str, actor: StaffMember) -> CardTold | Refused:
        """One client: their wishes, consents, matters, and who matters to them."""


class Finds(Protocol):
    """Whom somebody may mean, as intake knows names, numbers and addresses."""

    async def found(self, words: str, actor: StaffMember) -> FindTold | Refused:
        """Who may be meant; TemporaryError when intake is away."""

    async def led_by(self, staff_id: str, actor: StaffMember) -> FindTold | Refused:
        """The open matters somebody leads; TemporaryError when intake is away."""


class Concerns(Protocol):
    """How far the concerns of clients are; TemporaryError when feedback is away."""

    async def of_client(self, client_id: str, actor: StaffMember) -> ConcernsTold | Refused:
        """The open ones first, with every step of each."""


class CurrentClients(Protocol):
    """Whom the firm acts for at this moment; TemporaryError when intake is away."""

    async def some(self, actor: StaffMember, after: str = "") -> CurrentClientsTold | Refused:
        """Those after this id, in order."""


class RecordFiles(Protocol):
    """What every service holds of a client who asked to see it."""

    async def gathered(
        self, request_id: str, actor: StaffMember
    ) -> Mapping[str, list[dict[str, Any]]] | Refused:
        """What each service holds, by its name; TemporaryError when one of them is away."""


class Outgoing(Protocol):
    """What goes out next to clients, asked of reminders; TemporaryError when it is away."""

    async def listed(self, client_id: str, actor: StaffMember) -> OutgoingListed | Refused:
        """Everything on its way to a client, with what speaks against it."""

    async def decide(self, asked: OutgoingAsked, actor: StaffMember) -> OutgoingDecided | Refused:
        """Hold, release, skip, send or move some of it, as far as its rules allow."""

    async def sent(self, client_id: str, contact_id: str, actor: StaffMember) -> SentTold | Refused:
        """One message as it went to this client."""
