"""Which grants follow from the events this release knows?"""

from deploy.infra.grants import Grants, all_grants
from shared.contracts.catalogue import FOREIGN_TYPES, PUBLISHED_BY


def grants_in_use() -> dict[str, Grants]:
    """The grants of every user."""
    return all_grants(PUBLISHED_BY, FOREIGN_TYPES)
