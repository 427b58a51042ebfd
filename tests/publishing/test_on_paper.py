"""Consent on paper ends where the pupils are here; elsewhere a list is fresh, and no author checks it."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.models import Term
from schoolgate.media.pictures import oldest_list, vouch
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.drafting import TargetText, edit_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.models import PostPerson
from schoolgate.pupils.models import Pupil
from tests.cast import give
from tests.publishing.five_policies import CHILD
from tests.publishing.test_pictures import FIT, picture, pictured  # noqa: F401


@pytest.fixture
def ava(cast):
    return Pupil.objects.create(school=cast.school, key="A1", first_name="Ava", last_name="Thomas")


@pytest.fixture
def checked(cast, at, picture):  # noqa: F811
    """`checked(days)`: a picture for which Ben checked a list so many days old."""

    def add(days=0, *, by=None, on=at):
        found = picture(0, shows_people=True, shows_pupils=True)
        vouch(
            by=by or cast.ben, at=on, picture=found, channel="bluesky", everybody_may=True,
            list_dated=on.date() - timedelta(days=days),
        )  # fmt: skip
        return found

    return add


def counts(post, at):
    ((_target, facts),) = facts_of(queries.post(post.pk), at=at)
    return facts.picture.consent_list is not None


def test_pupils_with_consent_on_paper_are_refused_where_the_schools_pupils_are_here(
    cast, pictured, checked, ava, at  # noqa: F811
):  # fmt: skip
    for said in (CHILD, CHILD | {"number": 8}):
        with pytest.raises(BadInput) as refused:
            pictured(checked(), people=[said])
        assert "from the school’s list" in str(refused.value.fields["people"])
    post = pictured(checked(), people=[{**CHILD, "consent": None}])
    with pytest.raises(BadInput):
        edit_post(
            by=cast.amina, at=at, post=post, version=queries.post(post.pk).version, answers=FIT,
            people=[CHILD], pictures=post.pictures, targets=[TargetText(cast.bluesky, "Sports day.")],
            planned_at=None,
        )  # fmt: skip
    pictured(checked(), people=[{**CHILD, "relation": "staff", "consent_by": "self"}])
    Pupil.objects.update(left_on=at.date())
    pictured(checked(), people=[CHILD])


def test_a_post_from_before_the_pupils_came_is_neither_sent_for_approval_nor_out(
    cast, pictured, checked, at  # noqa: F811
):  # fmt: skip
    post = pictured(checked(), people=[CHILD])
    assert rules.PUPILS not in rules.problems_of(queries.post(post.pk), on=at.date())
    Pupil.objects.create(school=cast.school, key="A1", first_name="Ava", last_name="Thomas")
    assert rules.PUPILS in rules.problems_of(queries.post(post.pk), on=at.date())
    with pytest.raises(BadInput):
        submit_post(by=cast.amina, at=at, post=queries.post(post.pk))
    PostPerson.objects.update(consent=None)
    assert rules.PUPILS not in rules.problems_of(queries.post(post.pk), on=at.date())


def test_a_list_counts_for_a_hundred_days_where_no_terms_are_known(cast, checked, pictured, at):  # noqa: F811
    with pytest.raises(BadInput) as refused:
        checked(101)
    assert "a term old" in str(refused.value.fields["list_dated"])
    post = pictured(checked(100), people=[CHILD])
    assert counts(post, at)
    assert not counts(post, at + timedelta(days=1))


@pytest.mark.parametrize(
    ("on", "oldest"),
    [
        (date(2027, 1, 19), date(2026, 11, 2)),  # the run before this one
        (date(2026, 11, 3), date(2026, 9, 2)),
        (date(2026, 9, 3), date(2026, 5, 26)),  # only this run is known
        (date(2027, 9, 3), date(2027, 5, 26)),  # nor more than a hundred days, whatever the terms say
    ],
)
def test_a_list_is_at_most_a_term_old(cast, on, oldest):
    for first, last in (
        (date(2026, 9, 2), date(2026, 10, 23)), (date(2026, 11, 2), date(2026, 12, 18)),
        (date(2027, 1, 4), date(2027, 2, 12)),
    ):  # fmt: skip
        Term.objects.create(school=cast.school, name="Term", first_day=first, last_day=last)
    assert oldest_list(cast.school, on=on) == oldest


def test_where_the_pupils_are_here_only_todays_list_is_checked(checked, ava):
    with pytest.raises(BadInput) as refused:
        checked(1)
    assert "as it is today" in str(refused.value.fields["list_dated"])
    checked(0)


def test_no_author_checks_the_list(cast, checked, pictured, at):  # noqa: F811
    give(cast.amina, "slt")
    with pytest.raises(NotAllowed, match="other than the author"):
        checked(by=cast.amina)
    post = pictured(checked(), people=[CHILD])
    assert counts(post, at)
    with pytest.raises(NotAllowed):
        rules.check_may_check_list(cast.amina, queries.post(post.pk), on=at.date())
    rules.check_may_check_list(cast.ben, queries.post(post.pk), on=at.date())
    post.author = cast.ben
    post.save(update_fields=["author"])
    assert not counts(post, at)
