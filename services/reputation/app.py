"""How is the reputation service put together?"""

from services.reputation.gateways import Sites
from services.reputation.links import review_link
from services.reputation.listeners import listeners
from services.reputation.ports import FirmConfig
from services.reputation.records import RECORDS
from services.reputation.settings import ReputationSettings
from services.reputation.staff import deciders, views
from services.reputation.storage import MAPPINGS
from shared.contracts import incidents, records, reputation, tasks
from shared.process.app import App
from shared.process.run import run

SAYS = (
    reputation.ReviewRequested.TYPE,
    reputation.ReviewResponseDrafted.TYPE,
    reputation.ReviewResponseChecked.TYPE,
    reputation.ReviewResponseApproved.TYPE,
    reputation.ReviewResponsePublished.TYPE,
    reputation.ReviewResponseRejected.TYPE,
    incidents.ReviewSpikeDetected.TYPE,
    records.RecordsConfirmed.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskUpdated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
)


def build() -> App:
    """The service, ready to run."""
    settings = ReputationSettings()
    times = settings.reply_times()
    config = FirmConfig(
        settings.firm_profile(), Sites(times), times, settings.alone(), settings.spike_rule()
    )
    site = settings.asking_site()
    return App(
        name="reputation",
        title="Clientele reputation",
        listeners=listeners(config, site),
        mappings=MAPPINGS,
        deciders=deciders(config),
        views=views(config),
        links=[review_link(site)],
        records=RECORDS,
        says=SAYS,
    )


if __name__ == "__main__":
    run(build)
