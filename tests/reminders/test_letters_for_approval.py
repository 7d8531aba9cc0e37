"""Is a letter drafted, read and approved by somebody else before it goes, word for word?"""

import hashlib
from datetime import timedelta

import pytest

from services.reminders.domain.letter_for_approval import State
from shared.contracts.letters import (
    LetterApproved,
    LetterDrafted,
    LetterDropped,
)
from shared.contracts.reminders import ContactSent
from shared.contracts.restrictions import RestrictionPlaced
from shared.errors import RuleError
from tests.reminders.letter_office import (
    ASSISTANT,
    CLAUSE,
    ENVELOPE,
    LAWYER,
    PARTNER,
    WANTED,
    WRITTEN,
    approve,
    edit,
    letter_of,
    office,
    plain_part,
    task_of,
)
from tests.reminders.over_memory import MONDAY, Reminders, client


class TestDrafting:
    """From the wish to a task."""

    def test_it_is_drafted_in_the_clients_language_and_somebody_is_asked(self) -> None:
        reminders = office()
        (drafted,) = reminders.announced_of(LetterDrafted)
        assert (drafted.letter_id, drafted.edition) == ("l-1", "2026-11")
        assert drafted.rules == ("unfilled",)
        assert letter_of(reminders).text.startswith("Guten Tag Ada Muster,\n\nvielen Dank")
        task = task_of(reminders)
        assert task.about == {"client_id": "c-1", "matter_id": "m-1", "letter_id": "l-1"}
        assert "Engagement letter: " in task.why["text"]
        assert reminders.messages == []

    def test_no_word_of_it_is_announced(self) -> None:
        reminders = office()
        edit(reminders)
        said = " ".join(event.data.model_dump_json() for event in reminders.announced)
        assert "Einspruch" not in said
        assert "Muster" not in said

    def test_from_the_same_facts_it_is_the_same_text(self) -> None:
        first, again = (office().announced_of(LetterDrafted)[0].text_hash for _ in range(2))
        assert first == again

    def test_asked_for_twice_it_is_drafted_once(self) -> None:
        reminders = office()
        reminders.tell(WANTED)
        reminders.after(minutes=10)
        assert len(reminders.announced_of(LetterDrafted)) == 1

    def test_it_waits_for_a_client_nobody_has_heard_of_yet(self) -> None:
        reminders = Reminders()
        reminders.tell(WANTED)
        reminders.after(minutes=10)
        assert reminders.tasks("letter-approval") == []
        reminders.tell(client())
        reminders.after(minutes=10)
        assert letter_of(reminders).text.startswith("Guten Tag Ada Muster,")

    def test_after_a_day_a_person_writes_to_whoever_is_still_unknown(self) -> None:
        reminders = Reminders()
        reminders.tell(WANTED)
        reminders.after(hours=25)
        assert "[name]" in letter_of(reminders).text

    def test_a_letter_nobody_has_a_text_for_is_a_task_all_the_same(self) -> None:
        reminders = Reminders()
        reminders.tell(client(), WANTED.model_copy(update={"letter": "condolence"}))
        reminders.after(minutes=1)
        assert "nobody has a text for" in task_of(reminders).why["text"]

    def test_in_a_language_the_firm_has_not_it_is_a_task_and_no_mail(self) -> None:
        reminders = Reminders()
        reminders.tell(client(locale="fr-FR"), WANTED)
        reminders.after(minutes=1)
        (drafted,) = reminders.announced_of(LetterDrafted)
        assert "language" in drafted.rules
        english = WRITTEN.replace(CLAUSE, "You may complain free of charge.")
        edit(reminders, english)
        with pytest.raises(RuleError, match="language: the client reads `fr`"):
            approve(reminders)
        assert reminders.after(days=1) == []
        text = "Dear Ada,\n\nWhat we do: the appeal. It does not include a claim. Our fees: 200. "
        edit(reminders, text + "You may complain free of charge.", language_settled="yes")
        approve(reminders)
        assert len(reminders.after(hours=24)) == 1


class TestApproving:
    """Only as approved, by somebody else."""

    def test_without_a_required_clause_nobody_can_approve_it(self) -> None:
        reminders = office()
        edit(reminders, WRITTEN.replace(CLAUSE, ""))
        with pytest.raises(RuleError) as no:
            approve(reminders)
        assert (no.value.code, no.value.field) == ("required-clause", "text")
        assert "complaints-information" in no.value.message
        assert "ISO 10002" in no.value.message
        assert reminders.after(days=2) == []

    def test_nothing_goes_with_a_gap_or_a_promise(self) -> None:
        reminders = office()
        for words, rule in (("[Betrag]", "unfilled"), ("Wir garantieren den Erfolg.", "promise")):
            edit(reminders, f"{WRITTEN}\n\n{words}")
            with pytest.raises(RuleError, match=f"{rule}:"):
                approve(reminders)

    def test_what_goes_is_exactly_what_another_person_approved(self) -> None:
        reminders = office()
        edit(reminders)
        approve(reminders)
        (approved,) = reminders.announced_of(LetterApproved)
        assert approved.approver_id == "s-4"
        (message,) = reminders.after(hours=1)
        (sent,) = reminders.announced_of(ContactSent)
        assert sent.text_hash == approved.text_hash
        part = plain_part(message)
        assert hashlib.sha256(part.encode()).hexdigest() == approved.text_hash
        assert part.strip() == WRITTEN
        kept = letter_of(reminders)
        assert (kept.state, kept.contact_id) == (State.SENT, message.contact_id)
        assert kept.text == part

    def test_whoever_wrote_it_cannot_approve_it(self) -> None:
        reminders = office()
        edit(reminders, by=LAWYER)
        with pytest.raises(RuleError, match="a colleague has to approve it"):
            approve(reminders, LAWYER)
        approve(reminders, PARTNER)

    def test_an_assistant_cannot_approve_it(self) -> None:
        reminders = office()
        edit(reminders, by=LAWYER)
        with pytest.raises(RuleError, match="A lawyer or a partner"):
            approve(reminders, ASSISTANT)

    def test_a_lawyer_alone_approves_their_own_words_later_and_with_a_reason(self) -> None:
        reminders = office(sole_practice=True)
        edit(reminders, by=LAWYER)
        with pytest.raises(RuleError, match="in 24 hours"):
            approve(reminders, LAWYER, reason="Read again.")
        reminders.after(hours=24)
        approve(reminders, LAWYER, reason="Read again.")
        (approved,) = reminders.announced_of(LetterApproved)
        assert approved.sole_practice

    def test_an_apology_waits_for_the_word_of_the_insurer(self) -> None:
        reminders = Reminders()
        reminders.tell(client(), WANTED.model_copy(update={"letter": "apology"}))
        reminders.after(minutes=1)
        edit(reminders, "Guten Tag Ada Muster,\n\nes tut uns leid. Lassen Sie sich unabhängig "
             "von uns beraten.\n\nExample Law")  # fmt: skip
        with pytest.raises(RuleError, match="liability insurer") as no:
            approve(reminders, PARTNER)
        assert no.value.field == "confirmed"
        approve(reminders, PARTNER, confirmed="yes")

    def test_a_dropped_letter_goes_nowhere(self) -> None:
        reminders = office()
        reminders.decide(
            task_of(reminders).task_id, "drop", fields={"reason": "Not ours."}, actor=ASSISTANT
        )
        (dropped,) = reminders.announced_of(LetterDropped)
        assert dropped.by == "s-1"
        assert reminders.after(days=2) == []

    def test_an_approved_letter_passes_the_gates_of_every_message(self) -> None:
        reminders = office()
        reminders.tell(RestrictionPlaced(restriction_id="r-1", kind="conflict", scope="client",
                                         client_id="c-1", effect="wait", at=MONDAY))  # fmt: skip
        edit(reminders)
        approve(reminders)
        assert reminders.after(hours=5) == []

    def test_to_whom_nothing_may_go_no_letter_is_approved(self) -> None:
        reminders = office()
        reminders.tell(RestrictionPlaced(restriction_id="r-1", kind="deceased", scope="client",
                                         client_id="c-1", effect="stop", at=MONDAY))  # fmt: skip
        edit(reminders)
        with pytest.raises(RuleError, match="deceased"):
            approve(reminders, channel="post", recipient=ENVELOPE)


def test_time_to_reflect_is_counted_from_the_last_change() -> None:
    reminders = office(sole_practice=True)
    edit(reminders, by=LAWYER)
    reminders.after(hours=20)
    edit(reminders, f"{WRITTEN}.", by=LAWYER)
    reminders.now += timedelta(hours=10)
    with pytest.raises(RuleError, match="in 14 hours"):
        approve(reminders, LAWYER, reason="Read again.")
