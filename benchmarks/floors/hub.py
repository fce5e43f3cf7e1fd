"""The command `hub` as an installer writes it."""

import sys

from hubcli.__main__ import main

if __name__ == "__main__":
    sys.exit(main())  # type: ignore[func-returns-value]
