"""What erasure-and-backups.md tells the owner of the database to do by hand, as it stands there."""

import re
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection

from schoolgate.core.events import record
from schoolgate.core.ledger import verify
from schoolgate.core.tenancy import scope
from schoolgate.people.models import WalkStep
from tests.cast import someone
from tests.conftest import as_owner
from tests.gates.files import ROOT

PAGE = ROOT / "docs/data-protection/erasure-and-backups.md"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def printed(**names):
    """The statements of the page, with the names of the example replaced."""
    text = re.search(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)[1]
    for name, value in names.items():
        text = text.replace(name, str(value))
    return text


def steps(federation):
    with scope(federation.pk):
        return list(WalkStep.objects.order_by("pk").values_list("step", flat=True))


def test_the_owner_empties_one_row_that_can_only_be_added_to_and_the_record_still_verifies(
    own_database, make_federation
):
    here = make_federation()
    with scope(here.pk):
        cara = someone("Cara", "staff")
        first, _second = (
            WalkStep.objects.create(person=cara, walk="new", step=step, at=AT) for step in ("one", "two")
        )
        record("people.person_added", subject=cara, at=AT, actor=cara)
    there = make_federation("wootton", "wootton")
    words = printed(FEDERATION=here.pk, policy_attestation="people_walkstep", note="step", NUMBER=first.pk)

    with as_owner() as owner:
        owner.execute(
            printed(FEDERATION=there.pk, policy_attestation="people_walkstep", note="step", NUMBER=first.pk)
        )
    assert steps(here) == ["one", "two"]  # another federation's number reaches nothing

    with as_owner() as owner:
        owner.execute(words)
    assert steps(here) == ["", "two"]
    assert verify(here.pk).sound
    with as_owner() as owner, pytest.raises(psycopg.errors.CheckViolation, match="only ever added to"):
        owner.execute("UPDATE people_walkstep SET step = 'three'")
    with connection.cursor() as cursor, pytest.raises(Exception, match="permission denied"):
        cursor.execute("UPDATE people_walkstep SET step = 'three'")
