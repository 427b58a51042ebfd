"""Names that are looked for beside the present ones: those that pupils had before, and those that a change
which waits for a safeguarding lead would give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schoolgate.pupils.models import PupilChange
from schoolgate.pupils.states import ChangeState
from schoolgate.screening.names import Listed


def with_other_names(listed: Sequence[Listed]) -> list[Listed]:
    """Return the other names of these pupils, each with the class that they are in. One query."""
    by_pk = {each.key: each for each in listed}
    rows = PupilChange.objects.exclude(state=ChangeState.DECLINED).order_by("pk")
    return [
        replace(by_pk[pk], first=names["first_name"], last=names["last_name"], known_as=names["known_as"])
        for pk, *both in rows.values_list("pupil", "before", "after")
        for names in both
        if names and pk in by_pk
    ]
