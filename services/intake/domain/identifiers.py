"""What tells two people of one name apart, and what shows that they are one?

A firm may know a birth date, a company's number, an e-mail address, a telephone number and an
address. The same one raises a hit, another birth date or number lowers it; whatever one of the two
lacks says nothing. A hit that is lowered stays a hit: the names alone made it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from services.intake.domain.letters import alike, expanded
from services.intake.domain.matching import Match

MOST = 100
RAISED = {"birth-date": 6, "company-number": 10, "email": 8, "phone": 8, "address": 5}
LOWERED = {"birth-date": 25, "company-number": 15}
BY_NUMBER = 90  # one company's number under two names
NEARLY = 1  # letters or places: the same birth date, one figure typed wrong
PHONE_DIGITS = 8  # the last ones: a number with and without its country's code
EXTENSION = re.compile(r"(?:\b(?:ext|x|dw|durchwahl|poste)\b\.?|#)\s*:?\s*\d+\W*$", re.IGNORECASE)
"""Behind the number of a house: one telephone of several."""
NOT_SAID = re.compile(r"[\W_]+")
STREETS = re.compile(r"(?<=str)(?:asse|aat|eet)\b|\bno\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers:
    """What is known about somebody besides the names; each as it was told."""

    birth_date: str | None = None  # 1971-04-30
    company_number: str | None = None
    email: str | None = None
    phone: str | None = None
    address: str | None = None


NAMES = tuple(each.name for each in fields(Identifiers))


def identifiers_of(somebody: Any) -> Identifiers | None:
    """What a client, party or inquirer is known by; None where that is nothing."""
    found = {name: getattr(somebody, name, None) for name in NAMES}
    return Identifiers(**found) if any(found.values()) else None


def in_text(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts of an event as they are kept: a day in text."""
    return {n: v.isoformat() if type(v) is date else v for n, v in facts.items()}


def weighed(match: Match, ours: Identifiers | None, theirs: Identifiers | None) -> Match:
    """The match of two names, raised and lowered by what else is known of both."""
    if ours is None or theirs is None:
        return match
    score, reasons = match.score, list[str]()
    for name, value in _said(ours).items():
        other = _said(theirs).get(name)
        if other is None:
            continue
        kind = name.replace("_", "-")
        if value == other:
            score += RAISED[kind]
            reasons.append(f"same-{kind}")
        elif kind in LOWERED:
            nearly = kind == "birth-date" and _mistyped(value, other)
            score -= 0 if nearly else LOWERED[kind]
            reasons.append(f"nearly-same-{kind}" if nearly else f"other-{kind}")
    return Match(max(0, min(score, MOST)), (*match.reasons, *reasons))


def keys_of(known_by: Identifiers | None) -> tuple[str, ...]:
    """Under which keys somebody is filed and looked for besides those of their names.

    A company's number is its own, whatever it is called; mail and telephone are shared by many.
    """
    number = _said(known_by).get("company_number") if known_by is not None else None
    return (f"C:{number}",) if number else ()


def match_by_number(ours: Identifiers | None, theirs: Identifiers | None) -> Match | None:
    """One company under two names."""
    keys = keys_of(ours)
    return Match(BY_NUMBER, ("same-company-number",)) if keys and keys == keys_of(theirs) else None


def confirms(reasons: tuple[str, ...]) -> bool:
    """Whether more than the names speaks for one and the same."""
    return any(f"same-{kind}" in reasons for kind in RAISED)


@lru_cache(maxsize=1_000)
def _said(known: Identifiers) -> Mapping[str, str]:
    """Each that is known, without what people write in different ways."""
    told = {name: value for name in NAMES if (value := getattr(known, name))}
    return {name: plain for name, value in told.items() if (plain := _plain(name, value))}


def _plain(name: str, value: str) -> str:
    if name == "email":
        return value.strip().casefold()
    if name == "phone":
        figures = "".join(filter(str.isdecimal, EXTENSION.sub("", value)))
        digits = figures if figures.isascii() else "".join(str(int(c)) for c in figures)
        return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else ""
    if name == "address":
        return NOT_SAID.sub("", STREETS.sub("", alike(expanded(value))))
    return NOT_SAID.sub("", value.casefold())


def _mistyped(one: str, other: str) -> bool:
    """1971-04-03 and 1971-03-04, 1971-04-30 and 1971-04-31: one slip, or day for month."""
    swapped = other[:4] + other[6:8] + other[4:6]
    return one == swapped or OSA.distance(one, other) <= NEARLY


def reached_by(somebody: Any) -> tuple[str, ...]:
    """Under which address and number a client, party or inquirer is looked up."""
    return _reach(getattr(somebody, "email", None), getattr(somebody, "phone", None))


def sought_reach(typed: str) -> tuple[str, ...]:
    """Where to look for what somebody typed, if it is an address or a number."""
    if "@" in typed:
        return _reach(typed, None)
    return () if any(letter.isalpha() for letter in typed) else _reach(None, typed)


def _reach(email: str | None, phone: str | None) -> tuple[str, ...]:
    mail = _plain("email", email) if email else ""
    number = _plain("phone", phone) if phone else ""
    return (*((f"E:{mail}",) if mail else ()), *((f"T:{number}",) if number else ()))
