"""`schoolgate database-url`: where the embedded server listens, for psql and the like."""

import argparse

from schoolgate.core.env import env
from schoolgate.core.postgres import server
from schoolgate.core.postgres.server import server_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """The role to connect as."""
    parser.add_argument("--role", choices=["app", "owner"], default="app")


def run(options: argparse.Namespace) -> int:
    """Print the address; it does not start the server."""
    print(server_of(env().home).url(server.OWNER if options.role == "owner" else server.APP))
    return 0
