"""How does something somebody typed become a link, so that it leads there and does nothing more?

An address may hold ``?``, ``&`` and ``%``, which in a link would add recipients or words; a number
may hold anything. Every ``mailto:``, ``tel:`` and foreign web link of a page is made here.
"""

import re
from urllib.parse import quote, urlsplit

_TRUNK_ZERO = re.compile(r"^(\+[\d ]+)\(0\)")  # +49 (0)30: not dialled from abroad


def mail_link(address: str, subject: str = "", body: str = "") -> str:
    """Opens a letter to exactly this one address."""
    box, _, domain = address.strip().rpartition("@")
    said = {"subject": subject, "body": body.replace("\r\n", "\n").replace("\n", "\r\n")}
    query = "&".join(f"{name}={quote(text, safe='')}" for name, text in said.items() if text)
    link = f"mailto:{quote(box, safe='')}@{quote(domain, safe='')}"
    return f"{link}?{query}" if query else link


def phone_link(number: str) -> str:
    """Dials the digits of this number, with its plus, and nothing else."""
    plain = _TRUNK_ZERO.sub(r"\1", number.strip())
    plus = "+" if plain.startswith("+") else ""
    return f"tel:{plus}{''.join(each for each in plain if each in '0123456789')}"


def web_link(url: str) -> str:
    """The address of a page reached by TLS; empty for anything that only looks like one."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme == "https" and bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    return url if fits else ""
