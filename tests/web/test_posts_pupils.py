"""Choosing the pupils in a post: from a class, a group or a search; each told at once, without a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Post, PostPerson
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.consents import save_group
from schoolgate.pupils.models import Consent, NotPublished, Pupil, PupilGroup
from schoolgate.web.posts import filled_in
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import ANSWERED, NOW, Stage, wildground_at_work
from tests.worlds import world as declared

OF_PICTURE = {"answer-fit": "yes", "answer-dressed": "yes", "answer-ridicules": "no"}


@declared(wildground_at_work)
def class_4b(cast, at):
    """Ava and Tomos may be shown, Amelia's parents were not asked, Cai is on the do-not-publish list."""
    with scope(cast.federation.pk):
        for first in ("Ava", "Tomos", "Amelia", "Cai"):
            given = {"key": first, "first_name": first, "last_name": "Example", "form": "4B"}
            pupil = Pupil.objects.create(school=cast.school, **given)
            if first != "Amelia":
                record_answer(
                    by=cast.people["sam"], at=at, pupil=pupil, uses=["picture"], answer="given",
                    giver="parent", form="paper", who="Ann Parent",
                )  # fmt: skip
            if first == "Cai":
                NotPublished.objects.create(pupil=pupil, by=cast.people["sam"], at=at)
    return cast


@pytest.fixture
def world(in_world, home, sign_in) -> Stage:
    """The stage with class 4B: Ava and Tomos may be shown, Amelia's parents were not asked, Cai is on the
    do-not-publish list."""
    return Stage(**vars(in_world(class_4b, NOW)), sign_in=sign_in)


def pk(world, first):
    with scope(world.federation.pk):
        return Pupil.objects.get(first_name=first).pk


def new(world, status=200, who="amina", **more):
    picture = world.picture(alt="Four children on a field.")
    form = world.typed(
        kept_picture=picture.pk, **{f"alt-{picture.pk}": picture.alt}, **ANSWERED, **OF_PICTURE, **more
    )
    answer = world.browser(who).post(reverse("post-new", args=[world.school.pk]), form)
    assert answer.status_code == status
    if status != 200:
        return answer
    html = answer.content.decode()
    check_page(html, "en")
    assert answer.headers["Cache-Control"] == "no-store"
    return html


def ticked(html):
    return {part.split(">")[0].split('value="')[1].split('"')[0] for part in html.split('name="pupil"')[1:]
            if " checked" in part.split(">")[0]}  # fmt: skip


def test_without_a_list_nothing_is_asked(stage):
    html = stage.browser("amina").get(reverse("post-new", args=[stage.school.pk])).content.decode()
    assert "Pupils shown or named" not in html


def test_a_class_is_offered_to_tick_or_added_as_a_whole(world):
    offered = new(world, do="show-pupils", **{"from": "class:4B"})
    assert "Ava Example" in offered
    assert ticked(offered) == set()
    added = new(world, do="add-pupils", **{"from": "class:4B"})
    assert len(ticked(added)) == 4
    with scope(world.federation.pk):
        assert not Post.objects.exists()


def test_a_group_and_a_search_find_pupils_too(world):
    with scope(world.federation.pk):
        ava = Pupil.objects.get(first_name="Ava")
        group = save_group(by=world.people["amina"], at=NOW, name="Choir", pupils=[ava])
    assert ticked(new(world, do="add-pupils", **{"from": f"group:{group.pk}"})) == {str(ava.pk)}
    found = new(world, do="find-pupils", find="tom", pupil=[ava.pk])
    assert "Tomos Example" in found
    assert "Cai Example" not in found
    assert ticked(found) == {str(ava.pk)}


def test_a_class_is_whole_however_many_it_has_and_a_search_says_that_there_are_more(world, monkeypatch):
    monkeypatch.setattr(filled_in, "MOST_OFFERED", 3)
    assert len(ticked(new(world, do="add-pupils", **{"from": "class:4B"}))) == 4
    assert "More pupils have this name." in new(world, do="find-pupils", find="example")
    monkeypatch.setattr(filled_in, "MOST_OFFERED", 4)
    assert "More pupils have this name." not in new(world, do="find-pupils", find="example")


def test_it_says_at_once_who_may_not_and_what_to_do_and_never_why(world):
    html = new(world, do="add-pupils", **{"from": "class:4B"})
    for name in ("Amelia", "Cai"):
        assert f"Leave {name} Example out of the picture" in html
    assert "2 pupils may appear on Bluesky" in html
    for reason in ("This child is on", "want to be photographed.", "No answer on", "Ann Parent"):
        assert reason not in html, reason


def test_a_way_of_naming_that_the_page_does_not_offer_leads_nowhere(world):
    """Nor is a pupil taken who is not in the list."""
    for do, named in (("add-pupils", "by-nickname"), ("keep", "9" * 400), ("send", "by-nickname")):
        new(world, 404, do=do, pupil=[pk(world, "Ava")], **{"pupils-named": named})
    amina, there = world.browser("amina"), reverse("post-new", args=[world.school.pk])
    for chosen in ("999999999", "\u00b2", "9" * 400):
        answer = amina.post(there, world.typed(do="keep", pupil=[chosen]))
        assert answer.status_code in (302, 404), chosen[:9]
    with scope(world.federation.pk):
        assert not PostPerson.objects.exists()


def test_it_is_stopped_with_a_child_who_may_not_and_passes_without(world):
    chosen = [pk(world, name) for name in ("Ava", "Tomos", "Amelia")]
    new(world, 302, do="send", pupil=chosen[:2])
    with scope(world.federation.pk):
        post = Post.objects.get()
        assert post.state == "submitted"
        rows = list(post.people.values_list("pupil__first_name", "relation", "shown", "named", "consent"))
        assert post.pictures[0].shows_pupils is True, "known from the pupils chosen"
    assert rows == [("Ava", "pupil", True, "no", None), ("Tomos", "pupil", True, "no", None)]
    new(world, 302, do="send", pupil=chosen)
    with scope(world.federation.pk):
        newest = Post.objects.latest("pk")
        assert newest.state == "draft"
        again = hits_of(queries.post(post.pk), on=NOW.date())
        assert [names.partition(" ")[0] for each in again.stops for names in each.names] == ["Amelia"], (
            "the draft says that she is in it"
        )
    edit = world.browser("amina").get(reverse("post-edit", args=[newest.pk])).content.decode()
    assert "Remove pupils who may not be shown, heard or named where this post goes." in edit
    assert len(ticked(edit)) == 3


def test_a_pupil_of_another_school_is_not_there(world):
    with scope(world.federation.pk):
        south = School.objects.create(name="South", slug="south")
        stranger = Pupil.objects.create(school=south, key="S", first_name="Sol", last_name="South", form="9")
        group = PupilGroup.objects.create(school=south, name="South", by=world.people["sam"], at=NOW)
    new(world, 404, do="keep", pupil=[stranger.pk])
    new(world, 404, do="add-pupils", **{"from": f"group:{group.pk}"})
    new(world, 404, objects=stranger.pk)
    assert ticked(new(world, do="add-pupils", **{"from": "class:9"})) == set()
    with scope(world.federation.pk):
        assert not PostPerson.objects.exists()
        assert not Consent.objects.filter(pupil=stranger).exists()


def test_a_child_who_objects_is_heard_by_the_person_who_writes(world):
    ava = pk(world, "Ava")
    html = new(world, objects=ava, pupil=[ava])
    assert "Leave Ava Example out of the picture" in html
    with scope(world.federation.pk):
        noes = Consent.objects.filter(pupil=ava, giver="pupil")
        assert {each.use for each in noes} == {"picture", "film"}
        assert {each.until for each in noes} == {noes[0].from_day + timedelta(days=6)}
    new(world, objects=ava, pupil=[ava])
    with scope(world.federation.pk):
        assert Consent.objects.filter(pupil=ava, giver="pupil").count() == 2


def test_only_people_who_write_there_record_an_objection(world, sign_in):
    with scope(world.federation.pk):
        grace = sign_in(someone("Grace", "federation_leadership_team"))
    address = reverse("pupil", args=[pk(world, "Ava")])
    assert grace.post(address, {"do": "objects"}).status_code == 403
    assert world.browser("amina").post(address, {"do": "objects"}).status_code == 302
    with scope(world.federation.pk):
        assert Consent.objects.filter(giver="pupil").count() == 2


def test_an_approver_reads_the_names_and_a_child_removed_is_gone(world):
    new(world, 302, do="send", pupil=[pk(world, "Ava")])
    with scope(world.federation.pk):
        post = Post.objects.get()
    html = world.browser("ben").get(reverse("post", args=[post.pk])).content.decode()
    assert "Ava Example" in html
    gone = new(world, pupil=[pk(world, "Ava"), pk(world, "Cai")], **{"remove-pupil": pk(world, "Cai")})
    assert ticked(gone) == {str(pk(world, "Ava"))}


def test_a_crowd_and_staff_are_added_as_entries_that_the_policy_asks_about(world):
    for do, relation, number in (
        ("add-crowd", 'value="other" selected', "20"),
        ("add-staff", 'name="person-0-relation" value="staff"', "1"),
    ):
        html = new(world, do=do)
        entry = html.split('id="person-0"')[1].split("</fieldset>")[0]
        assert relation in entry
        assert f'value="{number}"' in entry
        assert "Complete entry 1" in html
        assert entry.count(" autofocus") == 1, "it begins at its first open question"
        asked = ("Can they be seen in the picture?", "the list of children who must not be published?")
        assert [words in entry for words in asked] == [do == "add-crowd"] * 2, "what can be true"


def test_an_adult_is_on_no_list_of_children(world):
    row = {"relation": "staff", "shown": "yes", "named": "no", "opted_out": "no", "consent": "yes"}
    new(world, 302, people="1", **{f"person-0-{column}": said for column, said in row.items()})
    with scope(world.federation.pk):
        (found,) = Post.objects.get().people.all()
        assert found.do_not_publish is False


def test_the_preview_says_where_each_may_appear(world):
    picture = world.picture(alt="Children.")
    form = world.typed(
        kept_picture=picture.pk, **{f"alt-{picture.pk}": picture.alt}, pupil=[pk(world, "Amelia")]
    )
    html = world.browser("amina").post(reverse("post-preview", args=[world.school.pk]), form).content.decode()
    assert 'id="pupils-said"' in html
    assert "Leave Amelia Example out of the picture" in html
    named = form | {"text": "Well done Ava!", "pupil": [pk(world, "Ava")]}
    html = (
        world.browser("amina").post(reverse("post-preview", args=[world.school.pk]), named).content.decode()
    )
    assert "May not be named on Bluesky" in html


def test_a_card_says_not_to_post_once_a_pupil_may_no_longer_be_shown(world):
    ava = pk(world, "Ava")
    with scope(world.federation.pk):
        people = [{"pupil": Pupil.objects.get(pk=ava), "relation": "pupil", "shown": True, "named": "no"}]
    (delivery,) = world.started("Our class won.", "facebook", people=people)
    card = reverse("delivery", args=[delivery.pk])
    assert "Don’t post this" not in world.browser("amina").get(card).content.decode()
    with scope(world.federation.pk):
        NotPublished.objects.create(pupil_id=ava, by=world.people["sam"], at=NOW)
    html = world.browser("amina").get(card).content.decode()
    check_page(html, "en")
    assert "Don’t post this" in html
    assert "It has already been posted" in html
