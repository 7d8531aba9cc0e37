"""How is the gateway put together?"""

from functools import partial

from services.gateway.api.routes import doors
from services.gateway.domain.last_words import Notebook
from services.gateway.due import due_work, keep_last_words
from services.gateway.listeners import listeners
from services.gateway.ops import figures
from services.gateway.ports import FirmConfig
from services.gateway.records import RECORDS
from services.gateway.settings import GatewaySettings, Secrets
from services.gateway.storage import MAPPINGS, unread_of
from shared.contracts import records
from shared.process.app import App
from shared.process.run import run

SAYS = (records.RecordsConfirmed.TYPE,)


def build() -> App:
    """The service, ready to run."""
    settings = GatewaySettings()
    config = FirmConfig(settings.sources(), settings.firm_zone, settings.sources_locale)
    secrets, notebook = Secrets(settings.source_secrets_dir), Notebook()
    return App(
        name="gateway",
        title="Clientele gateway",
        listeners=listeners(),
        mappings=MAPPINGS,
        due=due_work(config),
        figures=partial(figures, config, secrets, unread_of),
        loops=[keep_last_words(config, notebook)],
        records=RECORDS,
        pages=doors(config, secrets, notebook),
        says=SAYS,
    )


if __name__ == "__main__":
    run(build)
