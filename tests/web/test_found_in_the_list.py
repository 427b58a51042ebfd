"""What was found in the words of posts, in the list of those that need approval."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.leaving import Said
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.publishing.approving import submit_post
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of, hits_of_each
from schoolgate.publishing.models import Post
from schoolgate.publishing.queries import post as post_now
from schoolgate.publishing.queries import posts_by_id
from schoolgate.pupils.models import Consent, Pupil
from schoolgate.web.posts import written
from tests.web.plain import shown_by
from tests.web.posts_cast import NOW, TEXT

NAMED = "Well done to Gwen Parry, who won the spelling prize."
CALLED = "Ring the office on 0115 496 0123 to book a place."


@pytest.fixture
def gwen(stage) -> Pupil:
    """A pupil of the school's list."""
    with scope(stage.federation.pk):
        return Pupil.objects.create(school=stage.school, key="A1", first_name="Gwen", last_name="Parry")


def answer(stage, post, reply, words="", who="amina"):
    with scope(stage.federation.pk):
        now = post_now(post.pk)
        said = {each.hit.key: Said(reply, words) for each in hits_of(now, on=NOW.date()).hits}
        answer_hits(by=stage.people[who], at=NOW, post=now, said=said)


def waiting(stage, text, reply, words):
    """Return a post in which its author answered what was found, sent for approval."""
    post = stage.draft(text)
    answer(stage, post, reply, words)
    with scope(stage.federation.pk):
        return submit_post(by=stage.people["amina"], at=NOW, post=post_now(post.pk))


def read(stage, address, who="ben") -> str:
    return " ".join(shown_by(stage.browser(who).get(address).content.decode()).split())


LIST = f"{reverse('posts')}?show=waiting"


def test_the_list_says_what_an_approver_answers_and_which_reasons_they_read(stage, gwen):
    """One where nothing was found says nothing."""
    stage.submitted(TEXT)
    named = waiting(stage, NAMED, "not_pupil", "It is the author Gwen Parry.")
    waiting(stage, CALLED, "right", "The office asked for it.")
    page = read(stage, LIST)
    assert page.count("To answer: 1 (name of a pupil)") == 1
    assert page.count("Answers to read: 1 (telephone number)") == 1
    assert page.count("To answer:") + page.count("Answers to read:") == 2
    answer(stage, named, "not_pupil", who="ben")
    page = read(stage, LIST)
    assert "To answer:" not in page
    assert "Answers to read: 1 (name of a pupil)" in page


def test_the_list_says_that_a_post_can_t_be_approved_because_someone_said_no_since(stage, gwen):
    """It stood there as if one tap were enough."""
    people = [{"pupil": gwen, "relation": "pupil", "shown": True, "named": "no"}]
    with scope(stage.federation.pk):
        given = {"pupil": gwen, "giver": "parent", "form": "paper", "by": stage.people["sam"], "at": NOW}
        agreed = {**given, "use": "picture", "from_day": NOW.date()}
        Consent.objects.create(**agreed, answer="given")
    pictures = [stage.picture(shows_people=True, shows_pupils=True)]
    post = stage.draft(TEXT, people=people, pictures=pictures)
    with scope(stage.federation.pk):
        Post.objects.filter(pk=post.pk).update(state="submitted")
    assert "Can’t be approved" not in read(stage, LIST)
    with scope(stage.federation.pk):
        Consent.objects.create(**agreed, answer="refused")
    assert read(stage, LIST).count("Can’t be approved: a pupil in it may not be shown or named") == 1


def test_the_list_says_it_in_welsh(stage, gwen):
    waiting(stage, NAMED, "not_pupil", "It is the author Gwen Parry.")
    with scope(stage.federation.pk):
        Person.objects.filter(pk=stage.people["ben"].pk).update(language="cy")
    assert "I’w hateb: 1 (" in read(stage, LIST)


def test_of_several_the_list_names_the_strongest(stage, gwen):
    """What stops a post before what is only asked about."""
    post = stage.draft(f"{CALLED} Year 5 are at the Ty Gwyn hostel tonight.")
    with scope(stage.federation.pk):
        found = hits_of(post_now(post.pk), on=NOW.date())
    assert len(found.to_approve) > 1
    answer(stage, post, "right", "The office asked for it.")
    with scope(stage.federation.pk):
        submit_post(by=stage.people["amina"], at=NOW, post=post_now(post.pk))
    assert f"Answers to read: {len(found.to_approve)} (telephone number)" in read(stage, LIST)


def test_many_posts_are_read_with_as_many_queries_as_one_and_each_as_if_it_were_alone(stage, gwen, queries):
    """Where each goes counts for it alone: Gwen may be named on one network, and not on the other."""
    with scope(stage.federation.pk):
        given = {
            "pupil": gwen, "use": "name", "giver": "parent", "form": "spoken", "by": stage.people["sam"],
            "at": NOW,
        }  # fmt: skip
        Consent.objects.create(**given, answer="given", from_day=NOW.date() - timedelta(days=9))
        Consent.objects.create(**given, answer="refused", channel="facebook", from_day=NOW.date())
    made = [
        stage.draft(TEXT, "bluesky"),
        stage.draft(NAMED, "bluesky"),
        stage.draft(NAMED, "facebook"),
        stage.draft(NAMED, "bluesky", "facebook"),
        stage.draft(CALLED, "bluesky"),
        stage.draft(TEXT, "bluesky", pictures=[stage.picture()]),
    ]
    with scope(stage.federation.pk):

        def now(*chosen):
            return posts_by_id([each.pk for each in chosen or made])[::-1]

        alone = [hits_of(each, on=NOW.date()) for each in now()]
        assert hits_of_each(now(), on=NOW.date()) == alone
        may = [[hit.may_name for hit in each.hits] for each in alone]
        assert may == [[], [True], [False], [False], [False], []]
        asked = []
        for some in (now(made[2], made[5]), now()):
            with queries() as seen:
                hits_of_each(some, on=NOW.date())
            asked.append(len(seen))
        assert asked[0] == asked[1]


def test_a_pictures_description_leads_its_approver_to_clauses_too(stage, monkeypatch):
    read_for = []
    monkeypatch.setattr(
        written, "with_the_near_to", lambda _book, decision, text: read_for.append(text) or decision
    )
    post = stage.submitted(TEXT, pictures=[stage.picture(alt="The Hotel Alpenrose by night.")])
    assert stage.browser("ben").get(reverse("post", args=[post.pk])).status_code == 200
    assert read_for
    assert all("Hotel Alpenrose" in text for text in read_for)
