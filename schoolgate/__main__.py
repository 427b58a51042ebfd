"""`python -m schoolgate` and the command `schoolgate`."""

import os
import sys

from schoolgate.cli.main import what_is_read_stays


def main() -> None:
    """Run the command line and leave with its status."""
    open_what_is_closed()
    with what_is_read_stays():
        from schoolgate.cli.main import main as run
    sys.exit(run())


def open_what_is_closed() -> None:
    """Have the three streams there: the place of one that was closed (`>&-`) goes to the next file opened."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            nothing = os.open(os.devnull, os.O_WRONLY if number else os.O_RDONLY)
            setattr(sys, name, os.fdopen(nothing, "w" if number else "r", encoding="utf-8"))


if __name__ == "__main__":
    main()
