"""How is the reputation service put together?"""

from services.reputation.api.reviews import REVIEWS_REQUEST, answer_reviews
from services.reputation.due import publications_due
from services.reputation.gateways.google import GoogleReplies
from services.reputation.gateways.publications import Publications
from services.reputation.gateways.sites import ByHand, ByProgram, Sites
from services.reputation.links import review_link
from services.reputation.listeners import listeners
from services.reputation.ops import keep_counting_testimonials
from services.reputation.pages.links import words_link
from services.reputation.pages.routes import pages
from services.reputation.ports import FirmConfig
from services.reputation.records import RECORDS
from services.reputation.settings import ReputationSettings
from services.reputation.staff import deciders, views
from services.reputation.storage import (
    MAPPINGS,
    MongoPublished,
    MongoReviewBook,
    count_testimonials,
)
from services.reputation.workflow.publishing import PublicationSteps, Publishing
from shared.contracts import incidents, records, reputation, tasks, testimonials
from shared.process.app import AS_TOLD, App, OwnRequest, Told
from shared.process.run import run

SAYS = (
    reputation.ReviewRequested.TYPE,
    reputation.ReviewResponseDrafted.TYPE,
    reputation.ReviewResponseChecked.TYPE,
    reputation.ReviewResponseApproved.TYPE,
    reputation.ReviewResponsePublished.TYPE,
    reputation.ReviewResponseRejected.TYPE,
    incidents.ReviewSpikeDetected.TYPE,
    testimonials.TestimonialRequested.TYPE,
    testimonials.TestimonialConsented.TYPE,
    testimonials.TestimonialDeclined.TYPE,
    testimonials.TestimonialPublished.TYPE,
    testimonials.TestimonialWithdrawn.TYPE,
    records.RecordsConfirmed.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskUpdated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
)


def build(told: Told = AS_TOLD) -> App:
    """The service, ready to run."""
    settings = ReputationSettings(**told)
    times = settings.reply_times()
    account = settings.google_account()
    sites = Sites(times, {"google": ByProgram(ByHand(times))} if account else None)
    config = FirmConfig(
        settings.firm_profile(), sites, times, settings.alone(), settings.spike_rule()
    )
    site = settings.asking_site()
    steps = PublicationSteps(Publishing(), config)
    publications = Publications(steps, GoogleReplies(account)) if account else None
    return App(
        name="reputation",
        title="Clientele reputation",
        listeners=listeners(config, site),
        mappings=MAPPINGS,
        due=[publications_due(steps, publications.claimed)] if publications else [],
        start=publications.start if publications else None,
        deciders=deciders(config),
        views=views(config),
        links=[review_link(site), words_link(settings)],
        pages=pages(settings, config, MongoPublished),
        answers=[OwnRequest(REVIEWS_REQUEST, answer_reviews(MongoReviewBook), signed=True)],
        loops=[keep_counting_testimonials(count_testimonials)],
        records=RECORDS,
        says=SAYS,
        again=build,
    )


if __name__ == "__main__":
    run("reputation", build)
