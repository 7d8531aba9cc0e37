"""How is a lead read, as websites post it to the inbox of Clio Grow?

It is an inquiry. The story somebody wrote is not kept: before the conflict check is clear the firm
wants names, and asks for the rest afterwards.
"""

import json

from services.gateway.domain.reading import (
    Adapter,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    text_at,
)
from services.gateway.domain.saying import Saying
from shared.contracts.keys import id_made_of
from shared.contracts.refusals import refuse

LEAD = "inbox_lead"
CHANNEL = "website"
LABEL_LONGEST = 80
PATHS = {
    "name": f"{LEAD}.from_first and {LEAD}.from_last",
    "email": f"{LEAD}.from_email",
    "phone": f"{LEAD}.from_phone",
    "referral": f"{LEAD}.from_source",
}


def read(payload: Payload, firm: FirmDefaults) -> Reading:
    """Who asks for help, and how they are reached."""
    name = f"{_said(payload, 'from_first')} {_said(payload, 'from_last')}".strip()
    if not name:
        raise refuse(f"{LEAD}.from_last", "is missing: an inquiry has a name")
    email, phone = _said(payload, "from_email"), _said(payload, "from_phone")
    referral = _said(payload, "from_source")[:LABEL_LONGEST]
    told = json.dumps(found_at(payload, LEAD), sort_keys=True)
    data = {
        "inquiry_id": id_made_of("lead", told),
        "name": name,
        "channel": CHANNEL,
        "timezone": firm.zone,
        "locale": firm.locale,
        **({"email": email} if email else {}),
        **({"phone": phone} if phone else {}),
        **({"referral": referral} if referral else {}),
    }
    return Reading((Saying("inquiry-received", data, paths=PATHS),))


def _said(payload: Payload, name: str) -> str:
    if found_at(payload, f"{LEAD}.{name}") is None:
        return ""
    return text_at(payload, f"{LEAD}.{name}").strip()


CLIO_GROW = Adapter(
    name="clio-grow",
    read=read,
    scheme="standard-webhooks",
    never_kept=frozenset({"from_message", "inbox_lead_token"}),
)
