"""/studio/looks: which logo and which colours has the firm, and can everything be read in them?

A logo is brought as a file, colours are typed; both stand in the person's own draft. Of an edition
the same page shows how it would look, for whoever approves it.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.desk.pages.flash import keep_outcome, shown_outcome, with_outcome
from services.desk.pages.language import N_, Words, _
from services.desk.pages.studio_asking import ask_studio, in_force_words
from services.desk.pages.uploads import Upload, Uploaded
from services.desk.pages.visitor import Visit, Visitor, go
from shared.contracts.editions import DRAFT, EditionDone, LooksShown, LooksTold
from shared.errors import RuleError
from shared.firm.colours import LEAST, LooksError, Pair, Where, is_colour, near, pairs_of
from shared.firm.looks import LARGEST, SIDES, logo_of
from shared.firm.png import size_of

router = APIRouter()
PLACE = "/studio/looks"
LIGHT, DARK = "looks.colour", "looks.colour_dark"
NAMED = "looks.logo"  # the value that names the picture
KIB = LARGEST // 1024
COLOURS = Words(
    {
        LIGHT: N_("Colour of links and buttons, by light"),
        DARK: N_("The same in the dark"),
    }
)
NO_LOGO = Words(
    {
        "large": N_(
            "The picture is larger than {kib} KiB, and each mail carries it: save it smaller."
        ),
        "no-png": N_("This is no PNG picture: save it as one."),
        "sides": N_(
            "The picture is {width} by {height} pixels, and each side needs {least} to {most}: "
            "save it in another size."
        ),
        "damaged": N_("The picture is damaged: save it anew as a PNG."),
    }
)
WHERE: Words[Where, str] = Words(
    {
        "page": N_("Links on the page"),
        "box": N_("Links in a box"),
        "sunken": N_("Links in a sunken box"),
        "tint": N_("Words on a tint of the colour"),
        "button": N_("Words on a button"),
        "pointed": N_("Words on a button that is pointed at"),
        "under-text": N_("Other text on a tint of the colour"),
    }
)


@dataclass(frozen=True, slots=True)
class Measured:
    """One colour, and how well what stands in it and on it can be read."""

    label: str
    colour: str
    pairs: list[tuple[str, str]]  # where, and its contrast
    words: str  # the least of them, in a sentence


@router.get(PLACE)
async def show_looks(request: Request, visit: Visitor) -> Response:
    """The person's draft, or an edition as it would look."""
    asked = request.query_params
    return await _page(visit, asked.get("edition"), {}, {}, did=asked.get("did", ""))


@router.post(PLACE)
async def change_looks(sent: Uploaded) -> Response:
    """Keep a logo and colours in the person's draft, or take the logo away."""
    typed = sent.form.typed.plain()
    colours = {place: typed[place].strip() for place in COLOURS if place in typed}
    errors = dict(_wrong(sent, colours))
    if errors:
        return await _page(sent.form.visit, None, typed, errors, 422)
    try:
        await ask_studio(sent.form.visit, EditionDone, **_asked(sent, colours))
    except RuleError as no:
        errors = {"logo" if no.field == NAMED else no.field or "": no.message}
        status = 409 if no.field is None or no.code == "changed-meanwhile" else 422
        return await _page(sent.form.visit, None, typed, errors, status)
    said = await keep_outcome(sent.form, _("Your draft has it. Nothing is in force by that."))
    return go(with_outcome(PLACE, said))


def _asked(sent: Upload, colours: Mapping[str, str]) -> dict[str, Any]:
    typed = sent.form.typed
    asked: dict[str, Any] = {
        "ask": "edit-looks",
        "values": dict(colours),
        "values_seen": {place: typed.one(f"seen-{place}") for place in colours},
        "seen": typed.one("seen") or None,
    }
    if typed.one("do") == "remove":
        return asked | {"as_shipped": True}
    if sent.content:
        asked["picture"] = base64.b64encode(sent.content).decode("ascii")
    return asked


def _wrong(sent: Upload, colours: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is seen to be wrong at once, at its field, with what to do."""
    if sent.form.typed.one("do") != "remove":
        yield from _unfit(sent)
    for place, colour in colours.items():
        if colour and not is_colour(colour):
            yield place, _("Write the colour as six digits, such as #1d4a78.")
        elif colour:
            yield from _unreadable(place, colour)


def _unfit(sent: Upload) -> Iterator[tuple[str, str]]:
    if sent.too_large:
        yield "logo", NO_LOGO["large"].format(kib=KIB)
    if not sent.content:
        return
    try:
        logo_of(sent.file, sent.content)
    except LooksError as wrong:
        width, height = size_of(sent.content) if wrong.why == "sides" else (0, 0)
        said = NO_LOGO[wrong.why]
        yield (
            "logo",
            said.format(kib=KIB, width=width, height=height, least=SIDES[0], most=SIDES[1]),
        )


def _unreadable(place: str, colour: str) -> Iterator[tuple[str, str]]:
    dark = place == DARK
    least = _least(pairs_of(colour, dark=dark))
    if least.can_be_read:
        return
    said = (
        _("This colour is too dark for the dark: {where} would have a contrast of {contrast}, and "
          "text needs {least}. Choose a lighter one, such as {near}.")
        if dark
        else _("This colour is too light: {where} would have a contrast of {contrast}, and text "
               "needs {least}. Choose a darker one, such as {near}.")
    )  # fmt: skip
    filled = said.format(
        where=WHERE[least.where], contrast=least.said, least=LEAST,
        near=near(colour, dark=dark),
    )  # fmt: skip
    yield place, filled


def _least(pairs: list[Pair]) -> Pair:
    return min(pairs, key=lambda each: each.contrast)


def measured(looks: LooksShown) -> list[Measured]:
    """Each colour of the firm's own, with its contrasts."""
    return [
        _measured(place, colour)
        for place, colour in ((LIGHT, looks.colour), (DARK, looks.colour_dark))
        if is_colour(colour)
    ]


def _measured(place: str, colour: str) -> Measured:
    pairs = pairs_of(colour, dark=place == DARK)
    least = _least(pairs)
    said = (
        _("Everything can be read: the least contrast is {contrast}, and text needs {least}.")
        if least.can_be_read
        else _("Not everything can be read: the least contrast is {contrast}; text needs {least}.")
    )
    return Measured(
        label=COLOURS[place],
        colour=colour,
        pairs=[(WHERE[each.where], each.said) for each in pairs],
        words=said.format(contrast=least.said, least=LEAST),
    )


async def _page(
    visit: Visit, edition: str | None, typed: Mapping[str, str], errors: Mapping[str, str],
    status: int = 200, did: str = "",
) -> Response:  # fmt: skip
    number = None if edition in (None, "", DRAFT) else edition
    told = await ask_studio(visit, LooksTold, ask="looks", edition=number)
    return visit.page(
        "studio_looks.html",
        status,
        in_force=in_force_words(told.in_force, visit.context.desk.zone),
        told=told,
        mine=told.edition == DRAFT,
        measured=measured(told.looks),
        colours=[
            (place, words, getattr(told.looks, place.removeprefix("looks.")))
            for place, words in COLOURS.items()
        ],
        changed=told.looks != told.before,
        kib=KIB,
        sides=SIDES,
        typed=typed,
        errors=errors,
        outcome=await shown_outcome(visit, did),
    )
