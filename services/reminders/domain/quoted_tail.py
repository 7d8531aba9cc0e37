"""What of a mail is new, and what does it repeat of ours?

Line by line and never back, so that no mail, whatever its sender made of it, takes long to read.
Nothing is thrown away: what is taken for repeated is kept beside.
"""

from collections.abc import Iterable, Sequence

from services.reminders.domain.mail_words import MailWords

JOINED = 3  # lines over which a mail program may break "On … wrote:"
LONGEST_OPENING = 400
HEADS = 3  # lines below "From:" in which "Sent:" stands
RULE = "_" * 16
HYPHENS = "-" * 4


def apart(text: str, words: Iterable[MailWords]) -> tuple[str, str]:
    """What is new, and what follows it; everything is new where nothing else would be."""
    lines, known = text.split("\n"), tuple(words)
    at = next((n for n in range(len(lines)) if _begins(lines, n, known)), None)
    if at is None or not any(line.strip() for line in lines[:at]):
        return text, ""
    below = lines[at:]
    if _answers_between(below):
        return text, ""
    return "\n".join(lines[:at]), "\n".join(below)


def _begins(lines: Sequence[str], n: int, known: Sequence[MailWords]) -> bool:
    """Whether our own message begins to be repeated in this line."""
    line = lines[n].strip()
    if not line:
        return False
    if line.startswith((">", RULE)):
        return True
    said = line.casefold()
    if line.startswith(HYPHENS):
        return any(each in said for words in known for each in words.original)
    return any(_is_opening(lines, n, said, w) or _is_head(lines, n, said, w) for w in known)


def _is_opening(lines: Sequence[str], n: int, said: str, words: MailWords) -> bool:
    """``On Monday the firm <office@firm.example> wrote:``, over some lines perhaps."""
    if not said.startswith(words.opens):
        return False
    joined = ""
    for line in lines[n : n + JOINED]:
        joined = f"{joined} {line.strip().casefold()}"[:LONGEST_OPENING]
        if not any(each.isdigit() for each in joined):
            continue  # mail programs name the day
        if joined.endswith(words.closes):
            return True
        if joined.endswith(":") and any(each in joined for each in words.closes_with_name):
            return True
    return False


def _is_head(lines: Sequence[str], n: int, said: str, words: MailWords) -> bool:
    """Outlook's ``From: …`` with ``Sent: …`` below it."""
    if not said.lstrip("*").startswith(words.sender):
        return False
    heads = (line.strip().lstrip("*").casefold() for line in lines[n + 1 : n + 1 + HEADS])
    return any(each.startswith(words.sent) for each in heads)


def _answers_between(below: Sequence[str]) -> bool:
    """Whether somebody wrote between the quoted lines: then the whole is their answer."""
    quoted = [n for n, line in enumerate(below) if line.lstrip().startswith(">")]
    if not quoted:
        return False
    between = below[quoted[0] : quoted[-1] + 1]
    return any(line.strip() and not line.lstrip().startswith(">") for line in between)
