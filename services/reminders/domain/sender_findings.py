"""Is a mail of the firm's believed where it arrives, by what the receiving server says of it?

Three questions, as other servers ask them: may the server that gave it in send for its domain
(SPF), is its signature good (DKIM), and is one of the two for the domain that stands in *From*
(DMARC)? Without the word of a server nothing is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from services.reminders.domain.authentication_results import Judged, Said, judged
from services.reminders.domain.mail_address import normal_address

PASS, UNSAID, NOBODY = "pass", "unsaid", "nobody"
RESULTS = frozenset(
    {PASS, "fail", "softfail", "neutral", "none", "policy", "temperror", "permerror"}
)
OTHER, OWN, APART, ALIGNED, NO_POLICY = "other", "own", "apart", "aligned", "no-policy"
LEAST_LABELS = 2  # of a domain that can be the parent of others of the same owner


@dataclass(frozen=True, slots=True)
class Finding:
    """One question and its answer: a code, the domain it is about, and whether that is well."""

    line: str  # from, judged, spf, dkim, alignment
    code: str
    domain: str = ""
    well: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a received mail says; ``judge`` is the server whose word it is."""

    judge: str
    findings: tuple[Finding, ...]


def look_at(fields: Sequence[tuple[str, str]], sender: str) -> Look:
    """What these fields of a mail that has arrived say of mail from this address."""
    word, own = judged(fields), _domain_of(sender)
    shown = next((value for name, value in fields if name.lower() == "from"), "")
    domain = _domain_of(parseaddr(shown)[1])
    first = Finding("from", OWN if domain == own else OTHER, domain, domain == own)
    if word is None:
        return Look("", (first, Finding("judged", NOBODY)))
    spf, dkim = _best(word.of("spf")), _best(word.of("dkim"), domain)
    return Look(
        word.judge,
        (
            first,
            _finding("spf", spf, "smtp.mailfrom", "smtp.helo"),
            _finding("dkim", dkim, "header.d", "header.i"),
            _alignment(word, spf, dkim, domain),
        ),
    )


def are_related(one: str, other: str) -> bool:
    """Whether mail of one domain speaks for the other: the same, or one below the other.

    Which domains have one owner beyond that only lists of registries tell; the receiving server
    has them, and its own word on DMARC comes first.
    """
    shorter, longer = sorted((one, other), key=len)
    enough = shorter.count(".") + 1 >= LEAST_LABELS
    return bool(shorter) and (one == other or (enough and longer.endswith(f".{shorter}")))


def _finding(line: str, said: Said | None, *names: str) -> Finding:
    if said is None:
        return Finding(line, UNSAID)
    code = said.result if said.result in RESULTS else UNSAID
    return Finding(line, code, said.domain(*names), code == PASS)


def _alignment(word: Judged, spf: Said | None, dkim: Said | None, domain: str) -> Finding:
    dmarc = _best(word.of("dmarc"))
    if dmarc is not None and dmarc.result == PASS:
        return Finding("alignment", PASS, domain, well=True)
    if dmarc is not None and dmarc.result == "fail":
        return Finding("alignment", "fail", domain)
    spoke = [
        said.domain(*names)
        for said, names in (
            (spf, ("smtp.mailfrom", "smtp.helo")),
            (dkim, ("header.d", "header.i")),
        )
        if said is not None and said.result == PASS
    ]
    if not any(are_related(each, domain) for each in spoke):
        return Finding("alignment", APART, domain)
    lacks = dmarc is not None and dmarc.result == "none"
    return Finding("alignment", NO_POLICY if lacks else ALIGNED, domain, well=True)


def _best(said: Sequence[Said], domain: str = "") -> Said | None:
    """The one that counts: what passed for our domain, else what passed, else the first."""
    passed = [each for each in said if each.result == PASS]
    own = [each for each in passed if are_related(each.domain("header.d", "header.i"), domain)]
    return next(iter([*own, *passed, *said]), None)


def _domain_of(address: str) -> str:
    return normal_address(address).rpartition("@")[2] if "@" in address else ""
