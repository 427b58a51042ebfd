"""Columns are alike where table, field and what comes out are, as Django has it."""

import pytest
from django.db.models import IntegerField, TextField
from django.db.models.expressions import Col, Expression, Value

from schoolgate.core.models import Federation, School

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
