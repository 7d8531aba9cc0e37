"""Is exactly that called off which is gone, and is a calendar that is wrong itself not believed?"""

from services.gateway.domain.calendars.news import Known, News, known_after, news_of
from services.gateway.domain.calendars.rules import CalendarRules
from tests.gateway.a_calendar import NOW, event, read

AHEAD = "2026-03-10T09:00:00.000Z"
RULES = CalendarRules()


def known(*uids: str, starts: str = AHEAD, sequence: int = 0) -> dict[str, Known]:
    return {uid: Known(uid, starts, sequence) for uid in uids}


def news(*events: str, before: dict[str, Known], whole: bool = True, method: str = "") -> News:
    return news_of(read(*events, method=method), before, RULES, NOW, whole=whole)


def names(found: tuple[object, ...]) -> list[str]:
    return [each.entry.id for each in found]  # type: ignore[attr-defined]  # all are Found


def test_what_is_gone_and_lies_ahead_is_called_off() -> None:
    before = known("a@x", "b@x") | known("old@x", starts="2026-03-01T09:00:00.000Z")
    assert names(news(event("a@x"), before=before).missing) == ["b@x"]


def test_a_file_that_is_not_all_of_it_calls_off_nothing_by_what_it_lacks() -> None:
    assert news(event("a@x"), before=known("a@x", "b@x"), whole=False).missing == ()


def test_what_is_there_and_cannot_be_read_is_not_gone() -> None:
    there = news(
        event("a@x", "20260329T023000"), event("b@x", client=""),
        event("c@x", "20260310T090000Z", "STATUS:TENTATIVE"), event("d@x", "20260227T090000Z"),
        before=known("a@x", "b@x", "c@x", "d@x"),
    )  # fmt: skip
    assert (there.missing, there.told) == ((), ())


def test_so_much_gone_at_once_is_not_believed() -> None:
    before = known(*(f"u{n}@x" for n in range(11)))
    assert (news(before=before).missing, news(before=before).disbelieved) == ((), 11)
    assert len(news(event("u0@x"), before=before).missing) == 10


def test_of_a_series_the_first_is_told_and_more_of_it_quietly() -> None:
    weekly = event("s@x", "20260310T090000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    first = news(weekly, before={})
    assert (names(first.told), len(first.quiet)) == (["s@x/2026-03-10"], 2)
    before = known_after({}, [*first.told, *first.quiet], NOW)
    longer = news(weekly.replace("COUNT=3", "COUNT=4"), before=before)
    assert names(longer.quiet) == ["s@x/2026-03-31"]
    assert len(longer.told) == 3


def test_what_is_taken_out_of_a_series_is_called_off_by_any_file_that_has_it_all() -> None:
    weekly = event("s@x", "20260310T090000Z", "RRULE:FREQ=WEEKLY;COUNT=2")
    first = news(weekly, before={})
    before = known_after({}, [*first.told, *first.quiet], NOW)
    without = weekly.replace("END:", "EXDATE:20260317T090000Z\r\nEND:")
    assert names(news(without, before=before, whole=False).missing) == ["s@x/2026-03-17"]
    only_one = event("s@x", "20260310T110000Z", "RECURRENCE-ID:20260310T090000Z")
    assert news(only_one, before=before, whole=False).missing == ()


def test_a_series_called_off_takes_all_that_is_known_of_it_along() -> None:
    before = {f"s@x/2026-03-1{n}": Known("s@x", f"2026-03-1{n}T09:00:00.000Z") for n in range(3)}
    off = event("s@x", "20260310T090000Z", "STATUS:CANCELLED", client="")
    there = news(off, before=before, whole=False)
    assert len(there.missing) == 3


def test_what_was_never_told_is_not_called_off() -> None:
    assert news(event("a@x"), before={}, method="CANCEL") == News()


def test_an_older_state_changes_nothing_and_is_said() -> None:
    older = news(event("a@x", "20260311T090000Z"), before=known("a@x", sequence=2), whole=False)
    assert (older.told, names(older.older)) == ((), ["a@x"])
    same = event("a@x", "20260311T090000Z", "SEQUENCE:2")
    assert names(news(same, before=known("a@x", sequence=2), whole=False).told) == ["a@x"]


def test_what_is_over_is_forgotten() -> None:
    before = known("a@x", starts="2026-03-01T09:00:00.000Z") | known("d@x", starts="2026-03-01")
    assert set(known_after(before | known("b@x"), (), NOW)) == {"b@x"}
