"""A parent or pupil asks for a picture to come down, without a code: one form, the task of the same day."""

import pytest
from django.test import Client
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox import ingesting
from schoolgate.inbox.models import Item
from schoolgate.networks.noticeboard import board
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.publishing.models import Delivery
from tests.guarantees.test_who_helps_now import here
from tests.web.conftest import sent_before
from tests.web.plain import check_page

__all__ = ["here", "sent_before"]


class NoneThere:
    """A network that has nothing any more."""

    def look_again(self, refs):
        return {ref.id: None for ref in refs}


@pytest.fixture
def page(here):
    return reverse("take-down-asked", args=[here.slug])


def came(here):
    with scope(here.federation.pk):
        return list(Item.every.filter(author_id_there__startswith="wish:").order_by("pk"))


def asked(here, row, kind="item.no_picture"):
    with scope(here.federation.pk):
        return Duty.objects.filter(kind=kind, state="open", subject=f"inbox.item:{row.pk}").exists()


def read_in(page, language):
    client = Client(headers={"accept-language": language})
    return client, client.get(page).content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_from_a_post_nothing_need_be_said_and_the_task_leads_to_the_post(here, page, language):
    there = reverse("noticeboard-post", args=[here.slug, here.board.school.slug, here.board.key])
    assert f'href="{page}?post={here.board.key}"' in Client().get(there).content.decode()
    client, shown = read_in(f"{page}?post={here.board.key}", language)
    check_page(shown)
    assert f'name="post" value="{here.board.key}"' in shown

    assert client.post(page, {"post": here.board.key}).status_code == 302
    (row,) = came(here)
    assert (row.private, row.kind, row.post_id is not None, row.author_handle) == (True, "message", True, "")
    assert asked(here, row)
    assert not asked(here, row, "item.danger")

    with scope(here.federation.pk):
        copy = Delivery.objects.select_related("post").get(intent_key=here.board.key)
    assert row not in ingesting._gone(here.federation.pk, NoneThere(), [(copy, [])]), (
        "it was never on a network"
    )


def test_without_a_code_the_page_of_codes_leads_there_and_a_pasted_link_finds_the_post(here, page):
    codes = Client().get(reverse("consent-code", args=[here.slug])).content.decode()
    assert f'href="{page}"' in codes
    school = {"school": here.board.school_id}
    link = f"https://example.org/wildground/noticeboard/juniors/{here.board.key}/"
    assert Client().post(page, {**school, "words": f"{link} the girl in red"}).status_code == 302
    assert (
        Client().post(page, {**school, "words": "The choir, in May", "reach": "07700 900123"}).status_code
        == 302
    )
    first, second = came(here)
    assert (first.post_id is not None, second.post_id) == (True, None)
    assert asked(here, first)
    assert asked(here, second)


def test_a_family_that_hides_is_for_the_leads_at_once(here, page):
    words = "My daughter, her father must not find out where we are. We are in a refuge."
    Client().post(page, {"post": here.board.key, "words": words})
    (row,) = came(here)
    assert row.waits_for_lead_since is not None
    assert asked(here, row, "item.danger")


def test_nothing_said_of_no_post_is_asked_for_and_a_closed_post_is_no_post(here, page):
    with scope(here.federation.pk):
        NoticeboardPost.objects.update(taken_down_at=here.board.published_at)
    for sent in ({}, {"post": here.board.key}, {"post": "x" * 5000}, {"post": "\0"}):
        answer = Client().post(page, {"school": here.board.school_id, **sent})
        assert answer.status_code == 422, sent
        assert 'name="post"' not in answer.content.decode()
    assert came(here) == []


def test_too_many_end_but_not_a_cry_for_help(here, page, sent_before, monkeypatch):
    sent = {"school": here.board.school_id, "words": "The girl in red"}
    monkeypatch.setattr(board, "MOST_WAITING", 1)
    answers = [Client().post(page, sent).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert Client().post(page, {**sent, "words": "my dad hits me"}).status_code == 302
    sent_before(30)
    assert Client().post(page, sent).status_code == 429


def test_a_program_that_fills_in_the_trap_saves_nothing(here, page):
    sent = {"school": here.board.school_id, "words": "Buy now", "website": "x"}
    assert Client().post(page, sent).status_code == 302
    assert came(here) == []


def test_another_federation_knows_nothing_of_the_post(here, make_federation, page):
    make_federation("other")
    there = reverse("take-down-asked", args=["other"])
    codes = reverse("consent-code", args=["other"])
    assert Client().get(f"{there}?post={here.board.key}").headers["location"] == codes
    assert Client().post(there, {"post": here.board.key}).headers["location"] == codes
    assert there not in Client().get(codes).content.decode()
    assert came(here) == []


def test_what_they_wrote_is_kept_in_their_own_words(here, page):
    words = "My daughter left. I want everything about her gone: pictures, names, your files."
    assert Client().post(page, {"school": here.board.school_id, "words": words}).status_code == 302
    assert (
        Client().post(page, {"school": here.board.school_id, "words": "The girl in red"}).status_code == 302
    )
    everything, picture = came(here)
    with scope(here.federation.pk):
        assert everything.versions.get().text == words
    assert asked(here, everything)
    assert asked(here, picture)
