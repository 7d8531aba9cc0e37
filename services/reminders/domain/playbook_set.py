"""Which rules do several playbook files give together, and what is wrong with each file?

Playbooks give rules, changes of playbooks are laid over them, whatever the order of the files. Of
each file its first mistake is kept, so that whoever mends them sees all at once.
"""

from collections.abc import Iterable, Iterator, Mapping

from services.reminders.domain.playbook import PublishedRule
from services.reminders.domain.playbook_changes import Changes, read_changes, with_changes
from services.reminders.domain.playbook_parsing import (
    SaidRule,
    is_known,
    published,
    said_rules,
    waits,
)
from services.reminders.domain.vocabulary import Vocabulary
from services.reminders.domain.yaml_places import PlaybookError, read_yaml


class PlaybookSet:
    """The rules of these texts by their file, and one mistake of each file that has any."""

    def __init__(self, files: Iterable[tuple[str, str]], words: Vocabulary) -> None:
        self.mistakes: list[PlaybookError] = []
        self.rules: list[PublishedRule] = []
        self._said: dict[str, SaidRule] = {}
        self.waiting: list[str] = []  # rules about events that no release knows yet
        changes = [found for name, text in files for found in self._read(name, text, words)]
        for each in changes:
            self._change(each)
        by_file: dict[str, list[SaidRule]] = {}
        for rule in self._said.values():
            by_file.setdefault(rule.place.file, []).append(rule)
        for some in by_file.values():
            self._publish(some, words)

    def _read(self, name: str, text: str, words: Vocabulary) -> Iterator[Changes]:
        try:
            top = read_yaml(name, text)
            found = read_changes(top)
            if found is not None:
                yield found
                return
            rules = list(said_rules(top))
            if waits(top):
                self.waiting += [e.rule_id for e in rules if not is_known(e, words)]
                rules = [each for each in rules if is_known(each, words)]
            self._said |= _newly_named(rules, self._said)
        except PlaybookError as mistake:
            self.mistakes.append(mistake)

    def _change(self, change: Changes) -> None:
        try:
            self._said = {each.rule_id: each for each in with_changes(self._said, change)}
        except PlaybookError as mistake:
            self.mistakes.append(mistake)

    def _publish(self, said: Iterable[SaidRule], words: Vocabulary) -> None:
        try:
            self.rules += [published(each, words) for each in said]
        except PlaybookError as mistake:
            self.mistakes.append(mistake)


def changes_something(name: str, text: str) -> bool:
    """Whether a file changes a playbook that stands elsewhere; not where it cannot be read."""
    try:
        return read_changes(read_yaml(name, text)) is not None
    except PlaybookError:
        return False


def _newly_named(found: list[SaidRule], before: Mapping[str, SaidRule]) -> dict[str, SaidRule]:
    for each in found:
        if each.rule_id in before:
            raise PlaybookError(
                f"{each.place.file}: the playbook {before[each.rule_id].playbook} has a rule "
                f"{each.rule_id} already: give this one another name"
            )
    return {each.rule_id: each for each in found}
