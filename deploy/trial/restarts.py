"""When is a part that died started again?

At once the first time, then after longer and longer pauses; a part that has run well for a while
starts from the beginning of the scale.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from shared.clock import monotonic
from shared.errors import ClienteleError

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
RUN_WELL_SECONDS = 60.0

Say = Callable[[str, str], None]


class Part(Protocol):
    """A server or service the supervisor runs."""

    @property
    def alive(self) -> bool: ...

    @property
    def exit_code(self) -> int | None: ...

    def start(self) -> None: ...


@dataclass(slots=True)
class RestartingPart:
    """Watches one part and starts it again when it has died."""

    name: str
    part: Part
    say: Say
    failures: int = 0
    _started: float = field(default_factory=monotonic)
    _not_before: float = 0.0
    _noticed: bool = False

    def tend(self) -> bool:
        """Start the part again if it has died and its pause is over; True if it was started."""
        if self.part.alive:
            return False
        if not self._noticed:
            self._notice()
        if monotonic() < self._not_before:
            return False
        try:
            self.part.start()
        except ClienteleError as error:
            self.say(self.name, error.message)
            self._pause()
            return False
        self._noticed = False
        self._started = monotonic()
        self.say(self.name, "started again")
        return True

    def _notice(self) -> None:
        self._noticed = True
        if monotonic() - self._started > RUN_WELL_SECONDS:
            self.failures = 0
        self.say(self.name, f"ended with exit code {self.part.exit_code}")
        self._pause()

    def _pause(self) -> None:
        pause = 0.0 if self.failures == 0 else FIRST_PAUSE * 2 ** min(self.failures, 12)
        self._not_before = monotonic() + min(pause, LONGEST_PAUSE)
        self.failures += 1
