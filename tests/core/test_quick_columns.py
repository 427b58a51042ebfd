"""Columns are alike where table, field and what comes out are, and statements are written as Django does."""

import copy

import pytest
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, TextField
from django.db.models.expressions import Col, Expression, Value
from django.db.models.functions import Lower

from schoolgate.core.models import Federation, LedgerRow, School
from schoolgate.core.rows import DJANGOS, QUICK
from schoolgate.people.models import Person, RoleAssignment

NAME, SLUG = School._meta.get_field("name"), School._meta.get_field("slug")
OTHER = Federation._meta.get_field("name")
COLUMNS = [
    Col("a", NAME),
    Col("b", NAME),
    Col("a", SLUG),
    Col("a", OTHER),
    Col(None, NAME),
    Col("a", NAME, TextField()),
    Col("a", NAME, IntegerField()),
]


@pytest.mark.parametrize("one", COLUMNS, ids=repr)
def test_a_column_is_like_itself_alone(one):
    again = Col(one.alias, one.target, one.output_field)
    assert [each for each in COLUMNS if each == one] == [one]
    assert again == one
    assert hash(again) == hash(one)


def test_django_would_tell_the_same_columns_apart():
    theirs = [Expression.identity.func(each) for each in COLUMNS]
    assert len(set(theirs)) == len(set(COLUMNS)) == len(COLUMNS)
    assert "identity" in vars(Col), "it is ours that is used"


def test_a_column_is_like_no_value():
    assert Col("a", NAME) != Value("a")
    assert Col("a", NAME) != "a"


def test_a_column_without_its_own_type_has_that_of_its_field():
    assert Col("a", NAME) == Col("a", NAME, NAME)


def questions():
    people, held = Person.objects.order_by(), RoleAssignment.objects
    none = held.filter(person=OuterRef("pk"), role_key="head")
    return {
        "one row": people.filter(pk=3),
        "read along and in order": held.select_related("person__federation", "school").order_by(
            "pk", "-person__name"
        ),
        "the table twice": Person.objects.filter(federation__in=Federation.objects.values("pk")),
        "an alias": people.filter(~Exists(none)).exclude(assignments__role_key="x").filter(assignments__pk=3),
        "its order by what was counted": people.annotate(many=Count("assignments")).order_by("-many", "name"),
        "its order by an expression": people.order_by(Lower("name").desc(), F("pk").asc(nulls_last=True)),
        "values in order": people.filter(Q(name="a") | Q(name=F("email")))
        .values_list("name", "pk")
        .order_by("name"),
        "a value with its name": people.values(known_as=F("name")).order_by("known_as"),
        "no two alike": people.values("name").distinct().order_by("name"),
        "several together": people.values("name").union(School.objects.values("name")).order_by("name"),
        "what is converted": LedgerRow.objects.order_by("number"),
        "locked": held.select_for_update(of=("self",)).order_by("pk"),
        "a few of them": people.filter(pk__in=held.order_by("pk").values("person")[:3]).order_by("?")[2:5],
        "one more column": people.extra(select={"one": "1"}).order_by("one"),
    }


def written(rows):
    compiler = rows.query.get_compiler("default")
    statement, given = compiler.as_sql()
    converted = compiler.get_converters([each[0] for each in compiler.select])
    return statement, [*given], {place: len(how) for place, (how, _column) in converted.items()}


def test_each_statement_is_written_as_django_writes_it(monkeypatch, db):
    assert [(owner, name) for owner, name, ours in QUICK if vars(owner).get(name) is not ours] == []
    ours = {question: written(rows) for question, rows in questions().items()}
    for owner, name, theirs in DJANGOS:
        monkeypatch.setattr(owner, name, theirs)
    assert {question: written(rows) for question, rows in questions().items()} == ours


def test_a_dollar_in_a_name_is_refused_as_django_refuses_it():
    for owner, name, theirs in DJANGOS:
        for quote in (theirs, vars(owner)[name]) if name == "quote_name_unless_alias" else ():
            with pytest.raises(ValueError, match="Dollar signs are not permitted"):
                quote(Person.objects.all().query.get_compiler("default"), "a$b")


def test_a_copy_is_what_python_copies():
    for part in (Value(3), Lower("name"), Count("pk"), COLUMNS[0]):
        ours, theirs = part.copy(), copy.copy(part)
        assert type(ours) is type(theirs)
        assert vars(ours) == vars(theirs)
        assert ours == theirs == part
        assert ours is not part


def test_a_copy_of_a_part_with_a_question_has_its_own():
    part = Exists(Person.objects.filter(pk=3))
    assert str(part.copy().query) == str(part.query)
    assert part.copy().query is not part.query


def test_a_column_of_a_sum_is_a_column_of_its_own():
    assert COLUMNS[0].resolve_expression(None) is COLUMNS[0]
    summed = COLUMNS[0].resolve_expression(None, summarize=True)
    assert summed.is_summary
    assert not COLUMNS[0].is_summary
    assert COLUMNS[0].resolve_expression(None, True, None, True).is_summary
