"""Which lists has a person saved under a name, and how do they like the desk to behave?"""

import re
from dataclasses import dataclass

from shared.errors import RuleError

MOST_VIEWS = 20
LONGEST_NAME = 60
NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """One list: what stands in its address, under a name of the person's own."""

    view_id: str
    staff_id: str
    slug: str
    name: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """How one person likes the desk to behave."""

    staff_id: str
    single_keys: bool = True  # one letter does something: a person who dictates turns this off
    language: str = ""  # of the pages; "": as their browser asks


def view_id_of(staff_id: str, slug: str) -> str:
    """The id of a person's view of that name."""
    return f"{staff_id}:{slug}"


def slug_of(name: str) -> str:
    """A name as it stands in an address."""
    slug = NOT_IN_SLUGS.sub("-", name.casefold()).strip("-")[:LONGEST_NAME]
    if not slug:
        raise RuleError("Give it a name.", code="missing", field="name")
    return slug
