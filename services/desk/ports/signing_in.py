"""How does somebody prove who they are, and how long does it hold?"""

from dataclasses import dataclass
from typing import Protocol

from services.desk.domain.accounts import Account
from services.desk.domain.second_factor import SecondFactor
from services.desk.domain.sessions import Session
from shared.state.document_types import DocumentType

ACCOUNTS: DocumentType[Account] = DocumentType(
    "accounts",
    Account,
    key=lambda account: account.staff_id,
    lookups={
        "user": lambda account: [account.user] if account.user else [],
        "subject": lambda account: [account.subject] if account.subject else [],
        "link": lambda account: [account.link_hash] if account.link_hash else [],
    },
)

SECOND_FACTORS: DocumentType[SecondFactor] = DocumentType(
    "second_factors", SecondFactor, key=lambda factor: factor.staff_id
)

SESSIONS: DocumentType[Session] = DocumentType(
    "sessions",
    Session,
    key=lambda session: session.session_hash,
    lookups={"staff": lambda session: [session.staff_id]},
)


@dataclass(frozen=True, slots=True)
class SignedOn:
    """Who the firm's single sign-on says somebody is."""

    subject: str  # issuer and subject: this stays the same for a person
    user: str | None  # their e-mail address, if the provider has verified it


class SingleSignOn(Protocol):
    """The firm's own identity provider."""

    async def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser; raises TemporaryError when the provider is away."""

    async def redeem(self, code: str, *, nonce: str, verifier: str) -> SignedOn:
        """Who came back with this code; RuleError when the provider does not vouch for them."""
