"""Is a plot right, readable without colours, and escaped?"""

import re
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import example, given
from hypothesis import strategies as st

from services.desk.pages.plots import BOTTOM, HEIGHT, TOP, Mark, plot, scale_of
from shared import web


def mark(value: float | None, **more: float) -> Mark:
    return Mark("Mar", "March: 1", value, "/reports?a=1&b=2", **more)


def test_a_point_stands_where_its_value_does() -> None:
    svg = plot([mark(0), mark(50), mark(100)], "percent", "Kept", "p")
    where = [float(each) for each in re.findall(r'class="plot-mark" cx="[^"]+" cy="([^"]+)"', svg)]
    assert where == [HEIGHT - BOTTOM, (HEIGHT - BOTTOM + TOP) / 2, TOP]


def test_counts_are_bars_from_nought() -> None:
    svg = plot([mark(3), mark(9)], "count", "Late", "p")
    assert svg.count("<rect") == 2
    assert scale_of([mark(3), mark(9)], "count").high == 10


def test_the_numbers_of_a_scale_are_written_as_people_write_them() -> None:
    svg = plot([mark(1_200_000)], "hours", "Took", "p")
    assert re.findall(r'class="plot-tick"[^>]*>([^<]+)<', svg) == ["0", "1M", "2M"]


def test_what_there_is_not_has_no_mark() -> None:
    assert plot([mark(None)], "percent", "Kept", "p").count("<a ") == 0


def test_what_it_is_called_is_escaped() -> None:
    svg = plot([Mark("<b>", "<i>", 1, "/x?a&b")], "count", "<script>", "p")
    assert "<script>" not in svg
    ElementTree.fromstring(svg)  # noqa: S314 - our own


def test_no_line_is_drawn_over_a_month_of_which_there_is_nothing_to_say() -> None:
    svg = plot([mark(10), mark(20), mark(None), mark(30)], "percent", "Kept", "p")
    lines = re.findall(r'<polyline class="plot-line" points="([^"]+)"', svg)
    assert [len(each.split()) for each in lines] == [2, 1]


def test_its_parts_look_as_the_style_sheet_says_of_plots_alone() -> None:
    drawn = plot([mark(1, low=0.5, high=2)], "hours", "Took", "p") + plot(
        [mark(1)], "count", "", "q"
    )
    names = set(re.findall(r'class="([^"]+)"', drawn)) - {"plot"}
    style = (Path(web.__file__).parent / "static" / "style.css").read_text("utf-8")
    assert {name for name in names if not name.startswith("plot-")} == set()
    assert {name for name in names if f".{name}" not in style} == set()


@given(st.lists(st.none() | st.floats(-1e6, 1e6), max_size=40))
@example([5e-324])
def test_every_plot_stays_within_its_frame(values: list[float | None]) -> None:
    svg = plot([mark(each) for each in values], "hours", "Took", "p")
    ElementTree.fromstring(svg)  # noqa: S314 - our own
    for y in re.findall(r'\bc?y\d?="([^"]+)"', svg):
        assert 0 <= float(y) <= HEIGHT
