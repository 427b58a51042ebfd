"""A draft with the name of a child who mustn't be published: open to its writers and the leads, and to its
approvers once they have to decide."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db.models import OuterRef

from schoolgate.core.errors import NotFound
from schoolgate.core.leaving import Said
from schoolgate.core.models import Safeguarder
from schoolgate.core.subjects import subject_of
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.policy.models import PermissionAsked
from schoolgate.publishing import queries
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.calendar import calendar_of, planned_between
from schoolgate.publishing.drafting import TargetText, add_writer, save_words
from schoolgate.publishing.duty_kinds import beginning
from schoolgate.publishing.hit_answers import answer_hits, drafts, note_again_for_leads, note_for_leads
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import HitReply, Post
from schoolgate.publishing.sights import Posts, search
from schoolgate.pupils.keeping_off import end_keeping_off, keep_off
from schoolgate.pupils.models import Pupil
from tests.cast import give, someone
from tests.publishing.test_drafting import edited
from tests.publishing.test_pictures import picture as picture_of
from tests.records.made_of_rooms import decided
from tests.stories import rolled_back

__all__ = ["picture_of"]

WORDS = "Freya Lund starts on the day of the fair."
PLAIN = "Sports day is on Friday."


@pytest.fixture
def freya(cast):
    return Pupil.objects.create(school=cast.school, key="1", first_name="Freya", last_name="Lund")


@pytest.fixture
def lead(cast):
    return Person.objects.get(pk=Safeguarder.objects.get().person_id)


@pytest.fixture
def walled(freya, lead, at):
    keep_off(by=lead, at=at, pupil=freya, why="An order of the court.")
    return freya


def sees(person, post, at):
    """By which ways a person comes to this post."""
    on, week = at.date(), timedelta(days=7)
    ways = {
        "list": lambda: queries.posts_page(seen_by=person, on=on)[0],
        "by id": lambda: queries.posts_by_id([post.pk], seen_by=person, on=on),
        "calendar": lambda: planned_between(person, on=on, first=at, last=at + week),
        "search": lambda: search(person, ["day"], on=on, limit=9),
    }
    found = {name for name, way in ways.items() if post.pk in {each.pk for each in way()}}
    try:
        queries.post_for(person, post.pk, on=on)
    except NotFound:
        pass
    else:
        found.add("page")
    feed = calendar_of(person, at=at, link=lambda pk: f"/posts/{pk}/")
    return found | ({"feed"} if f"/posts/{post.pk}/".encode() in feed else set())


def test_who_sees_it_by_every_way(cast, draft, lead, walled, at):
    colleague, helper = someone("Cara Colleague", "staff"), someone("Huw Helper", "staff")
    own = draft(WORDS, planned_at=at + timedelta(days=1))
    plain = draft(PLAIN, planned_at=at + timedelta(days=2))
    add_writer(by=cast.amina, at=at, post=own, person=helper)
    everywhere = sees(cast.amina, own, at)
    assert {"list", "by id", "calendar", "page", "feed"} <= everywhere
    for person in (helper, lead):
        assert sees(person, own, at) == everywhere, person
    for person in (colleague, cast.ben, cast.sam):
        assert sees(person, own, at) == set(), person
    assert "page" in sees(colleague, plain, at)
    assert (begins(own), begins(plain)) == ("", PLAIN), "a task's title repeats none of it"


def asked_of(post, by, at, *roles, **more):
    return PermissionAsked.objects.create(
        asked_by=by, at=at, state_at=at, about=subject_of(post), covers="rights_doubt", roles=list(roles),
        subject=subject_of(post), named=True, decision=decided(SimpleNamespace(by=by), at), **more,
    )  # fmt: skip


def test_who_is_asked_for_a_permission_opens_the_draft_while_they_are_asked(cast, draft, walled, at):
    post = draft(WORDS)
    assert sees(cast.ben, post, at) == set()
    role = RoleAssignment.objects.get(person=cast.ben).role_key
    with rolled_back():
        asked_of(post, cast.amina, at, "another-role")
        assert sees(cast.ben, post, at) == set(), "someone else is asked"
    asked = asked_of(post, cast.amina, at, "another-role", role)
    assert "page" in sees(cast.ben, post, at)
    assert sees(someone("Cara Colleague", "another-role"), post, at) == set(), "no role with a part in posts"
    PermissionAsked.objects.filter(pk=asked.pk).update(state="lapsed")
    assert sees(cast.ben, post, at) == set()


def test_its_picture_is_kept_as_it_is(cast, draft, picture_of, lead, walled, at):
    picture = picture_of(0)

    def opens(person):
        try:
            queries.picture_for(person, picture.pk, on=at.date())
        except NotFound:
            return False
        return True

    colleague = someone("Cara Colleague", "staff")
    assert opens(colleague), "of its school, and in no post yet"
    post = draft(WORDS, pictures=[picture])
    assert [opens(each) for each in (cast.amina, lead, cast.ben, colleague)] == [True, True, False, False]
    with rolled_back():
        edited(post, cast.amina, at, text=PLAIN)
        assert opens(colleague)
    draft(PLAIN, pictures=[picture])
    assert opens(colleague), "in a post that they may see, too"


def begins(post):
    return Post.objects.annotate(begins=beginning(OuterRef("pk"))).get(pk=post.pk).begins


def test_while_it_is_typed(cast, draft, walled, at):
    post, words = draft(PLAIN), [TargetText(cast.bluesky, WORDS)]
    save_words(by=cast.amina, at=at, post=post, version=post.version, targets=words, text=WORDS)
    assert "page" not in sees(cast.ben, post, at)


def test_its_approvers_see_it_once_they_have_to_decide_and_all_once_a_lead_let_it_out_or_the_name_is_gone(
    cast, draft, lead, freya, at
):
    colleague = someone("Cara Colleague", "staff")
    post = submit_post(by=cast.amina, at=at, post=draft("Freya spoke first."))
    assert {bool(sees(each, post, at)) for each in (colleague, cast.ben, cast.amina)} == {True}
    keep_off(by=lead, at=at, pupil=freya)
    assert drafts() == [post.pk]
    note_for_leads(queries.post(post.pk), at=at)
    assert (bool(sees(colleague, post, at)), bool(sees(cast.ben, post, at))) == (False, True)
    with rolled_back():
        edited(queries.post(post.pk), cast.amina, at, text="She spoke first.")
        assert sees(colleague, post, at)
    with rolled_back():
        end_keeping_off(by=lead, at=at, pupil=freya, why="The order has ended.")
        assert note_again_for_leads(at=at, after=0) == post.pk
        assert note_again_for_leads(at=at, after=post.pk) is None
        assert sees(colleague, post, at)
    (hit,) = hits_of(queries.post(post.pk), on=at.date()).hits
    answer_hits(
        by=lead, at=at, post=queries.post(post.pk),
        said={hit.hit.key: Said(HitReply.NOT_PUPIL, "Freya Ridings, the singer.")},
    )  # fmt: skip
    assert sees(colleague, post, at)


def test_a_role_at_one_place_opens_what_is_to_be_decided_there_alone(cast, draft, freya, lead, at):
    approver = someone("Ada Approver")
    give(approver, "lead-staff-member", school=cast.school)
    give(approver, "staff")
    post = draft("Freya spoke first.")
    keep_off(by=lead, at=at, pupil=freya)
    note_for_leads(queries.post(post.pk), at=at)
    assert sees(approver, post, at) == set()
    Post.objects.filter(pk=post.pk).update(state="submitted")
    assert "page" in sees(approver, post, at)
    Post.objects.filter(pk=post.pk).update(state="published")
    assert "page" in sees(someone("Cara Colleague", "staff"), post, at), "what is public is open"


def test_a_request_about_data_shows_it_to_the_leads_alone(cast, draft, walled):
    """Helen read *starts at Alnwick* in what was found for the father."""
    own, plain = draft(WORDS), draft(PLAIN)
    assert Posts().for_lead([own.pk, plain.pk]) == {own.pk}
    Post.objects.filter(pk=own.pk).update(state="published")
    assert Posts().for_lead([own.pk, plain.pk]) == set()
