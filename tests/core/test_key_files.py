"""Is a key file read as it is meant, before and after a rotation?"""

from datetime import UTC, datetime, timedelta

import pytest

from shared.clock import real_now
from shared.requests.tokens import make_token, read_token
from shared.state.key_files import keys_in, readable, rotated
from shared.web.csrf import form_token, is_form_token

FIRST, SECOND, THIRD = ("11" * 32, "22" * 32, "33" * 32)
UNTIL = datetime(2026, 6, 1, tzinfo=UTC)


def test_a_file_of_one_line_is_one_key() -> None:
    key = keys_in(FIRST + "\n")
    assert (bytes(key).hex(), key.older) == (FIRST, ())


def test_a_rotation_puts_the_new_key_in_front_and_keeps_the_others() -> None:
    text = rotated(rotated(FIRST, SECOND, UNTIL), THIRD)
    key = keys_in(text)
    assert bytes(key).hex() == THIRD
    assert key.older == ((bytes.fromhex(SECOND), None), (bytes.fromhex(FIRST), UNTIL))


def test_a_key_before_is_read_until_its_instant_and_no_longer() -> None:
    key = keys_in(rotated(FIRST, SECOND, UNTIL))
    before, after = UNTIL - timedelta(seconds=1), UNTIL
    assert [each.hex() for each in readable(key, before)] == [SECOND, FIRST]
    assert [each.hex() for each in readable(key, after)] == [SECOND]


@pytest.mark.parametrize(
    "text",
    ["", "\n", "11", FIRST[:-2], f"{FIRST} {UNTIL.isoformat()}", f"{FIRST}\nx",
     f"{FIRST}\n{SECOND} x",
     f"{FIRST}\n{SECOND} 2026-06-01T00:00:00", f"{FIRST}\n{SECOND} {UNTIL.isoformat()} x"],
)  # fmt: skip
def test_anything_else_is_no_key_file(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        keys_in(text)


def test_a_link_that_was_sent_before_a_rotation_opens_until_the_key_expires() -> None:
    old = keys_in(FIRST)
    token, form = make_token(old, "survey", "s-1"), form_token(old, "session")
    for until, opens in ((real_now() + timedelta(days=1), True), (real_now(), False)):
        key = keys_in(rotated(FIRST, SECOND, until))
        assert read_token(key, "survey", make_token(key, "survey", "s-1")) == "s-1"
        assert make_token(key, "survey", "s-1") != token
        assert (read_token(key, "survey", token) == "s-1") is opens
        assert is_form_token(key, "session", form) is opens
