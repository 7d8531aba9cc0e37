"""In which form does an e-mail address travel, and is it the same as another?

A domain beyond ASCII travels as IDNA (RFC 5890), so that any server can look it up. What stands
before the @ cannot be put into another form: beyond ASCII it needs SMTPUTF8 (RFC 6531).
"""

from dataclasses import dataclass

import idna

LONGEST_LOCAL, LONGEST_ADDRESS = 64, 254


class UnusableAddressError(ValueError):
    """Mail cannot be sent to this: it is no address, or its domain cannot exist."""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One mailbox, its domain in ASCII."""

    local: str
    domain: str

    @property
    def text(self) -> str:
        """As it stands in a command to a mail server."""
        return f"{self.local}@{self.domain}"

    @property
    def needs_smtputf8(self) -> bool:
        """Whether only a server with SMTPUTF8 can take it."""
        return not self.local.isascii()


def read_address(text: str) -> MailAddress:
    """The mailbox, without blanks around it; raises UnusableAddressError."""
    local, at, domain = text.strip().rpartition("@")
    if not at or not local or not domain or len(local.encode()) > LONGEST_LOCAL:
        raise UnusableAddressError
    found = MailAddress(local, in_ascii(domain))
    if len(found.text.encode()) > LONGEST_ADDRESS:
        raise UnusableAddressError
    return found


def in_ascii(domain: str) -> str:
    """The domain as name servers know it; raises UnusableAddressError."""
    if domain.isascii():
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True, transitional=False).decode("ascii")
    except idna.IDNAError:
        raise UnusableAddressError from None


def normal_address(address: str) -> str:
    """The form in which two spellings of one address are equal."""
    try:
        found = read_address(address)
    except UnusableAddressError:
        return address.strip().lower()
    return f"{found.local.lower()}@{found.domain}"
