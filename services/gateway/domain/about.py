"""Whom does an event tell about? By their key it is sealed, and with them it is erased."""

from typing import Any

from shared.contracts.base import EventData
from shared.contracts.records import ABOUT_RECORDS


def client_ids(data: EventData) -> tuple[str, ...]:
    """The clients named in it; what is said of an erasure outlives it."""
    return () if data.TYPE in ABOUT_RECORDS else _ids(data, "client_id")


def inquiry_ids(data: EventData) -> tuple[str, ...]:
    """The inquiries named in it."""
    return () if data.TYPE in ABOUT_RECORDS else _ids(data, "inquiry_id")


def _ids(data: EventData, name: str) -> tuple[str, ...]:
    about: Any = getattr(data, "about", None)
    found = (getattr(data, name, None), getattr(about, name, None))
    return tuple(dict.fromkeys(each for each in found if isinstance(each, str) and each))
