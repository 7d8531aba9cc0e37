"""Somebody became known whom an open inquiry names: who looks at the inquiry?

Whoever became known waits for nothing: strangers only claim the names in an inquiry. But the firm
must not hear the facts before somebody has looked, so the inquiry gets a check of its own.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.intake.domain.assessment import after_decisions, searched_for
from services.intake.domain.checks import Check, Hit
from services.intake.domain.dispositions import pair_of
from services.intake.domain.inquiries import Inquiry, ref_of
from services.intake.domain.known import closest_name
from services.intake.domain.roles import Adversity
from services.intake.ports import CONFLICT_INDEX, INQUIRIES, SETTLED
from services.intake.workflow.blocking import needs_of_blocking
from shared.contracts.keys import id_made_of
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork


def needs_of_counter_check(subject_ref: str, inquiry_id: str) -> Iterable[Need]:
    """The inquiry and its other checks, and what was decided about the two before."""
    yield from needs_of_blocking([inquiry_id])
    yield SETTLED.one(pair_of(ref_of(inquiry_id), subject_ref))


def counter_checks(made: Check, unit: UnitOfWork) -> list[Check]:
    """One check for each open inquiry on whose other side the subject of this check stands."""
    if not _is_known(made, unit):
        return []
    found: dict[str, list[Hit]] = {}
    for hit in made.claimed:
        inquiry = unit.peek(INQUIRIES, hit.inquiry_id) if hit.inquiry_id is not None else None
        if hit.adversity is not Adversity.SAME_SIDE and inquiry is not None and _is_open(inquiry):
            found.setdefault(inquiry.inquiry_id, []).append(hit)
    checks = [_counter_check(made, inquiry_id, hits, unit) for inquiry_id, hits in found.items()]
    return [each for each in checks if each.open_hits]


def _is_known(made: Check, unit: UnitOfWork) -> bool:
    """Whether the subject is more than claimed itself: strangers keep nobody waiting."""
    inquiry = unit.peek(INQUIRIES, made.inquiry_id) if made.inquiry_id is not None else None
    return made.trigger != "inquiry" or (inquiry is not None and inquiry.taken_by is not None)


def _is_open(inquiry: Inquiry) -> bool:
    return inquiry.outcome is None and inquiry.state != "declined"


def _counter_check(made: Check, inquiry_id: str, hits: list[Hit], unit: UnitOfWork) -> Check:
    settled = unit.peek(SETTLED, pair_of(ref_of(inquiry_id), made.subject))
    turned = [_turned(at, hit, made) for at, hit in enumerate(hits)]
    return replace(
        made,
        check_id=id_made_of("chk", made.check_id, inquiry_id),
        trigger="inquiry",
        subject=ref_of(inquiry_id),
        client_id=None,
        inquiry_id=inquiry_id,
        matter_id=None,
        party_id=None,
        searched=tuple(
            searched_for(_name(made.searched[hit.searched].name, hit.ref, unit), hit.known_role)
            for hit in hits
        ),
        hits=tuple(after_decisions(hit, settled) for hit in turned),
        same_side=(),
        claimed=(),
        more=False,
        incomplete=(),
        state="pending",
    )


def _name(like: str, ref: str, unit: UnitOfWork) -> str:
    """The name by which the inquiry called them."""
    known = unit.peek(CONFLICT_INDEX, ref)
    return closest_name(like, known) if known is not None else like


def _turned(at: int, hit: Hit, made: Check) -> Hit:
    """The same hit seen from the inquiry."""
    return replace(
        hit,
        ref=made.subject,
        searched=at,
        role=hit.known_role,
        known_role=hit.role,
        client_id=made.client_id,
        matter_id=made.matter_id,
        inquiry_id=None,  # the other inquiry does not wait for what is decided about this one
        disposition="open",
        settled_by=None,
    )
