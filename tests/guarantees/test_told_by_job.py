"""G5: who is told by a job or by looks alone. `told_by_job.tsv` was frozen before anything was measured,
`told_by_job_again.tsv` after the mending and before it was measured; each line has whom it means."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.people.models import Person
from tests.cast import someone
from tests.guarantees.test_named_in_a_concern import at_work, hear_of
from tests.incidents.conftest import wrong
from tests.stories import rolled_back
from tests.worlds import world

FOUND = {
    ("told_by_job", "en"): 19, ("told_by_job", "cy"): 19,
    ("told_by_job_again", "en"): 10, ("told_by_job_again", "cy"): 10,
}  # fmt: skip
"""At least so many of each are kept: of 20 and 20, 10 and 10."""
LEADS = {"Dilys Moss", "Beth Vaughan", "Sian Ames"}
MEANT = {
    "head": "Helen Marsh", "lead": "Dilys Moss", "deputy": "Beth Vaughan", "chair": "Grace Obi",
    "governor": "Grace Obi", "keeper": "Joe Lister",
}  # fmt: skip
"""Whom a line means; whom it means otherwise may be anyone, so that the leads alone may know of it."""


@world(at_work)
def with_jobs(there: SimpleNamespace, at: datetime, _key: str) -> SimpleNamespace:
    """Wildground with two deputy leads, one of them the deputy head, and three more on its leadership team,
    which its policy has told of concerns."""
    with scope(there.federation.pk):
        for name in ("Ira Webb", "Ned Shaw", "Una Pope"):
            someone(name, "slt")
        for name in ("Beth Vaughan", "Sian Ames"):
            Safeguarder.objects.create(place="deputy", person_id=someone(name, "staff").pk, since=at)
    return there


def kept_from_whom_it_means(who: str, words: str, at: datetime) -> bool:
    """Whether someone hears of it, and who is meant doesn't; where that may be anyone, the leads alone."""
    with rolled_back():
        report = wrong(at, what=words)
        hear = hear_of(report)
        asked = Duty.objects.filter(subject=subject_of(report), state="open")
        hear |= {one.person.name for one in asked.select_related("person") if one.person}
        return bool(hear) and (MEANT[who] not in hear if who in MEANT else hear <= LEADS)


@pytest.mark.parametrize(("name", "language"), FOUND)
def test_whom_a_job_or_looks_tell_of_hears_nothing(in_world, at, home, name, language):
    lines = Path(__file__).with_name(f"{name}.tsv").read_text("utf-8").splitlines()
    rows = [(who, words) for who, of, words in (line.split("\t") for line in lines) if of == language]
    with scope(in_world(with_jobs, at, "wildground").federation.pk):
        assert set(Person.objects.values_list("name", flat=True)) >= {*LEADS, *MEANT.values()}
        missed = [words for who, words in rows if not kept_from_whom_it_means(who, words, at)]
    print(f"{name}, {language}: {len(rows) - len(missed)} of {len(rows)} kept")
    assert len(rows) - len(missed) >= FOUND[name, language], missed
