"""What does the desk keep of a decision for whoever reads of it a year later?"""

from services.desk.domain.decision_record import record_of


def test_what_was_written_and_what_its_owner_keeps_nowhere() -> None:
    fields = {
        "note": "Rang back. ",
        "channel": "email",
        "spoke_with": " ",
        "next_try": "2026-03-05",
    }
    kept = record_of("contact-gap", "contacted", fields)
    assert (kept.words, kept.given) == ("Rang back.", {"channel": "email"})


def test_a_yes_and_a_no_are_both_kept() -> None:
    for said, kept in ((True, "yes"), (False, "no")):
        found = record_of("commitment", "moved", {"client_told": said, "due_day": "2026-03-09"})
        assert found.given == {"client_told": kept, "due_day": "2026-03-09"}


def test_nothing_of_another_decision_and_nothing_of_a_kind_nobody_knows() -> None:
    assert not record_of("commitment", "kept", {"due_day": "2026-03-09"})
    assert record_of("of-tomorrow", "done", {"note": "x", "channel": "email"}).given == {}
