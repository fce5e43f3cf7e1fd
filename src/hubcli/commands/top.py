"""Commands without a group: init, demo, schema, completion, help."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command

app = typer.Typer()


@command(app, "init")
def init(
    run: Run,
    *,
    group: Annotated[str | None, Option("--group", metavar="NAME", help="let this system group work in it too")] = None,
) -> None:
    """Make an empty database.

    Examples:
    hub init
    hub --db shop.db init
    """
    from hubcli.operations import setup

    setup.init(run.path, group)
    run.say(f"{run.path} is ready")


@command(app, "demo")
def demo(
    run: Run,
    *,
    customers: Annotated[int, Option("--customers", metavar="N", min=1, max=1_000_000, help="how many")] = 250,
) -> None:
    """Make a database with a believable shop in it; the same shop each time.

    Examples:
    hub --db demo.db demo
    hub --db big.db demo --customers 10000
    """
    from hubcli.operations import setup

    setup.init(run.path, None)
    counts = setup.load_demo(run.hub, customers)
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    run.say(f"{run.path} holds a demo shop: {told}")
    run.tell("  try: hub customers search --zip 60614\n  try: hub customers show C1")


@command(app, "completion")
def completion(
    run: Run,
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="your shell")],
) -> str:
    """Print the completion for your shell: commands and customer numbers.

    Examples:
    hub completion bash
    """
    from hubcli.values import words

    chosen = words.choose(shell, ("bash", "zsh", "fish"), "shell")
    return (Path(__file__).parent.parent / "shells" / f"hub.{chosen}").read_text(encoding="utf-8")


@command(app, "help")
def help_(
    run: Run,
    topic: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]", help="options, or a command")] = None,
) -> str:
    """Help on a topic or a command.

    Examples:
    hub help options
    hub help customers search
    """
    import typer.main  # noqa: F401

    from hubcli import cli

    if topic == ["options"]:
        return _options_help()
    command_ = cli.root()
    ctx = command_.make_context("hub", [], resilient_parsing=True)
    for word in topic or []:
        _, command_, _ = command_.resolve_command(ctx, [word])
        ctx = command_.make_context(word, [], parent=ctx, resilient_parsing=True)
    return str(ctx.get_help()) + "\n"


def _options_help() -> str:
    """Tell the options of every command."""
    from hubcli import cli

    lines = ["Every command takes these options, before or after its name:", ""]
    for option in cli.options():
        names = ", ".join(sorted(option.opts, key=len))
        head = f"  {names} {option.metavar}" if option.metavar else f"  {names}"
        lines.append(f"{head:<28}  {option.help}" if len(head) <= 28 else f"{head}\n{'':<30}{option.help}")
    return "\n".join([*lines, ""])
