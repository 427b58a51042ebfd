"""Who is let into a concern that is kept to the leads: every other lead is told, whichever way it happens."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import schoolgate
from schoolgate.core.errors import SchoolgateError
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling
from schoolgate.incidents.keeping_out import keep_out
from schoolgate.incidents.models import LETS_IN
from schoolgate.incidents.queries import reports
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.incidents.test_opened_by_two import Kept

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(under, at):
    """Kept to the leads Dee and Dan; Sam and Tess are of the SLT."""
    return Kept(under("wildground")[0], at)


def asked(kept, kind="incidents.let_in") -> set[str]:
    return set(Duty.objects.filter(kind=kind, state="open").values_list("person__name", flat=True))


def handed_on(kept):
    handling.hand_on(report=kept.report, by=kept.dee, at=kept.at + HOUR, to=kept.sam)


def asked_to_close(kept):
    kept.report.passed_at = kept.at  # what was passed to the leads' own system is closed by two
    casework.close(
        report=kept.report, by=kept.dee, at=kept.at + HOUR, words="It is settled.", second=kept.sam
    )


WAYS = {
    "incidents/handling.py: hand_on": handed_on,
    "incidents/handling.py: ask_second": asked_to_close,
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_every_other_lead_is_told_reads_it_and_may_end_it(kept, way):
    with scope(kept.federation.pk, kept.dee.pk):
        third = someone("Deb Deputy", "staff")
        Safeguarder.objects.create(place="deputy", person_id=third.pk, since=kept.at)
        WAYS[way](kept)
        assert asked(kept) == {"Dan Deputy", "Deb Deputy"}
        assert reports(kept.sam, on=kept.on).exists()
    with scope(kept.federation.pk, kept.dan.pk):
        handling.open_report(report=kept.report, by=kept.dan, at=kept.at + 2 * HOUR)
        assert asked(kept) == {"Deb Deputy"}


def test_a_lead_who_is_told_can_keep_the_person_out(kept):
    with scope(kept.federation.pk, kept.dee.pk):
        handed_on(kept)
    with scope(kept.federation.pk, kept.sam.pk):
        handling.take(report=kept.report, by=kept.sam, at=kept.at + HOUR)
    with scope(kept.federation.pk, kept.dan.pk):
        keep_out(report=kept.report, by=kept.dan, at=kept.at + 2 * HOUR, people=[kept.sam])
        assert not reports(kept.sam, on=kept.on).exists()
        kept.report.refresh_from_db()
        assert kept.report.taken_by == kept.dan


def test_a_lead_it_may_be_about_isnt_told_and_what_isnt_kept_to_the_leads_tells_no_one_more(kept, under, at):
    with scope(kept.federation.pk, kept.dee.pk):
        keep_out(report=kept.report, by=kept.dee, at=kept.at, people=[kept.dan])
        handed_on(kept)
        assert asked(kept) == set()
        open_one = wrong(at, what="Somebody is nasty to Ela.")
        handling.take(report=open_one, by=kept.dee, at=at)
        handling.hand_on(report=open_one, by=kept.dee, at=at, to=kept.sam)
        assert asked(kept) == set()


def test_a_refused_share_tells_no_one(kept):
    with scope(kept.federation.pk, kept.dee.pk):
        with pytest.raises(SchoolgateError):
            handling.hand_on(report=kept.report, by=kept.dee, at=kept.at, to=kept.cara)
        assert asked(kept) == set()


# --- The ways are a closed list

AUTOMATIC = {
    "incidents/ladder.py: tell_or_let_read", "incidents/casework.py: _open_task",
    "incidents/handling.py: ask_leads",
}  # fmt: skip
"""Who writes a step that lets someone in besides the order of telling (`tell`) and the one function for a
person's word (`name_in`): governors of what isn't kept to the leads, a role that the policy names, and the
leads, or who takes their part, who have to read a concern before it ends."""


def test_a_person_lets_another_in_by_one_function_alone():
    root = Path(schoolgate.__file__).parent
    kinds = {str(one.name) for one in LETS_IN}
    writes, names = set(), set()
    for path in (root / "incidents").rglob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef):
                continue
            where = f"{path.relative_to(root)}: {node.name}"
            for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
                said = ast.unparse(call)
                lets_in = any(f"StepKind.{kind}" in said for kind in kinds)
                if ast.unparse(call.func) == "step" and lets_in:
                    writes.add(where)
                if ast.unparse(call.func) == "name_in":
                    names.add(where)
    assert writes == AUTOMATIC
    assert names == set(WAYS)
