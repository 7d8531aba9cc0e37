"""Was this form written by us, for this very session?

The token is an HMAC over whatever the form is bound to: a session's id, or a client's own link. It
is derived whenever a page is shown, so nothing needs to be kept.
"""

import hashlib
import hmac

from shared.clock import real_now
from shared.state.key_files import readable

FIELD = "csrf"
_PURPOSE = b"form\x00"


def form_token(key: bytes, bound_to: str) -> str:
    """The token of every form shown to this session."""
    return hmac.new(key, _PURPOSE + bound_to.encode(), hashlib.sha256).hexdigest()


def is_form_token(key: bytes, bound_to: str, token: str) -> bool:
    """Whether this token stands in a form we showed to this session."""
    genuine = [form_token(each, bound_to).encode() for each in readable(key, real_now())]
    return any(hmac.compare_digest(each, token.encode()) for each in genuine)
