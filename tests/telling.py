"""Tells the story of an example into the database and the home that the environment names, in a process of
its own: `python -m tests.telling KEY INSTANT`."""

import sys
from datetime import datetime

import django
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """What the program signs people in by, at a hundredth of its price: the price stands in what is kept."""

    time_cost, memory_cost, parallelism = 1, 64, 1


def main(key: str, at: str) -> None:
    """Tell it."""
    django.setup()
    settings.PASSWORD_HASHERS = ["tests.telling.QuickArgon2"]
    from schoolgate.cli.demo.telling import tell

    assert tell(key, now=datetime.fromisoformat(at))


if __name__ == "__main__":
    main(*sys.argv[1:])
