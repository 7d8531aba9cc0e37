"""How are figures over time drawn, so that everybody can read and follow them?

Plain functions that write SVG: nothing runs in the browser. Each mark is a link with its own words;
colours come from the style sheet, so it can be read in the dark, on paper and in one colour, and
marks are told apart by their shape. What stands here stands in a table beside it, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10

from markupsafe import Markup

from services.desk.pages.language import on_an_axis

WIDTH, HEIGHT = 320, 180
LEFT, RIGHT, TOP, BOTTOM = 38, 8, 10, 24
MOST_NAMED = 6  # months that are named below
STEPS = (1, 2, 5, 10)
SMALLEST = 1e-9  # what is less is drawn as nought: of the least floats there is no tenth
FIXED = {"percent": (0.0, 100.0), "nps": (-100.0, 100.0), "stars": (1.0, 5.0), "ces": (1.0, 7.0)}
"""Scales that never change, so that plots can be compared; others reach from 0 to the largest."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One value in a plot: where it stands, what it says, and where it leads."""

    label: str  # below: Mar
    said: str  # read out: March 2026: 67 % (n = 12)
    value: float | None
    href: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where values reach."""

    low: float
    high: float

    def y(self, value: float) -> float:
        """How far down a value stands."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def plot(marks: Sequence[Mark], scale: str, title: str, id: str) -> Markup:
    """The marks from left to right; a bar from nought for counts, a point for all else.

    ``scale``: the name of a fixed scale, or anything else for one that begins at nought.
    """
    reach = scale_of(marks, scale)
    parts = [
        Markup(
            '<svg class="plot" viewBox="0 0 {} {}" role="group" aria-labelledby="{}-plot">'
            '<title id="{}-plot">{}</title>'
        ).format(WIDTH, HEIGHT, id, id, title),
        *_grid(reach),
        *_marks(marks, reach, bars=scale == "count"),
        Markup("</svg>"),
    ]
    return Markup("").join(parts)


def scale_of(marks: Sequence[Mark], scale: str) -> Scale:
    """A fixed scale, or one from nought to a round number above the largest value."""
    if scale in FIXED:
        return Scale(*FIXED[scale])
    values = [each for mark in marks for each in (mark.value, mark.high) if each is not None]
    largest = max(values, default=0.0)
    if largest < SMALLEST:
        return Scale(0.0, 1.0)
    size = 10.0 ** floor(log10(largest))
    return Scale(0.0, next(step * size for step in STEPS if step * size >= largest))


def _grid(reach: Scale) -> Iterator[Markup]:
    middle = (reach.low + reach.high) / 2
    for value in (reach.low, middle, reach.high) if middle % 1 == 0 else (reach.low, reach.high):
        y = reach.y(value)
        yield Markup('<line class="plot-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            LEFT, WIDTH - RIGHT, y, y
        )
        yield Markup('<text class="plot-tick" x="{}" y="{}" aria-hidden="true">{}</text>').format(
            LEFT - 4, y + 4, on_an_axis(value)
        )


def _marks(marks: Sequence[Mark], reach: Scale, *, bars: bool) -> Iterator[Markup]:
    step = (WIDTH - LEFT - RIGHT) / max(len(marks), 1)
    every = ceil(len(marks) / MOST_NAMED)
    xs = [round(LEFT + step * (number + 0.5), 1) for number in range(len(marks))]
    if not bars:
        yield from _lines([(x, None if mark.value is None else reach.y(mark.value))
                           for x, mark in zip(xs, marks, strict=True)])  # fmt: skip
    for number, (x, mark) in enumerate(zip(xs, marks, strict=True)):
        if (len(marks) - 1 - number) % every == 0:
            yield Markup(
                '<text class="plot-month" x="{}" y="{}" aria-hidden="true">{}</text>'
            ).format(x, HEIGHT - 6, mark.label)
        if mark.value is not None:
            inside = _bar(x, step, mark.value, reach) if bars else _point(x, mark, reach)
            yield Markup('<a href="{}" aria-label="{}"><title>{}</title>{}</a>').format(
                mark.href, mark.said, mark.said, inside
            )


def _lines(points: Sequence[tuple[float, float | None]]) -> Iterator[Markup]:
    """From each value to the next; none over a month of which there is nothing to say."""
    for there, joined in groupby(points, key=lambda point: point[1] is not None):
        if there:
            where = " ".join(f"{x},{y}" for x, y in joined)
            yield Markup('<polyline class="plot-line" points="{}"/>').format(where)


def _bar(x: float, step: float, value: float, reach: Scale) -> Markup:
    width, top = round(max(step * 0.6, 2), 1), reach.y(value)
    height = round(max(reach.y(reach.low) - top, 1.5), 1)
    return Markup('<rect class="plot-mark" x="{}" y="{}" width="{}" height="{}"/>').format(
        round(x - width / 2, 1), round(HEIGHT - BOTTOM - height, 1), width, height
    )


def _point(x: float, mark: Mark, reach: Scale) -> Markup:
    y = reach.y(mark.value or 0.0)
    spread = Markup("")
    if mark.low is not None and mark.high is not None:
        spread = Markup('<line class="plot-spread" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
            x, x, reach.y(mark.low), reach.y(mark.high)
        )
    return spread + Markup(
        '<circle class="plot-hit" cx="{}" cy="{}" r="12"/>'
        '<circle class="plot-mark" cx="{}" cy="{}" r="5"/>'
    ).format(x, y, x, y)
