"""A permission from the owner of a work, a name or a logo is recorded once and chosen for posts: it answers
for the author where the policy asks about copyright, by-lines and partners, as long as it counts."""

from datetime import date, timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.media.pictures import add_picture, store, take_in
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import library, queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.author_questions import asked_of_author
from schoolgate.publishing.calendar import repeat_post
from schoolgate.publishing.drafting import edit_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.models import OwnerPermission, Post
from schoolgate.publishing.owners import (
    chosen_for,
    end_owner_permission,
    over_in,
    record_owner_permission,
    write_chosen,
)
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.posts_cast import jpeg

TEXT = "“The Pool at Dusk”. Poem: R. Hale, with permission."


@pytest.fixture
def agree(cast, at):
    """`agree(what="text", ...)`: an owner agrees, and Amina records it."""

    def make(**changes):
        given = {
            "by": cast.amina, "at": at, "school": cast.school, "what": "text", "title": "The Pool at Dusk",
            "owner": "R. Hale", "form": "written", "given_on": at.date(), "by_line": "Poem: R. Hale",
        }  # fmt: skip
        return record_owner_permission(**{**given, **changes})

    return make


def facts(post, at, number=0):
    return facts_of(queries.post(post.pk), at=at)[number][1]


def test_a_chosen_permission_tells_the_policy_that_the_owner_agreed_and_is_named(agree, draft, at):
    post = draft(TEXT, owners=[agree()])
    (poem,) = facts(post, at).materials
    assert (poem.what, poem.origin, poem.permission, poem.credited) == ("text", "someone_elses", True, True)
    assert not {"origin", "permission"} & set(asked_of_author(queries.post(post.pk), at=at))


def test_without_the_by_line_in_the_text_it_is_not_known_that_the_maker_is_named(agree, draft, at):
    (poem,) = facts(draft("Read the poem.", owners=[agree()]), at).materials
    assert poem.credited is None


def test_a_licence_is_told_as_one(agree, draft, at):
    (song,) = facts(draft(TEXT, owners=[agree(what="music", form="licence")]), at).materials
    assert (song.what, song.origin) == ("music", "licensed")


@pytest.mark.parametrize(("days", "counts"), [(0, True), (1, False)])
def test_it_counts_until_its_last_day(agree, draft, at, days, counts):
    chosen = agree(until=at.date())
    post = draft(TEXT, owners=[chosen])
    later = at + timedelta(days=days)
    assert facts(post, later).materials[0].permission is counts
    assert (over_in(queries.post(post.pk), at=later) == []) is counts


def test_a_planned_post_needs_it_on_the_day_it_goes_out(agree, draft, at):
    chosen = agree(until=at.date() + timedelta(days=2))
    soon, late = (draft(TEXT, owners=[chosen], planned_at=at + timedelta(days=n)) for n in (2, 3))
    assert facts(soon, at).materials[0].permission is True
    assert facts(late, at).materials[0].permission is False


def test_one_for_another_account_is_no_permission_there(cast, agree, draft, at):
    chosen = agree(accounts=[cast.facebook])
    post = draft(TEXT, owners=[chosen], accounts=[cast.bluesky, cast.facebook])
    assert [each.materials[0].permission for _target, each in facts_of(queries.post(post.pk), at=at)] == [
        False,
        True,
    ]


def test_one_for_several_accounts_is_a_permission_on_each_of_them_and_on_no_other(cast, agree, draft, at):
    board = account_on("noticeboard", cast.school, at)
    chosen = agree(accounts=[cast.facebook, board, board])
    post = draft(TEXT, owners=[chosen], accounts=[cast.bluesky, cast.facebook, board])
    told = facts_of(queries.post(post.pk), at=at)
    assert {target.account: each.materials[0].permission for target, each in told} == {
        cast.bluesky: False,
        cast.facebook: True,
        board: True,
    }
    assert over_in(queries.post(post.pk), at=at) == [chosen]


def test_one_account_of_another_school_is_refused_and_nothing_is_recorded(cast, agree, at):
    other = account_on("noticeboard", School.objects.create(name="Other", slug="other"), at)
    with pytest.raises(BadInput) as wrong:
        agree(accounts=[cast.facebook, other])
    assert set(wrong.value.fields) == {"accounts"}
    assert not OwnerPermission.objects.exists()


def test_the_register_asks_no_more_with_more_permissions(cast, agree, at, django_assert_num_queries):
    for _number in range(4):
        agree(accounts=[cast.facebook, cast.bluesky])
    with django_assert_num_queries(2):
        rows = list(library.permissions_at([cast.school]))
        names = [[place.account.name for place in each.places.all()] for each in rows]
    assert names == [[cast.bluesky.name, cast.facebook.name]] * 4


def test_the_author_is_not_asked_what_the_register_denies(agree, draft, cast, at):
    chosen = agree()
    post = draft(TEXT, owners=[chosen])
    end_owner_permission(by=cast.amina, at=at, permission=chosen)
    now = queries.post(post.pk)
    assert facts(now, at).materials[0].permission is False
    assert "permission" not in asked_of_author(now, at=at)


def test_not_known_what_it_includes_stays_not_known(agree, draft, at):
    answers = {"suitable_for_children": True, "names_somebody": False, "signed": True, "labelled": "none"}
    assert facts(draft(TEXT, owners=[agree()], answers=answers), at).materials is None


@pytest.mark.parametrize(
    ("form", "said", "expected"),
    [
        ("written", {}, (True, True, True)),
        ("spoken", {}, (True, True, False)),
        ("written", {"names_partner": True}, (True, None, None)),
        ("written", {"names_partner": True, "partner_permission": False}, (True, False, None)),
    ],
)
def test_a_partner_named_with_permission_is_a_partner_who_agreed(agree, draft, at, form, said, expected):
    chosen = agree(what="logo", title="Hill Bakery", form=form, by_line="")
    post = draft(owners=[chosen], answers={**BASIC, **said})
    found = facts(post, at)
    assert (found.names_partner, found.partner_permission, found.partner_permission_written) == expected
    assert found.materials == ()


BASIC = {
    "suitable_for_children": True, "names_somebody": False, "others_work": False, "signed": True,
    "labelled": "none",
}  # fmt: skip


def test_a_change_of_what_is_chosen_needs_approval_again(cast, agree, approved, at):
    post, chosen = approved(TEXT), agree()
    seen = queries.seen_now(post, at=at)
    write_chosen(post, [chosen])
    assert queries.seen_now(queries.post(post.pk), at=at) != seen
    assert begin_sending(at=at, post=queries.post(post.pk)) == []


def test_an_edit_that_says_nothing_of_permissions_leaves_them(cast, agree, draft, at):
    chosen = agree()
    post = draft(TEXT, owners=[chosen])
    content = {"targets": [], "pictures": [], "planned_at": None, "answers": {}}
    post = edit_post(by=cast.amina, at=at, post=post, version=1, **content)
    assert chosen_for(post) == [chosen]
    assert chosen_for(edit_post(by=cast.amina, at=at, post=post, version=2, owners=[], **content)) == []


def test_a_repeated_post_takes_its_permissions_along(cast, agree, draft, at):
    chosen = agree()
    post = draft(TEXT, owners=[chosen], planned_at=at + timedelta(days=1))
    (again,) = repeat_post(by=cast.amina, at=at, post=post, days=[at.date() + timedelta(days=8)])
    assert chosen_for(again) == [chosen]


def test_live_posts_with_an_ended_permission_are_listed(cast, agree, draft, at):
    chosen, other = agree(), agree(title="Another")
    post = draft(TEXT, owners=[chosen])
    Post.objects.filter(pk=post.pk).update(state="published")
    end_owner_permission(by=cast.amina, at=at, permission=chosen)
    live = library.live_with([chosen, other], cast.amina, on=at.date())
    assert {pk: [each.pk for each in posts] for pk, posts in live.items()} == {chosen.pk: [post.pk]}


def test_a_draft_offers_what_counts_and_what_it_uses_already(cast, agree, at):
    ends, ended, good = agree(until=at.date()), agree(), agree()
    end_owner_permission(by=cast.amina, at=at, permission=ended)
    assert library.offered_for(cast.school, on=at.date()) == [good, ends]
    tomorrow = at.date() + timedelta(days=1)
    assert library.offered_for(cast.school, on=tomorrow, chosen=[ended.pk]) == [good, ended]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": " "}, "title"),
        ({"owner": ""}, "owner"),
        ({"title": "x" * 201}, "title"),
        ({"limits": "a\x00b"}, "limits"),
        ({"what": "castle"}, "what"),
        ({"form": "dreamt"}, "form"),
        ({"given_on": date(2100, 1, 1)}, "given_on"),
        ({"until": date(2001, 1, 1)}, "until"),
    ],
)
def test_a_wrong_entry_is_told_at_its_field(agree, changed, field):
    with pytest.raises(BadInput) as wrong:
        agree(**changed)
    assert list(wrong.value.fields) == [field]


def test_only_those_who_write_for_the_school_record_and_end(cast, agree, at):
    tess = someone("Tess Teacher", "federation-leadership-team")
    with pytest.raises(NotAllowed):
        agree(by=tess)
    chosen = agree()
    with pytest.raises(NotAllowed):
        end_owner_permission(by=tess, at=at, permission=chosen)
    with pytest.raises(NotFound):
        library.permission_for(tess, chosen.pk, on=at.date())
    assert library.permission_for(cast.amina, chosen.pk, on=at.date()) == chosen


def test_it_ends_once(cast, agree, at):
    chosen = agree()
    end_owner_permission(by=cast.amina, at=at, permission=chosen)
    with pytest.raises(NotNow):
        end_owner_permission(by=cast.amina, at=at, permission=chosen)


def test_another_schools_permission_is_refused(cast, agree, draft, at):
    chosen, other = agree(), School.objects.create(name="Other", slug="other")
    with pytest.raises(BadInput):
        draft(TEXT, owners=[chosen], school=other, accounts=[])


@pytest.fixture
def recorded(federation, at):
    """The number of a permission of another federation."""
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        writer = someone("Amina Khan", "staff")
        adopt(by=someone("Sam Slater", "slt"), at=at)
        given = {"what": "text", "title": "Poem", "owner": "R. Hale", "form": "written"}
        return record_owner_permission(by=writer, at=at, school=school, given_on=at.date(), **given).pk


def test_another_federation_sees_nothing(recorded, make_federation, at):
    with scope(make_federation("boroughbridge", "boroughbridge").pk):
        School.objects.create(name="South", slug="south")
        stranger = someone("Olga Other", "all-staff")
        adopt(by=someone("Martin Cole", "staff-lead-director-of-business-services"), at=at)
        assert not OwnerPermission.objects.exists()
        with pytest.raises(NotFound):
            library.permission_for(stranger, recorded, on=at.date())


def test_the_pictures_of_a_post_are_asked_about_as_a_whole(cast, draft, home, at):
    """Wildground lets pictures be used if every one of its rules is met: that is asked before approval."""
    proven = take_in(jpeg())
    picture = add_picture(
        by=cast.amina, at=at, school=cast.school, proven=proven, alt="The field.", shows_people=False,
        shows_pupils=False, digest=store(proven, federation_id=cast.school.federation_id),
    )  # fmt: skip
    answers = {**BASIC, "fit": True}
    submit_post(by=cast.amina, at=at, post=draft(pictures=[picture], answers=answers))
    kept = DecisionRecord.objects.get(situation="image.share")
    assert kept.points["picture_rules"] == "permitted"
    assert "wildground-images-1" in kept.clauses
    submit_post(by=cast.amina, at=at, post=draft("Without."))
    assert DecisionRecord.objects.filter(situation="image.share").count() == 1
