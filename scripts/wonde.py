"""Tries a key of Wonde on a school, and prints what came: how many pupils, the names of the fields, and the
names of consents with the words of their answers, each with how often it came. No pupil's name or number is
printed.

    WONDE_KEY=... .venv/bin/python scripts/wonde.py A1930499544

Run it once with a key of your own before you tell an office to connect; please report what differs from
`tests/wonde.py`, which was made from the published description and from no recording.
"""

from __future__ import annotations

import os
import sys
from collections import Counter

import django


def main(their_school: str) -> int:
    """Ask, and print; returns the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolgate.config.settings")
    django.setup()
    from schoolgate.pupils import wonde
    from schoolgate.pupils.wonde import consents_of, fields_in, sheet_of

    key = os.environ.get("WONDE_KEY", "")
    try:
        print("school:", wonde.school_name(key, their_school))
        students = wonde.students(key, their_school)
    except wonde.WondeTrouble as trouble:
        print(f"{trouble.code}: {trouble}")
        return 1
    print("pupils:", len(students))
    for field, count in sorted(Counter(one for each in students for one in set(fields_in(each))).items()):
        print(f"  {count:5} {field}")
    print("consents:")
    for (name, answer), count in sorted(
        Counter(one for each in students for one in consents_of(each)).items()
    ):
        print(f"  {count:5} {name}: {answer or '(empty)'}")
    print("columns of the list:")
    head, *rows = sheet_of(students, school="-").lines
    for place, name in enumerate(head.cells):
        print(f"  {sum(bool(row.cells[place]) for row in rows):5} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ("",)))
