"""What does a person say of each hit of a conflict check, and is it enough for the record?

Every open hit has a verdict of its own: grounds from the closed list, and words. A lone hit takes
those of the whole decision; several do so only where the person says that they hold for the rest.
"""

from collections.abc import Mapping
from typing import Any

from services.intake.domain.checks import Check, Hit, HitVerdict, Verdict
from services.intake.domain.grounds import CLEARING, CONSENTED, DECLINING, LONGEST_TEXT
from shared.errors import RuleError

ALLOWED: Mapping[Verdict, frozenset[str]] = {
    "cleared": CLEARING,
    "waived": CLEARING | {CONSENTED},
    "declined": CLEARING | DECLINING,
}
ONE_NEEDED: Mapping[Verdict, tuple[frozenset[str], str]] = {
    "waived": (
        frozenset({CONSENTED}),
        "Say at least of one match that the clients consented: else no waiver is needed.",
    ),
    "declined": (DECLINING, "Say at least of one match why the firm cannot act."),
}


def verdicts_of(
    made: Check, outcome: Verdict, grounds: str | None, words: str, fields: Mapping[str, Any]
) -> tuple[HitVerdict, ...]:
    """A verdict on each open hit; RuleError names the first that lacks one, and the remedy."""
    given = _given(made, fields.get("verdicts"))
    otherwise = CONSENTED if grounds is None else grounds
    together = fields.get("for_the_rest") is True
    lone = len(made.open_hits) == 1
    found = []
    for number, hit in enumerate(made.hits, 1):
        if hit.disposition != "open":
            continue
        own = given.get(hit.ref, {})
        if not own and (lone or together):
            own = {"grounds": otherwise, "words": words}
            found.append(HitVerdict(ref=hit.ref, together=not lone, **own))
            continue
        found.append(_own_verdict(number, hit, outcome, own))
    _check_one_says_so(outcome, found)
    return tuple(found)


def disposition_of(verdict: HitVerdict) -> Verdict:
    """What a verdict makes of its hit."""
    if verdict.grounds in CLEARING:
        return "cleared"
    return "waived" if verdict.grounds == CONSENTED else "declined"


def _own_verdict(number: int, hit: Hit, outcome: Verdict, own: Mapping[str, Any]) -> HitVerdict:
    place = f"verdicts.{hit.ref}"
    grounds, words = own.get("grounds"), own.get("words")
    if not grounds:
        raise RuleError(
            f"Say of match {number} what it is.", code="missing", field=f"{place}.grounds"
        )
    if grounds not in ALLOWED[outcome]:
        known = ", ".join(sorted(ALLOWED[outcome])).replace("-", " ")
        raise RuleError(
            f"Of match {number}, for this decision, choose one of: {known}.",
            field=f"{place}.grounds",
        )
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST_TEXT:
        raise RuleError(
            f"Say why, of match {number}, in at most {LONGEST_TEXT} letters.",
            code="missing",
            field=f"{place}.words",
        )
    return HitVerdict(ref=hit.ref, grounds=str(grounds), words=words.strip())


def _check_one_says_so(outcome: Verdict, found: list[HitVerdict]) -> None:
    needed = ONE_NEEDED.get(outcome)
    if needed is None or not found or any(each.grounds in needed[0] for each in found):
        return
    raise RuleError(needed[1], field="verdicts")


def _given(made: Check, said: Any) -> Mapping[str, Mapping[str, Any]]:
    """What was said, by hit; what is about none of the open hits is refused."""
    if said is None:
        return {}
    known = {hit.ref for hit in made.open_hits}
    if not isinstance(said, Mapping) or not all(
        isinstance(each, Mapping) for each in said.values()
    ):
        raise RuleError("Give grounds and words for each match.", field="verdicts")
    if not said.keys() <= known:
        raise RuleError("A verdict is about a match that waits for none.", field="verdicts")
    return {ref: own for ref, own in said.items() if own.get("grounds") or own.get("words")}
