"""What was found of the firm's mail, in words, with what is to be done about it?"""

from dataclasses import dataclass

from services.desk.pages.language import N_, Words, _
from shared.contracts.sender_checks import FindingTold, SenderTold

LINES = Words(
    {
        "from": N_("The sender that is shown"),
        "judged": N_("The word of the receiving server"),
        "spf": N_("SPF: may the server that gave it in send for your domain?"),
        "dkim": N_("DKIM: is the signature good?"),
        "alignment": N_("DMARC: is one of them for the domain that is shown?"),
    }
)
FOUND = Words(
    {
        "from own": N_("It is {domain}, as it should be."),
        "from other": N_("It is {domain}, not the domain of your sender."),
        "judged nobody": N_("The server that received it does not say how it judged the mail."),
        "spf pass": N_("Yes, for {domain}."),
        "spf fail": N_("No: {domain} says that this server may not."),
        "spf softfail": N_("Hardly: {domain} says that this server should not."),
        "spf neutral": N_("{domain} says neither yes nor no."),
        "spf none": N_("{domain} says nothing."),
        "spf unsaid": N_("The receiving server says nothing of it."),
        "dkim pass": N_("Yes, of {domain}."),
        "dkim fail": N_("No: the signature of {domain} does not fit the mail or its key."),
        "dkim none": N_("The mail has no signature."),
        "dkim unsaid": N_("The receiving server says nothing of it."),
        "alignment pass": N_("Yes: {domain} is believed."),
        "alignment aligned": N_("Yes, for {domain}."),
        "alignment no-policy": N_(
            "Yes; but {domain} does not say what others are to do with mail that only claims to be "
            "from you. Publish a DMARC record at _dmarc.{domain}, at first v=DMARC1; p=none."
        ),
        "alignment fail": N_("No: mail from {domain} is not believed."),
        "alignment apart": N_("No: nothing that passed is for {domain}."),
    }
)
NOT_NOW = N_("The receiving server could not look it up: {code}.")
REMEDIES = Words(
    {
        "from": N_(
            "Your mail server or provider writes another sender. Allow the address under Mail in "
            "the studio as a sender there."
        ),
        "judged": N_(
            "Send the test mail to a mailbox at another, large provider, and copy the source there."
        ),
        "spf": N_(
            "Enter the server by which mail goes in the SPF record (TXT) of the domain. Your mail "
            "provider names the part to be entered, such as include:…"
        ),
        "dkim": N_(
            "Turn on signing at your mail provider, for your own domain, and publish the key it "
            "names in the DNS (TXT or CNAME at …._domainkey)."
        ),
        "alignment": N_(
            "Have your mail provider sign with the domain that is shown, or send by a return "
            "address of it."
        ),
    }
)
AGAIN = N_("Look whether the record in the DNS can be read, and send another test mail.")
STANDING = Words(
    {
        "never": N_("Nothing was found yet."),
        "ready": N_("Mail of the firm is believed."),
        "not-ready": N_("Mail of the firm is not believed everywhere."),
        "changed": N_(
            "Mail goes another way since: the sender or the mail server was changed. Send another "
            "test mail."
        ),
    }
)
PROGRESS = Words(
    {
        "none": "",
        "waiting": N_("The test mail to {address} is about to go. Open this page again."),
        "arriving": N_("The test mail to {address} has gone. Look for it, also among spam."),
        "not-sent": N_("The test mail to {address} did not go: {outcome}."),
        "read": "",
    }
)
OUTCOMES = Words(
    {
        "away": N_("the mail server does not answer"),
        "held": N_("all messages were held back"),
        "sample-values": N_("the firm's name or address is a sample"),
    }
)
ANSWERED = N_("the mail server answered {code}")
LOOKED_UP = ("temperror", "permerror", "policy")


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One question, what was found, and the remedy where it is not well."""

    name: str
    title: str
    found: str
    remedy: str
    well: bool


def found_lines(told: SenderTold) -> list[FoundLine]:
    """What was found last, line by line."""
    return [_line(each) for each in (told.judgement.findings if told.judgement else ())]


def standing_words(told: SenderTold) -> str:
    """Whether mail of the firm is believed."""
    return STANDING.get(told.standing, "")


def progress_words(told: SenderTold) -> str:
    """Where the last test mail is."""
    words = PROGRESS.get(told.progress, "")
    address = told.address or _("an address that is no longer kept")
    outcome = OUTCOMES.get(told.outcome) or _(ANSWERED).format(code=told.outcome)
    return words.format(address=address, outcome=outcome)


def _line(finding: FindingTold) -> FoundLine:
    line, code = finding.line, finding.code
    words = FOUND.get(f"{line} {code}") or _(NOT_NOW)
    remedy = REMEDIES.get(line, "") if code not in LOOKED_UP else _(AGAIN)
    return FoundLine(
        name=line,
        title=LINES.get(line, line),
        found=words.format(domain=finding.domain or _("the domain"), code=code),
        remedy="" if finding.well else remedy,
        well=finding.well,
    )
