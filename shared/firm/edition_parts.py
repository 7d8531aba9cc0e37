"""Which files of the firm's folder are part of an edition, and which does every service read?

What other programs are told by (which systems come in, what columns of lists mean) and a profile of
the law stay in the folder. Letters that a person approves came to be part of one later than rules
and messages, and the logo later still: an edition says whether it holds them.

An edition is texts, so its one picture stands in it as one: its bytes in base64.
"""

import re
import tomllib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import PurePosixPath

from shared.firm.folder import FILE

_NAME = r"[^/.\n][^/\n]*"
_RULES = re.compile(rf"playbooks/{_NAME}\.yaml")
_MESSAGES = re.compile(rf"languages/[a-z]{{2,3}}/messages/(frame/|sms/)?{_NAME}\.(txt|yaml)")
_VALUES = re.compile(
    r"firm\.toml|surveys\.yaml|concerns\.yaml|risks\.yaml|names\.yaml|companies\.txt"
    r"|languages/[a-z]{2,3}/(letters|pages|replies|surveys)\.yaml"
    rf"|(forms|incidents)/{_NAME}\.yaml"
)
_LETTERS = re.compile(rf"letters/(letters\.yaml|[a-z]{{2,3}}/(words\.yaml|{_NAME}\.txt))")
_PICTURE = re.compile(rf"({_NAME}/)*{_NAME}\.(?i:png)")
KINDS = (
    "playbooks/*.yaml, languages/<language>/, letters/, firm.toml, surveys.yaml, concerns.yaml, "
    "risks.yaml, names.yaml, companies.txt, forms/*.yaml, incidents/*.yaml and the logo"
)


def is_rules_or_messages(place: str) -> bool:
    """Whether it says what happens, or a message: reminders alone reads it, as it runs."""
    return bool(_RULES.fullmatch(place) or _MESSAGES.fullmatch(place))


def is_letter(place: str) -> bool:
    """Whether it is of the letters that a person approves: reminders alone reads it, as it runs."""
    return bool(_LETTERS.fullmatch(place))


def is_value(place: str) -> bool:
    """Whether services read it when they begin: who the firm is, its days, its surveys."""
    return bool(_VALUES.fullmatch(place)) or is_picture(place)


def is_picture(place: str) -> bool:
    """Whether it can be the firm's logo; whether it is says ``firm.toml``."""
    return bool(_PICTURE.fullmatch(place))


def belongs(place: str) -> bool:
    """Whether a file of the folder is part of an edition."""
    return is_rules_or_messages(place) or is_letter(place) or is_value(place)


def values_of(files: Mapping[str, str]) -> dict[str, str]:
    """Those that services read when they begin."""
    return {place: text for place, text in sorted(files.items()) if is_value(place)}


def logo_named(files: Mapping[str, str]) -> str | None:
    """Where the logo stands that ``firm.toml`` names; None: it names none, or one elsewhere."""
    try:
        looks = tomllib.loads(files.get(FILE, "")).get("looks")
    except tomllib.TOMLDecodeError:
        return None
    named = looks.get("logo") if isinstance(looks, dict) else None
    place = PurePosixPath(named).as_posix() if isinstance(named, str) else ""
    return place if is_picture(place) else None


def pictures_of(files: Mapping[str, str]) -> dict[str, str]:
    """The logo among these files."""
    return {place: text for place, text in files.items() if is_picture(place)}


def without_strays(files: Mapping[str, str]) -> dict[str, str]:
    """The files without pictures that are not the logo."""
    logo = logo_named(files)
    return {place: text for place, text in files.items() if place == logo or not is_picture(place)}


def as_text(place: str, content: bytes) -> str:
    """A file of the folder as an edition has it."""
    return b64encode(content).decode("ascii") if is_picture(place) else content.decode("utf-8")


def as_content(place: str, text: str) -> bytes:
    """A file of an edition as the folder has it; ValueError where a picture is none."""
    return b64decode(text, validate=True) if is_picture(place) else text.encode("utf-8")


def letters_of(files: Mapping[str, str]) -> dict[str, str]:
    """Those of letters that a person approves."""
    return {place: text for place, text in sorted(files.items()) if is_letter(place)}
