"""What does every step know of the firm: its playbooks, its policy, its words?"""

from dataclasses import dataclass
from datetime import datetime

from services.reminders.domain.gate import Policy
from services.reminders.domain.planning import Firm
from services.reminders.domain.playbook import Playbooks
from services.reminders.domain.wording import Wording


@dataclass(kw_only=True)
class FirmConfig:
    """The firm's rules and words, put together once at start."""

    playbooks: Playbooks
    wording: Wording
    to_staff: Wording  # what is written to the firm's own people
    firm: Firm
    policy: Policy
    name: str
    sender: str = ""  # the running process that hands messages over: "<replica>:<start>"

    @property
    def replica(self) -> str:
        """The part of the sender that outlives a restart."""
        return self.sender.partition(":")[0]

    def has_let_go(self, handed_by: str | None, until: datetime, now: datetime) -> bool:
        """Whether that sender is gone, or its time is up: nobody can be at the message any more."""
        replica = (handed_by or "").partition(":")[0]
        gone = replica == self.replica and handed_by != self.sender
        return gone or now >= until
