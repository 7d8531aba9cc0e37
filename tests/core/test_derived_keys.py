"""Does one master key give the same key for a purpose for ever, and another for each purpose?"""

import hashlib
import hmac

import pytest

from shared.state.keys import FIRST_PURPOSES, derive

MASTER = bytes(range(32))
KEPT = {  # under these lies what the firms' databases hold
    "wrap": "fa004397c57e6f0c34d1dda5b9507c2abf801011298d634a7ac84d600b1e2b1f",
    "blind": "7c520bf394472591c3b2f045e89919ad693e26cf0b72711db80a0155bacd93ce",
    "handled": "7f495a8b697673c23d83ab61b04ce52c9933358c291a22639934167692d414a8",
    "letters": "5325b579f6219ca6ca3a059f43d523a866ab8c4dc5021e7c0850b06353369801",
}


@pytest.mark.parametrize("purpose", KEPT)
def test_a_purpose_with_data_at_rest_keeps_its_key(purpose: str) -> None:
    assert derive(MASTER, purpose).hex() == KEPT[purpose]
    assert set(KEPT) == FIRST_PURPOSES


def test_a_new_purpose_is_derived_as_rfc_5869_says() -> None:
    first_block = hmac.new(MASTER, b"clientele:pages" + b"\x01", hashlib.sha256).digest()
    assert derive(MASTER, "pages") == first_block


def test_no_two_purposes_have_the_same_key() -> None:
    assert len({derive(MASTER, purpose) for purpose in (*KEPT, "pages", "files")}) == 6
