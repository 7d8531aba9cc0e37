"""Is every finding marked where it is, and the text otherwise left as it is?"""

from hypothesis import given
from hypothesis import strategies as st

from services.reputation.domain.finding import Finding
from services.reputation.domain.marked_text import pieces_of
from tests.reputation.domain.firm import judged


def test_a_finding_is_a_piece_of_its_own() -> None:
    text = "Hello. The bakery was lovely."
    marked = [piece for piece in pieces_of(text, judged(text).findings) if piece.findings]
    assert [(piece.text, piece.findings) for piece in marked] == [("bakery", (1,))]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))))
def test_the_pieces_are_the_text(text: str, places: list[tuple[int, int]]) -> None:
    found = [
        Finding(rule="x", start=min(a, b, len(text)), end=min(max(a, b), len(text)), message="m")
        for a, b in places
    ]
    pieces = pieces_of(text, found)
    assert "".join(piece.text for piece in pieces) == text
    for number, finding in enumerate(found, 1):
        own = "".join(piece.text for piece in pieces if number in piece.findings)
        assert own == text[finding.start : finding.end]
