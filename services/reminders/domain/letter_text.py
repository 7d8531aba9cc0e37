"""How do several messages to one client read as one letter?

The greeting and the close stand once; what each message says stands under its own subject; messages
with the same subject stand under it together, and what they say alike is said once.
"""

import re
from collections.abc import Sequence

from services.reminders.domain.moment_words import MomentWords

HEADING = "\ue005"  # stands around a heading
Paragraphs = list[str]


def joined_subject(subjects: Sequence[str], words: MomentWords) -> str:
    """The first subject, and how many others there are."""
    others = len(list(dict.fromkeys(subjects))) - 1
    if not others:
        return subjects[0]
    said = words.one_more if others == 1 else words.more
    first = subjects[0]
    joined = said.format(subject=first, others=others)
    asks = first.endswith(("?", "!"))  # after these no comma can stand
    return joined.replace(f"{first},", f"{first} \u2013", 1) if asks else joined


def joined_text(messages: Sequence[tuple[str, str]]) -> str:
    """One text of these, each given by its subject and its text."""
    texts = [_paragraphs(text) for _, text in messages]
    greeting, close = _common(texts, 0), _common(texts, -1)
    groups: dict[str, list[Paragraphs]] = {}
    for (subject, _), text in zip(messages, texts, strict=True):
        body = text[len(greeting) : len(text) - len(close)]
        if body not in groups.setdefault(subject, []):
            groups[subject].append(body)
    said: Paragraphs = []
    for subject, bodies in groups.items():
        said += [f"{HEADING}{subject}{HEADING}"] if len(groups) > 1 else []
        said += _said_once([_begun(each) if said else each for each in bodies[:1]]
                           + [_begun(each) for each in bodies[1:]])  # fmt: skip
    return "\n\n".join([*greeting, *said, *close])


def _begun(body: Paragraphs) -> Paragraphs:
    """As it begins where no greeting stands before it: in German that makes a difference."""
    return [each[:1].upper() + each[1:] if not at else each for at, each in enumerate(body)]


def _common(texts: Sequence[Paragraphs], place: int) -> Paragraphs:
    """The first or last paragraph, where it is the same in all and leaves something between."""
    paragraphs = {text[place] for text in texts}
    return [paragraphs.pop()] if len(paragraphs) == 1 and min(map(len, texts)) > 2 else []


def _said_once(bodies: Sequence[Paragraphs]) -> Paragraphs:
    """All of these, with the end that they share once, after the last."""
    shared = 0
    while all(len(each) > shared and each[-1 - shared] == bodies[-1][-1 - shared]
              for each in bodies):  # fmt: skip
        shared += 1
    if len(bodies) == 1 or not shared:
        return [paragraph for each in bodies for paragraph in each]
    own = [paragraph for each in bodies for paragraph in each[:-shared]]
    return [*own, *bodies[-1][-shared:]]


def _paragraphs(text: str) -> Paragraphs:
    return [each.strip("\n") for each in re.split(r"\n{2,}", text) if each.strip()]
