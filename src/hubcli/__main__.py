"""Entry of the command `hub`: two questions answered at once, everything else through the command line."""

import gc
import sys


def main() -> None:
    """Run `hub` with the arguments of the process and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from hubcli import __version__

        sys.stdout.write(f"hub {__version__}\n")
        return
    if sys.argv[1:2] == ["--complete"]:
        from hubcli.completing import complete

        complete(sys.argv[2:])
        return
    gc.set_threshold(50_000, 20, 50)  # a command is over before reference cycles matter
    from hubcli.run import run
    from hubcli.stopping import deaf

    code = run(sys.argv[1:])
    deaf()
    sys.exit(code)


if __name__ == "__main__":
    main()
