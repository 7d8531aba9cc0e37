"""How is the feedback service put together?"""

from services.feedback.api.concerns import CONCERNS_REQUEST, answer_concerns
from services.feedback.api.reports import REPORTS_REQUEST, answer_reports
from services.feedback.listeners import listeners, worries
from services.feedback.ops import (
    keep_counting_concerns,
    keep_ending_risks,
    keep_measuring,
    keep_measuring_months,
    satisfaction,
)
from services.feedback.pages.links import survey_link
from services.feedback.pages.routes import pages
from services.feedback.records import RECORDS
from services.feedback.settings import (
    SHIPPED_CONCERNS,
    SHIPPED_RISKS,
    SHIPPED_STAGES,
    FeedbackSettings,
)
from services.feedback.staff import deciders, views
from services.feedback.storage import MAPPINGS, MongoReports, count_answers, count_concerns
from shared.contracts import concerns, feedback, letters, records, scorecards, tasks
from shared.process.app import AS_TOLD, App, OwnRequest, Told
from shared.process.run import run

SAYS = (
    feedback.FeedbackRequested.TYPE,
    feedback.FeedbackNotRequested.TYPE,
    feedback.FeedbackSubmitted.TYPE,
    feedback.ServiceRecoveryOpened.TYPE,
    feedback.ServiceRecoveryResolved.TYPE,
    feedback.SatisfactionMeasured.TYPE,
    concerns.ComplaintReceived.TYPE,
    concerns.ConcernOpened.TYPE,
    concerns.ConcernAdvanced.TYPE,
    concerns.ConcernClosed.TYPE,
    letters.LetterRequested.TYPE,
    records.RecordsConfirmed.TYPE,
    scorecards.RetentionRiskRaised.TYPE,
    scorecards.RetentionRiskCleared.TYPE,
    scorecards.PatternDetected.TYPE,
    scorecards.LearningAssigned.TYPE,
    scorecards.LearningCompleted.TYPE,
    tasks.TaskCreated.TYPE,
    tasks.TaskUpdated.TYPE,
    tasks.TaskCancelled.TYPE,
    tasks.TaskCompleted.TYPE,
)


def build(told: Told = AS_TOLD) -> App:
    """The service, ready to run."""
    settings = FeedbackSettings(**told)
    return App(
        name="feedback",
        title="Clientele feedback",
        listeners=listeners(settings),
        mappings=MAPPINGS,
        deciders=deciders(settings),
        views=views(settings),
        links=[survey_link(settings)],
        pages=pages(settings),
        answers=[
            OwnRequest(REPORTS_REQUEST, answer_reports(settings, MongoReports), signed=True),
            OwnRequest(CONCERNS_REQUEST, answer_concerns(settings.practice()), signed=True),
        ],
        ops=[satisfaction(count_answers)],
        loops=[
            keep_measuring(count_answers),
            keep_measuring_months(MongoReports, settings.calendar(), settings.fewest_answers),
            keep_counting_concerns(count_concerns),
            keep_ending_risks(MongoReports, worries(settings)),
        ],
        records=RECORDS,
        says=SAYS,
        again=build,
        shipped={
            "surveys.yaml": SHIPPED_STAGES,
            "concerns.yaml": SHIPPED_CONCERNS,
            "risks.yaml": SHIPPED_RISKS,
        },
    )


if __name__ == "__main__":
    run("feedback", build)
