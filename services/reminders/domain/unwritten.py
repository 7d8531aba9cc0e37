"""Which messages do the rules send that are not written in every language of the firm?"""

from collections.abc import Iterable, Iterator

from services.reminders.domain.message_texts import TextError
from services.reminders.domain.playbook import Rule
from services.reminders.domain.wording import Wording


def messages_of(rules: Iterable[Rule]) -> set[str]:
    """Every message that one of these rules sends."""
    found: set[str] = set()
    for rule in rules:
        if rule.send is not None and rule.send.approve is None:
            found.add(rule.send.template)
        found |= {rule.tell.changed, rule.tell.ended, rule.tell.again} if rule.tell else set()
    return found


def unwritten(rules: Iterable[Rule], wording: Wording) -> Iterator[tuple[str, str]]:
    """Each message that is sent, with each language that lacks it."""
    sent = messages_of(rules)
    for language in sorted(wording.languages):
        for message in sorted(sent - wording.messages_in(language)):
            yield message, language


def refuse_unwritten(rules: Iterable[Rule], wording: Wording) -> None:
    """TextError where the language that stands in for all others lacks a message itself."""
    lacking = [name for name, language in unwritten(rules, wording) if language == wording.fallback]
    if lacking:
        raise TextError(
            f"the fallback language {wording.fallback} lacks: {', '.join(lacking)}; write them, or "
            "choose another one (languages.fallback)"
        )
