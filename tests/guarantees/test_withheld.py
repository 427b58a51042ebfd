"""A picture that may not be shown doesn't come back in another post, on another account or as a crop, until
someone with that job says in writing why it may."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image, ImageEnhance, ImageOps

from bench.pictures import photograph
from schoolgate.core.errors import BadInput, NotAllowed
from schoolgate.core.leaving import Said
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.jobs.hourly import withheld as run_withheld
from schoolgate.jobs.minutely import withdrawals
from schoolgate.media.models import Picture
from schoolgate.media.pictures import add_picture, store, take_in, vouch
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.drafting import edit_post
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.library import Again, may_be_used_again
from schoolgate.publishing.models import HitAnswer, PostPerson, WithheldPicture
from schoolgate.publishing.retention import Pictures, PostTexts
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import printed_before, take_down, withhold
from schoolgate.publishing.withdrawn import copies_of, list_withdrawn
from schoolgate.pupils.answering import withdraw
from schoolgate.pupils.models import Consent, NotPublished, Pupil, Withdrawal
from schoolgate.records.destroying import erase_again
from tests.cast import someone
from tests.publishing.conftest import account_on, draft_of, led
from tests.publishing.five_policies import CAREFUL, COLLEAGUE

SIZE = (640, 480)


def beside(one, other):
    """Both in one picture, from left to right."""
    both = Image.new("RGB", (2 * SIZE[0], SIZE[1]))
    both.paste(one, (0, 0))
    both.paste(other, (SIZE[0], 0))
    return both


CHANGES = {
    "the same": lambda image: image,
    "smaller": lambda image: image.resize((320, 240)),
    "mirrored": ImageOps.mirror,
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.1),
    "its edges cut off": lambda image: image.crop((26, 19, 614, 461)),
    "half of it": lambda image: image.crop((64, 0, 372, 480)),
    "half of it, mirrored": lambda image: ImageOps.mirror(image.crop((64, 0, 372, 480))),
    "half of it, turned": lambda image: image.crop((64, 0, 372, 480)).rotate(90, expand=True),
    "beside another": lambda image: beside(image, photograph(7, SIZE)),
}


@pytest.fixture
def here(in_world, at, home):
    found = in_world(led, at).cast
    with scope(found.federation.pk):
        found.ava = Pupil.objects.create(school=found.school, key="A", first_name="Ava", last_name="Thomas")
        found.office = someone("Olwen Office", "administrator-moderator")
        yield found


@pytest.fixture
def shows(here, at):
    """`shows(0)`: a post of Amina's with that photograph; the pupils chosen in it may be shown."""

    def write(number=0, *pupils, change=CHANGES["the same"], accounts=None, school=None, **more):
        file = BytesIO()
        change(photograph(number, SIZE)).save(file, "JPEG", quality=88)
        proven = take_in(file.getvalue())
        picture = add_picture(
            by=here.amina, at=at, school=school or here.school, proven=proven, alt="Children on the field.",
            digest=store(proven, federation_id=here.federation.pk), shows_people=True, shows_pupils=True,
        )  # fmt: skip
        for each in accounts or [here.bluesky]:
            vouch(by=here.sam, at=at, picture=picture, channel=each.network, list_dated=at.date(),
                  everybody_may=True)  # fmt: skip
        listed = [{"pupil": each, "relation": "pupil", "shown": True, "named": "no"} for each in pupils]
        return draft_of(
            here, at, accounts=accounts or [here.bluesky], answers=CAREFUL,
            people=listed or [COLLEAGUE], school=school or here.school, **{"pictures": [picture], **more},
        )  # fmt: skip

    return write


def agree(here, at, pupil, use="picture", answer="given", **more):
    given = {"giver": "parent", "form": "paper", "by": here.sam, "from_day": at.date(), "at": at, **more}
    return Consent.objects.create(pupil=pupil, use=use, answer=answer, **given)


def withdrawn(here, at, shows, uses=("picture",), **more):
    """A post with Ava in photograph 0, and her mother's no."""
    agree(here, at, here.ava)
    post = shows(0, here.ava)
    agree(here, at, here.ava, answer="refused", **more)
    gone = withdraw(at=at, pupil=here.ava, cause="answer", uses=list(uses), **more)
    list_withdrawn(at=at, withdrawal=gone)
    return post


def stops(post, at):
    return [each for each in hits_of(queries.post(post.pk), on=at.date()).stops if each.is_picture]


def say(by, at, post, words="Ava has been cut out of it.", reply="right"):
    (found,) = [each for each in hits_of(post, on=at.date()).hits if each.is_picture]
    return answer_hits(by=by, at=at, post=queries.post(post.pk), said={found.hit.key: Said(reply, words)})


@pytest.mark.parametrize("change", CHANGES)
def test_a_withdrawn_picture_stops_another_post_however_it_was_changed(here, at, shows, change):
    withdrawn(here, at, shows)
    again = shows(0, change=CHANGES[change])
    assert len(stops(again, at)) == 1
    with pytest.raises(BadInput) as refused:
        submit_post(by=here.amina, at=at, post=again)
    assert "screening" in refused.value.fields
    assert stops(shows(1), at) == []


@pytest.mark.parametrize("change", ["the same", "half of it"])
def test_a_picture_that_a_draft_says_shows_a_pupil_who_may_not_be_shown_stops_another_post(
    here, at, shows, change
):
    """The draft rightly could not be sent, and half of its picture went out as showing no one."""
    draft = shows(0, here.ava)
    again = shows(0, change=CHANGES[change])
    assert len(stops(again, at)) == 1
    assert stops(draft, at) == [], "she is chosen there, and judged by her consent"
    assert stops(shows(1), at) == []
    assert {each for _account, each in may_be_used_again(queries.post(again.pk), at=at)} == {Again.ASK}
    assert stops(say(here.office, at, again), at) == []
    agree(here, at, here.ava)
    assert stops(shows(0), at) == []


def test_it_stops_until_the_draft_no_longer_says_so_and_not_if_its_author_took_out_who_may_not_be_shown(
    here, at, shows
):
    draft, again = shows(0, here.ava), shows(0)
    draft = edit_post(
        by=here.amina, at=at, post=draft, version=draft.version, answers=CAREFUL, planned_at=None,
        pictures=draft.pictures, targets=[_target(draft)], people=[COLLEAGUE],
    )  # fmt: skip
    assert [each.pupil for each in draft.left_out.all()] == [here.ava]
    assert stops(again, at)
    edit_post(
        by=here.amina, at=at, post=draft, version=draft.version, answers=CAREFUL, planned_at=None,
        pictures=shows(2).pictures, targets=[_target(draft)], people=[COLLEAGUE],
    )  # fmt: skip
    assert stops(again, at) == []


def test_a_picture_of_no_one_beside_hers_in_the_draft_stops_nothing(here, at, shows):
    both = [*shows(0).pictures, *shows(1).pictures]
    Picture.objects.filter(pk=both[1].pk).update(shows_people=False, shows_pupils=False)
    shows(3, here.ava, pictures=[Picture.objects.get(pk=each.pk) for each in both])
    assert (len(stops(shows(0), at)), stops(shows(1), at)) == (1, [])


def test_it_stops_on_every_account_and_at_every_school_of_the_federation(here, at, shows):
    withdrawn(here, at, shows)
    other = School.objects.create(name="Wildground Infants", slug="infants")
    infants = account_on("mastodon", other, at, name="The infants")
    assert stops(shows(0, accounts=[infants], school=other), at)


def test_a_no_for_one_network_stops_there_alone(here, at, shows):
    agree(here, at, here.ava, "picture")
    withdrawn(here, at, shows, channel="bluesky")
    assert stops(shows(0), at)
    assert stops(shows(0, accounts=[here.facebook]), at) == []


def test_a_withdrawal_of_something_else_stops_no_picture(here, at, shows):
    withdrawn(here, at, shows, uses=["name"])
    assert WithheldPicture.objects.count() == 0


def test_who_takes_the_pupil_out_of_the_list_is_stopped_by_the_picture_itself(here, at, shows):
    post = withdrawn(here, at, shows)
    assert stops(post, at) == []  # it's stopped by the pupil who is chosen
    PostPerson.objects.filter(post=post).update(pupil=None)
    assert stops(post, at)


def test_someone_with_that_job_says_why_it_may_go_and_the_author_never(here, at, shows):
    withdrawn(here, at, shows)
    again = shows(0)
    with pytest.raises(BadInput):
        say(here.amina, at, again)
    with pytest.raises(NotAllowed):
        say(someone("Cara Colleague", "staff"), at, again)
    with pytest.raises(BadInput):
        say(here.office, at, again, words=" ")
    again = say(here.office, at, again)
    assert stops(again, at) == []
    submitted = submit_post(by=here.amina, at=at, post=queries.post(again.pk))
    approved = approve_post(by=here.ben, at=at, post=submitted, seen=queries.seen_now(submitted, at=at))
    assert approved.state == "approved"
    (answer,) = HitAnswer.objects.filter(post=again)
    assert (answer.by, answer.words, answer.pupils) == (
        here.office,
        "Ava has been cut out of it.",
        [here.ava.pk],
    )


def test_an_answer_counts_for_that_picture_alone_and_is_part_of_what_is_approved(here, at, shows):
    withdrawn(here, at, shows)
    again = shows(0)
    before = queries.seen_now(queries.post(again.pk), at=at)
    again = say(here.office, at, again)
    assert queries.seen_now(again, at=at) != before
    other = shows(0, change=CHANGES["brighter"])
    changed = edit_post(
        by=here.amina, at=at, post=again, version=again.version, answers=CAREFUL, planned_at=None,
        pictures=other.pictures, targets=[_target(again)],
        people=[COLLEAGUE],
    )  # fmt: skip
    assert stops(changed, at)


def _target(post):
    from schoolgate.publishing.drafting import TargetText

    (target,) = post.targets.all()
    return TargetText(target.account, target.text)


def test_one_taken_down_for_safety_waits_for_a_lead(here, at, shows):
    post = shows(0)
    PostPerson.objects.filter(post=post).delete()
    take_down(by=here.sam, at=at, post=_published(post), reason="safety")
    again = shows(0)
    assert stops(again, at)
    with pytest.raises(BadInput):
        say(here.office, at, again)
    lead = _lead(here, at)
    assert stops(say(lead, at, again), at) == []
    mistaken = shows(2)
    take_down(by=here.sam, at=at, post=_published(mistaken), reason="mistake")
    assert stops(shows(2), at) == []


def _published(post):
    type(post).objects.filter(pk=post.pk).update(state="published")
    return queries.post(post.pk)


def _lead(here, at):
    from schoolgate.core.models import Safeguarder

    lead = someone("Lena Lead", "staff")
    Safeguarder.objects.create(person_id=lead.pk, school=None, place="lead", since=at, reads_from=at)
    return lead


def test_a_pupil_on_the_do_not_publish_list_waits_for_a_lead_whatever_was_said_before(here, at, shows):
    withdrawn(here, at, shows)
    again = say(here.office, at, shows(0))
    assert stops(again, at) == []
    NotPublished.objects.create(pupil=here.ava, by=here.sam, at=at)
    assert stops(again, at)


def test_an_approved_post_asks_again_and_a_copy_on_its_way_is_held(here, at, shows):
    early = shows(0)
    waiting = _approved(here, at, shows(0, change=CHANGES["smaller"]))
    (copy,) = begin_sending(at=at, post=_approved(here, at, early))
    withdrawn(here, at, shows)
    assert begin_sending(at=at, post=queries.post(waiting.pk)) == []
    assert queries.post(waiting.pk).state == "submitted"
    assert sending._outdated(queries.delivery(copy.pk), at) == "words_held"


def _approved(here, at, post):
    submitted = submit_post(by=here.amina, at=at, post=post)
    return approve_post(by=here.ben, at=at, post=submitted, seen=queries.seen_now(submitted, at=at))


def test_it_is_found_after_its_post_and_its_file_were_destroyed(here, at, shows):
    post = withdrawn(here, at, shows)
    pictures = [each.pk for each in post.pictures]
    type(post).objects.filter(pk=post.pk).update(state="withdrawn")
    for kind, pk in ((PostTexts(), post.pk), *((Pictures(), pk) for pk in pictures)):
        erase_again(at=at, kind=kind, pk=pk, because="asked", by=f"people.person:{here.sam.pk}")
    assert not PostPerson.objects.filter(post=post).exists()
    assert stops(shows(0), at)


def test_it_ends_when_consent_comes_back_and_nothing_is_kept(here, at, shows):
    withdrawn(here, at, shows)
    again = shows(0)
    sweep(here, at)
    assert stops(again, at)
    for use in ("picture", "film"):
        agree(here, at, here.ava, use, giver="settled", why="Her mother rang.")
        agree(here, at, here.ava, use)
    assert stops(again, at) == []
    sweep(here, at)
    assert WithheldPicture.objects.count() == 0


def test_it_ends_when_the_pupil_is_erased_and_years_after_a_take_down_for_safety(here, at, shows):
    withdrawn(here, at, shows)
    take_down(by=here.sam, at=at, post=_published(shows(3)), reason="safety")
    Pupil.objects.filter(pk=here.ava.pk).update(destroyed_at=at)
    sweep(here, at)
    assert [each.pupil for each in WithheldPicture.objects.all()] == [None]
    sweep(here, at + timedelta(days=7 * 365 + 1))
    assert WithheldPicture.objects.count() == 0


def sweep(here, at):
    from schoolgate.publishing.taking_down import forget_withheld

    forget_withheld(at=at)


def test_what_was_let_out_comes_down_with_the_next_withdrawal(here, at, shows):
    withdrawn(here, at, shows)
    again = say(here.office, at, shows(0))
    (copy,) = begin_sending(at=at, post=_approved(here, at, queries.post(again.pk)))
    more = withdraw(at=at, pupil=here.ava, cause="answer", uses=["picture"])
    assert copy in copies_of(more)
    assert copy not in copies_of(withdraw(at=at, pupil=here.ava, cause="answer", uses=["name"]))
    assert Withdrawal.objects.count() == 3
    assert withdrawals


def test_a_picture_added_before_its_halves_were_looked_for_is_printed_once_more_when_it_is_withheld(
    here, shows, at
):
    """One whose file is gone keeps what it has, and isn't tried again."""
    posts = [shows(0), shows(1)]
    added = [each.pictures[0] for each in posts]
    for picture in added:
        Picture.objects.filter(pk=picture.pk).update(prints=picture.prints[:1])
    Picture.objects.filter(pk=added[1].pk).update(digest="0" * 64)
    withhold([queries.post(each.pk) for each in posts], at=at)
    half = shows(0, change=CHANGES["half of it"])
    assert stops(half, at) == []
    run_withheld(at)
    assert stops(half, at)
    first, gone = WithheldPicture.objects.order_by("pk")
    assert first.prints[0] == added[0].prints[0]
    assert len(first.prints) > 0.9 * len(added[0].prints)
    assert gone.prints == added[1].prints[:1]
    assert printed_before() == []
    run_withheld(at)
    assert list(WithheldPicture.objects.order_by("pk")) == [first, gone]
