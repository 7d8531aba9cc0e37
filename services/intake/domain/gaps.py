"""Where could a conflict check not look? It says so, and a person decides."""

from collections.abc import Mapping, Sequence

CROWDED, UNSEARCHABLE, FILING, UNAPPLIED = "crowded", "unsearchable", "filing", "unapplied"

GAPS: Mapping[str, str] = {
    CROWDED: "more known parties are called alike than a check lists",
    UNSEARCHABLE: "a name has nothing to search by: spell it in letters",
    FILING: "the known names are being filed anew by the rules of this release",
    UNAPPLIED: "events wait to be applied: the names in them are not known yet",
}


def gaps_in_words(gaps: Sequence[str]) -> list[str]:
    """What could not be searched, for a person."""
    return [GAPS.get(each, each.replace("-", " ")) for each in gaps]
