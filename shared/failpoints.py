"""Where may a process be made to fail on purpose, to prove that nothing is lost?

Every arrow of consuming, announcing, firing and sending has a name here. Nothing happens at them
unless a test has armed one, through ``ops.<service>``, in a process started with
``CLIENTELE_FAILPOINTS=1``.
"""

import os
import signal
from typing import Literal, get_args

from shared.errors import RuleError

Name = Literal[
    "batch-fetched",
    "batch-decided",
    "batch-committed",
    "batch-published",
    "batch-acknowledged",
    "due-fetched",
    "due-committed",
    "due-published",
    "act-committed",
    "dead-letter-committed",
    "message-handing-over",
    "message-handed-over",
    "message-recorded",
]
Action = Literal["kill", "stop", "raise"]
NAMES: tuple[Name, ...] = get_args(Name)
ACTIONS: tuple[Action, ...] = get_args(Action)


class FailedOnPurposeError(Exception):
    """A failpoint was armed to raise."""


_armed: dict[str, tuple[Action, int]] = {}  # what happens, and at which hit from now


def arm(name: str, action: str, hit: int = 1) -> None:
    """The next (``hit``-th) time this place is reached, fail once in this way."""
    if name not in NAMES:
        raise RuleError(f"Arm one of: {', '.join(NAMES)}.", field="name")
    if action not in ACTIONS:
        raise RuleError(f"Do one of: {', '.join(ACTIONS)}.", field="action")
    _armed[name] = (action, hit)


def armed() -> list[str]:
    """Where a failure still lies in wait."""
    return sorted(_armed)


def reach(name: Name) -> None:
    """This place has been reached; does nothing unless a test has armed it."""
    if not _armed or name not in _armed:
        return
    action, hit = _armed.pop(name)
    if hit > 1:
        _armed[name] = (action, hit - 1)
        return
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "stop":
        os.kill(os.getpid(), signal.SIGSTOP)
        return
    raise FailedOnPurposeError(name)
