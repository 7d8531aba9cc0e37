"""What did people say of the firm's beginning?"""

from services.desk.domain.first_days import FirstDays
from shared.state.document_types import DocumentType

FIRST_DAYS: DocumentType[FirstDays] = DocumentType(
    "first_days", FirstDays, key=lambda each: each.firm
)
