"""Whom does an ethical wall keep from what?

A wall names people of the firm who see nothing of a client, a matter or an inquiry: no page, no
list, no search, no answer to a program. Each person carries the walls they stand before, so that
whatever is asked in their name knows them; the queries of the lists do too (``storage/walls.py``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shared.contracts.restrictions import SUBJECTS, subjects_in
from shared.errors import RuleError

SCREENED = (
    "An ethical wall keeps you from this, and the firm notes that it was asked for. "
    "If that is wrong, speak to a partner who is not behind the wall."
)


class NotAllowedError(RuleError):
    """This person may not do that, whatever the state of what it is about."""


class ScreenedError(NotAllowedError):
    """A wall keeps this person from it; whoever answers keeps a row of it."""

    def __init__(self, subjects: Iterable[str] = ()) -> None:
        super().__init__(SCREENED, code="screened")
        self.subjects = tuple(subjects)


@dataclass(frozen=True, slots=True)
class Wall:
    """One wall as one person stands before it: what it is about, such as ``client:c-1``."""

    restriction_id: str
    subjects: tuple[str, ...]


def walled_off(about: Mapping[str, str | None], screened: Iterable[str]) -> tuple[str, ...]:
    """Which of the things with these ids a wall keeps somebody from; none, where none does."""
    kept = frozenset(screened)
    return tuple(each for each in subjects_in(about) if each in kept) if kept else ()


def check_unscreened(about: Mapping[str, str | None], screened: Iterable[str]) -> None:
    """Refuse whoever a wall keeps from anything with these ids."""
    found = walled_off(about, screened)
    if found:
        raise ScreenedError(found)


def ids_behind(screened: Iterable[str]) -> dict[str, list[str]]:
    """The same by the name of the id: ``client_id``, ``matter_id``, ``inquiry_id``."""
    names = {scope: name for name, scope in SUBJECTS.items()}
    found: dict[str, list[str]] = {}
    for each in sorted(screened):
        scope, _, id = each.partition(":")
        found.setdefault(names[scope], []).append(id)
    return found


def with_wall(walls: tuple[Wall, ...], wall: Wall) -> tuple[Wall, ...]:
    """The walls with this one as it is now; one about nothing any more is none."""
    others = tuple(each for each in walls if each.restriction_id != wall.restriction_id)
    found = (*others, wall) if wall.subjects else others
    return tuple(sorted(found, key=lambda each: each.restriction_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted:
    """One restriction as the desk knows it; the newest word on its id holds, in any order."""

    restriction_id: str
    stamp: str = ""
    kind: str = ""
    effect: str = ""  # empty: lifted
    subjects: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()  # of the client it is about: what names no client is behind it
    staff_ids: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    until: str | None = None  # an instant (ISO 8601)
    by: str | None = None
    at: str = ""

    @property
    def wall(self) -> Wall:
        """The wall it is; about nothing where it is none, or none any more."""
        named = tuple(each for each in self.standing if ":" in each)  # never the whole firm
        around = tuple(dict.fromkeys((*named, *self.matters))) if named else ()
        return Wall(self.restriction_id, around if self.effect == "bar" else ())

    @property
    def no_wall(self) -> Wall:
        """The same for whom it does not name."""
        return Wall(self.restriction_id, ())

    @property
    def standing(self) -> tuple[str, ...]:
        """What it is about, as long as it holds."""
        return self.subjects if self.effect else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMatter:
    """Whose a matter is, and who leads it.

    A wall around a client stands around what names only their matter; what nobody does in time
    about it goes to who leads it.
    """

    matter_id: str
    client_id: str
    owner_id: str | None = None
    owner_said: str = ""  # the stamp of the word on who leads it


def led_by(matter: KnownMatter, owner_id: str, stamp: str) -> KnownMatter:
    """The matter with who leads it, by the later word."""
    if stamp <= matter.owner_said:
        return matter
    return replace(matter, owner_id=owner_id, owner_said=stamp)


def newer(before: Restricted, said: Restricted) -> Restricted:
    """Of two words on the same restriction, the one that was said last."""
    return said if said.stamp > before.stamp else before


def lifted(before: Restricted, stamp: str, by: str | None, at: str) -> Restricted:
    """The restriction once nobody is bound by it any more."""
    return newer(before, replace(before, stamp=stamp, effect="", by=by, at=at))
