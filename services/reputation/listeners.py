"""Which events does reputation hear?"""

from functools import partial
from typing import Any

from services.reputation.domain.ask import AskingSite
from services.reputation.ports import FirmConfig
from services.reputation.workflow import asking, hearing, removing
from shared.contracts.firm import ReviewReceived, ReviewRemoved
from shared.contracts.reminders import ReviewAskDue
from shared.engine.listening import Listener, listen
from shared.engine.records import hear_orders


def listeners(config: FirmConfig, site: AskingSite) -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    return [
        *hear_orders(),
        listen(ReviewReceived, partial(hearing.hear_review, config), hearing.needs_of_hearing),
        listen(ReviewRemoved, removing.hear_removal, removing.needs_of_removing),
        listen(ReviewAskDue, partial(asking.ask, site), asking.needs_of_asking),
    ]
