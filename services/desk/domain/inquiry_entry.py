"""Can what a person wrote down of somebody who rang be taken as an inquiry?

Only what a conflict check needs: what it is about may not be heard before that. Each refusal names
its field and what to do.
"""

import re
from collections.abc import Mapping
from datetime import date

from shared.contracts.fields import (
    DAY_PATTERN,
    EMAIL_PATTERN,
    LINE_PATTERN,
    PHONE_PATTERN,
    is_day,
)
from shared.contracts.firm import InquiryReceived

CHANNELS = {
    "telephone": "Telephone",
    "visit": "In person",
    "e-mail": "E-mail",
    "post": "Letter",
}
REFERRALS = {
    "recommendation": "Recommended by somebody",
    "former-client": "Was a client before",
    "search": "Found by a search",
    "directory": "Directory of lawyers",
    "insurer": "Legal insurer",
    "other": "Something else",
}
LANGUAGES = {"en": "English", "de": "Deutsch"}
MOST_NAMES, LONGEST_NAME, LONGEST_EMAIL, LONGEST_PHONE, LONGEST_AREA = 50, 200, 254, 40, 80


def opponents_in(typed: str) -> tuple[str, ...]:
    """One name on each line, each once."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def problems_in(typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, by field, each with its remedy."""
    email, phone = typed.get("email", ""), typed.get("phone", "")
    opponents = opponents_in(typed.get("opponents", ""))
    checks = (
        ("name", bool(typed.get("name")), "Enter the name of whoever asks."),
        ("name", _fits(typed.get("name", ""), LINE_PATTERN, LONGEST_NAME),
         "The name has too many or unusual characters."),
        ("phone", bool(email or phone), "Enter a telephone number or an e-mail address."),
        ("phone", _fits(phone, PHONE_PATTERN, LONGEST_PHONE),
         "Enter a telephone number, like 030 123456."),
        ("email", _fits(email, EMAIL_PATTERN, LONGEST_EMAIL),
         "Enter one e-mail address, like name@example.com."),
        ("opponents", len(opponents) <= MOST_NAMES, f"List at most {MOST_NAMES} names."),
        ("opponents", all(_fits(each, LINE_PATTERN, LONGEST_NAME) for each in opponents),
         "A name in the list has too many or unusual characters."),
        ("area", _fits(typed.get("area", ""), LINE_PATTERN, LONGEST_AREA),
         f"Use at most {LONGEST_AREA} characters."),
        ("deadline", _is_day_or_empty(typed.get("deadline", "")),
         "Enter the deadline as a date, like 2026-05-31, or leave it empty."),
        ("channel", typed.get("channel") in CHANNELS, "Say how they got in touch."),
        ("referral", typed.get("referral", "") in ("", *REFERRALS), "Choose one of the list."),
        ("language", typed.get("language") in LANGUAGES, "Choose a language."),
    )  # fmt: skip
    found: dict[str, str] = {}
    for field, holds, remedy in checks:
        if not holds:
            found.setdefault(field, remedy)
    return found


def inquiry_of(
    typed: Mapping[str, str], *, inquiry_id: str, entered_by: str, zone: str
) -> InquiryReceived:
    """The inquiry, once there is no problem."""
    area = "-".join(typed.get("area", "").lower().split())
    deadline = typed.get("deadline", "")
    return InquiryReceived(
        inquiry_id=inquiry_id,
        name=" ".join(typed["name"].split()),
        email=typed.get("email") or None,
        phone=typed.get("phone") or None,
        channel=typed["channel"],
        practice_area=area or None,
        adverse_parties=opponents_in(typed.get("opponents", "")) or None,
        deadline=date.fromisoformat(deadline) if deadline else None,
        referral=typed.get("referral") or None,
        owner_id=typed.get("owner") or None,
        entered_by=entered_by,
        timezone=zone,
        locale=typed["language"],
    )


def _fits(text: str, pattern: str, longest: int) -> bool:
    return not text or (len(text) <= longest and re.fullmatch(pattern, text) is not None)


def _is_day_or_empty(day: str) -> bool:
    return not day or (re.fullmatch(DAY_PATTERN, day) is not None and is_day(day))
