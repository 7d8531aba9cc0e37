"""Which products are read without a mapping of the firm's own? One file each, with its samples."""

from collections.abc import Mapping

from services.gateway.domain.adapters.calendly import CALENDLY
from services.gateway.domain.adapters.clio_grow import CLIO_GROW
from services.gateway.domain.adapters.clio_manage import (
    CLIO_BILLS,
    CLIO_CONTACTS,
    CLIO_MATTERS,
)
from services.gateway.domain.adapters.google_reviews import GOOGLE_REVIEWS
from services.gateway.domain.adapters.lawpay import LAWPAY
from services.gateway.domain.adapters.signing import DOCUMENSO, DOCUSIGN
from services.gateway.domain.adapters.stripe import STRIPE
from services.gateway.domain.adapters.trustpilot import TRUSTPILOT
from services.gateway.domain.reading import Adapter

ADAPTERS: Mapping[str, Adapter] = {
    each.name: each
    for each in (
        CALENDLY, CLIO_BILLS, CLIO_CONTACTS, CLIO_GROW, CLIO_MATTERS, DOCUMENSO, DOCUSIGN,
        GOOGLE_REVIEWS, LAWPAY, STRIPE, TRUSTPILOT,
    )
}  # fmt: skip
