"""The account of a customer on the shop's website."""

import sys
from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.parts import Ref
from hubcli.errors import HubError
from hubcli.operations.customers import access
from hubcli.render import Column, Record
from hubcli.values import text

app = typer.Typer()

COLUMNS = (
    Column("number", "ref", prefix="C", title="#"),
    Column("username", "text"),
    Column("password", "code"),
    Column("disabled", "bool"),
)


@command(app, "login")
def login(
    run: Run,
    ref: Ref,
    *,
    username: Annotated[str | None, Option("--username", metavar="T", help="the name they log in with")] = None,
    password: Annotated[bool, Option("--password", help="a new one: asked for twice, or two lines on stdin")] = False,
    disable: Annotated[bool | None, Option("--disable/--enable", help="may not log in, or may again")] = None,
    remove: Annotated[bool, Option("--remove", help="take the login away")] = False,
) -> Done | Record:
    """Set the login of a customer: name, password, whether it may be used. Or show it, without an option.

    Only a salted hash of a password is kept.

    A password is never an argument, where others could read it: it is asked for twice, or read from two lines of stdin.

    Examples:
    hub customers login C1 --username maria -n
    """
    number = targets.customer(run, ref)
    name = text.name(username, "--username", 100) if username is not None else None
    if name is None and not password and disable is None and not remove:
        return Record(COLUMNS, (_kept(run, number) or [(number, None, None, None)])[0])
    typed = _typed(run) if password else None
    if typed is not None:
        access.hashed(typed)  # a short one is refused before anything is written

    def work(hub: object) -> None:
        if remove:
            access.remove_login(run.hub, number)
        else:
            access.login(run.hub, number, name, typed, disabled=disable)

    outcome = run.change(work)
    return Done(outcome, COLUMNS, [] if outcome.dry_run else _kept(run, number))


def _kept(run: Run, number: int) -> list[tuple[Any, ...]]:
    row = run.hub.one("access.login", {"customer": number})
    return [] if row is None else [(number, row["username"], "set" if row["password_hash"] else None, row["disabled"])]


def _typed(run: Run) -> str:
    """Read the password twice; raise passwords_differ."""
    if run.interactive:
        import getpass

        first, second = getpass.getpass("new password: "), getpass.getpass("the same again: ")
    else:
        first, second = (sys.stdin.readline().rstrip("\r\n") for _ in range(2))
    if first != second:
        raise HubError("passwords_differ")
    return first
