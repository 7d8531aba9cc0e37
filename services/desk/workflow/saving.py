"""What follows when a person saves a list under a name, drops one, or changes a preference?"""

from collections.abc import Callable, Iterable

from services.desk.domain.saved_views import (
    LONGEST_NAME,
    MOST_VIEWS,
    Preferences,
    SavedView,
    slug_of,
    view_id_of,
)
from services.desk.ports.preferences import PREFERENCES, SAVED_VIEWS
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def save_view(staff_id: str, name: str, query: str) -> Callable[[UnitOfWork], SavedView]:
    """A list under a name; the same name again means the new list."""

    def step(unit: UnitOfWork) -> SavedView:
        words = name.strip()
        if len(words) > LONGEST_NAME:
            message = f"Use at most {LONGEST_NAME} letters."
            raise RuleError(message, code="too-long", field="name")
        slug = slug_of(words)
        known = {each.slug for each in unit.find(SAVED_VIEWS, "staff", staff_id)}
        if slug not in known and len(known) >= MOST_VIEWS:
            message = f"You have {MOST_VIEWS} saved views; remove one first."
            raise RuleError(message, code="too-many", field="name")
        view = SavedView(
            view_id=view_id_of(staff_id, slug),
            staff_id=staff_id,
            slug=slug,
            name=words,
            query=query,
        )
        if slug in known:
            unit.put(SAVED_VIEWS, view)
        else:
            unit.add(SAVED_VIEWS, view)
        return view

    return step


def drop_view(staff_id: str, slug: str) -> Callable[[UnitOfWork], None]:
    """A saved view goes."""
    return lambda unit: unit.remove(SAVED_VIEWS, view_id_of(staff_id, slug))


def view_needs(staff_id: str, *slugs: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """All views of a person."""
    return lambda _unit: [
        SAVED_VIEWS.by("staff", staff_id),
        *(SAVED_VIEWS.one(view_id_of(staff_id, each)) for each in slugs),
    ]


def prefer(preferences: Preferences) -> Callable[[UnitOfWork], None]:
    """A person likes it this way."""
    return lambda unit: unit.put(PREFERENCES, preferences)


def preference_needs(staff_id: str) -> Callable[[ReadSoFar], Iterable[Need]]:
    """What they liked before."""
    return lambda _unit: [PREFERENCES.one(staff_id)]
