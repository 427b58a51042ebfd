"""The form of a proposal is worked out from the policy's own bindings."""

import pytest

from schoolgate.rulebook import book, books
from schoolgate.rulebook.situations.accounts import Case


def keys(policy):
    return [point.key for point in book(policy).proposal_form]


def point(policy, key):
    return next(one for one in book(policy).proposal_form if one.key == key)


def test_wildground_asks_for_six_things_and_boroughbridge_for_a_seventh():
    wildground = ["aim", "intended_audience", "promotion", "run_by", "visibility"]
    assert keys("wildground") == wildground
    assert keys("boroughbridge") == [*wildground, "content_description"]


def test_two_policies_know_no_proposal():
    assert keys("learn-to-live") == []
    assert keys("llanidloes") == []


def test_those_who_run_it_are_two_under_their_own_clause_each():
    assert point("wildground", "run_by").minimum == 2
    assert point("wildground", "run_by").clauses == ("wildground-accounts-6", "wildground-accounts-7")
    assert point("wildground", "run_by").type == "people"


def test_wildground_offers_its_two_kinds_of_visibility():
    assert [value for value, _ in point("wildground", "visibility").options] == ["open", "private_closed"]


def test_every_field_of_woottons_form_before_its_signatures_has_its_clause():
    asked = {clause for one in book("wootton").proposal_form for clause in one.clauses}
    form = {
        clause
        for section in book("wootton").pack.form["sections"]
        if section["key"] != "approval"
        for field in section["fields"]
        for clause in field["clauses"]
    }
    # marking a group is a choice that the list offers, and being approved is judged at the decision
    choices = {
        f"wootton-b-{number}" for number in (11, 13, 14, 15, 17, 18, 19, 22, 24, 25, 26, 28, 29, 30, 34, 37)
    }
    assert form - asked == choices


def test_wootton_asks_for_a_detail_only_where_it_matters():
    ages = point("wootton", "audience.pupil_ages")
    assert not ages.required
    assert ages.required_if == ({"audience": ("own_pupils",)},)
    assert point("wootton", "vetter").required_if == (
        {
            "contributors": (
                "pupils_family",
                "other_school_pupils",
                "external_organisations",
                "public",
                "others",
            )
        },
    )
    assert point("wootton", "administrators").minimum == 2


def test_wootton_offers_its_seven_groups():
    assert [value for value, _ in point("wootton", "audience").options] == [
        "own_pupils",
        "own_staff",
        "pupils_family",
        "other_school_pupils",
        "external_organisations",
        "public",
        "others",
    ]


@pytest.mark.parametrize("policy", books())
def test_every_point_stands_in_the_case(policy):
    for one in book(policy).proposal_form:
        assert one.key.split(".")[0] in Case.model_fields


@pytest.mark.parametrize("policy", books())
def test_what_the_law_asks_is_kept_apart(policy):
    assert [one.key for one in book(policy).law_questions] == ["pupils_in_audience", "youngest_pupil"]
    assert all(clause.startswith("law-") for one in book(policy).law_questions for clause in one.clauses)
