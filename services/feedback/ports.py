"""Which documents do the steps of feedback use, and how do they find them?"""

from services.feedback.domain.matter import Client, Matter
from services.feedback.domain.recovery import Recovery
from services.feedback.domain.survey import Survey
from shared.state.kinds import Kind

SURVEYS: Kind[Survey] = Kind("surveys", Survey, key=lambda survey: survey.survey_id)
MATTERS: Kind[Matter] = Kind("matters", Matter, key=lambda matter: matter.matter_id)
CLIENTS: Kind[Client] = Kind("clients", Client, key=lambda client: client.client_id)
RECOVERIES: Kind[Recovery] = Kind(
    "recoveries",
    Recovery,
    key=lambda recovery: recovery.recovery_id,
    lookups={"client": lambda recovery: [recovery.client_id]},
)
