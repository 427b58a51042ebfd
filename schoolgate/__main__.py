"""`python -m schoolgate` and the command `schoolgate`."""

import sys

from schoolgate.cli.main import main as run


def main() -> None:
    """Run the command line and leave with its status."""
    sys.exit(run())


if __name__ == "__main__":
    main()
