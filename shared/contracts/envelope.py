"""How do events look on the wire, and what are they once read? The door to all of it.

CloudEvents 1.0: we publish structured JSON and accept structured and binary. Our own envelope,
because the public library lets through what the standard forbids.
"""

from shared.contracts.encoding import CONTENT_TYPE, encode, headers
from shared.contracts.event import Cause, D, Event, follow_up, message_id, stamp_of
from shared.contracts.refusals import FieldError, Invalid, NewerVersion, UnknownType
from shared.contracts.validation import MAX_EVENT_BYTES, decode

__all__ = [
    "CONTENT_TYPE",
    "MAX_EVENT_BYTES",
    "Cause",
    "D",
    "Event",
    "FieldError",
    "Invalid",
    "NewerVersion",
    "UnknownType",
    "decode",
    "encode",
    "follow_up",
    "headers",
    "message_id",
    "stamp_of",
]
