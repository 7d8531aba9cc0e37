"""What does the firm call a location at which reviews stand?

A site says an id, such as ``accounts/1/locations/2``. The firm names it in ``firm.toml``, by the
whole id or its last part; a location nobody named is called as its site calls it.
"""

from collections.abc import Iterable, Mapping

Names = Mapping[str, str]  # what the firm calls a location, by its id


def location_name(location_id: str, names: Names) -> str:
    """Its name; the id where the firm has none for it, empty where there is no location."""
    return names.get(location_id) or names.get(location_id.rpartition("/")[2]) or location_id


def by_name(location_ids: Iterable[str], names: Names) -> list[str]:
    """Locations in the order in which people look for them."""
    return sorted(set(location_ids), key=lambda each: location_name(each, names).casefold())
