"""The pages of watches and public posts: who opens them, what they say, what stays in a refused form."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.accounts.connecting import put_keys
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Item
from schoolgate.incidents.models import Report
from schoolgate.listening.finding import add_by_hand
from schoolgate.listening.models import Find, Source, Watch
from schoolgate.listening.watching import Wanted, start_watch
from schoolgate.networks.port import Credential
from schoolgate.press.models import Enquiry
from tests.web.inboxes import NASTY, NOW, inbox_of_wildground, seen
from tests.web.there import There
from tests.worlds import world

LIST = "?as=listening"
TEXT = "The parking at Oakwood School is a disgrace."


def asked(wild, **changed):
    return {
        "name": "Oakwood", "phrases": "Oakwood School\nOakwood", "purpose": "To answer questions.",
        "until": (NOW + timedelta(days=30)).date().isoformat(), "feeds": "https://herald.example/rss",
        "school": wild.school.pk, "networks": ["bluesky"], **changed,
    }  # fmt: skip


def here(**of):
    return reverse("inbox") + LIST + "".join(f"&{name}={pk}" for name, pk in of.items())


@world(inbox_of_wildground)
def oakwood_school(there, at):
    """The school has a name that tells it from others, and Bluesky is connected."""
    with scope(there.federation.pk):
        there.school.name = "Oakwood School"
        there.school.save()
        there.bluesky.connected_at = at
        put_keys(there.bluesky, Credential("north.test", "secret"))
        there.bluesky.save()
    return there


@world(oakwood_school)
def post_found(there, at):
    """Ben watches for it, and added a post by hand."""
    ben = there.people.ben
    with scope(there.federation.pk):
        wanted = Wanted(
            name="Oakwood", phrases=["Oakwood School", "Oakwood"], purpose="To answer questions.",
            until=(at + timedelta(days=30)).date(), school=there.school, accounts=[there.bluesky],
            feeds=["https://herald.example/rss"],
        )  # fmt: skip
        there.watch = start_watch(by=ben, at=at, wanted=wanted)
        there.find = add_by_hand(
            by=ben, at=at, watch=there.watch, text=TEXT, address="https://forum.example/1", place="A forum",
            public=True,
        )  # fmt: skip
    return there


@pytest.fixture
def oakwood(in_world, sign_in, request):
    """The world in which the test begins: as far on as what it asks for."""
    further = {"watch", "find"} & {*request.fixturenames}
    return There(**vars(in_world(post_found if further else oakwood_school, NOW)), sign_in=sign_in)


@pytest.fixture
def watch(oakwood):
    return oakwood.watch


@pytest.fixture
def find(oakwood):
    return oakwood.find


def test_a_watch_is_started_and_its_page_tells_what_it_does(oakwood):
    answer = oakwood.ben.post(reverse("listening-start"), asked(oakwood))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    with scope(oakwood.federation.pk):
        watch = Watch.objects.get()
    page = seen(oakwood.ben.get(here(watch=watch.pk)))
    for words in ("Oakwood School, Oakwood", "To answer questions.", "Ben Carter", "https://herald.example/rss",
                  "Not searched yet"):  # fmt: skip
        assert words in page, words
    with scope(oakwood.federation.pk):
        assert Source.objects.filter(watch=watch).count() == 2
    assert "Oakwood" in seen(oakwood.ben.get(here()))


def test_a_persons_name_is_refused_and_what_was_typed_stays(oakwood):
    page = seen(oakwood.ben.post(reverse("listening-start"), asked(oakwood, phrases="Amina Khan")), 422)
    assert "Saved searches never look for people" in page
    assert "To answer questions." in page
    page = seen(oakwood.ben.post(reverse("listening-start"), asked(oakwood, phrases="Oakwood Smith")), 422)
    assert "Remove these words: smith." in page


def test_the_list_has_its_headings_and_an_unknown_one_is_not_there(oakwood, find):
    assert "The parking" in seen(oakwood.ben.get(here()))
    for show in ("passed", "left"):
        assert "Nothing here" in seen(oakwood.ben.get(here(show=show)))
    seen(oakwood.ben.get(here(show="else")), 404)


def test_a_post_goes_into_the_inbox_and_is_answered_from_there(oakwood, find):
    page = seen(oakwood.ben.get(here(find=find.pk)))
    assert TEXT in page
    assert "https://forum.example/1" in page
    answer = oakwood.ben.post(
        reverse("listening-find", args=[find.pk]),
        {"do": "inbox", "account": oakwood.facebook.pk, "kind": "complaint"},
    )
    with scope(oakwood.federation.pk):
        item = Item.objects.get()
    assert answer["Location"] == reverse("item", args=[item.pk])
    page = seen(oakwood.ben.get(reverse("item", args=[item.pk])))
    assert "Complaint" in page
    assert "Being dealt with" in seen(oakwood.ben.get(here()))
    assert "Go to it in the inbox" in seen(oakwood.ben.get(here(find=find.pk)))
    seen(oakwood.ben.post(reverse("listening-find", args=[find.pk]), {"do": "press"}), 409)


def test_a_post_is_passed_to_the_press(oakwood, find):
    answer = oakwood.ben.post(reverse("listening-find", args=[find.pk]), {"do": "press"})
    with scope(oakwood.federation.pk):
        enquiry = Enquiry.objects.get()
    page = seen(oakwood.ben.get(answer["Location"]))
    assert f"enquiry={enquiry.pk}" in answer["Location"]
    assert "Found by a saved search" in page


def test_a_post_is_reported_as_a_concern(oakwood, find):
    place = reverse("listening-find", args=[find.pk])
    assert "Fill in this field" in seen(oakwood.ben.post(place, {"do": "concern", "what": ""}), 422)
    oakwood.ben.post(place, {"do": "concern", "what": "It threatens a teacher."})
    with scope(oakwood.federation.pk):
        assert Report.objects.count() == 1
    page = seen(oakwood.ben.get(here(find=find.pk)))
    assert "Already dealt with" in page
    assert "threatens" not in page
    assert "Reported" not in page, "it may be about a person who reads this list"


def test_a_post_is_left_with_a_reason_and_put_back(oakwood, find):
    place = reverse("listening-find", args=[find.pk])
    assert "Choose a reason." in seen(oakwood.ben.post(place, {"do": "leave"}), 422)
    oakwood.ben.post(place, {"do": "leave", "because": "opinion", "note": "A resident."})
    page = seen(oakwood.ben.get(here(find=find.pk)))
    assert "Someone’s own opinion" in page
    assert "A resident." in page
    oakwood.ben.post(place, {"do": "reopen"})
    assert "To read" in seen(oakwood.ben.get(here(find=find.pk)))


def test_only_what_is_public_and_only_alerts_with_links_are_added(oakwood, watch):
    place = reverse("listening-watch", args=[watch.pk])
    page = seen(oakwood.ben.post(place, {"do": "hand", "text": TEXT}), 422)
    assert "Add only what anyone can read" in page
    assert TEXT in page
    assert "There’s no link" in seen(oakwood.ben.post(place, {"do": "alert", "mail": "News"}), 422)
    oakwood.ben.post(place, {"do": "alert", "mail": "Oakwood in the news\nhttps://x.example/1"})
    assert "Oakwood in the news" in seen(oakwood.ben.get(here(watch=watch.pk)))


def test_a_feed_is_added_and_removed_and_a_persons_page_is_none(oakwood, watch):
    place = reverse("listening-watch", args=[watch.pk])
    bad = {"do": "feed", "address": "https://social.example/@parent.rss"}
    assert "one person’s page" in seen(oakwood.ben.post(place, bad), 422)
    oakwood.ben.post(place, {"do": "feed", "address": "https://news.example/rss"})
    with scope(oakwood.federation.pk):
        pk = Source.objects.get(address="https://news.example/rss").pk
    oakwood.ben.post(place, {"do": "remove", "source": pk})
    assert "https://news.example/rss" not in seen(oakwood.ben.get(here(watch=watch.pk)))
    seen(oakwood.ben.post(place, {"do": "remove", "source": pk}), 404)


def test_a_watch_is_ended_and_can_only_be_read_then(oakwood, watch):
    place = reverse("listening-watch", args=[watch.pk])
    oakwood.ben.post(place, {"do": "end"})
    page = seen(oakwood.ben.get(here(watch=watch.pk)))
    assert "Ended" in page
    assert "Add a news feed" not in page
    seen(oakwood.ben.post(place, {"do": "end"}), 409)
    seen(oakwood.ben.post(place, {"do": "else"}), 404)


def test_the_owner_chooses_how_often_they_look(oakwood):
    often = reverse("listening-often")
    assert "names no number of days" in seen(oakwood.sam.get(here()))
    assert "Choose how often you look" not in seen(oakwood.ben.get(here()))
    assert oakwood.ben.post(often, {"days": "7"}).status_code == 403
    html = seen(oakwood.sam.post(often, {"days": "400"}), status=422)
    assert 'value="400"' in html
    assert oakwood.sam.post(often, {"days": "7"}).status_code == 302
    assert "overdue after 7 days" in seen(oakwood.ben.get(here()))


def test_who_reads_no_inbox_opens_none_of_it(oakwood, find, watch):
    seen(oakwood.amina.get(here()), 403)
    for place in (here(find=find.pk), here(watch=watch.pk)):
        seen(oakwood.amina.get(place), 403)
    for place in (reverse("listening-find", args=[find.pk]), reverse("listening-watch", args=[watch.pk])):
        assert oakwood.amina.post(place, {"do": "press"}).status_code in (403, 404)


def test_hostile_text_is_shown_as_text(oakwood, watch):
    oakwood.ben.post(
        reverse("listening-watch", args=[watch.pk]), {"do": "hand", "text": NASTY, "public": "on"}
    )
    with scope(oakwood.federation.pk):
        find = Find.objects.latest("pk")
    assert "<img src=x" not in seen(oakwood.ben.get(here(find=find.pk)))
    assert "<img src=x" not in seen(oakwood.ben.get(here()))
