"""Which messages of a client has nobody of the firm answered?

Kept per client: when they last got in touch, and when the firm last did or both sides spoke, about
each matter and about none. By when things happened, not by when they were heard of; so the order
does not matter.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

NO_MATTER = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """The latest word of each side."""

    client_id: str
    heard: dict[str, datetime] = field(default_factory=dict)  # from the client, by matter
    answered: dict[str, datetime] = field(default_factory=dict)  # by the firm, by matter

    def with_contact(
        self, matter_id: str | None, at: datetime, *, answers: bool
    ) -> "Correspondence":
        """After somebody got in touch; ``answers``: the firm did, or both sides spoke."""
        topic = matter_id or NO_MATTER
        known = self.answered if answers else self.heard
        if known.get(topic, at) > at:
            return self
        later = {**known, topic: at}
        return replace(self, answered=later) if answers else replace(self, heard=later)

    def unanswered(self, topic: str) -> datetime | None:
        """Since when the client waits for a word about this; None: they do not."""
        heard = self.heard.get(topic)
        if heard is None or any(at >= heard for at in self._answers(topic)):
            return None
        return heard

    def _answers(self, topic: str) -> list[datetime]:
        """A word about no matter answers all, and any word answers what was about none."""
        if topic == NO_MATTER:
            return list(self.answered.values())
        return [at for about, at in self.answered.items() if about in (topic, NO_MATTER)]
