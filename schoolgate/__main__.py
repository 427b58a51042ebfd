"""`python -m schoolgate` and the command `schoolgate`."""

import sys

from schoolgate.cli.program import what_is_read_stays


def main() -> None:
    """Run the command line and leave with its status."""
    with what_is_read_stays():
        from schoolgate.cli.main import main as run
    sys.exit(run())


if __name__ == "__main__":
    main()
