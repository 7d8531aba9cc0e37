"""How do clients read of the lawyer in charge of their matter, and of who signs a letter?

By what the firm's systems say with the client, else by the firm's own list of staff. Who works here
no more is named to nobody, and where nobody is known the message stands in the firm's name alone.
Who leads no matters is nobody's lawyer, and yet signs what they had drafted.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lawyer:
    """How clients read of the lawyer in charge."""

    stamp: str
    name: str
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody of the firm, as the list of staff has them."""

    staff_id: str
    stamp: str = ""
    name: str | None = None
    phone: str | None = None
    title: str | None = None  # as what they sign letters
    works_here: bool = True
    leads: bool = True  # may be in charge of a matter


def named_to_clients(said: Lawyer | None, listed: Colleague | None) -> Lawyer | None:
    """Who is named, if anybody: ``said`` with the client, ``listed`` among the staff."""
    if listed is not None and not listed.works_here:
        return None
    if said is not None:
        return said
    return as_signer(listed) if listed is not None and listed.leads else None


def as_signer(listed: Colleague | None) -> Lawyer | None:
    """How somebody of the firm stands below a letter of theirs, if they may be named."""
    if listed is None or listed.name is None or not listed.works_here:
        return None
    return Lawyer(listed.stamp, listed.name, listed.phone)
