"""Which decisions of staff does the desk answer itself? Only those on its own follow-ups."""

from services.desk.workflow import following_up
from shared.requests.decisions import Decider
from shared.requests.views import View

DECIDERS = (Decider("follow-up", following_up.done, following_up.done_needs),)
VIEWS = (View("follow-up", following_up.show_needs, following_up.show),)
