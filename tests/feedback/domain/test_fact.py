"""Does a fact stay a figure when the person it is about is erased or goes by another id?"""

from zoneinfo import ZoneInfo

from services.feedback.domain.fact import Fact, Told, of_client, of_nobody, recounted, with_told
from services.feedback.domain.measures import labels_of
from services.feedback.settings import FeedbackSettings
from tests.fakes.memory import START

CALENDAR = FeedbackSettings().calendar()


def answered() -> Fact:
    said = {"at": START, "nps": 9, "client_id": "c-1"}
    told = Told(measure="satisfaction", thing="s-1", fields=said, matter_id="m-1")
    fact = with_told(None, told, "1", "msg")
    return recounted(fact, None, labels_of("satisfaction", CALENDAR), ZoneInfo("Europe/Berlin"))


def test_an_erased_person_leaves_the_figure_and_no_id() -> None:
    fact = answered()
    left = of_nobody(fact, "ref-1")
    assert left.counted == fact.counted
    assert "c-1" not in str(left)
    assert "m-1" not in str(left)


def test_another_id_of_the_same_person_counts_as_before() -> None:
    fact = answered()
    moved = of_client(fact, "c-2")
    assert (moved.client_id, moved.counted) == ("c-2", fact.counted)
