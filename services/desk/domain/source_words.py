"""How is each system that comes in by HTTP: when it spoke, how often it does, what is wrong?

Bounds are those of the alerts, so that the page and the pager agree.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from services.desk.domain.upkeep import long
from shared.contracts.answers import SourceHeard

NOT_BELIEVED = "too-much-gone"
UNREAD = "Does its server answer, is its password right? Nothing is lost meanwhile."
REMEDIES = {
    "no-connection": "Does its server answer, and is its certificate right? Nothing is lost "
    "meanwhile.",
    "log-in-refused": "Is the password right? Where it logs in by token: may the firm's app read "
    "this mailbox, and has whoever keeps the mail allowed IMAP for it?",
    "no-folder": "Is there a folder of that name, and may this user open it?",
    "token-away": "Does the server of tokens answer? It is tried again by itself.",
    "token-file": "Write the app's secret, and the refresh token where there is one, into their "
    "files; they are read at the next try.",
    "token-ended": "Sign in there again and write the new refresh token into its file: consent was "
    "taken back, a password was changed, or it was not used for too long.",
    "token-app": "Is the app's id right? Its secret may have ended: make a new one there and write "
    "it into its file.",
    "token-scope": "Say the scope as whoever keeps the mail names it, and let an administrator "
    "there agree to it.",
    "token-refused": "Is the address of the server of tokens right? Its own log says what it did "
    "not like.",
}
"""What to do where a mailbox cannot be read, by the reason the reader gives."""


@dataclass(frozen=True, slots=True)
class SourceInWords:
    """One source, said in words. tone: ok, warn or danger."""

    source: str
    state: str
    tone: str
    spoke: str
    rhythm: str
    longest: str
    do: str = ""
    dead: Mapping[str, int] | None = None  # open dead letters, by fingerprint
    left_out: int = 0  # entries of a calendar that name no client
    unmatched: int = 0  # entries of a calendar that could not be told, and why
    said: tuple[str, ...] = ()


def in_words(heard: SourceHeard) -> SourceInWords:
    """The source, with what to do where it is not well."""
    state, tone, do = _state(heard)
    never = heard.last_seconds is None
    return SourceInWords(
        source=heard.source,
        state=state,
        tone=tone,
        do=do,
        spoke="never yet" if never else f"{long(heard.last_seconds or 0.0)} ago",
        rhythm=f"every {long(heard.rhythm_seconds)}" if heard.rhythm_seconds else "not known yet",
        longest=long(heard.longest_seconds) if heard.longest_seconds else "not watched",
        dead=heard.dead,
        left_out=heard.left_out,
        unmatched=heard.unmatched,
        said=tuple(map(_entry, heard.said)),
    )


def _state(heard: SourceHeard) -> tuple[str, str, str]:
    if heard.fetched and (found := _calendar_state(heard)):
        return found
    if heard.away:
        return f"Cannot be read: {heard.away}", "danger", REMEDIES.get(heard.away, UNREAD)
    if heard.not_put_away:
        return (f"Read, but not moved: {heard.not_put_away}", "warn",
                "Is the folder for kept mail full, and may this user write to it? What was read "
                "stays in the inbox until then.")  # fmt: skip
    if not heard.is_open:
        return ("No secret: closed", "danger",
                "Write its secret into its file; until then it is answered 503.")  # fmt: skip
    if heard.ends_seconds is not None:
        ends = f"ends in {long(heard.ends_seconds)}" if heard.ends_seconds else "has ended"
        return f"Its webhook {ends}", "warn", "Make it anew there, with the same address."
    if heard.silent_seconds:
        return (f"Silent for {long(heard.silent_seconds)} too long", "warn",
                "Look at its own log of deliveries: does it still send here, and what is it "
                "answered?")  # fmt: skip
    return ("Speaks" if heard.count else "Waited for"), "ok", ""


def _calendar_state(heard: SourceHeard) -> tuple[str, str, str] | None:
    """What is wrong with a calendar that we read ourselves; None: nothing."""
    if not heard.is_open:
        return ("No address: not read", "danger",
                "Write its address into the file of its secret.")  # fmt: skip
    if heard.away and heard.away.startswith(NOT_BELIEVED):
        gone = heard.away.rpartition(" ")[2]
        return (f"{gone} appointments gone at once: not believed", "danger",
                "None was called off. Look into the calendar; if it is so, raise missing_at_most "
                "in its file.")  # fmt: skip
    if heard.away:
        remedy = "Is its address right, and does it answer? Nothing is called off meanwhile."
        return f"Cannot be read: {heard.away}", "danger", remedy
    if heard.silent_seconds:
        return (f"Not read for {long(heard.silent_seconds)} too long", "warn",
                "Look at the gateway's log: is its address right, does it run?")  # fmt: skip
    return None


def _entry(said: str) -> str:
    """Which entry of a calendar nothing was made of, and why."""
    starts, _, why = said.rpartition(" ")
    when = starts.replace("T", " ").replace(":00.000Z", " UTC")
    if why == "nobody":
        return f"{when}: nobody who is invited is a client the firm knows"
    if why == "several":
        return f"{when}: who is invited may be several clients"
    if why == "erased":
        return f"{when}: its client's records were erased"
    field = why.rpartition(":")[2]
    return f"{when}: {field} cannot be read"
