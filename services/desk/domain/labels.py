"""How are kinds and other names of machines said to people?"""

from collections.abc import Callable, Iterable

from shared.contracts.task_kinds import TASK_KINDS


def kind_label(kind: str) -> str:
    """A kind of task in words."""
    known = TASK_KINDS.get(kind)
    return known.label if known else said(kind)


def holding(words: str, names: Iterable[str], read: Callable[[str], str]) -> tuple[str, ...]:
    """Those of these names in which these words stand, as they are kept or as they are read."""
    sought = words.casefold()
    return tuple(
        each for each in names if sought in each.casefold() or sought in read(each).casefold()
    )


def said(name: str) -> str:
    """A name of machines as people would write it: fee-adjusted is "Fee adjusted"."""
    return name.replace("-", " ").replace("_", " ").capitalize()


def decision_label(kind: str, decision: str) -> str:
    """A decision in words, or its name where the kind is not known."""
    known = TASK_KINDS.get(kind)
    labels = {each.name: each.label for each in known.decisions} if known else {}
    return labels.get(decision, decision)
