"""What is decided on a page of its own, not by a task's form, and by whom as shipped?"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class PageDecision:
    """One of them."""

    about: str  # what it is decided about, where no task asks it
    label: str
    roles: tuple[str, ...]


PAGE_DECISIONS: Mapping[str, Mapping[str, PageDecision]] = MappingProxyType(
    {
        "edition-approval": MappingProxyType(
            {
                "approve": PageDecision(
                    "Look at a change of rules and texts, and approve it",
                    "Approve it",
                    ("partner", "ops"),
                )
            }
        ),
        "list-import": MappingProxyType(
            {
                "confirm": PageDecision(
                    "Take in a list", "Confirm what becomes of its rows", ("partner", "ops")
                )
            }
        ),
    }
)
"""By kind and decision; a kind that tasks have too has the roles of these tasks."""
