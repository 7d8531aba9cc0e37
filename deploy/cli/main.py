"""Which commands does ``clientele`` have?

Each command is a file under ``deploy/cli/commands`` with one function; a new one is added by one
line here. What went wrong is said in a sentence, with exit code 1, and never as a traceback.
"""

import sys

import typer

from deploy.cli.commands import (
    addresses,
    bounce,
    dead_letters,
    demo,
    doctor,
    firm,
    imports,
    keys,
    migrate,
    outbound,
    playbook,
    publish,
    simulate,
    staff,
    subscriptions,
    systems,
    tail,
    time,
    timeline,
    up,
    wording,
)
from deploy.cli.screen import complain
from shared.errors import ClienteleError

app = typer.Typer(
    name="clientele",
    help="The client lifecycle of a law firm, as services that meet only in events.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
events = typer.Typer(help="Look at the events of the firm.", no_args_is_help=True)
app.add_typer(events, name="events")

app.command("up")(up.up)
app.command("demo")(demo.demo)
app.command("migrate")(migrate.migrate)
app.command("doctor")(doctor.doctor)
app.command("publish")(publish.publish)
app.command("bounce")(bounce.bounce)
app.command("timeline")(timeline.timeline)
events.command("tail")(tail.tail)
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(outbound.app, name="outbound")
app.add_typer(addresses.app, name="addresses")
playbook.app.command("simulate")(simulate.simulate)
app.add_typer(playbook.app, name="playbook")
app.add_typer(firm.app, name="firm")
app.add_typer(imports.app, name="import")
app.add_typer(staff.app, name="staff")
app.add_typer(subscriptions.app, name="subscriptions")
app.add_typer(systems.app, name="systems")
app.add_typer(keys.app, name="keys")
app.add_typer(time.app, name="time")
app.add_typer(wording.app, name="wording")


def main() -> None:
    """The entry point of the ``clientele`` program."""
    try:
        app()
    except ClienteleError as error:
        complain(error.message)
        sys.exit(1)


if __name__ == "__main__":
    main()
