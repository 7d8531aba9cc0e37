"""How does a server of our own fare, whichever it is?"""

from deploy.trial.child_process import ChildProcess


class EmbeddedServer:
    """A server that runs as a child of ours."""

    _process: ChildProcess

    @property
    def alive(self) -> bool:
        """Whether the server runs now."""
        return self._process.alive

    @property
    def process(self) -> ChildProcess:
        """The server's process."""
        return self._process

    @property
    def pid(self) -> int | None:
        """The server's process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How the server ended; None while it runs."""
        return self._process.exit_code
