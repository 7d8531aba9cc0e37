"""Which needs can one query read, and which queries are asked together?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from shared.mongo import Query
from shared.state.document_types import Need

IN_ONE_QUERY, IN_ONE_STATEMENT = 1000, 25


def by_query(wanted: Iterable[Need]) -> Iterator[list[Need]]:
    """The needs that one query can read, a thousand at most; then those that want one each, those
    of the same values one after the other: their hashes are made once.
    """
    together: dict[tuple[str, str | None], list[Need]] = defaultdict(list)
    alone: dict[Any, list[Need]] = defaultdict(list)
    for need in wanted:
        if need.lookup in need.kind.most:
            alone[need.value].append(need)
        else:
            together[need.kind.collection, need.lookup].append(need)
    for needs in together.values():
        for start in range(0, len(needs), IN_ONE_QUERY):
            yield needs[start : start + IN_ONE_QUERY]
    yield from ([need] for needs in alone.values() for need in needs)


def visits(queries: Sequence[Query], *, few: bool) -> Iterator[list[Query]]:
    """Which queries, in order, are asked as one statement: a few, or of which each finds a few."""
    if few:
        yield from [list(queries)] if queries else []
        return
    yield from ([query] for query in queries if not query.most)
    small = [query for query in queries if query.most]
    yield from (small[at : at + IN_ONE_STATEMENT] for at in range(0, len(small), IN_ONE_STATEMENT))
