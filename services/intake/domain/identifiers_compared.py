"""What is known of two people besides their names, side by side, and what did it do to the score?

What counted when the check was made stands in the reasons of its hit; what became known later is
shown as such. A number or mail address that only one of the two is known by says nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

from services.intake.domain.identifiers import LOWERED, RAISED, Identifiers, weighed
from services.intake.domain.matching import Match

LABELS = {
    "birth_date": "Born on",
    "company_number": "Company number",
    "email": "E-mail address",
    "phone": "Telephone",
    "address": "Address",
}
SAME = "The same: it raised the score, by {points} at most."
OTHER = "Another one: it lowered the score by {points}."
NEARLY = "The same but for one figure, or day and month changed: it did not change the score."
SAYS_NOTHING = "Another one, which many have: it did not change the score."
ONE_ONLY = "Known of one of them only: it did not change the score."
LATER = "Known since the check was made: it is not in the score."


@dataclass(frozen=True, slots=True)
class Compared:
    """One identifier of both, as it was told, and what it did."""

    label: str
    new: str
    known: str
    effect: str


def compared(
    ours: Identifiers | None, theirs: Identifiers | None, reasons: Collection[str]
) -> list[Compared]:
    """Each identifier that is known of either; ``reasons``: of the hit, as the check found it."""
    new, known = _told(ours), _told(theirs)
    today = _counting(ours, theirs)
    return [
        Compared(
            label,
            new.get(name, ""),
            known.get(name, ""),
            _effect(name.replace("_", "-"), reasons, today, both=name in new and name in known),
        )
        for name, label in LABELS.items()
        if name in new or name in known
    ]


def _told(identifiers: Identifiers | None) -> Mapping[str, str]:
    if identifiers is None:
        return {}
    return {name: value for name, value in asdict(identifiers).items() if value}


def _counting(ours: Identifiers | None, theirs: Identifiers | None) -> Collection[str]:
    """What would count today."""
    return weighed(Match(0, ()), ours, theirs).reasons


def _effect(kind: str, then: Collection[str], today: Collection[str], *, both: bool) -> str:
    if f"same-{kind}" in then:
        return SAME.format(points=RAISED[kind])
    if f"other-{kind}" in then:
        return OTHER.format(points=LOWERED[kind])
    if f"nearly-same-{kind}" in then:
        return NEARLY
    if any(reason.endswith(kind) for reason in today):
        return LATER
    return SAYS_NOTHING if both else ONE_ONLY
