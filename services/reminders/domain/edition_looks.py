"""Which logo and colours does an edition say, and how are others said?

The logo is a picture among its files and a name in ``firm.toml``; the colours are values there.
Whoever gives a logo need not know of either.
"""

from collections.abc import Mapping

from services.reminders.domain.edition_files import Files
from services.reminders.domain.edition_pictures import logo_at
from services.reminders.domain.value_edit import with_values
from shared.errors import RuleError
from shared.firm.colours import LooksError, check_colour
from shared.firm.edition_parts import logo_named, pictures_of, without_strays
from shared.firm.firm_file import Key, keys
from shared.firm.folder import FILE
from shared.firm.looks import Looks
from shared.firm.said_values import values_said, with_value

LOGO, LIGHT, DARK = "looks.logo", "looks.colour", "looks.colour_dark"
PLACE = "logo.png"  # of one that was given in a browser
COLOURS = (LIGHT, DARK)


def looks_of(files: Files) -> Looks:
    """How a firm looks by these files; what they do not say is as shipped."""
    said = _said(files)
    place = logo_named(files)
    return Looks(
        logo=logo_at(place, files[place]) if place is not None and place in files else None,
        light=said.get(LIGHT, "").lower(),
        dark=said.get(DARK, "").lower(),
    )


def logo_elsewhere(files: Files) -> str:
    """A logo outside the firm's folder, which no edition can hold; empty for none."""
    named = _said(files).get(LOGO, "")
    return named if named and logo_named(files) is None else ""


def changes_looks(before: Files, after: Files) -> bool:
    """Whether pages, mails and letters would look otherwise."""
    return looks_of(before) != looks_of(after)


def with_looks(
    files: Files, colours: Mapping[str, str], picture: str | None, *, without: bool,
    seen: Mapping[str, str],
) -> dict[str, str]:  # fmt: skip
    """The files with these colours and this logo (base64); RuleError with the field it is about.

    A picture that is not given stays; ``without``: it goes. ``seen``: each colour as it was shown.
    """
    checked = {place: _colour(place, typed) for place, typed in colours.items()}
    files = with_values(files, checked, seen)
    text = files.get(FILE, "")
    rest = {place: said for place, said in files.items() if place != FILE}
    if picture is not None:
        logo_at(PLACE, picture)
        rest = {**without_pictures(rest), PLACE: picture}
        text = with_value(text, _key(LOGO), PLACE)
    elif without:
        rest, text = without_pictures(rest), with_value(text, _key(LOGO), "")
    return {**rest, FILE: text} if text.strip() else rest


def without_pictures(files: Files) -> dict[str, str]:
    """The files without the logo."""
    return {place: text for place, text in files.items() if place not in pictures_of(files)}


def keeping_logo(files: Files, both: frozenset[str]) -> dict[str, str]:
    """The files with their logo's name, which another edition took while this gave it anew."""
    for place in both & pictures_of(files).keys():
        named = with_value(files.get(FILE, ""), _key(LOGO), place)
        return without_strays({**files, FILE: named})
    return without_strays(files)


def check_logo_is_there(files: Files) -> None:
    """RuleError where ``firm.toml`` names a logo of the folder that is not among these files."""
    place = logo_named(files)
    if place is not None and place not in files:
        raise RuleError(
            f"{place} is named as the logo and is no part of this: give the picture "
            "under Looks, or import the folder that has it.",
            code="no-logo",
            field=LOGO,
        )


def _colour(place: str, typed: str) -> str:
    try:
        return check_colour(typed.strip(), dark=place == DARK)
    except LooksError as wrong:
        raise RuleError(str(wrong), code="unreadable", field=place) from None


def _key(place: str) -> Key:
    return next(each for each in keys() if each.place == place)


def _said(files: Files) -> dict[str, str]:
    try:
        return values_said(files.get(FILE, ""))
    except ValueError:
        return {}
