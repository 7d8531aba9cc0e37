"""What is a client called?

The desk keeps its own card of each client, sealed under the client's key, so that its pages can
say a name that no event about a task carries. The later statement wins.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One client's card; the name of an erased client reads as None."""

    client_id: str
    name: str | None = None
    stamp: str = ""


def renamed(card: Card, name: str, stamp: str) -> Card:
    """The card after a statement of the client's name."""
    return Card(client_id=card.client_id, name=name, stamp=stamp) if stamp > card.stamp else card
