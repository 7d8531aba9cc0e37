"""How is it kept how somebody proves who they are?"""

from typing import Any

from services.desk.ports.signing_in import ACCOUNTS, SECOND_FACTORS, SESSIONS
from shared.state.mappings import DocumentMapping

SIGNING_IN_MAPPINGS: tuple[DocumentMapping[Any], ...] = (
    DocumentMapping(
        ACCOUNTS,
        sealed={"user", "name", "email", "phone", "title", "password", "subject"},
        person=lambda account: f"staff:{account.staff_id}",
        blind={"user", "subject"},
    ),
    DocumentMapping(
        SECOND_FACTORS, sealed={"secret"}, person=lambda factor: f"staff:{factor.staff_id}"
    ),
    DocumentMapping(SESSIONS, expire=lambda session: session.until),
)
