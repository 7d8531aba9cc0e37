"""Can everything be read in the firm's colours, and can pages, mails and letters carry its logo?"""

import re
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.firm.colours import (
    DARK,
    LEAST,
    LIGHT,
    Ground,
    LooksError,
    check_colour,
    contrast,
    near,
    pairs_of,
)
from shared.firm.looks import LARGEST, Looks, read_logo
from shared.process.settings import Settings
from shared.web.static import FILES


def picture(width: int = 64, height: int = 32) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = b"".join(b"\x00" + b"\x7a\x1f\x3d" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, known: float) -> None:
    assert contrast(one, other) == pytest.approx(known, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@given(st.integers(0, 0xFFFFFF), st.booleans())
def test_whatever_colour_is_taken_can_be_read(number: int, dark: bool) -> None:
    colour, ground = f"#{number:06x}", DARK if dark else LIGHT
    try:
        taken = check_colour(colour, dark=dark)
    except LooksError:
        return
    assert contrast(taken, ground.paper) >= LEAST
    assert contrast(taken, ground.on_accent) >= LEAST


@given(st.integers(0, 0xFFFFFF), st.booleans())
def test_beside_each_colour_is_one_that_can_be_read(number: int, dark: bool) -> None:
    found = near(f"#{number:06x}", dark=dark)
    assert check_colour(found, dark=dark) == found
    assert near(found, dark=dark) == found


@pytest.mark.parametrize(
    ("colour", "dark", "why"),
    [
        ("#e67e22", False, "choose a darker one"),
        ("#1d4a78", True, "choose a lighter one"),
        ("red", False, "six digits"),
        ("#abc", False, "six digits"),
    ],
)
def test_a_colour_that_cannot_be_read_says_what_to_do(colour: str, dark: bool, why: str) -> None:
    with pytest.raises(LooksError, match=why):
        check_colour(colour, dark=dark)


@given(st.integers(0, 0xFFFFFF), st.booleans())
@example(0x757575, False)  # 4.48 between two of them
def test_a_contrast_that_is_not_enough_is_not_said_to_be(number: int, dark: bool) -> None:
    for each in pairs_of(f"#{number:06x}", dark=dark):
        assert (float(each.said) >= LEAST) == each.can_be_read


@pytest.mark.parametrize(("ground", "at"), [(LIGHT, 0), (DARK, 1)])
def test_what_stands_around_a_colour_is_as_in_the_style_sheet(ground: Ground, at: int) -> None:
    style = FILES["style.css"].decode()
    for name in ("paper", "surface", "sunken", "ink", "accent", "on_accent"):
        said = re.findall(rf"--{name.replace('_', '-')}: (#\w+);", style)
        assert said[at] == getattr(ground, name)


def test_the_shipped_colours_could_be_said_by_a_firm() -> None:
    light, dark, *_ = re.findall(r"--accent: (#\w+);", FILES["style.css"].decode())
    assert check_colour(light) == light
    assert check_colour(dark, dark=True) == dark


def test_colours_are_for_screens_each_in_its_own_light() -> None:
    style = Looks(light="#7a1f3d", dark="#f0a8bd").style()
    light, dark = style.splitlines()
    assert light.startswith("@media screen and (prefers-color-scheme: light)")
    assert "--accent: #7a1f3d;" in light
    assert dark.startswith("@media screen and (prefers-color-scheme: dark)")
    assert "--accent: #f0a8bd;" in dark
    assert Looks().style() == ""


def test_a_logo_knows_its_size_and_changes_its_name_with_the_picture(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(picture())
    first = read_logo(file)
    assert (first.width, first.height) == (64, 32)
    file.write_bytes(picture(80))
    assert read_logo(file).name != first.name


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg/>", "no PNG"),
        (picture()[:16], "no PNG"),
        (picture(8), "8 by 32 pixels"),
        (picture(2100, 16), "2100 by 16"),
        (picture() + b"\0" * LARGEST, "at most 64 KiB"),
        (picture()[:-12], "is damaged"),
        (picture().replace(b"IDAT", b"IDAX"), "is damaged"),
        (picture()[:60] + b"x" + picture()[61:], "is damaged"),
    ],
    ids=["drawing", "torn", "small", "wide", "heavy", "endless", "empty", "changed"],
)
def test_a_logo_that_cannot_be_carried_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(ValidationError, match=why):
        Settings(firm_dir=tmp_path, firm_logo="logo.png")


def test_a_logo_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=r"logo.png cannot be read"):
        Settings(firm_dir=tmp_path, firm_logo="logo.png")


def test_a_logo_stands_in_the_firms_folder(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture())
    logo = Settings(firm_dir=tmp_path, firm_logo="logo.png").looks().logo
    assert logo is not None
    assert logo.content == picture()
