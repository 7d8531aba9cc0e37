"""What is a practice area called, to whoever reads?

As the firm calls it in ``areas`` of ``languages/<xx>/pages.yaml``; else as the shipped form for
inquiries does. Any other area, of another system, is shown as it came.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path

from services.desk.domain.said_words import AREAS
from services.desk.pages.language import Words, language
from shared.firm.page_words import read_pages

OwnAreas = Mapping[str, Mapping[str, str]]  # by language: the name of each area
SHIPPED = Words(AREAS)
_own: ContextVar[OwnAreas] = ContextVar("areas")


def own_areas(firm: Path | None) -> OwnAreas:
    """What the firm calls its areas; FirmFolderError where a file of its words cannot be read."""
    return {
        name: {key: said for key, said in words.groups.get("areas", {}).items() if _is_name(said)}
        for name, words in read_pages(firm).items()
    }


def use_areas(own: OwnAreas) -> None:
    """Call areas so from here on in this request."""
    _own.set(own)


def area_name(area: str | None) -> str:
    """An area as its reader calls it; empty where there is none."""
    key = "-".join((area or "").lower().split())
    own = _own.get({}).get(language(), {})
    return own.get(key) or SHIPPED.get(key) or (area or "").replace("-", " ").capitalize()


def _is_name(said: object) -> bool:
    return isinstance(said, str) and bool(said.strip())
