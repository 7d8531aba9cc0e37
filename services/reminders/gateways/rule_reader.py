"""How are the firm's files read into rules and words while everything else goes on?

Reading takes a second: it is done in a thread, and what was read last is kept.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from services.reminders.domain.edition_files import Files, hash_of
from services.reminders.workflow.firm_config import FirmRules
from shared.errors import ClienteleError, RuleError

KEPT = 4


class RuleReader:
    """Reads files as the service would that goes by them."""

    def __init__(self, read: Callable[[Files], FirmRules]) -> None:
        self._read = read
        self._kept: OrderedDict[str, FirmRules] = OrderedDict()
        self._reading = asyncio.Lock()  # one at a time: it takes a whole processor

    async def __call__(self, files: Files) -> FirmRules:
        """Rules and words with these as the firm's own; RuleError names every mistake."""
        key = hash_of(files)
        async with self._reading:
            if key not in self._kept:
                self._kept[key] = await asyncio.to_thread(self._checked, files)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]

    def _checked(self, files: Files) -> FirmRules:
        try:
            return self._read(files)
        except RuleError:
            raise
        except (ClienteleError, ValueError) as wrong:
            raise RuleError(str(wrong), code="mistakes", field="files") from wrong
