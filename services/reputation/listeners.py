"""Which events does reputation hear?"""

from functools import partial
from typing import Any

from services.reputation.domain.ask import AskingSite
from services.reputation.ports import FirmConfig
from services.reputation.workflow import (
    asking,
    hearing,
    removing,
    seeking_words,
    withdrawing_words,
)
from shared.contracts.firm import ReviewReceived, ReviewRemoved
from shared.contracts.firm_editions import FirmEditionApproved
from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.reminders import ReviewAskDue
from shared.contracts.restrictions import RestrictionLifted, RestrictionPlaced
from shared.contracts.testimonials import PublicationWithdrawn, TestimonialSought
from shared.editions import needs_of_edition, take_edition
from shared.engine.listening import Listener, listen
from shared.engine.records import hear_orders


def listeners(config: FirmConfig, site: AskingSite) -> list[Listener[Any]]:
    """One line per event: what happened, the step that follows, what the step needs."""
    return [
        *hear_orders(),
        listen(FirmEditionApproved, take_edition, needs_of_edition),
        listen(ReviewReceived, partial(hearing.hear_review, config), hearing.needs_of_hearing),
        listen(ReviewRemoved, removing.hear_removal, removing.needs_of_removing),
        listen(ReviewAskDue, partial(asking.ask, site), asking.needs_of_asking),
        listen(
            TestimonialSought,
            partial(seeking_words.seek, config),
            seeking_words.needs_of_seeking,
        ),
        listen(
            PublicationWithdrawn,
            withdrawing_words.hear_withdrawal,
            withdrawing_words.needs_of_withdrawing,
        ),
        listen(
            ConsentWithdrawn,
            withdrawing_words.hear_no_consent,
            withdrawing_words.needs_of_withdrawing,
        ),
        listen(RestrictionPlaced, seeking_words.bar, seeking_words.needs_of_barring),
        listen(RestrictionLifted, seeking_words.unbar, seeking_words.needs_of_barring),
    ]
