"""Which figures and labels does an expression of Prometheus name?"""

import re

SELECTED = re.compile(r"([a-z_:][\w:]*)\s*\{([^}]*)\}")
GROUPED = re.compile(r"\b(?:by|on|without|ignoring)\s*\(([^)]*)\)")
NAME = re.compile(r"(?<![\w.])([a-z_:][\w:]*)(?!\w|\s*\()")
BETWEEN = {"and", "or", "unless", "offset", "bool"}


def figures_in(expression: str) -> set[str]:
    """The figures, without the labels they are picked or grouped by."""
    bare = re.sub(r"\"[^\"]*\"|\[[^]]*\]", "", expression)
    bare = GROUPED.sub("", re.sub(r"\{[^}]*\}", "", bare))
    return set(NAME.findall(bare)) - BETWEEN


def labels_picked(expression: str) -> set[tuple[str, str]]:
    """Each figure with each label it is picked by."""
    return {
        (figure, label)
        for figure, inside in SELECTED.findall(expression)
        for label in re.findall(r"(\w+)\s*(?:=|!=|=~|!~)", re.sub(r"\"[^\"]*\"", "", inside))
    }


def labels_grouped(expression: str) -> set[str]:
    """The labels figures are grouped or joined by."""
    found = GROUPED.findall(expression)
    return {label.strip() for each in found for label in each.split(",") if label.strip()}
