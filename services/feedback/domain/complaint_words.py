"""Does a comment sound like a complaint?

Only how soon and how prominently it is read depends on this: every comment is read by a person, who
decides. So words are rather too many than too few, and no number is asked.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

ENGLISH = (
    r"complain\w*|unacceptabl\w*|disappoint\w*|unhappy|dissatisf\w*|unprofessional|rude\w*|angry",
    r"ignored|never (?:called|replied|answered|heard)|no (?:reply|answer|response|call)\b",
    r"(?:did|do|does|was|were|has|have|had|would|could)(?:n['\u2019]?t| not)\b",
    r"too (?:late|slow\w*|long)",
    r"delay\w*|mistake\w*|error\w*|wrong\w*|missed|overcharg\w*|too (?:expensive|much)|negligen\w*",
    r"misled|mislead\w*|lied|refund\w*|compensat\w*|ombudsman|insur\w*|sue|suing|claim against",
    r"waste of|worst|terrible|awful|poor\w*|never knew|nobody|for (?:weeks|months)",
)
GERMAN = (
    r"beschwer\w*|inakzeptabel\w*|unmöglich\w*|enttäusch\w*|unzufrieden\w*|unprofessionell\w*",
    r"unfreundlich\w*|unverschämt\w*|verärger\w*|ärger\w*|ignorier\w*|vertröste\w*",
    r"(?:nie|nicht) (?:zurück|erreich|gemeldet|informiert)\w*",
    r"kein\w* (?:antwort|rückruf|rückmeldung|auskunft)|zu (?:spät|langsam|lange|teuer)",
    r"verspät\w*|verzöger\w*|versäum\w*|verpass\w*|fehler\w*|falsch\w*|schlecht\w*|mangelhaft\w*",
    r"überhöht\w*|gelogen|täusch\w*|schadens?ersatz|haftpflicht\w*|schlichtung\w*|kammer|klage\w*",
    r"nichts (?:von|mehr|gehört)|lange nichts|wochenlang\w*|monatelang\w*|niemand\w*",
    r"frist\w* (?:versäumt|verpasst)|nie wieder|zumutung|katastroph\w*",
)


def sounds_like_a_complaint(comment: str, own_words: Iterable[str] = ()) -> bool:
    """Whether any of the words people complain with, or of the firm's own, stands in it."""
    text = " ".join(comment.casefold().split())
    if _pattern().search(text):
        return True
    return any(word.casefold() in text for word in own_words if word.strip())


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join((*ENGLISH, *GERMAN))})")
