"""The least that a Typer command can be: what `hub --help` is measured against."""

import typer

app = typer.Typer()


@app.command()
def hello(name: str = "world") -> None:
    """Greet."""
    print(f"hello {name}")


if __name__ == "__main__":
    app()
