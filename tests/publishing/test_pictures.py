"""Several pictures of a post: their order is approved and frozen, and each that shows people is checked."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models import School
from schoolgate.media.models import Picture
from schoolgate.media.pictures import add_picture, describe_picture, store, take_in, vouch
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.rules import problems_of
from schoolgate.publishing.sending import outgoing
from schoolgate.publishing.starting import begin_sending
from tests.publishing.conftest import ANSWERS, account_on
from tests.web.posts_cast import jpeg

COLOURS = ("#3f7d5a", "#7d3f5a", "#5a3f7d", "#7d5a3f", "#3f5a7d")
FIT = {**ANSWERS, "fit": True}


@pytest.fixture
def picture(cast, home, at):
    """`picture(0, alt=..., shows_people=...)`: a picture of Amina's in the store."""

    def add(number: int, **said):
        proven = take_in(jpeg(40, 30, COLOURS[number]))
        given = {"alt": f"Field {number}.", "shows_people": False, "shows_pupils": False, **said}
        return add_picture(
            by=cast.amina, at=at, school=given.pop("school", cast.school), proven=proven,
            digest=store(proven, federation_id=cast.school.federation_id), **given,
        )  # fmt: skip

    return add


@pytest.fixture
def pictured(cast, at):
    """`pictured(*pictures)`: a post of Amina's with these pictures."""

    def write(*pictures, **more):
        given = {"targets": [TargetText(cast.bluesky, "Sports day.")], "answers": FIT, **more}
        return draft_post(by=cast.amina, at=at, school=cast.school, pictures=pictures, **given)

    return write


def changed(cast, at, post, *pictures):
    return edit_post(
        by=cast.amina, at=at, post=post, version=queries.post(post.pk).version, answers=FIT,
        pictures=pictures, targets=[TargetText(cast.bluesky, "Sports day.")], planned_at=None,
    )  # fmt: skip


def test_pictures_stay_in_the_order_in_which_they_were_given(pictured, picture):
    given = [picture(number) for number in (2, 0, 3, 1)]
    post = pictured(*given)
    assert post.pictures == given
    assert [each.place for each in post.placed.all()] == [1, 2, 3, 4]


def test_five_pictures_are_refused(pictured, picture):
    with pytest.raises(BadInput) as refused:
        pictured(*(picture(number) for number in range(5)))
    assert set(refused.value.fields) == {"pictures"}


@pytest.mark.parametrize("same_row", [True, False])
def test_the_same_picture_twice_is_refused(pictured, picture, same_row):
    one = picture(0)
    with pytest.raises(BadInput) as refused:
        pictured(one, one if same_row else picture(0))
    assert set(refused.value.fields) == {"pictures"}


def test_a_picture_of_another_school_is_refused(cast, pictured, picture):
    south = School.objects.create(name="South", slug="south")
    other = picture(0)
    type(other).objects.filter(pk=other.pk).update(school=south)
    other.refresh_from_db()
    with pytest.raises(BadInput) as refused:
        pictured(other)
    assert refused.value.fields["pictures"] == "Choose pictures of this school."


def test_order_files_and_descriptions_are_all_part_of_what_is_approved(cast, at, pictured, picture):
    one, two, three = (picture(number) for number in range(3))
    post = pictured(one, two)
    seen = [content_digest(post)]
    seen.append(content_digest(changed(cast, at, post, two, one)))
    seen.append(content_digest(changed(cast, at, post, one, three)))
    seen.append(content_digest(changed(cast, at, post, one)))
    changed(cast, at, post, one, two)
    describe_picture(by=cast.amina, at=at, picture=two, alt="Else.", shows_people=False, shows_pupils=False)
    seen.append(content_digest(queries.post(post.pk)))
    assert len(set(seen)) == len(seen)
    assert content_digest(changed(cast, at, post, one)) == seen[3]


def test_what_is_wrong_with_a_description_is_told_by_its_own_picture(pictured, picture):
    one, two = picture(0), picture(1)
    said = {"alt": "x" * 1001, "shows_people": False, "shows_pupils": False}
    with pytest.raises(BadInput) as refused:
        pictured(one, two, described={two.pk: said})
    assert set(refused.value.fields) == {f"alt-{two.pk}"}


def test_a_picture_removed_by_one_person_is_not_put_back_by_another(cast, at, pictured, picture):
    post = pictured(picture(0), picture(1))
    before = queries.post(post.pk)
    changed(cast, at, post, post.pictures[0])
    with pytest.raises(NotNow):
        edit_post(
            by=cast.amina, at=at, post=before, version=before.version, pictures=before.pictures, answers=FIT,
            targets=[TargetText(cast.bluesky, "Sports day.")], planned_at=None,
        )  # fmt: skip
    assert len(queries.post(post.pk).pictures) == 1


TAKES = [("youtube", 0, True), ("youtube", 1, True), ("bluesky", 4, False), ("noticeboard", 4, False),
         ("x", 4, False), ("instagram", 4, False), ("instagram", 0, True)]  # fmt: skip


@pytest.mark.parametrize(("network", "number", "refused"), TAKES)
def test_more_pictures_than_a_network_takes_are_told_before_approval(
    cast, at, pictured, picture, network, number, refused
):
    account = cast.bluesky if network == "bluesky" else account_on(network, cast.school, at)
    targets = [TargetText(account, "Sports day.")]
    post = pictured(*(picture(each) for each in range(number)), targets=targets)
    said = problems_of(post, on=at.date())
    assert ("pictures" in said) is refused
    if refused:
        with pytest.raises(BadInput):
            submit_post(by=cast.amina, at=at, post=post)


def test_a_network_of_films_alone_says_so_before_approval(cast, at, pictured):
    youtube = account_on("youtube", cast.school, at)

    said = problems_of(pictured(targets=[TargetText(youtube, "Goals > 3")]), on=at.date())

    assert {key.partition("-")[0]: str(each) for key, each in said.items()} == {
        "text": "YouTube doesn’t allow < > in a text. Leave them out."
    }
    plain = problems_of(pictured(targets=[TargetText(youtube, "Goals")]), on=at.date())
    assert [str(each) for each in plain.values()] == [
        "YouTube only allows films. Add one, or leave this account out."
    ]


def test_each_picture_without_a_description_is_named(at, pictured, picture):
    post = pictured(picture(0), picture(1, alt=""), picture(2, alt=" "))
    said = problems_of(post, on=at.date())
    assert [str(each) for each in said.values()] == [
        "Describe picture 2 for people who can’t see it.",
        "Describe picture 3 for people who can’t see it.",
    ]


def check_list(cast, at, picture, *, yes: bool = True, days: int = 0):
    vouch(
        by=cast.ben, at=at, picture=picture, channel="bluesky", list_dated=(at - timedelta(days=days)).date(),
        everybody_may=yes,
    )  # fmt: skip


def fact_of(post, at):
    ((_target, facts),) = facts_of(queries.post(post.pk), at=at)
    return facts.picture


def test_the_consent_list_must_be_checked_for_every_picture_that_shows_someone(cast, at, pictured, picture):
    one = picture(0, shows_people=True, shows_pupils=True)
    two = picture(1, shows_people=True)
    post = pictured(one, two, picture(2))

    check_list(cast, at, one, days=3)
    only_one = fact_of(post, at)
    check_list(cast, at, two, days=9)
    both = fact_of(post, at)
    check_list(cast, at, two, yes=False)
    one_no = fact_of(post, at)

    assert (only_one.consent_list, only_one.shows_pupils) == (None, True)
    assert both.consent_list.list_dated == (at - timedelta(days=9)).date()
    assert one_no.consent_list is None


def test_what_is_not_known_of_one_picture_is_not_known_of_the_post(at, pictured, picture):
    found = fact_of(pictured(picture(0), picture(1, shows_people=None, shows_pupils=None)), at)
    assert (found.shows_people, found.shows_pupils) == (None, None)


def test_the_order_is_frozen_when_the_intent_is_written(cast, at, approved, picture):
    given = [picture(number) for number in (1, 0, 2)]
    post = approved(pictures=given, answers=FIT)
    (delivery,) = begin_sending(at=at, post=queries.post(post.pk))
    describe_picture(
        by=cast.amina, at=at, picture=given[0], alt="Else.", shows_people=False, shows_pupils=False
    )
    post.placed.all().delete()

    out = outgoing(Delivery.objects.get(pk=delivery.pk))

    assert [(each.digest, each.alt) for each in out.pictures] == [
        (each.digest, alt) for each, alt in zip(given, ("Field 1.", "Field 0.", "Field 2."), strict=True)
    ]
    assert {(each.media_type, each.width, each.height) for each in out.pictures} == {("image/jpeg", 40, 30)}


# --- What the server of an account takes --------------------------------------------------------------------


@pytest.fixture
def mastodon(cast, at):
    """An open account whose server told its limits."""
    told = {"text_max": 20, "pictures": 1, "picture_bytes": 5_000, "alt_max": 50}
    return account_on("mastodon", cast.school, at, told_limits=told)


def test_the_limits_of_the_accounts_own_server_count(cast, mastodon, pictured, picture, at):
    fits = pictured(picture(0), targets=[TargetText(mastodon, "x" * 20)])
    assert problems_of(fits, on=at.date()) == {}

    long = pictured(picture(1), targets=[TargetText(mastodon, "x" * 21)])
    assert "up to 20 characters" in str(problems_of(long, on=at.date())[f"text-{mastodon.pk}"])
    two = pictured(picture(2), picture(3), targets=[TargetText(mastodon, "Two.")])
    assert "up to 1 pictures" in str(problems_of(two, on=at.date())["pictures"])
    said = pictured(picture(4, alt="x" * 51), targets=[TargetText(mastodon, "Described.")])
    assert any("up to 50" in str(each) for each in problems_of(said, on=at.date()).values())


@pytest.mark.parametrize(("size", "fits"), [(5_000, True), (5_001, False)])
def test_a_picture_larger_than_the_server_takes_is_told_before_sending(
    cast, mastodon, pictured, picture, at, size, fits
):
    mine = picture(0)
    Picture.objects.filter(pk=mine.pk).update(size=size)
    post = pictured(mine, targets=[TargetText(mastodon, "One.")])
    wrong = problems_of(queries.post(post.pk), on=at.date())

    assert ("pictures" not in wrong) is fits
    assert fits or "up to 5 kB" in str(wrong["pictures"])


def test_another_account_keeps_the_limits_of_its_network(cast, mastodon, pictured, picture, at):
    post = pictured(picture(0), picture(1), targets=[TargetText(cast.bluesky, "x" * 21)])
    assert problems_of(post, on=at.date()) == {}


@pytest.mark.parametrize("alt", ["A little girl in her swimming costume.", "Merch fach wrth y pwll."])
def test_a_description_with_a_child_in_it_and_adults_only_stop_the_post(cast, at, pictured, picture, alt):
    post = pictured(picture(0, alt=alt, shows_people=True, shows_pupils=False))
    assert "Adults only" in str(problems_of(post, on=at.date())["people-part"])
    with pytest.raises(BadInput):
        submit_post(by=cast.amina, at=at, post=post)


@pytest.mark.parametrize(
    "alt", ["Two governors by a wall of children’s drawings.", "Y pennaeth â llyfr i blant."]
)
def test_what_children_made_or_is_for_them_has_none_in_it(at, pictured, picture, alt):
    post = pictured(picture(0, alt=alt, shows_people=True, shows_pupils=False))
    assert "people-part" not in problems_of(post, on=at.date())
