"""``clientele staff``: who may sign in at the desk; let somebody in, or let them in no more.

A password never stands on a command line: the person chooses it through a link that works once, or
it is typed in here, unseen.
"""

import asyncio
from typing import Annotated, Any

import typer
from rich.table import Table

from deploy.cli.addresses import ops_url
from deploy.cli.screen import DATA_DIR, DataDir, Json, console, plain, say_json
from deploy.infra.access.service_requests import services_at, told
from services.desk.ops.staff_requests import PersonChanged, StaffListed

DESK = "desk"

app = typer.Typer(help="Who may sign in at the desk.", no_args_is_help=True)

StaffId = Annotated[str, typer.Argument(help="The person's id in the practice-management system.")]


@app.command("add")
def add(
    staff_id: StaffId,
    user: Annotated[str, typer.Option("--user", help="Log-in name, such as an e-mail address.")],
    role: Annotated[list[str], typer.Option("--role", help="A role; may be given again.")],
    name: Annotated[str, typer.Option("--name", help="What colleagues call this person.")] = "",
    email: Annotated[
        str, typer.Option("--email", help="Where their digest of the morning goes.")
    ] = "",
    phone: Annotated[str, typer.Option("--phone", help="Where clients reach this person.")] = "",
    title: Annotated[
        str, typer.Option("--title", help="As what this person signs letters, such as Solicitor.")
    ] = "",
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Type a password here instead of a link.")
    ] = False,
    data_dir: DataDir = DATA_DIR,
    as_json: Json = False,
) -> None:
    """Let somebody in, or change their roles; prints a link to set a password, if there are any."""
    question: dict[str, Any] = {
        "do": "add",
        "staff_id": staff_id,
        "user": user,
        "roles": role,
        "name": name,
        "email": email,
        "phone": phone,
        "title": title,
    }
    if ask_password:
        prompt = "Password (12 characters or more)"
        question["password"] = typer.prompt(prompt, hide_input=True, confirmation_prompt=True)
    _tell(asyncio.run(_ask(ops_url(data_dir), question)), as_json)


@app.command("link")
def link(staff_id: StaffId, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Print a new link for somebody who has forgotten their password; it works once, for a day."""
    _tell(asyncio.run(_ask(ops_url(data_dir), {"do": "link", "staff_id": staff_id})), as_json)


@app.command("disable")
def disable(staff_id: StaffId, data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """Let somebody in no more: sessions, keys and links end at once."""
    answer = asyncio.run(_ask(ops_url(data_dir), {"do": "disable", "staff_id": staff_id}))
    if as_json:
        say_json(answer)
    else:
        console.print(f"{plain(staff_id)} is let in no more.")


@app.command("reset-second-factor")
def reset_second_factor(
    staff_id: StaffId, data_dir: DataDir = DATA_DIR, as_json: Json = False
) -> None:
    """Forget somebody's app and recovery codes, when both are lost; be sure who asks for it."""
    question = {"do": "reset-second-factor", "staff_id": staff_id}
    answer = asyncio.run(_ask(ops_url(data_dir), question))
    if as_json:
        say_json(answer)
    else:
        console.print(f"{plain(staff_id)} is asked for the password alone, or sets up a new app.")


@app.command("list")
def list_staff(data_dir: DataDir = DATA_DIR, as_json: Json = False) -> None:
    """List everybody who works here, or did."""
    staff = told(StaffListed, asyncio.run(_ask(ops_url(data_dir), {"do": "list"}))).staff
    if as_json:
        say_json([person.model_dump() for person in staff])
        return
    table = Table("staff id", "log-in name", "e-mail", "roles", "state")
    for person in staff:
        state = "active" if person.active else "disabled"
        if person.active and not person.has_password:
            state = "active, no password"
        user = plain(person.user or "-")
        table.add_row(
            plain(person.staff_id),
            user,
            plain(person.email or "-"),
            ", ".join(person.roles),
            state,
        )
    console.print(table)


async def _ask(url: str, question: dict[str, Any]) -> dict[str, Any]:
    async with services_at(url) as services:
        return await services.ask(DESK, {"ask": "staff", **question})


def _tell(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        say_json(answer)
        return
    changed = told(PersonChanged, answer)
    if changed.link:
        console.print("Give this link to the person; it works once, until this time tomorrow:")
        console.print(plain(changed.link), soft_wrap=True)
    else:
        console.print(f"{plain(changed.user)} can sign in.")
