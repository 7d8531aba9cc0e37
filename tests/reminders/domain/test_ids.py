"""Are ids what they always were? They are on the wire and in databases, so they never change."""

from base64 import b32encode
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from services.reminders.domain.occurrence import derived_id


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_an_id_is_the_prefix_and_125_bits_of_the_hash_in_base_32(parts: list[str]) -> None:
    digest = sha256("\n".join(parts).encode()).digest()
    encoded = b32encode(digest[:20])[:25].decode().lower()
    assert derived_id("o", *parts) == f"o{encoded}"


def test_an_id_once_given_is_given_again() -> None:
    assert derived_id("o", "welcome", "client_id:c-1", "c-1", "once") == KNOWN


KNOWN = "ok2zvandj76w3bcthcihwixrsj"
