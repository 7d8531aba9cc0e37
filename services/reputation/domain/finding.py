"""What did the guard notice in a text?"""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing noticed: which rule, where in the text, why, and what to write instead."""

    rule: str
    start: int
    end: int
    message: str
    suggestion: str = ""
    refuses: bool = False
    """Whether the text is refused for it; otherwise a lawyer weighs it."""

    def moved(self, by: int) -> "Finding":
        """The same, in a text this one is a part of."""
        return replace(self, start=self.start + by, end=self.end + by)
