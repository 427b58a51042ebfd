"""Many rows at once: the same rows as one by one, in the same few statements."""

from datetime import UTC, date, datetime

import pytest
from django.db import DataError, IntegrityError, transaction
from django.db.utils import ProgrammingError

from schoolgate.core.models import School
from schoolgate.core.reading_once import read_once, remember_reads
from schoolgate.core.rows import insert, reserve
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from tests.cast import someone

AT = datetime(2027, 3, 28, 1, 30, 0, 123456, tzinfo=UTC)


def duty(pk, **changes):
    given = {
        "pk": pk, "kind": "test", "what": "test", "subject": f"core.school:{pk}",
        "role_key": "slt", "due_kind": "day", "due_day": date(2027, 3, 28), "due_by": AT,
        "clauses": ["a-1", "b-2"], "opened_at": AT,
    }  # fmt: skip
    return Duty(**{**given, **changes})


def values(model, **by):
    return [{k: v for k, v in row.items() if k != "id"} for row in model.objects.filter(**by).values()]


def test_a_row_is_the_same_whichever_way_it_went_in(scoped):
    one, two = reserve(Duty, 2)
    awkward = {"subject": 'core.school:1"\\\n', "what": "Ysgol Tŷ 😀 ' \" \\ %s {}", "kind": "x"}
    Duty.objects.bulk_create([duty(one, **awkward)])
    insert([duty(two, **awkward | {"kind": "y"})])
    plain, many = values(Duty, kind="x")[0], values(Duty, kind="y")[0]
    assert many | {"kind": "x"} == plain


def test_what_json_has_no_word_for_comes_back_as_it_was(scoped, at):
    from schoolgate.policy.adopting import adopt
    from schoolgate.policy.asking import record_decision

    adopt(by=someone("Sam", "slt"), at=at)
    kept = record_decision("post.publish", {}, at=at, by=None, subject="publishing.post:1")
    [number] = reserve(DecisionFacts, 1)
    [other] = reserve(DecisionRecord, 1)
    row = DecisionRecord.objects.get(pk=kept.pk)
    row.pk = other
    insert([row])
    facts = DecisionFacts(
        pk=number, kept_id=other, facts={"a": None, "b": [1.5, "x"], "c": {}}, salt=b"\x00\xff\\"
    )
    insert([facts])
    read = DecisionFacts.objects.get(pk=number)
    assert (bytes(read.salt), read.facts) == (b"\x00\xff\\", {"a": None, "b": [1.5, "x"], "c": {}})
    again, first = DecisionRecord.objects.get(pk=other), DecisionRecord.objects.get(pk=kept.pk)
    assert (again.body, again.at, again.clauses) == (first.body, first.at, first.clauses)


def test_what_was_read_before_is_forgotten(scoped):
    [pk] = reserve(Duty, 1)
    remember_reads()
    for _ in range(2):
        found = read_once("duties", Duty.objects.count)
        if found == 0:
            insert([duty(pk)])
    assert found == 1


def test_no_rows_send_nothing(scoped, queries):
    with queries() as seen:
        insert([])
    assert len(seen) == 0


def test_a_conflict_is_an_error_unless_it_may_be_left_out(scoped):
    [pk] = reserve(Duty, 1)
    insert([duty(pk)])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([duty(pk)])
    insert([duty(pk, kind="other")], ignore_conflicts=True)
    assert [row.kind for row in Duty.objects.all()] == ["test"]


def test_a_text_that_the_database_cannot_hold_is_refused_whole(scoped):
    one, two = reserve(Duty, 2)
    with pytest.raises(DataError), transaction.atomic():
        insert([duty(one), duty(two, what="a\x00b")])
    assert Duty.objects.count() == 0


def test_another_federations_row_is_refused(make_federation):
    ours, theirs = make_federation(), make_federation("wootton", "wootton")
    with scope(ours.pk):
        [pk] = reserve(Duty, 1)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            insert([duty(pk, federation_id=theirs.pk)])


def test_the_number_of_statements_does_not_grow(scoped):
    rows = [duty(pk) for pk in reserve(Duty, 3)]
    insert(rows)
    assert Duty.objects.count() == 3
    assert [row._state.adding for row in rows] == [False] * 3


def test_a_value_that_no_batch_can_carry_is_a_mistake(scoped):
    [pk] = reserve(School, 1)
    with pytest.raises(TypeError, match="set can't be sent in a batch"):
        insert([School(pk=pk, name="X", slug="x", languages={"en"})])
