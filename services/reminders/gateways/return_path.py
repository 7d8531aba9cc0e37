"""To which address does mail come back, and which message does such an address name?

One address for each message (VERP): signed, so that nobody can make an address dead by writing to
it, and stored nowhere.
"""

from dataclasses import dataclass

from shared.requests.tokens import make_token, read_token

PURPOSE = "bounce"


@dataclass(frozen=True, slots=True)
class ReturnPaths:
    """The return paths of one firm."""

    domain: str  # ours alone, in ASCII; its mail goes to whoever publishes contact-bounced
    key: bytes

    def address(self, contact_id: str, number: int) -> str:
        """Where this repeat of this message comes back to."""
        return f"{make_token(self.key, PURPOSE, f'{contact_id}.{number}')}@{self.domain}"

    def contact_of(self, address: str) -> str | None:
        """The message that such an address names; None where it is none of ours."""
        local, _, domain = address.strip().lower().rpartition("@")
        named = read_token(self.key, PURPOSE, local) if domain == self.domain else None
        return named.rpartition(".")[0] or None if named else None
