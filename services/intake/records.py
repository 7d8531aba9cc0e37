"""What does intake hold of one client, and what becomes of it when they ask?

The conflict index outlives everybody: of an erased person it says that somebody restricted was
there, and no more. What conflict checks say of others is named in an access file and not told.
"""

from dataclasses import replace
from typing import Any

from services.intake.domain import clients, inquiries
from services.intake.domain.checks import Check
from services.intake.domain.clients import Client
from services.intake.domain.duplicates import stricter, with_survivor
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.known import Known
from services.intake.domain.matters import Matter
from services.intake.domain.parties import Party
from services.intake.ports import (
    ATTENDANCE_NOTES,
    CHECKS,
    CLIENTS,
    CONFLICT_INDEX,
    CONSENTS,
    DUPLICATES,
    INQUIRIES,
    MATTERS,
    PARTIES,
    RESTRICTIONS,
)
from shared.engine.records import Order, Part, Records
from shared.engine.records_parts import by_client, by_key, own, with_client
from shared.engine.records_told import plainly

OF_OTHERS = "privileged: it tells of other clients and of those on the other side"


def _refs(order: Order) -> list[str]:
    asked = (inquiries.ref_of(each) for each in order.inquiry_ids)
    return [*(clients.ref_of(each) for each in order.client_ids), *asked]


def _known(order: Order) -> dict[str, Any]:
    return {"_id": {"$in": _refs(order)}}


def _checked(order: Order) -> dict[str, Any]:
    return {"x.subject": {"$in": _refs(order)}}


def _paired(order: Order) -> dict[str, Any]:
    ids = list(order.client_ids)
    return {"$or": [{"d.first_id": {"$in": ids}}, {"d.second_id": {"$in": ids}}]}


def _of_matters(order: Order) -> dict[str, Any]:
    return {"x.client": {"$in": list(order.client_ids)}}


def _asked(order: Order) -> dict[str, Any]:
    of_client = {"x.client": {"$in": list(order.client_ids)}}
    return {"$or": [{"_id": {"$in": list(order.inquiry_ids)}}, of_client]}


def _as_party(order: Order) -> dict[str, Any]:
    return {"x.matter": {"$in": list(order.matter_ids)}, "d.role": "client"}


def _nameless_client(party: Party, _: Order) -> Party:
    return Party(matter_id=party.matter_id, party_id=party.party_id, role=party.role)


def _joined(there: Client, moved: Client) -> Client:
    """The survivor's word holds; where they have none, the other's does."""
    lacking = {
        name: getattr(moved, name)
        for name in moved.__dataclass_fields__
        if getattr(there, name) is None and getattr(moved, name) is not None
    }
    names = [each for each in (*there.former_names, *moved.names) if each != there.name]
    return replace(there, **lacking, former_names=tuple(dict.fromkeys(names)))


def _known_as(known: Known, old: str, survivor: str) -> Known:
    own_entry = known.ref == clients.ref_of(old)
    ref = clients.ref_of(survivor) if own_entry else known.ref
    return replace(known, ref=ref, client_id=survivor if known.client_id == old else None)


def _known_as_both(there: Known, moved: Known) -> Known:
    return replace(there, names=tuple(dict.fromkeys([*there.names, *moved.names])))


def _checked_as(check: Check, old: str, survivor: str) -> Check:
    subject = clients.ref_of(survivor) if check.subject == clients.ref_of(old) else check.subject
    return replace(check, subject=subject, client_id=survivor)


def _of_check(_: Check) -> str:
    return OF_OTHERS


def _area_gone(matter: Matter, _: Order) -> Matter:
    return replace(matter, practice_area=None)


def _inquirer(inquiry: Inquiry) -> dict[str, Any]:
    return plainly(inquiry) | {"adverse_names": "named to find conflicts of interest"}


RECORDS = Records(
    parts=(
        Part(
            kind=CLIENTS,
            data_class="contact-data",
            found=by_key,
            told=plainly,
            moved=with_client,
            joined=_joined,
        ),
        Part(
            kind=INQUIRIES,
            data_class="contact-data",
            found=_asked,
            told=_inquirer,
            moved=with_client,
            joined=own,
        ),
        Part(
            kind=CONSENTS,
            data_class="consents",
            found=_of_matters,
            told=plainly,
            moved=with_client,
            joined=stricter,
        ),
        Part(
            kind=PARTIES,
            data_class="contact-data",
            found=_as_party,
            told=plainly,
            left=_nameless_client,
            moved=lambda party, _, __: party,
        ),
        Part(
            kind=MATTERS,
            data_class="matters",
            found=_of_matters,
            told=plainly,
            left=_area_gone,
            moved=with_client,
        ),
        Part(
            kind=ATTENDANCE_NOTES,
            data_class="notes",
            found=by_client,
            told=plainly,
            moved=with_client,
        ),
        Part(
            kind=CHECKS,
            data_class="conflict-checks",
            found=_checked,
            withheld=_of_check,
            moved=_checked_as,
        ),
        Part(
            kind=DUPLICATES,
            data_class="contact-data",
            found=_paired,
            withheld=lambda _: "it tells of another client",
            moved=with_survivor,
            joined=own,
        ),
        Part(
            kind=CONFLICT_INDEX,
            data_class="conflict-names",
            found=_known,
            withheld=lambda _: "privileged: what the firm searches for conflicts of interest",
            kept=lambda known: replace(known, restricted=True, identifiers=None),
            moved=_known_as,
            joined=_known_as_both,
        ),
        Part(
            kind=RESTRICTIONS,
            data_class="restrictions",
            found=by_client,
            left=lambda restriction, _: replace(restriction, reason=None),
            moved=with_client,
        ),
    )
)
