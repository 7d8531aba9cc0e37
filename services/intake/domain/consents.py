"""What has a client agreed to be contacted for?

Of the firm's and the client's words the newest holds, with one exception: what clients withdrew
themselves nobody else grants again. So the client's own words are kept beside the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

ALL = "all"
EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The newest word about one purpose and channel (none: every channel), by one side."""

    client_id: str
    purpose: str  # service, feedback, marketing; "all" when everything was withdrawn
    channel: str | None = None
    own: bool = False  # said by the client themselves
    granted: bool = False
    basis: str | None = None
    stamps: dict[str, str] = field(default_factory=dict)

    @property
    def stamp(self) -> str:
        """When it was said, sortable."""
        return self.stamps.get("granted", "")


def consent_key(client_id: str, purpose: str, channel: str | None, *, own: bool = False) -> str:
    """One document per client, purpose, channel and side."""
    return f"{client_id}.{purpose}.{channel or 'any'}{'.own' if own else ''}"


def agreed(words: Iterable[Consent], purpose: str, channel: str = EMAIL) -> bool | None:
    """Whether the client agrees to this purpose by this channel; None: nothing was ever said."""
    said = [
        each for each in words if each.purpose in (purpose, ALL) and each.channel in (None, channel)
    ]
    if refused_themselves(said):
        return False
    return max(said, key=lambda each: each.stamp).granted if said else None


def refused_themselves(words: Iterable[Consent]) -> bool:
    """Whether the client's own newest word among these is no."""
    own = [each for each in words if each.own]
    return bool(own) and not max(own, key=lambda each: each.stamp).granted
