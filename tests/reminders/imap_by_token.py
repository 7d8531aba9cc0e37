"""A real IMAP server, as those of Microsoft and Google are: it takes tokens (XOAUTH2) alone.

Its token is what would be the password of its user.
"""

import sys
from collections.abc import Sequence

from pymap.config import IMAPConfig
from pymap.main import main
from pysasl import SASLAuth
from pysasl.creds.plain import PlainCredentials
from pysasl.mechanism import ChallengeResponse, ServerChallenge
from pysasl.mechanism.oauth import OAuth2Mechanism

TOKEN = sys.argv[sys.argv.index("--demo-password") + 1]


class ByToken(OAuth2Mechanism):
    """A token is believed where it is the one of its user; else it says why, and waits."""

    def server_attempt(  # type: ignore[override]  # the library's own leave the token unproved
        self, responses: Sequence[ChallengeResponse]
    ) -> tuple[PlainCredentials, None]:
        """Who it is, with what they bring."""
        said, _ = super().server_attempt(responses)
        token = str(said._token)
        if token != TOKEN and len(responses) == 1:
            raise ServerChallenge(b'{"status":"401","schemes":"bearer"}')
        return PlainCredentials(said.authzid, token), None


IMAPConfig.tls_auth = property(lambda _: SASLAuth([ByToken()]))  # type: ignore[assignment,method-assign]
sys.argv[0] = "pymap"
main()
