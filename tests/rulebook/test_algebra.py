"""The table of outcomes, for every mix of findings."""

from hypothesis import given
from hypothesis import strategies as some

from schoolgate.rulebook.algebra import Permissions, overall, point_outcomes
from schoolgate.rulebook.findings import Finding
from schoolgate.rulebook.kinds import Basis, Kind, Outcome

POINTS = {
    "naming": Basis.POLICY,
    "consent": Basis.POLICY,
    "second_person": Basis.HOUSE,
    "network_age": Basis.LAW,
}


def a_finding(kind, point="naming", about=None, overridden_by=None):
    return Finding(
        kind,
        point,
        about,
        POINTS[point],
        "some.control",
        ("a-1",),
        "A",
        "kernel.met",
        {},
        (),
        overridden_by,
        None,
    )


FINDINGS = some.lists(
    some.builds(
        a_finding,
        some.sampled_from(Kind),
        some.sampled_from(sorted(POINTS)),
        some.sampled_from([None, "people[0]", "people[1]"]),
        some.sampled_from([None, None, "a-2"]),
    ),
    max_size=8,
)


def at_naming(*findings):
    return point_outcomes(POINTS, findings)["naming"]


def test_a_point_where_nothing_speaks_is_silent():
    assert point_outcomes(POINTS, ()) == dict.fromkeys(POINTS, Outcome.SILENT)


def test_what_is_kept_permitted_advised_or_owed_is_permitted():
    for kind in (Kind.MET, Kind.PERMITS, Kind.ADVISES, Kind.OBLIGES):
        assert at_naming(a_finding(kind)) == Outcome.PERMITTED


def test_what_is_still_wanted_holds_and_what_is_forbidden_or_breached_says_so():
    assert at_naming(a_finding(Kind.REQUIRES)) == Outcome.HOLD
    assert at_naming(a_finding(Kind.REFERS)) == Outcome.REFER
    assert at_naming(a_finding(Kind.FORBIDS)) == Outcome.NOT_PERMITTED
    assert at_naming(a_finding(Kind.BREACHED)) == Outcome.BREACHED
    assert at_naming(a_finding(Kind.BREACHED), a_finding(Kind.FORBIDS)) == Outcome.NOT_PERMITTED
    assert at_naming(a_finding(Kind.BREACHED), a_finding(Kind.PERMITS)) == Outcome.REFER


def test_forbidden_and_permitted_without_precedence_refers():
    assert at_naming(a_finding(Kind.FORBIDS), a_finding(Kind.PERMITS)) == Outcome.REFER


def test_forbidden_of_one_person_and_permitted_of_another_is_not_permitted():
    forbidden, permitted = (
        a_finding(Kind.FORBIDS, about="people[0]"),
        a_finding(Kind.PERMITS, about="people[1]"),
    )
    assert at_naming(forbidden, permitted) == Outcome.NOT_PERMITTED


def test_permitted_at_another_point_changes_nothing():
    assert at_naming(a_finding(Kind.FORBIDS), a_finding(Kind.PERMITS, "consent")) == Outcome.NOT_PERMITTED


def test_what_is_overridden_permits():
    assert at_naming(a_finding(Kind.FORBIDS, overridden_by="a-2")) == Outcome.PERMITTED


def test_a_house_rule_that_is_kept_does_not_make_a_silent_policy_speak():
    points = point_outcomes(POINTS, [a_finding(Kind.MET, "second_person")])
    assert points["second_person"] == Outcome.PERMITTED
    assert overall(points, POINTS) == Outcome.SILENT


def test_a_house_rule_or_the_law_stops_where_the_policy_is_silent():
    assert (
        overall(point_outcomes(POINTS, [a_finding(Kind.REQUIRES, "second_person")]), POINTS) == Outcome.HOLD
    )
    assert (
        overall(point_outcomes(POINTS, [a_finding(Kind.FORBIDS, "network_age")]), POINTS)
        == Outcome.NOT_PERMITTED
    )


@given(FINDINGS)
def test_the_order_of_findings_changes_nothing(findings):
    assert point_outcomes(POINTS, findings) == point_outcomes(POINTS, findings[::-1])


@given(FINDINGS)
def test_a_point_is_silent_only_where_no_finding_speaks(findings):
    spoken = {finding.point for finding in findings}
    for point, outcome in point_outcomes(POINTS, findings).items():
        assert (outcome is Outcome.SILENT) == (point not in spoken)


@given(FINDINGS, FINDINGS)
def test_more_findings_never_make_it_better_but_for_a_permission_that_clashes(some_findings, more):
    before, after = point_outcomes(POINTS, some_findings), point_outcomes(POINTS, some_findings + more)
    permits = {finding.point for finding in more if finding.kind is Kind.PERMITS}
    for point in POINTS:
        if point not in permits:
            assert after[point].weight >= before[point].weight


@given(FINDINGS)
def test_the_whole_is_never_worse_than_its_worst_point_and_never_better_than_the_policys_own(findings):
    points = point_outcomes(POINTS, findings)
    worst = max(outcome.weight for outcome in points.values())
    own = max(outcome.weight for point, outcome in points.items() if POINTS[point] is Basis.POLICY)
    assert own <= overall(points, POINTS).weight <= worst


@given(FINDINGS)
def test_the_first_permission_for_the_same_thing_is_found(findings):
    permissions = Permissions(findings)
    for finding in findings:
        against = [
            place
            for place, other in enumerate(findings)
            if other.kind is Kind.PERMITS and other.stands and other.point == finding.point
            if finding.about is None or other.about in (None, finding.about)
        ]
        assert permissions.against(finding) == min(against, default=None)
