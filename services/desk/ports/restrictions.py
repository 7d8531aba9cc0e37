"""Which walls stand, and who keeps the register?"""

from typing import Protocol

from services.desk.domain.staff import StaffMember
from services.desk.domain.walls import KnownMatter, Restricted
from services.desk.ports.answers import Refused
from shared.contracts.restrictions_asked import (
    RestrictionsAsked,
    RestrictionSettled,
    RestrictionsListed,
)
from shared.state.document_types import DocumentType

RESTRICTED: DocumentType[Restricted] = DocumentType(
    "restrictions",
    Restricted,
    key=lambda each: each.restriction_id,
    lookups={
        "subject": lambda each: each.standing,
        "staff": lambda each: each.staff_ids if each.wall.subjects else (),
    },
)

KNOWN_MATTERS: DocumentType[KnownMatter] = DocumentType(
    "known_matters",
    KnownMatter,
    key=lambda each: each.matter_id,
    lookups={"client": lambda each: [each.client_id]},
)


class Restrictions(Protocol):
    """Intake's register of restrictions; TemporaryError when it is away."""

    async def listed(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionsListed | Refused:
        """What stands, with the reasons for whoever may read them."""

    async def settle(
        self, asked: RestrictionsAsked, actor: StaffMember
    ) -> RestrictionSettled | Refused:
        """Place one or lift one."""
