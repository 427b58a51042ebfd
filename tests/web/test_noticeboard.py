"""The noticeboards as a visitor meets them."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.test import Client

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.networks import registry
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.networks.port import Credential, OutgoingReply
from tests.networks.contract import a_picture, a_post, new_key, now
from tests.web.counted import counted_as
from tests.web.plain import check_page

pytestmark = pytest.mark.django_db
BOARD = "/wildground/noticeboard/juniors/"


@pytest.fixture
def network(federation, home):
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
    return registry.connect("noticeboard", Credential(federation_id=federation.pk, school_id=school.pk))


@pytest.fixture
def receipt(network):
    return network.publish(a_post("Open day on <b>Friday</b>.\nhttps://school.test/open"))


def text(response):
    return response.content.decode()


def send(client, receipt, **fields):
    return client.post(
        f"{receipt.ref.address}comment", {"name": "A parent", "text": "Is there parking?"} | fields
    )


def waiting(federation):
    with scope(federation.pk):
        return [(row.name, row.text, row.state) for row in NoticeboardComment.objects.all()]


def test_anybody_reads_the_board_the_post_and_the_feed(client, receipt):
    for address in (BOARD, receipt.ref.address):
        response = client.get(address)
        assert "Have a picture or a name taken down" in response.content.decode(), address
        assert response.status_code == 200
        assert "Open day on &lt;b&gt;Friday&lt;/b&gt;." in text(response)
        check_page(text(response))
        assert response["Cache-Control"] == "no-cache", "what keeps copies asks again, so it's gone there too"
    feed = client.get(f"{BOARD}feed.atom")
    assert (feed["Content-Type"], feed["Cache-Control"]) == (
        "application/atom+xml; charset=utf-8",
        "no-cache",
    )


def test_the_feed_tells_the_newest_posts_first(client, network):
    for number in range(3):
        network.publish(a_post(f"Post {number}\nand <b>"))

    tree = ET.fromstring(client.get(f"{BOARD}feed.atom").content)

    atom = "{http://www.w3.org/2005/Atom}"
    entries = tree.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}title") for entry in entries] == ["Post 2", "Post 1", "Post 0"]
    assert entries[0].findtext(f"{atom}summary") == "<p>Post 2<br>and &lt;b&gt;</p>"
    assert entries[0].find(f"{atom}link").get("href").startswith(f"http://testserver{BOARD}")


NOWHERE = [
    "/nobody/noticeboard/juniors/",
    "/wildground/noticeboard/nobody/",
    f"{BOARD}3labcdefghijk/",
    f"{BOARD}pictures/{'0' * 64}",
    f"{BOARD}pictures/x",
    "/wildground/noticeboard/nobody/feed.atom",
    f"{BOARD}?older=2027-01-01T00:00:00%2B00:00_99999999999999999999",
    f"{BOARD}?newer=x",
]


def test_what_is_not_there_is_not_found_and_an_empty_board_says_so(client, network):
    for address in NOWHERE:
        assert client.get(address).status_code == 404, address
    response = client.get(BOARD)
    assert "Nothing here yet" in text(response)
    check_page(text(response))


def test_another_federations_slug_does_not_show_our_post(client, receipt, make_federation):
    other = make_federation("elmwood")
    with scope(other.pk):
        School.objects.create(name="Juniors too", slug="juniors")

    there = receipt.ref.address.replace("wildground", "elmwood")
    answers = [client.get(there), send(client, receipt), client.post(f"{there}comment", {"text": "Hello"})]

    assert [answer.status_code for answer in answers] == [404, 302, 404]


def test_a_comment_waits_until_it_was_read(client, receipt, network, federation):
    thanked = send(client, receipt)
    before = text(client.get(receipt.ref.address))
    network.release(network.replies(receipt.ref)[0])
    after = text(client.get(receipt.ref.address))

    assert (thanked.status_code, thanked["Location"]) == (302, receipt.ref.address)
    assert "Thank you. A member of school staff will read your comment before it’s shown." in before
    assert ("Is there parking?" in before, "Is there parking?" in after) == (False, True)
    assert waiting(federation) == [("A parent", "Is there parking?", "released")]


def test_the_board_counts_the_comments_of_others_that_its_post_shows(client, receipt, network):
    for words in ("Is there parking?", "A child’s disclosure"):
        send(client, receipt, text=words)
    shown, kept = network.replies(receipt.ref)
    for item in (shown, kept):
        network.release(item)
        network.reply(OutgoingReply(new_key(), "Thank you.", now(), item.ref, receipt.ref))
    network.reply(OutgoingReply(new_key(), "We removed one.", now(), receipt.ref, receipt.ref))
    network.hide(kept)

    page, board = text(client.get(receipt.ref.address)), text(client.get(BOARD))

    assert ("Is there parking?" in page, "A child’s disclosure" in page) == (True, False)
    assert "1 comment<" in board
    assert network.reactions([receipt.ref])[receipt.ref.id].replies == 1
    network.hide(shown)
    assert "0 comments<" in text(client.get(BOARD))


REFUSED = [
    ({"text": ""}, "Write your comment"),
    ({"text": "   \n"}, "Write your comment"),
    ({"text": "a" * 100_000}, "Comments can be up to"),
    ({"text": "bell \x07"}, "Remove any characters that can’t be shown, such as hidden characters"),
    ({"name": "a" * 61}, "Names can be up to"),
]


def test_what_cannot_be_a_comment_comes_back_with_a_sentence(client, receipt, federation):
    """A program in the trap is told nothing; without the form's token, or by looking, there is none."""
    for fields, said in REFUSED:
        response = send(client, receipt, **fields)
        assert (response.status_code, said in text(response), waiting(federation)) == (422, True, []), said
        check_page(text(response))
    response = send(client, receipt, website="https://spam.test")
    assert (response.status_code, waiting(federation)) == (302, [])
    strict = Client(enforce_csrf_checks=True)
    assert (send(strict, receipt).status_code, waiting(federation)) == (403, [])
    assert client.get(f"{receipt.ref.address}comment").status_code == 405


STRANGE = [
    "🎉👩‍🏫",
    "مرحبا بكم",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }} {% now 'Y' %}",
    "a\u202eb",
    "é" * 3000,
]


def test_any_comment_is_shown_as_text(client, receipt, network):
    for words in STRANGE:
        send(client, receipt, text=words, name=words[:20])
    for item in network.replies(receipt.ref):
        network.release(item)

    shown = text(client.get(receipt.ref.address))

    assert ("<script>alert(1)" in shown, "14 2" in shown) == (False, False)
    for words in STRANGE:
        escaped = words.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#x27;")
        assert escaped in shown, words[:20]


def test_a_flood_of_comments_ends(client, receipt, federation, sent_before):
    sent_before(29)
    answers = [send(client, receipt, text=f"Comment {number}").status_code for number in range(2)]

    assert answers == [302, 429]
    assert len(waiting(federation)) == 1


def test_beyond_the_limit_a_cry_for_help_is_taken_ten_times_an_hour(client, receipt, federation):
    cry = "i only eat at school"
    with counted_as(30):
        assert send(client, receipt, text="Comment 1").status_code == 302
    for text, answer in ((cry, 302), ("Comment 2", 429), ("x" * 13_000 + cry, 429), (cry, 302)):
        assert send(client, receipt, text=text).status_code == answer, text[:20]
    answers = [send(client, receipt, text=f"{cry} {number}").status_code for number in range(9)]
    assert answers == [302] * 8 + [429]
    assert len(waiting(federation)) == 11


def test_where_too_many_wait_a_cry_for_help_is_taken(client, receipt, federation, monkeypatch):
    monkeypatch.setattr("schoolgate.networks.noticeboard.board.MOST_WAITING", 1)
    monkeypatch.setattr("schoolgate.networks.noticeboard.board.MOST_CRIES", 1)
    for text, answer in (("One", 302), ("Two", 409), ("i only eat at school", 302), ("my dad hits me", 409)):
        assert send(client, receipt, text=text).status_code == answer, text


def test_comments_that_are_closed_have_no_form_and_take_none(client, network, federation):
    closed = network.publish(a_post(comments_open=False))

    shown = text(client.get(closed.ref.address))

    assert ("Comments are closed here." in shown, "<textarea" in shown) == (True, False)
    assert (send(client, closed).status_code, waiting(federation)) == (409, [])


def test_a_picture_is_served_as_what_it_is_and_gone_with_its_post(client, network, federation):
    out = a_post(pictures=(a_picture(),))
    receipt = network.publish(out)
    there = f"{BOARD}pictures/{out.pictures[0].digest}"
    page = text(client.get(receipt.ref.address))

    response = client.get(there)

    assert (f'src="{there}"' in page, 'alt="An empty hall, the chairs in rows."' in page) == (True, True)
    assert (b"".join(response.streaming_content), response["Content-Type"]) == (
        out.pictures[0].data,
        "image/png",
    )
    assert {name: response[name] for name in ("X-Content-Type-Options", "Cache-Control", "ETag")} == {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-cache",
        "ETag": f'"{out.pictures[0].digest}"',
    }
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    with scope(federation.pk):
        School.objects.create(name="Seniors", slug="seniors")
    assert client.get(there.replace("/juniors/", "/seniors/")).status_code == 404, "another board's"
    network.take_down(receipt.ref)
    assert client.get(there).status_code == 404


def test_what_was_taken_down_is_on_no_page(client, network, receipt):
    network.take_down(receipt.ref)

    assert client.get(receipt.ref.address).status_code == 404
    assert "Open day" not in text(client.get(BOARD)) + text(client.get(f"{BOARD}feed.atom"))


def test_the_board_pages_by_key(client, network, federation):
    at = now()
    for number in range(12):
        network.publish(a_post(f"Post number {number:02}"))
    with scope(federation.pk):
        for number, row in enumerate(NoticeboardPost.objects.order_by("text")):
            NoticeboardPost.objects.filter(pk=row.pk).update(published_at=at + timedelta(minutes=number))

    first = client.get(BOARD)
    older = client.get(f"{BOARD}?{first.context['page'].older}")

    assert [row.text[-2:] for row in first.context["page"].rows] == [f"{n:02}" for n in range(11, 1, -1)]
    assert [row.text[-2:] for row in older.context["page"].rows] == ["01", "00"]


def test_a_board_costs_the_same_for_one_post_and_for_many(client, network, receipt, same_queries):
    def grow():
        for _ in range(3):
            send(client, network.publish(a_post()))
        client.get(BOARD)  # the page with the thanks says who helps now as well

    for address in (BOARD, f"{BOARD}feed.atom"):
        same_queries(lambda address=address: client.get(address), grow)


def test_a_post_costs_the_same_for_one_comment_and_for_many(client, network, receipt, same_queries):
    def release_all():
        for item in network.replies(receipt.ref):
            network.release(item)

    send(client, receipt)
    release_all()

    def grow():
        for number in range(4):
            send(client, receipt, text=f"More {number}")
        release_all()
        client.get(receipt.ref.address)  # the page with the thanks says who helps now as well

    client.get(receipt.ref.address)  # the thanks of the first comment are shown and gone
    same_queries(lambda: (client.get(receipt.ref.address), client.get(receipt.ref.address))[1], grow)
