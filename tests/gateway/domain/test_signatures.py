"""Do our checks agree with those of the schemes' own libraries, and let in nothing unsigned?"""

import hmac
from base64 import b64encode
from datetime import UTC, datetime

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook

from services.gateway.domain.signatures import Arrived, NotSignedError, Proof, is_secret, verify

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AT = str(int(NOW.timestamp()))
KEY = b"0123456789abcdef0123456789abcdef"
SECRET = f"whsec_{b64encode(KEY).decode()}"
BODIES = st.text(max_size=60).map(str.encode)


def arrived(body: bytes, **headers: str) -> Arrived:
    """What a door was handed."""
    return Arrived({name.replace("_", "-"): each for name, each in headers.items()}, body, NOW)


def standard(body: bytes, signature: str, own_id: str = "msg_1") -> Arrived:
    """A delivery by Standard Webhooks."""
    return arrived(body, webhook_id=own_id, webhook_timestamp=AT, webhook_signature=signature)


@given(BODIES)
def test_what_the_library_of_standard_webhooks_signs_is_let_in(body: bytes) -> None:
    signature = Webhook(SECRET).sign("msg_1", NOW, body.decode())
    assert verify(standard(body, signature), Proof("standard-webhooks"), [SECRET]) == "msg_1"


@given(BODIES)
def test_what_stripe_s_library_signs_is_let_in(body: bytes) -> None:
    made = stripe.WebhookSignature._compute_signature(f"{AT}.{body.decode()}", "whsec_abc12345")
    header = f"t={AT},v1={made},v0=ignored"
    proof = Proof("stripe")
    assert verify(arrived(body, stripe_signature=header), proof, ["whsec_abc12345"]) is None


@given(st.binary(max_size=64), st.text(max_size=64), st.text(max_size=20))
def test_nothing_made_up_is_let_in(body: bytes, signature: str, own_id: str) -> None:
    for proof, headers in (
        (Proof("standard-webhooks"), {"webhook_id": own_id, "webhook_timestamp": AT,
                                      "webhook_signature": f"v1,{signature}"}),
        (Proof("stripe"), {"stripe_signature": f"t={AT},v1={signature}"}),
        (Proof("clio"), {"x_hook_signature": signature}),
        (Proof("token", "x-token"), {"x_token": signature}),
    ):  # fmt: skip
        with pytest.raises(NotSignedError):
            verify(arrived(body, **headers), proof, [SECRET])


def test_a_signature_says_for_which_bytes_and_which_name_it_is() -> None:
    signature = Webhook(SECRET).sign("msg_1", NOW, "{}")
    for changed in (standard(b"{ }", signature), standard(b"{}", signature, own_id="msg_2")):
        with pytest.raises(NotSignedError):
            verify(changed, Proof("standard-webhooks"), [SECRET])


@pytest.mark.parametrize("at", ["", "soon", "-1", "1e9", "99999999999999999999"])
def test_an_instant_that_is_none_is_refused(at: str) -> None:
    made = stripe.WebhookSignature._compute_signature(f"{at}.{{}}", "whsec_abc12345")
    with pytest.raises(NotSignedError):
        verify(arrived(b"{}", stripe_signature=f"t={at},v1={made}"), Proof("stripe"),
               ["whsec_abc12345"])  # fmt: skip


@pytest.mark.parametrize(
    ("secret", "fits"),
    [(SECRET, True), ("whsec_", False), ("whsec_QUJD", False), ("whsec_no base64!", False)],
)
def test_a_secret_that_cannot_be_one_is_known_beforehand(secret: str, fits: bool) -> None:
    assert is_secret("standard-webhooks", secret) is fits


def test_a_short_token_is_no_secret() -> None:
    assert not is_secret("token", "short")
    assert is_secret("token", "long enough")


def test_docusign_signs_once_for_each_key_it_has() -> None:
    body = b'{"event": "envelope-completed"}'
    made = b64encode(hmac.digest(b"the key of ours", body, "sha256")).decode()
    headers = {"x-docusign-signature-1": "of another key", "x-docusign-signature-2": made}
    proof = Proof("docusign")
    assert verify(Arrived(headers, body, NOW), proof, ["the key of ours"]) is None
    with pytest.raises(NotSignedError):
        verify(Arrived(headers, body + b" ", NOW), proof, ["the key of ours"])
    with pytest.raises(NotSignedError, match="x-docusign-signature-1 is missing"):
        verify(Arrived({}, body, NOW), proof, ["the key of ours"])


def test_who_can_sign_nothing_carries_the_secret_in_the_address() -> None:
    proof = Proof("address")
    assert verify(Arrived({}, b"{}", NOW, "a-long-key"), proof, ["a-long-key"]) is None
    for wrong in ("", "another-key"):
        with pytest.raises(NotSignedError, match="key="):
            verify(Arrived({}, b"{}", NOW, wrong), proof, ["a-long-key"])
