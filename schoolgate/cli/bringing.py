"""What the commands that bring a file share: who brings it and where, and what is said when it cannot be."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, SchoolgateError
from schoolgate.core.models import Federation
from schoolgate.people.models import Seat
from schoolgate.people.queries import live_seats


def who_brings(command: str, options: argparse.Namespace, at: datetime) -> Seat | None:
    """The place of `--by` in `--federation`; None, with a line that says which, where the federation, the
    person or the file is not there."""
    federation = Federation.objects.filter(slug=options.federation).first()
    seat = _seat(federation, options.by, at) if federation else None
    if seat is not None and options.file.is_file():
        return seat
    missing = "file" if seat else "person" if federation else "federation"
    print(f"schoolgate {command}: there is no such {missing}. Check the spelling", file=sys.stderr)
    return None


def _seat(federation: Federation, email: str, at: datetime) -> Seat | None:
    seats = Seat.objects.filter(live_seats(local_day(at)), federation=federation)
    return seats.filter(user__email__iexact=email.strip()).first()


def refused(command: str, error: SchoolgateError) -> int:
    """Say why it is not taken; returns the command's status, 1."""
    fields = error.fields.values() if isinstance(error, BadInput) else ()
    print(f"schoolgate {command}:", error, *map(str, fields), file=sys.stderr)
    return 1
