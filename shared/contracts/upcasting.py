"""How is an event of an older version read today?

A pure function per type and old version turns its data into the next version's; decoding applies
them one after the other.
"""

from collections.abc import Callable, Mapping
from typing import Any

Data = Mapping[str, Any]
Upcaster = Callable[[Data], Data]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(type, old version) -> how its data becomes the next version's."""


def upcast(type: str, version: int, to: int, data: Data) -> Data:
    """The data as version ``to`` would have written it."""
    for step in range(version, to):
        data = UPCASTERS[type, step](data)
    return data
