"""What can be imported as a list, and which columns does each list have?

The fields are those of the events a row becomes, and a few that say which events these are: since
when, until when, and how the thing stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["clients", "matters", "parties", "appointments", "invoices"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Shape = Literal["id", "text", "day", "moment", "amount", "phone", "word"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a list: how its cells are read, and by which headings it is known."""

    shape: Shape = "text"
    required: bool = False
    words: tuple[str, ...] = ()  # all it may say
    headings: tuple[str, ...] = ()


def _of(shape: Shape, *headings: str, required: bool = False, words: str = "") -> Field:
    return Field(shape, required, tuple(words.split()), headings)


_CLIENT_ID = _of(
    "id", "client id", "client no", "client number", "client", "mandantennummer", "mandantennr",
    "mandanten-id", "mandant nr", "mandant", "kundennummer", required=True,
)  # fmt: skip
_CLIENT_EMAIL = _of("text", "client email", "e-mail des mandanten", "email", "e-mail", "mail")
_MATTER_ID = _of(
    "id", "matter id", "matter no", "matter number", "matter", "file no", "file number",
    "aktenzeichen", "akte", "aktennummer", "mandat", "az",
)  # fmt: skip
_OWNER = _of("id", "owner", "responsible", "responsible attorney", "lawyer", "attorney",
             "sachbearbeiter", "anwalt", "rechtsanwalt", "zuständig", "referat")  # fmt: skip
_AREA = _of("text", "practice area", "area", "rechtsgebiet", "sachgebiet", "gebiet")
_BIRTH = _of("day", "birth date", "date of birth", "dob", "born", "geburtsdatum", "geburtstag",
             "geboren")  # fmt: skip
_EMAIL = _of("text", "email", "e-mail", "email address", "mail", "e-mail-adresse")
_PHONE = _of("phone", "phone", "telephone", "mobile", "telefon", "mobil", "handy", "telefonnummer",
             "tel")  # fmt: skip
_ADDRESS = _of("text", "address", "adresse", "anschrift", "strasse", "straße", "street")
_NUMBER = _of("text", "company number", "handelsregister", "hrb", "registernummer")
_ZONE = _of("text", "timezone", "time zone", "zeitzone")


def _needed(field: Field) -> Field:
    return Field(field.shape, True, field.words, field.headings)


FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    "clients": {
        "client_id": Field("id", True, (), ("id", "nr", "no", "number", *_CLIENT_ID.headings)),
        "name": _of("text", "name", "full name", "client name", "vollständiger name", "firma",
                    "company", required=True),
        "email": _EMAIL,
        "phone": _PHONE,
        "locale": _of("text", "language", "locale", "sprache", required=True),
        "timezone": _needed(_ZONE),
        "since": _of("day", "since", "client since", "created", "angelegt", "mandant seit", "seit",
                     "anlagedatum"),
        "birth_date": _BIRTH,
        "company_number": _NUMBER,
        "address": _ADDRESS,
        "salutation": _of("text", "salutation", "title", "titel", "anrede"),
        "form_of_address": _of("word", "form of address",
                               words="mr ms neutral organisation"),
        "family_name": _of("text", "last name", "family name", "surname", "nachname"),
        "name_order": _of("word", "name order", words="given-first family-first"),
        "preferred_name": _of("text", "preferred name", "rufname"),
        "contact_person": _of("text", "contact person", "ansprechpartner"),
        "interpreter": _of("text", "interpreter", "dolmetscher"),
        "preferred_channel": _of("word", "preferred channel", "kanal", "channel",
                                 words="email sms phone post"),
        "practice_area": _AREA,
        "owner_id": _OWNER,
    },
    "matters": {
        "matter_id": Field("id", True, (), ("id", "nr", "number", *_MATTER_ID.headings)),
        "client_id": _CLIENT_ID,
        "practice_area": _needed(_AREA),
        "owner_id": _needed(_OWNER),
        "opened_on": _of("day", "opened", "opened on", "open date", "date opened", "angelegt",
                         "eröffnet", "anlagedatum", "beginn", required=True),
        "status": _of("word", "status", "state", "zustand", words="open closed"),
        "last_contact_on": _of("day", "last contact", "last contact on", "last activity",
                               "letzter kontakt", "letzte aktivität", "zuletzt bearbeitet"),
        "closed_on": _of("day", "closed", "closed on", "close date", "date closed", "abgelegt",
                         "abgeschlossen", "ablagedatum", "ende"),
    },
    "parties": {
        "matter_id": _needed(_MATTER_ID),
        "party_id": _of("id", "party id", "id", "beteiligten-id", "nr"),
        "name": _of("text", "name", "full name", "party", "beteiligter", "firma", required=True),
        "role": _of("word", "role", "rolle", "beteiligung", "art",
                    words="client adverse related prospect", required=True),
        "since": _of("day", "since", "added", "seit", "angelegt"),
        "birth_date": _BIRTH,
        "company_number": _NUMBER,
        "email": _EMAIL,
        "phone": _PHONE,
        "address": _ADDRESS,
    },
    "appointments": {
        "appointment_id": _of("id", "appointment id", "id", "uid", "termin-id", "nr", "number",
                              "terminnummer", required=True),
        "client_id": _CLIENT_ID,
        "client_email": _CLIENT_EMAIL,
        "matter_id": _MATTER_ID,
        "starts": _of("moment", "starts", "starts at", "start", "begin", "date", "beginn", "datum",
                      "termin", required=True),
        "timezone": _needed(_ZONE),
        "kind": _of("text", "kind", "type", "art", "terminart", required=True),
        "location": _of("text", "location", "place", "room", "ort", "raum"),
        "status": _of("word", "status", "state", words="planned cancelled"),
    },
    "invoices": {
        "invoice_id": _of("id", "invoice id", "invoice no", "invoice number", "invoice", "id",
                          "rechnungsnummer", "rechnungsnr", "rechnung", "belegnummer", "nr",
                          required=True),
        "client_id": _CLIENT_ID,
        "client_email": _CLIENT_EMAIL,
        "matter_id": _MATTER_ID,
        "issued_on": _of("day", "issued", "issued on", "invoice date", "date", "rechnungsdatum",
                         "datum", "belegdatum"),
        "due_on": _of("day", "due", "due on", "due date", "fällig", "fällig am", "fälligkeit",
                      required=True),
        "number": _of("text", "printed number"),
        "amount": _of("amount", "amount", "total", "balance", "betrag", "summe", "brutto",
                      "gesamtbetrag", "offen"),
        "currency": _of("text", "currency", "währung"),
        "status": _of("word", "status", "state", "zustand",
                      words="open paid cancelled credited disputed plan-agreed"),
        "paid_on": _of("day", "paid", "paid on", "bezahlt", "bezahlt am", "zahlungsdatum"),
    },
}  # fmt: skip

EITHER: Mapping[str, str] = {"client_id": "client_email"}
"""A field that may be missing where the other one stands."""

WORDS: Mapping[str, str] = {
    "open": "open", "offen": "open", "aktiv": "open", "active": "open", "laufend": "open",
    "pending": "open", "unbezahlt": "open", "unpaid": "open", "overdue": "open",
    "überfällig": "open", "closed": "closed", "erledigt": "closed", "abgelegt": "closed",
    "abgeschlossen": "closed", "beendet": "closed", "geschlossen": "closed", "inactive": "closed",
    "paid": "paid", "bezahlt": "paid", "beglichen": "paid", "cancelled": "cancelled",
    "canceled": "cancelled", "storniert": "cancelled", "abgesagt": "cancelled", "void": "cancelled",
    "credited": "credited", "gutgeschrieben": "credited", "disputed": "disputed",
    "strittig": "disputed", "ratenzahlung": "plan-agreed", "planned": "planned",
    "geplant": "planned", "confirmed": "planned", "bestätigt": "planned", "adverse": "adverse",
    "gegner": "adverse", "gegenseite": "adverse", "opponent": "adverse", "beklagter": "adverse",
    "client": "client", "mandant": "client", "related": "related", "zeuge": "related",
    "witness": "related", "dritter": "related", "prospect": "prospect", "interessent": "prospect",
    "herr": "mr", "mr": "mr", "frau": "ms", "ms": "ms", "mrs": "ms", "firma": "organisation",
    "company": "organisation", "e-mail": "email", "email": "email", "mail": "email", "sms": "sms",
    "telefon": "phone", "phone": "phone", "brief": "post", "post": "post",
}  # fmt: skip
"""What lists often say, in our words; a guess takes only those a field knows."""
