"""G3: from what someone wrote that names a post or picture of ours, one press leads a safeguarding lead to
taking it down, by whichever door it came."""

from types import SimpleNamespace

import pytest
from django.template import engines

from schoolgate.core.errors import NotAllowed
from schoolgate.inbox.models import Item
from schoolgate.inbox.taking_off import wish_down
from schoolgate.incidents import things
from schoolgate.incidents.containing import ways_to_contain
from schoolgate.incidents.models import Containment, Report
from schoolgate.media.models import Picture
from schoolgate.publishing.models import Delivery, Post, PostPerson, PostPicture
from schoolgate.publishing.named_in_public import MOST, posts_pointed_at
from schoolgate.publishing.queries import may_take_down, takes_down, to_take_down
from schoolgate.publishing.rules import check_may_take_down
from schoolgate.publishing.taking_down import take_down
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.guarantees.test_danger_at_each_door import (
    beginning,
    cast,
    federation,
    poll,
    published,
    school,
    server,
    there,
)
from tests.guarantees.test_no_to_a_picture import HIDES, NO
from tests.incidents.conftest import wrong

__all__ = ["beginning", "cast", "federation", "poll", "published", "school", "server", "there"]


@pytest.fixture
def post(there) -> Post:
    return Post.objects.get(pk=Delivery.objects.get().post_id)


def buttons(there, words, about="", *, asked=False, who=None):
    """What stands beside these words on a page."""
    visit = SimpleNamespace(person=who or there.dee, on=there.at.date())
    shown = engines["django"].from_string("{% load posts %}{% take_down_links words asked about %}")
    return shown.render(
        {"request": SimpleNamespace(visit=visit), "words": words, "asked": asked, "about": about}
    )


def leads_to(post):
    return f"/posts/{post.pk}?act=take-down"


def test_the_lead_may_take_down_and_a_colleague_without_a_part_may_not(there, post):
    on = there.at.date()
    assert may_take_down(there.dee, [post], on=on) == {post.pk}
    assert [one.pk for one in to_take_down(there.dee, on=on, limit=5)] == [post.pk]
    other = someone("Vera Visitor", "relevant-senior-member-of-staff")
    assert not Post.objects.filter(takes_down(other, on=on)).exists()
    with pytest.raises(NotAllowed):
        check_may_take_down(other, post, on=on)
    assert leads_to(post) not in buttons(there, NO, post, asked=True, who=other)
    take_down(by=there.dee, at=there.at, post=post, reason="safety")
    assert leads_to(post) not in buttons(there, NO, post), "what is going is not offered again"


def test_from_every_way_to_point_at_a_post(there, post):
    sent = Delivery.objects.get()
    address = sent.receipt["address"]
    picture = Picture.objects.create(
        school=there.cast.school, added_by=there.cast.ben, digest="ab" * 32, media_type="image/jpeg", width=9,
        height=9, size=9, added_at=there.at,
    )  # fmt: skip
    PostPicture.objects.create(post=post, picture=picture, place=1)
    ways = {
        "its address": f"Please delete {address}, today.",
        "its address with a tail": f"see {address}?lang=cy#top",
        "our own page of it": f"https://schools.example.org/posts/{post.pk}",
        "the key of our noticeboard": f"https://schools.example.org/w/noticeboard/j/{sent.intent_key}/",
        "a picture inside": f"look at /pictures/{picture.pk}",
        "a picture on our page": f"/w/noticeboard/j/pictures/{picture.digest}",
    }
    if len(sent.intent_key) != 13:
        del ways["the key of our noticeboard"]
    missed = [name for name, words in ways.items() if posts_pointed_at(words) != [post]]
    assert missed == []
    for about in (post, picture):
        assert leads_to(post) in buttons(there, "Please.", about), about
    assert posts_pointed_at("We liked the fair. https://example.org/posts/99999999999 /pictures/0") == []
    assert len(posts_pointed_at(" ".join(f"/posts/{n}" for n in range(post.pk, post.pk + 99)))) <= MOST + 1


@pytest.mark.parametrize("words", [NO, HIDES])
def test_what_asks_for_a_picture_to_come_down_and_names_no_post_leads_to_the_list(there, post, words):
    assert "/posts?show=published" in buttons(there, words, asked=True)
    assert leads_to(post) in buttons(there, words, post, asked=True)
    assert "show=published" not in buttons(there, "What time is the fair?")


def test_a_parent_who_names_a_leaver_is_led_to_the_posts_with_them_alone(there, post):
    """The page led to the list of all posts."""
    child = Pupil.objects.create(
        school=there.cast.school, key="L1", first_name="Bronwen", last_name="Quillfeather",
        left_on=there.at.date(),
    )  # fmt: skip
    asks = "Please take down the picture of Bronwen Quillfeather."
    assert "/posts?show=published" in buttons(there, asks, asked=True), "no post has them"
    PostPerson.objects.create(post=post, pupil=child, place=1)
    shown = buttons(there, asks, asked=True)
    assert leads_to(post) in shown
    assert "show=published" not in shown
    assert leads_to(post) not in buttons(there, "Please take down the picture of Carys Pugh.", asked=True)
    assert leads_to(post) not in buttons(there, "Bronwen Quillfeather sang."), "no one asks for anything"


def test_a_parents_wish_points_at_its_post(there, post):
    key = Delivery.objects.get().intent_key
    wish_down(at=there.at, account=there.cast.bluesky, key=key, words="the girl in red", reach="")
    item = Item.every.get()
    assert item.post_id == post.pk
    assert leads_to(post) in buttons(there, "the girl in red", item.post)


def test_a_concern_about_a_post_is_ended_in_one_press_by_the_lead(there, post):
    report = wrong(
        there.at, what="Her father must not see this.", page=f"post-{post.pk}", reporter=there.cast.ben
    )
    assert things.by_subject(report.thing).row.pk == post.pk
    assert Containment.TAKE_DOWN in ways_to_contain(Report.objects.get(), there.dee, on=there.at.date())
