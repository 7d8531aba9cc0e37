"""How is it read that a client has signed: an engagement letter, a power of attorney?

What the firm has asked for as a document, and had signed by Documenso or DocuSign, is received once
all have signed. The firm's reference names the client and the request. Who signed, from where, and
the document itself are not kept.
"""

from services.gateway.domain.reading import (
    Adapter,
    FirmDefaults,
    Payload,
    Reading,
    found_at,
    instant_at,
    text_at,
)
from services.gateway.domain.references import client_and_thing
from services.gateway.domain.saying import Saying

NO_REQUEST = "it names no document the firm has asked for"
EXTERNAL_ID = "payload.externalId"
SUMMARY = "data.envelopeSummary"
FIELDS = f"{SUMMARY}.customFields.textCustomFields"
FIELD = "clientele"  # what the firm calls its field in DocuSign


def read_documenso(payload: Payload, _: FirmDefaults) -> Reading:
    """A document that all have signed."""
    event = text_at(payload, "event")
    if event != "DOCUMENT_COMPLETED":
        return Reading(nothing=f"nothing follows from {event[:40]}")
    return _received(payload, found_at(payload, EXTERNAL_ID), EXTERNAL_ID, "payload.completedAt")


def read_docusign(payload: Payload, _: FirmDefaults) -> Reading:
    """An envelope that all have signed."""
    event = text_at(payload, "event")
    if event != "envelope-completed":
        return Reading(nothing=f"nothing follows from {event[:40]}")
    return _received(payload, _field(payload), FIELDS, f"{SUMMARY}.completedDateTime")


def _received(payload: Payload, reference: object, path: str, at: str) -> Reading:
    if reference is None or reference == "":
        return Reading(nothing=NO_REQUEST)
    client_id, request_id = client_and_thing(str(reference), path)
    data = {"request_id": request_id, "client_id": client_id}
    paths = dict.fromkeys(data, path)
    return Reading((Saying("document-received", data, at=instant_at(payload, at), paths=paths),))


def _field(payload: Payload) -> object:
    """What stands in the firm's field of the envelope."""
    fields = found_at(payload, FIELDS)
    for each in fields if isinstance(fields, list) else ():
        if isinstance(each, dict) and each.get("name") == FIELD:
            return each.get("value")
    return None


def _named(payload: Payload, path: str) -> str | None:
    """What happened to which document: sent again it is the same."""
    event, own_id = found_at(payload, "event"), found_at(payload, path)
    return f"{event}:{own_id}" if isinstance(own_id, str | int) and own_id else None


DOCUMENSO = Adapter(
    name="documenso",
    read=read_documenso,
    scheme="token",
    header="X-Documenso-Secret",
    delivery_id=lambda payload: _named(payload, "payload.id"),
    never_kept=frozenset({"recipients", "Recipient", "documentData", "documentMeta", "formValues"}),
)
DOCUSIGN = Adapter(
    name="docusign",
    read=read_docusign,
    scheme="docusign",
    delivery_id=lambda payload: _named(payload, "data.envelopeId"),
    never_kept=frozenset(
        {"recipients", "sender", "envelopeDocuments", "PDFBytes", "emailBlurb", "formData"}
    ),
)
