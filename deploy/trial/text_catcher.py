"""Where do text messages go while Clientele runs on one machine for trying out?

A real HTTP server in the widespread form of message resources that delivers nothing: each text it
accepted is ``<n>.txt`` in a folder, safe on disk before the sender hears that it was taken, and
what became of it is reported, signed, as a provider does. Whoever posts From and Body to
``/answers`` is the client's telephone. Run by the supervisor as its own process.

Numbers to try with: +15005550001 is no number, +15005550009 no mobile, +15005550003 is taken and
then not reached.
"""

import json
import os
import signal
import threading
import urllib.error
import urllib.request
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

from deploy.trial.mail_folder import MailFolder
from services.reminders.domain.text_status import SIGNATURE
from services.reminders.gateways.text_reports import signature_of

HOST = "127.0.0.1"
LARGEST = 64 * 1024
REFUSED = {"+15005550001": 21211, "+15005550009": 21614}
NOT_REACHED, NOT_REACHED_CODE = "+15005550003", "30005"
REPORT_SECONDS = 10.0


@dataclass
class Desk:
    """What the catcher keeps, and how it talks to the firm."""

    folder: MailFolder
    user: str
    secret: str
    answers_url: str
    taken: dict[str, str] = field(default_factory=dict)  # by Idempotency-Key
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, form: Mapping[str, str], key: str | None) -> str:
        """Keep a text once; its id."""
        with self.lock:
            if key is not None and key in self.taken:
                return self.taken[key]
            heads = f"To: {form['To']}\nFrom: {form['From']}\n\n"
            path = self.folder.store(f"{heads}{form['Body']}\n".encode())
            sid = f"SM{int(path.stem):032x}"
            if key is not None:
                self.taken[key] = sid
            return sid

    def tell(self, url: str, fields: Mapping[str, str]) -> bytes:
        """Post these fields to the firm, signed; what it answers."""
        signed = signature_of(url, fields.items(), self.secret)
        request = urllib.request.Request(  # noqa: S310 - the address is the firm's own
            url, urlencode(fields).encode(), {SIGNATURE: signed}, method="POST"
        )
        with urllib.request.urlopen(request, timeout=REPORT_SECONDS) as answer:  # noqa: S310 - the same
            said: bytes = answer.read()
        return said

    def report(self, form: Mapping[str, str], sid: str) -> None:
        """Say what became of a text, where somebody wants to hear it."""
        gone = form["To"] != NOT_REACHED
        fields = {
            "MessageSid": sid, "To": form["To"], "From": form["From"],
            "MessageStatus": "delivered" if gone else "undelivered",
        } | ({} if gone else {"ErrorCode": NOT_REACHED_CODE})  # fmt: skip
        try:
            self.tell(form["StatusCallback"], fields)
        except (urllib.error.URLError, OSError):
            return  # a provider tries again; this one has shown what it does

    def answer(self, form: Mapping[str, str]) -> str:
        """Tell the firm what a client wrote; what it writes back is kept as a text to them."""
        sid = f"SM{os.urandom(16).hex()}"
        told = {"MessageSid": sid, "From": form["From"], "To": form.get("To", ""),
                "Body": form.get("Body", "")}  # fmt: skip
        said = self.tell(self.answers_url, told)
        message = ElementTree.fromstring(said).findtext("Message") or ""  # noqa: S314 - the firm's own
        if message:
            self.take({"To": form["From"], "From": told["To"], "Body": message}, None)
        return message


class Catcher(BaseHTTPRequestHandler):
    """One request to the provider."""

    desk: Desk
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """A text to send, or a client's answer."""
        length = min(int(self.headers.get("Content-Length") or 0), LARGEST)
        form = dict(parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True))
        if self.path == "/answers":
            self._answer(form)
        elif self.path == f"/2010-04-01/Accounts/{self.desk.user}/Messages.json":
            self._message(form)
        else:
            self._say(HTTPStatus.NOT_FOUND, {"code": 20404, "message": "no such resource"})

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: the texts are in the folder."""

    def _message(self, form: dict[str, str]) -> None:
        if not self._is_known():
            self._say(HTTPStatus.UNAUTHORIZED, {"code": 20003, "message": "authenticate"})
            return
        if not {"To", "From", "Body"} <= form.keys():
            self._say(HTTPStatus.BAD_REQUEST, {"code": 21604, "message": "To, From, Body"})
            return
        if (code := REFUSED.get(form["To"])) is not None:
            self._say(HTTPStatus.BAD_REQUEST, {"code": code, "message": "refused"})
            return
        sid = self.desk.take(form, self.headers.get("Idempotency-Key"))
        self._say(HTTPStatus.CREATED, {"sid": sid, "status": "queued"})
        if "StatusCallback" in form:
            threading.Thread(target=self.desk.report, args=(form, sid), daemon=True).start()

    def _answer(self, form: dict[str, str]) -> None:
        if not form.get("From"):
            self._say(HTTPStatus.BAD_REQUEST, {"message": "say From, and Body"})
            return
        try:
            self._say(HTTPStatus.OK, {"answer": self.desk.answer(form)})
        except (urllib.error.URLError, OSError, ElementTree.ParseError):
            self._say(HTTPStatus.BAD_GATEWAY, {"message": "the firm did not take it"})

    def _is_known(self) -> bool:
        kind, _, given = (self.headers.get("Authorization") or "").partition(" ")
        try:
            said = b64decode(given).decode()
        except ValueError:
            return False
        return kind == "Basic" and said == f"{self.desk.user}:{self.desk.secret}"

    def _say(self, status: HTTPStatus, said: Mapping[str, object]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(desk: Desk, port: int) -> None:
    """Take texts until asked to stop."""
    server = ThreadingHTTPServer((HOST, port), type("Here", (Catcher,), {"desk": desk}))
    server.daemon_threads = True
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    with server:
        server.serve_forever(poll_interval=0.1)


if __name__ == "__main__":
    serve(
        Desk(
            folder=MailFolder(Path(os.environ["TEXT_FOLDER"]), ".txt"),
            user=os.environ["TEXT_USER"],
            secret=Path(os.environ["TEXT_SECRET_FILE"]).read_text(encoding="ascii").strip(),
            answers_url=os.environ["TEXT_ANSWERS_URL"],
        ),
        int(os.environ["TEXT_PORT"]),
    )
