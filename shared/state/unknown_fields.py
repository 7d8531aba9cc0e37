"""What does a document hold that this release does not know, and how does it survive a change?

During an upgrade two releases write the same documents. What the newer one added is kept beside
the value as read, and written back with it: in the document, in its parts, and in parts of lists.
A part of a list keeps what is unknown of it as long as what is known of it is unchanged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import inspect

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rest:
    """What was read and is unknown here; kept only where there is any."""

    beside: Content  # fields of the document as it is stored, beside its content
    content: Content  # fields of its content, public and private
    private: frozenset[str]  # which of these were sealed, and stay so
    lookups: Content  # values of look-ups that only another release has


@dataclass(frozen=True, slots=True)
class Fields:
    """A type with named fields; ``parts``: those whose own content has names again."""

    names: frozenset[str]
    parts: Mapping[str, "Shape"]

    def rest(self, raw: Any) -> Content | None:
        """What is unknown of this, and of its parts; None where nothing is."""
        if not isinstance(raw, Mapping):
            return None
        found: Content = {name: raw[name] for name in raw.keys() - self.names}
        for name, part in self.parts.items():
            if (rest := part.rest(raw.get(name))) is not None:
                found[name] = rest
        return found or None

    def merge(self, known: Any, rest: Content) -> Any:
        """What is known now, with what was unknown of it before."""
        if not isinstance(known, Mapping):
            return known
        merged = dict(known)
        for name, value in rest.items():
            if name not in self.names:
                merged[name] = value
            elif name in merged:
                merged[name] = self.parts[name].merge(merged[name], value)
        return merged


@dataclass(frozen=True, slots=True)
class Values:
    """A table whose values have named fields."""

    of: "Shape"

    def rest(self, raw: Any) -> Content | None:
        """What is unknown, by key."""
        if not isinstance(raw, Mapping):
            return None
        found = {key: self.of.rest(value) for key, value in raw.items()}
        return {key: rest for key, rest in found.items() if rest is not None} or None

    def merge(self, known: Any, rest: Content) -> Any:
        """The table, with what was unknown of those that are still there."""
        return {
            key: self.of.merge(value, rest[key]) if key in rest else value
            for key, value in known.items()
        }


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose items have named fields."""

    of: "Shape"

    def rest(self, raw: Any) -> list[tuple[Any, Any]] | None:
        """Each item of which something is unknown, with what."""
        if not isinstance(raw, Sequence) or isinstance(raw, str):
            return None
        found = [(item, self.of.rest(item)) for item in raw]
        return [(item, rest) for item, rest in found if rest is not None] or None

    def merge(self, known: Any, rest: Any) -> Any:
        """The list, with what was unknown of those items that say what they said."""
        left, merged = list(rest), []
        for item in known:
            found = next((each for each in left if _says(item, each[0])), None)
            if found is not None:
                left.remove(found)
            merged.append(item if found is None else self.of.merge(item, found[1]))
        return merged


Shape = Fields | Values | Items


def shape_of(entity: type[Any]) -> Fields:
    """What is known of a type of documents; raises TypeError where it has no named fields."""
    shape = _shape(inspect.type_info(entity), ())
    if not isinstance(shape, Fields):
        raise TypeError(f"{entity.__name__} has no named fields")
    return shape


def _shape(info: Any, inside: tuple[Any, ...]) -> Shape | None:
    if isinstance(info, inspect.UnionType):
        some = [each for each in info.types if not isinstance(each, inspect.NoneType)]
        return _shape(some[0], inside) if len(some) == 1 else None
    if isinstance(info, inspect.DataclassType) and info.cls not in inside:
        parts = {each.encode_name: _shape(each.type, (*inside, info.cls)) for each in info.fields}
        named = {name: part for name, part in parts.items() if part is not None}
        return Fields(frozenset(parts), named)
    if isinstance(info, inspect.DictType):
        of = _shape(info.value_type, inside)
        return Values(of) if of is not None else None
    if isinstance(info, inspect.ListType | inspect.VarTupleType):
        of = _shape(info.item_type, inside)
        return Items(of) if of is not None else None
    return None


def _says(item: Any, before: Any) -> bool:
    """Whether all that is known of an item is as it was read."""
    if not isinstance(item, Mapping) or not isinstance(before, Mapping):
        return False
    return all(item[name] == before[name] for name in item.keys() & before.keys())
