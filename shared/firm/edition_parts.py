"""Which files of the firm's folder are part of an edition, and which does every service read?

Texts only: what other programs are told by (which systems come in, what columns of lists mean), a
profile of the law and a picture stay in the folder. Letters that a person approves came to be part
of one later than rules and messages: an edition says whether it holds them.
"""

import re
from collections.abc import Mapping

_NAME = r"[^/.\n][^/\n]*"
_RULES = re.compile(rf"playbooks/{_NAME}\.yaml")
_MESSAGES = re.compile(rf"languages/[a-z]{{2,3}}/messages/(frame/|sms/)?{_NAME}\.(txt|yaml)")
_VALUES = re.compile(
    r"firm\.toml|surveys\.yaml|concerns\.yaml|risks\.yaml|names\.yaml|companies\.txt"
    r"|languages/[a-z]{2,3}/(letters|pages|replies|surveys)\.yaml"
    rf"|(forms|incidents)/{_NAME}\.yaml"
)
_LETTERS = re.compile(rf"letters/(letters\.yaml|[a-z]{{2,3}}/(words\.yaml|{_NAME}\.txt))")
KINDS = (
    "playbooks/*.yaml, languages/<language>/, letters/, firm.toml, surveys.yaml, concerns.yaml, "
    "risks.yaml, names.yaml, companies.txt, forms/*.yaml and incidents/*.yaml"
)


def is_rules_or_messages(place: str) -> bool:
    """Whether it says what happens, or a message: reminders alone reads it, as it runs."""
    return bool(_RULES.fullmatch(place) or _MESSAGES.fullmatch(place))


def is_letter(place: str) -> bool:
    """Whether it is of the letters that a person approves: reminders alone reads it, as it runs."""
    return bool(_LETTERS.fullmatch(place))


def is_value(place: str) -> bool:
    """Whether services read it when they begin: who the firm is, its days, its surveys."""
    return bool(_VALUES.fullmatch(place))


def belongs(place: str) -> bool:
    """Whether a file of the folder is part of an edition."""
    return is_rules_or_messages(place) or is_letter(place) or is_value(place)


def values_of(files: Mapping[str, str]) -> dict[str, str]:
    """Those that services read when they begin."""
    return {place: text for place, text in sorted(files.items()) if is_value(place)}


def letters_of(files: Mapping[str, str]) -> dict[str, str]:
    """Those of letters that a person approves."""
    return {place: text for place, text in sorted(files.items()) if is_letter(place)}
