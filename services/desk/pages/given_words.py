"""How is said what somebody filled in with a decision, to whoever reads of it later?"""

from collections.abc import Mapping

from services.desk.pages.language import _, day_said, retold
from services.desk.pages.rule_words import said
from shared.contracts.task_kinds import TASK_KINDS

Given = tuple[tuple[str, str], ...]  # what was asked, and the answer


def given_words(kind: str, given: Mapping[str, str] | None) -> Given:
    """Each field with its label, in the order of the kind; its answer as people read it."""
    known = TASK_KINDS.get(kind)
    if known is None or not given:
        return ()
    return tuple(
        (retold(each.label), _answer(each.kind, given[each.name]))
        for each in known.fields
        if each.name in given
    )


def _answer(kind: str, text: str) -> str:
    if kind == "yes-no":
        return _("Yes") if text == "yes" else _("No")
    if kind == "day":
        return day_said(text)
    return said(text) if kind == "choice" else text
