"""Can what was typed into the inquiry form be taken?

The first step asks only what a conflict check needs. Texts are bounded, and what is refused is
named by its field.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from shared.contracts.fields import (
    DAY_PATTERN,
    EMAIL_PATTERN,
    LINE_PATTERN,
    PHONE_PATTERN,
    is_day,
)

MOST_NAMES = 20
LONGEST_NAME = 200
LONGEST_EMAIL = 254
LONGEST_PHONE = 40
LEAST_DIGITS = 6
LONGEST_STORY = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """The first step as it was typed."""

    name: str = ""
    email: str = ""
    phone: str = ""
    area: str = ""
    others: str = ""  # one name per line
    deadline: str = ""  # a day, 2026-05-31
    agreed: bool = False

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names typed, each once, in the order typed."""
        lines = (" ".join(line.split()) for line in self.others.splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


def problems_of(typed: FirstStep, areas: Container[str]) -> dict[str, str]:
    """What is wrong with the first step, by field: the name of each problem."""
    found = {
        "name": _wrong_name(typed.name),
        "email": _wrong_email(typed),
        "phone": _wrong_phone(typed.phone),
        "area": None if typed.area in areas else "area-missing",
        "others": _wrong_others(typed.other_names),
        "deadline": _wrong_day(typed.deadline.strip()),
        "agreed": None if typed.agreed else "agreed-missing",
    }
    return {name: problem for name, problem in found.items() if problem is not None}


def facts_of(typed: FirstStep) -> dict[str, Any]:
    """What the first step says, as the event names it, once it has no problems."""
    return {
        "name": " ".join(typed.name.split()),
        "email": typed.email.strip() or None,
        "phone": typed.phone.strip() or None,
        "practice_area": typed.area,
        "adverse_parties": typed.other_names or None,
        "deadline": typed.deadline.strip() or None,
    }


def story_length(story: str) -> int:
    """How long a story is; a line break counts as one."""
    return len(plain_story(story))


def plain_story(story: str) -> str:
    """The story without what a browser or a paste added to it."""
    return "".join(
        each for each in story.replace("\r\n", "\n").replace("\r", "\n").strip() if _is_text(each)
    )


def problem_of_story(story: str) -> str | None:
    """What is wrong with the story, if anything."""
    length = story_length(story)
    if length == 0:
        return "story-missing"
    return "story-long" if length > LONGEST_STORY else None


def _wrong_name(name: str) -> str | None:
    if not name.strip():
        return "name-missing"
    fits = len(name) <= LONGEST_NAME and re.fullmatch(LINE_PATTERN, name.strip())
    return None if fits else "name-wrong"


def _wrong_email(typed: FirstStep) -> str | None:
    email = typed.email.strip()
    if not email:
        return None if typed.phone.strip() else "contact-missing"
    fits = len(email) <= LONGEST_EMAIL and re.fullmatch(EMAIL_PATTERN, email)
    return None if fits else "email-wrong"


def _wrong_phone(phone: str) -> str | None:
    phone = phone.strip()
    if not phone:
        return None
    digits = sum(each.isdigit() for each in phone)
    fits = len(phone) <= LONGEST_PHONE and digits >= LEAST_DIGITS
    return None if fits and re.fullmatch(PHONE_PATTERN, phone) else "phone-wrong"


def _wrong_others(names: tuple[str, ...]) -> str | None:
    if len(names) > MOST_NAMES:
        return "others-many"
    fit = all(len(name) <= LONGEST_NAME and re.fullmatch(LINE_PATTERN, name) for name in names)
    return None if fit else "others-wrong"


def _wrong_day(day: str) -> str | None:
    if not day:
        return None
    return None if re.fullmatch(DAY_PATTERN, day) and is_day(day) else "deadline-wrong"


def _is_text(character: str) -> bool:
    return character in "\n\t" or character.isprintable()
