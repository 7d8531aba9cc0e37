"""What does a wall keep from a list? The same as ``domain/walls.py``, for the database."""

from collections.abc import Collection

from services.desk.domain.walls import ids_behind
from shared.mongo import Document


def unscreened(screened: Collection[str]) -> Document:
    """The same as ``walls.walled_off`` of what is about somebody, for the database."""
    return {f"d.about.{name}": {"$nin": ids} for name, ids in ids_behind(screened).items()}


def seen_inquiries(screened: Collection[str]) -> Document:
    """The inquiries no wall keeps these from: nor the client or matter one has become."""
    behind = ids_behind(screened)
    places = {"inquiry_id": "_id", "client_id": "d.client_id", "matter_id": "d.matter_id"}
    return {places[name]: {"$nin": ids} for name, ids in behind.items()}


def seen_deadlines(screened: Collection[str]) -> Document:
    """The deadlines, or lines of their log, that are of no client or matter behind a wall."""
    behind = ids_behind(screened)
    return {f"d.{name}": {"$nin": ids} for name, ids in behind.items() if name != "inquiry_id"}


def seen_entries(screened: Collection[str]) -> Document:
    """The lines of a client's timeline that are of no matter behind a wall."""
    matters = ids_behind(screened).get("matter_id")
    return {"d.matter_id": {"$nin": matters}} if matters else {}
