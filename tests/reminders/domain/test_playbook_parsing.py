"""Does a mistake in a playbook name its line and what to write instead?"""

import pytest

from services.reminders.app import vocabulary
from services.reminders.domain.playbook import Past, Rule
from services.reminders.domain.playbook_parsing import parse
from services.reminders.domain.yaml_places import PlaybookError

GOOD = """\
playbook: tests
version: 1
on: appointment-scheduled
per: appointment_id
until: appointment-cancelled
rules:
  one:
    about: A comment.
    at: {anchor: starts_at, offset: -1d, time: "10:00", roll: preceding}
    when:
      kind: [hearing, consultation]
      client.open-matter: true
    then:
      send: {message: welcome, class: service, on-unknown: resend}
    valid-for: 2d
    valid-until: -30min
    series: reminders
    past: skip
"""
WORDS = vocabulary()


def rule(text: str) -> Rule:
    (only,) = parse("mine.yaml", text, WORDS)
    return only.rule


def test_a_rule_says_everything_it_can_say() -> None:
    one = rule(GOOD)
    assert (one.key, one.on, one.per) == ("one@1", ("appointment-scheduled",), "appointment_id")
    assert one.moment is not None
    assert (one.moment.time, one.past, one.series) == ("10:00", Past.SKIP, "reminders")
    assert one.send is not None
    assert one.send.template == "welcome"


def test_what_holds_for_the_file_a_rule_may_say_otherwise() -> None:
    assert rule(GOOD.replace("    past: skip", "    past: send-now\n    version: 7")).version == 7


@pytest.mark.parametrize(
    ("change", "line", "complaint"),
    [
        (("past: skip", "passed: skip"), 18, "a rule has no `passed`"),
        (("offset: -1d", "offset: -1 day"), 9, "such as -7d"),
        (("on: appointment-scheduled", "on: appointment-made"), 3, "no event `appointment-made`"),
        (("per: appointment_id", "per: appointment"), 4, "has no `appointment`"),
        (("per: appointment_id", "per: matter_id"), 4, "appointment-cancelled has no `matter_id`"),
        (("anchor: starts_at", "anchor: ends_at"), 9, "it has: happened, starts_at"),
        (("message: welcome", "message: welcom"), 14, "there is no message `welcom`"),
        (("class: service", "class: urgent"), 14, "is not one of: legal-required"),
        (("on-unknown: resend", "on-unknown: shrug"), 14, "is not one of: resend, hold"),
        (("roll: preceding", "roll: back"), 9, "is not one of: none, following, preceding"),
        (('time: "10:00"', 'time: "25:00"'), 9, "write 09:30"),
        (("offset: -1d", "offset: -1h"), 9, "a time of day fits"),
        (("kind: [", "kin: ["), 11, "has no `kin`"),
        (("client.open-matter", "client.rich"), 12, "of a client one can ask"),
        (("valid-for: 2d", "valid-for: soon"), 15, "is no offset"),
        (("past: skip", "past: never"), 18, "is not one of: skip, send-now, latest-of-series"),
        (("version: 1\n", "version: one\n"), 2, "a whole number"),
        (("version: 1\n", ""), 6, "lacks `version`"),
        (("    at: {", "    at: now\n    at: {"), 10, "`at` is said twice"),
        (("until: appointment-cancelled", "until: nothing"), 5, "no event `nothing`"),
        (("send: {", "shout: {"), 13, "one of: send, tell, ask, announce"),
        (("class: service, ", ""), 14, "`class` is missing"),
        (("on-unknown: resend", "on-unknown: resend, link: x/y"), 14, "go together"),
        (("series: reminders", "to: everyone"), 17, "to: client"),
        (("playbook: tests\n", ""), 1, "a playbook has a name"),
        (("  one:\n", "  one: [\n"), 9, "this is not YAML"),
    ],
)
def test_a_mistake_names_its_line_and_the_remedy(
    change: tuple[str, str], line: int, complaint: str
) -> None:
    with pytest.raises(PlaybookError) as mistake:
        parse("mine.yaml", GOOD.replace(*change, 1), WORDS)
    assert mistake.value.message.startswith(f"mine.yaml:{line}: ")
    assert complaint in mistake.value.message


ANNOUNCING = """\
playbook: tests
version: 1
on: matter-closed
per: matter_id
at: {anchor: closed_at, offset: +7d}
rules:
  one:
    then:
      announce: {event: survey-due, with: {stage: closing}}
"""


@pytest.mark.parametrize(
    ("change", "line", "complaint"),
    [
        (("event: survey-due", "event: matter-opened"), 9, "a playbook cannot announce"),
        (("stage: closing", "colour: red"), 9, "has no plain field `colour`"),
        (("event: survey-due, with: {stage: closing}", "event: invoice-overdue"), 9, "invoice_id"),
    ],
)
def test_only_events_of_the_catalogue_can_be_announced(
    change: tuple[str, str], line: int, complaint: str
) -> None:
    with pytest.raises(PlaybookError) as mistake:
        parse("mine.yaml", ANNOUNCING.replace(*change, 1), WORDS)
    assert mistake.value.message.startswith(f"mine.yaml:{line}: ")
    assert complaint in mistake.value.message


ASKING = ANNOUNCING.replace(
    "announce: {event: survey-due, with: {stage: closing}}",
    "ask: {task: call-client, title: Call, text: Because, role: lawyer, due: +1bd}",
)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("task: call-client", "task: dance"), "there is no task `dance`"),
        (("role: lawyer", "role: butler"), "not a task for `butler`"),
        (("due: +1bd", "due: soon"), "is no offset"),
        (("due: +1bd", "due: +1bd, priority: asap"), "a priority is one of"),
        (("due: +1bd", "due: +1bd, assign: boss"), "assigned to the matter-owner"),
    ],
)
def test_only_tasks_that_exist_can_be_asked_for(change: tuple[str, str], complaint: str) -> None:
    with pytest.raises(PlaybookError, match=r"mine\.yaml:9: ") as mistake:
        parse("mine.yaml", ASKING.replace(*change, 1), WORDS)
    assert complaint in mistake.value.message


@pytest.mark.parametrize(
    ("line", "complaint"),
    [("every: 0d", "after how long"), ("every: often", "is no offset"),
     ("imported: always", "ahead, from-import"), ("every: 30d\nonce: true", "fits rules that")],
)  # fmt: skip
def test_how_often_and_for_which_imports_is_said_in_known_words(line: str, complaint: str) -> None:
    with pytest.raises(PlaybookError) as mistake:
        parse("mine.yaml", ASKING.replace("rules:", f"{line}\nrules:"), WORDS)
    assert complaint in mistake.value.message


def test_an_empty_file_is_a_mistake() -> None:
    with pytest.raises(PlaybookError, match=r"mine\.yaml:1: the file is empty"):
        parse("mine.yaml", "", WORDS)


def test_comments_and_layout_do_not_change_a_rules_fingerprint() -> None:
    before = parse("mine.yaml", GOOD, WORDS)[0].fingerprint
    commented = GOOD.replace("A comment.", "Another one.") + "# the end\n"
    assert parse("mine.yaml", commented, WORDS)[0].fingerprint == before


def test_what_a_rule_says_changes_its_fingerprint() -> None:
    before = parse("mine.yaml", GOOD, WORDS)[0].fingerprint
    assert parse("mine.yaml", GOOD.replace("-1d", "-2d"), WORDS)[0].fingerprint != before


KEPT = """\
playbook: ours
version: 1
on: call-requested
per: call_id
rules:
  our-call:
    at: {anchor: at, offset: +4bh}
    until: call-returned
    then:
      keep:
        standard: return-call
        source: The firm
        edition: 2026
        warn: -1bh
        met-when: {reached: true}
        ask: {title: Call back, text: They wait., role: assistant}
"""


def test_what_is_kept_says_by_what_it_is_met() -> None:
    (only,) = parse("ours.yaml", KEPT, vocabulary())
    keep = only.rule.keep
    assert keep is not None
    assert (keep.standard, keep.edition, keep.ask.kind) == ("return-call", "2026", "commitment")
    assert [each.field for each in keep.met_when] == ["reached"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("    until: call-returned\n", "", "what meets it"),
        ("{anchor: at, offset: +4bh}", "now", "by when"),
        ("warn: -1bh", "warn: 1bh", "how long before"),
        ("    then:", "    valid-for: 3d\n    then:", "`valid-for` does not fit `keep`"),
        ("{reached: true}", "{shoes: true}", "no `shoes`"),
        ("role: assistant", "role: plumber", "not a task for"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_line(old: str, new: str, complaint: str) -> None:
    with pytest.raises(PlaybookError, match=complaint):
        parse("ours.yaml", KEPT.replace(old, new), vocabulary())


def test_business_hours_fit_nothing_but_what_is_kept() -> None:
    text = KEPT[: KEPT.index("      keep:")] + (
        "      ask: {task: call-client, title: a, text: b, role: assistant, due: +1bd}\n"
    )
    with pytest.raises(PlaybookError, match="business hours"):
        parse("ours.yaml", text, vocabulary())
