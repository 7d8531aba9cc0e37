"""How is the gateway put together?"""

from functools import partial

from services.gateway.api.imports import IMPORTS_REQUEST, answer_lists
from services.gateway.api.routes import doors
from services.gateway.domain.last_words import Notebook
from services.gateway.due import dispatches_due, due_work, keep_last_words
from services.gateway.gateways.calendar_fetch import CalendarFetch
from services.gateway.gateways.calendar_watch import CalendarWatch
from services.gateway.gateways.couriers import Couriers, Reach
from services.gateway.gateways.google_reviews import GoogleReviews
from services.gateway.gateways.google_tokens import GoogleTokens
from services.gateway.gateways.list_mappings import mappings_that_hold
from services.gateway.gateways.outward_watch import watch
from services.gateway.gateways.resolving import NameServer
from services.gateway.gateways.review_fetching import ReviewFetching
from services.gateway.listeners import listeners
from services.gateway.ops.calendars import calendar_questions
from services.gateway.ops.doors import figures
from services.gateway.ops.imports import importing
from services.gateway.ops.mappings import mappings_question
from services.gateway.ops.subscriptions import SubscriptionsOfOps
from services.gateway.ports import FirmConfig
from services.gateway.records import RECORDS
from services.gateway.settings import GatewaySettings, Secrets
from services.gateway.staff import deciders, views
from services.gateway.storage import MAPPINGS, MongoDispatchLog, unread_of
from shared.contracts.catalogue import PUBLISHED_BY
from shared.engine.runtime import Runtime
from shared.process.app import AS_TOLD, App, OwnRequest, Told
from shared.process.run import run


def build(told: Told = AS_TOLD) -> App:  # reason: the one place where everything is put together
    """The service, ready to run."""
    settings = GatewaySettings(**told)
    config = FirmConfig(settings.sources(), settings.firm_zone, settings.sources_locale)
    secrets, notebook = Secrets(settings.source_secrets_dir), Notebook()
    outward = settings.outward()
    couriers = Couriers(outward, Reach(authorities=settings.subscription_authorities))
    reviews = ReviewFetching(config, GoogleReviews(settings.google_account()))
    fetch = CalendarFetch(outward, NameServer(), authorities=settings.subscription_authorities)
    calendars = CalendarWatch(config, secrets.newest_of, fetch, notebook)

    async def watching(runtime: Runtime) -> None:
        await watch(MongoDispatchLog, outward, couriers.figures, runtime)

    kept = (couriers.keep, watching, calendars.keep, reviews.keep)
    return App(
        name="gateway",
        title="Clientele gateway",
        listeners=listeners(),
        mappings=MAPPINGS,
        deciders=deciders(),
        views=views(config),
        due=[*due_work(config, reviews.claimed), dispatches_due(outward, couriers.claimed)],
        answers=[
            OwnRequest(
                IMPORTS_REQUEST,
                answer_lists(config, mappings_that_hold, secrets.newest_of),
                signed=True,
            )
        ],
        figures=partial(figures, config, secrets, unread_of, MongoDispatchLog),
        ops=[
            SubscriptionsOfOps(outward, MongoDispatchLog).question(),
            importing(config),
            mappings_question(),
            *calendar_questions(config),
        ],
        start=couriers.start,
        loops=[keep_last_words(config, notebook), *kept],
        records=RECORDS,
        pages=doors(config, secrets, notebook, GoogleTokens(settings.google_keys_url)),
        hears_all=True,
        says=sorted(PUBLISHED_BY["gateway"]),
        again=build,
    )


if __name__ == "__main__":
    run("gateway", build)
