"""Whose e-mail address is it?

Calendars and billing systems know a client by their address, events by the firm's id. The address
is found by its keyed hash; where it is that of several clients, or of none, nobody is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.contracts.refusals import Invalid, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClient:
    """A client, and the address other systems know them by."""

    client_id: str
    stamp: str  # of what was said last of the address
    email: str = ""  # sealed; in lower case


def folded(email: str) -> str:
    """An address as it is compared."""
    return email.strip().casefold()


def with_email(client_id: str, email: str | None, stamp: str) -> KnownClient:
    """What is known now; None: no address any more."""
    return KnownClient(client_id=client_id, stamp=stamp, email=folded(email) if email else "")


def the_one(found: Sequence[KnownClient], path: str) -> str:
    """The client with this address; raises Invalid where there is none, or more than one."""
    if len(found) == 1:
        return found[0].client_id
    raise nobody(path) if not found else several(path)


def nobody(path: str) -> Invalid:
    """The address is that of no client of the firm."""
    remedy = "is no client's e-mail address: open the client first, or name them by id"
    return refuse(path, f"{remedy}; then try this again")


def several(path: str) -> Invalid:
    """The address is that of several clients."""
    return refuse(path, "is the e-mail address of several clients: name them by id")
