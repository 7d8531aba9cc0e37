"""Which names of companies has the firm listed as names of one company, or of one group?

Both readings are kept: a listed name is compared like any other, and besides it matches whatever is
listed with it. Only looking for a name asks for the list, so nothing has to be filed anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from services.intake.domain.names import Name


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a name stands in the firm's list."""

    group: int  # the line
    company: int  # which company of it
    headed: str = ""  # the first name of the line, as the firm writes it: the group's own


_LISTED: dict[str, Listed] = {}
_FORMS: dict[int, list[str]] = defaultdict(list)


def list_firms(own: Mapping[str, Listed]) -> None:
    """From now on these are companies the firm knows to belong together; said once, at start."""
    _LISTED.clear()
    _FORMS.clear()
    _LISTED.update(own)
    for form, listed in own.items():
        _FORMS[listed.group].append(form)


def related(a: Name, b: Name) -> Literal["one-company", "one-group"] | None:
    """How the firm's list says that two names go together."""
    if not _LISTED:
        return None
    ours, theirs = _listed(a), _listed(b)
    if ours is None or theirs is None or ours.group != theirs.group:
        return None
    return "one-company" if ours.company == theirs.company else "one-group"


def group_of(new: Iterable[Name], known: Iterable[Name]) -> str:
    """What the firm's list calls the group of two companies today; nothing when it has them apart.

    Two names of one company are no group.
    """
    ours, theirs = _all_listed(new), _all_listed(known)
    both = (a for a in ours for b in theirs if a.group == b.group and a.company != b.company)
    return next((each.headed for each in both), "")


def listed_with(names: Iterable[Name]) -> Iterator[str]:
    """The forms of every name that is listed with one of these, in one word each."""
    for name in names if _LISTED else ():
        listed = _listed(name)
        if listed is not None:
            yield from _FORMS[listed.group]


def listed_forms(names: Iterable[Name]) -> list[str]:
    """The forms, in one word each, of what may be the name of a company."""
    return list(dict.fromkeys(name.joined for name in names if _may_be_listed(name)))


def _all_listed(names: Iterable[Name]) -> list[Listed]:
    return [found for name in names if (found := _listed(name)) is not None]


def _listed(name: Name) -> Listed | None:
    return _LISTED.get(name.joined) if _may_be_listed(name) else None


def _may_be_listed(name: Name) -> bool:
    """Whether this can be a company's name: Robert Bosch can, a whole family cannot."""
    return bool(name.joined) and not name.household
