"""What does every step know of the firm: its playbooks, its policy, its words?"""

from dataclasses import dataclass

from services.reminders.domain.gate import Policy
from services.reminders.domain.planning import Firm
from services.reminders.domain.playbook import Playbooks
from services.reminders.domain.wording import Wording


@dataclass(kw_only=True)
class House:
    """The firm's rules and words, put together once at start."""

    playbooks: Playbooks
    wording: Wording
    firm: Firm
    policy: Policy
    name: str
    sender: str = ""  # the running process that hands messages over: "<replica>:<start>"

    @property
    def replica(self) -> str:
        """The part of the sender that outlives a restart."""
        return self.sender.partition(":")[0]
