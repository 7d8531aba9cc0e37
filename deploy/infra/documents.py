"""After an upgrade, how do the documents of every service come to be as it now writes them?"""

from collections.abc import Callable

from deploy.infra.access.service_requests import Services, told
from deploy.infra.services import SERVICES
from shared.contracts.answers import DocumentsTold

PART_SECONDS = 60.0  # how long a service may take for a part

Progress = Callable[[str, DocumentsTold], None]


async def bring_up_to_date(services: Services, progress: Progress) -> dict[str, DocumentsTold]:
    """Ask each running service for part after part until it has gone through all; what it did.

    Goes on where an earlier run was broken off. Raises ServiceAwayError where a service is away,
    RefusedError where an older release answers.
    """
    return {name: await _one(services, name, progress) for name in SERVICES}


async def _one(services: Services, name: str, progress: Progress) -> DocumentsTold:
    begin = True
    while True:
        asked = {"ask": "documents", "begin": begin}
        answer = told(DocumentsTold, await services.ask(name, asked, PART_SECONDS))
        progress(name, answer)
        if answer.finished:
            return answer
        begin = False
