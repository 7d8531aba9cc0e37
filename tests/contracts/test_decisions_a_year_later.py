"""Could a lawyer defend each decision a year later, by what it asked for?

Each decision of each kind asks for a ground, a proof or what was said. Those that need nothing are
named here, with what speaks for them without a word: another one is thought about first.
"""

import pytest

from shared.contracts.task_kinds import TASK_KINDS

TEXT_IS_BOUND = "exactly the text it names goes, by its hash, and stays beside the decision"
NOT_OVER = "it stays open: when somebody tried, and when they try again, is kept"
SAYS_IT_ALL = "who said so, and when, is all there is to it"
WORDS_STAY = "what it is about stays where it stood, to be read again"
OWN_TEXT = "what was published or posted is kept by its owner, word for word"
ALONE: dict[tuple[str, str], str] = {
    ("confirm", "settled"): SAYS_IT_ALL,
    ("deadline-acknowledgement", "acknowledged"): SAYS_IT_ALL,
    ("deadline-verification", "right"): "day and rule stand; how it was reckoned may be said",
    ("decline-letter", "send"): TEXT_IS_BOUND,
    ("follow-up", "done"): WORDS_STAY,
    ("incident-proposal", "declare"): "what was noticed and its plan are in its log",
    ("inquiry-ready", "invite"): TEXT_IS_BOUND,
    ("letter-approval", "approve"): TEXT_IS_BOUND,
    ("letter-posting", "posted"): "the text is bound; as what it went may be said",
    ("merge-clients", "confirm"): "the first person said how they saw it",
    ("remedy", "agree"): "exactly what was proposed; what a release needs, its owner asks",
    ("review-posting", "posted"): OWN_TEXT,
    ("review-report", "kept"): OWN_TEXT,
    ("review-report", "no-answer-yet"): NOT_OVER,
    ("review-report", "removed"): OWN_TEXT,
    ("review-response", "approve"): TEXT_IS_BOUND,
    ("roll-call", "needs-help"): SAYS_IT_ALL,
    ("roll-call", "safe"): SAYS_IT_ALL,
    ("service-recovery", "acknowledge"): "when is kept with the step; by which way may be said",
    ("service-recovery", "log-try"): NOT_OVER,
    ("strangers-mail", "looked-through"): WORDS_STAY,
    ("subscription-off", "leave-off"): "no matter of a client: who left it off is kept",
    ("subscription-off", "resume"): "no matter of a client: who resumed it is kept",
    ("survey-comment", "complaint"): WORDS_STAY,
    ("survey-comment", "remark"): WORDS_STAY,
    ("survey-comment", "thanks"): WORDS_STAY,
    ("testimonial-publication", "publish"): OWN_TEXT,
    ("testimonial-removal", "removed"): "where the words stood, and who took them down, is kept",
    ("unknown-message", "send-again"): TEXT_IS_BOUND,
    ("verify", "log-try"): NOT_OVER,
    ("verify", "signposted"): "a letter that says how is drafted and bound to its text",
    ("verify", "no-answer"): "the days on which somebody tried are kept",
}
EVERY = [(kind, name) for kind, each in TASK_KINDS.items() for name in each.decision_names()]


@pytest.mark.parametrize(("kind", "decision"), EVERY)
def test_it_asks_for_what_speaks_for_it_or_needs_nothing(kind: str, decision: str) -> None:
    asks = bool(TASK_KINDS[kind].required_for(decision))
    assert asks != ((kind, decision) in ALONE), f"{kind}: {decision} asks for {asks}"


@pytest.mark.parametrize("kind", TASK_KINDS)
def test_a_talk_says_what_was_said_and_which_way(kind: str) -> None:
    each = TASK_KINDS[kind]
    for talk in (one.name for one in each.decisions if one.talk):
        asked = {one.name for one in each.fields if talk in (*one.required_for, *one.only_for)}
        assert asked & {"note", "reason", "told_by", "channel"}, f"{kind}: {talk}"


@pytest.mark.parametrize("kind", TASK_KINDS)
def test_what_the_desk_records_belongs_to_a_decision(kind: str) -> None:
    for each in TASK_KINDS[kind].fields:
        if each.recorded:
            assert each.kind != "display"
            assert {*each.required_for, *each.only_for} <= set(TASK_KINDS[kind].decision_names())
