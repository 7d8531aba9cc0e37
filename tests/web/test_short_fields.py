"""Is a field for a day or a code as short as its page says?"""

from pathlib import Path

import shared.web

STYLE = (Path(shared.web.__file__).parent / "static" / "style.css").read_text("utf-8")


def test_what_makes_a_field_short_counts_over_what_makes_every_field_wide() -> None:
    wide, short = (
        STYLE.index("width: 100%; max-width: 100%; min-height"),
        STYLE.index("input.short"),
    )
    assert short > wide
    assert "\n.short {" not in STYLE, (
        "a class alone counts less than input[type=…]: it does nothing"
    )
