"""What came in, pictures, decisions and accounts through the door for programs."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.models import Answer, Item
from schoolgate.media.models import Picture
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.rulebook import book
from tests.api.test_posts import start, told
from tests.cast import someone


@pytest.fixture
def comment(world):
    """A parent's comment on the noticeboard, an hour ago."""
    at = datetime.now(UTC) - timedelta(hours=1)
    given = IncomingItem(
        network="noticeboard", ref=Ref(network="noticeboard", id="c1", address="/x"),
        author=Author(id="p", handle="Pat"), text="What should they wear?", created_at=at,
        attachments=(), visibility="public",
    )  # fmt: skip
    with scope(world.federation.pk):
        ingest(at=at, account=world.board, items=[given])
        return Item.objects.get()


def answer_to(comment, **changes):
    said = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}
    return {"text": "Anything green.", "version": comment.version, "said": said, **changes}


def test_what_came_in_is_listed_read_and_answered(world, ben, comment):
    rows = ben.get("/inbox").json()["rows"]
    assert [(row["id"], row["network"], row["state"]) for row in rows] == [
        (comment.pk, "noticeboard", "open")
    ]
    found = ben.get(f"/inbox/{comment.pk}").json()
    assert (found["versions"][0]["text"], found["version"]) == ("What should they wear?", comment.version)
    answered = ben.post(f"/inbox/{comment.pk}/answers", answer_to(comment))
    assert (answered.status_code, answered.json()["state"]) == (201, "answering")
    assert [each["text"] for each in answered.json()["answers"]] == ["Anything green."]


def test_an_answer_that_cannot_be_used_is_refused_and_not_kept(world, ben, comment):
    """To what was changed meanwhile, or with a field that is named."""
    told(ben.post(f"/inbox/{comment.pk}/answers", answer_to(comment, version="other")), 409)
    for change, field in [
        ({"text": ""}, "text"), ({"said": {"mood": True}}, "said.mood"), ({"language": "fr"}, "language"),
    ]:  # fmt: skip
        found = told(ben.post(f"/inbox/{comment.pk}/answers", answer_to(comment, **change)), 422)
        assert list(found["fields"]) == [field], change
    with scope(world.federation.pk):
        assert Answer.objects.count() == 0


def test_an_item_is_closed_with_a_reason_from_the_list_by_who_has_a_part_in_it(world, ben, comment):
    with scope(world.federation.pk):
        dora = someone("Dora Diaz", "staff")
    program = world.program(dora)
    assert program.get("/inbox").json()["rows"] == []
    told(program.get(f"/inbox/{comment.pk}"), 404)
    told(program.post(f"/inbox/{comment.pk}/close", {"reason": "spam"}), 404)

    told(ben.post(f"/inbox/{comment.pk}/close", {"reason": "bored"}), 422)
    closed = ben.post(f"/inbox/{comment.pk}/close", {"reason": "no_answer_needed"}).json()
    assert (closed["state"], closed["close_reason"]) == ("closed", "no_answer_needed")


def pasted(world, **changes):
    appeared = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
    given = {
        "account": world.facebook.pk,
        "text": "When is the fair?",
        "appeared_at": appeared,
        "author": "Pat",
    }
    return given | changes


def test_a_comment_is_copied_in_once_and_the_inbox_goes_page_by_page(world, ben):
    body = pasted(world)
    first, second = ben.post("/inbox", body), ben.post("/inbox", body)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] == second.json()["id"]
    assert (first.json()["network"], first.json()["versions"][0]["text"]) == ("facebook", "When is the fair?")

    made = [first.json()["id"]]
    made += [ben.post("/inbox", pasted(world, text=f"Number {n}")).json()["id"] for n in range(2)]
    page = ben.get("/inbox", limit=2).json()
    following = ben.get("/inbox", limit=2, before=page["next"], state="open").json()
    assert [row["id"] for row in page["rows"] + following["rows"]] == made[::-1]


def test_a_comment_that_cannot_be_copied_in_names_the_field(world, ben):
    for change, field in [
        ({"account": 999}, "account"), ({"post": 999}, "post"), ({"text": "  "}, "text"),
        ({"appeared_at": "2999-01-01T00:00:00Z"}, "appeared_at"), ({"address": "http://x"}, "address"),
        ({"appeared_at": "0001-01-01T00:00:00Z"}, "appeared_at"), ({"author": "x" * 301}, "author"),
    ]:  # fmt: skip
        assert list(told(ben.post("/inbox", pasted(world, **change)), 422)["fields"]) == [field], change


def png(width=40):
    out = io.BytesIO()
    Image.new("RGB", (width, 30), "green").save(out, "PNG")
    return out.getvalue()


def upload(program, world, content, **about):
    given = {"school": world.school.pk, "picture": SimpleUploadedFile("a.txt", content), **about}
    return program.client.post("/api/v1/pictures", given)


@pytest.mark.usefixtures("home")
def test_a_picture_is_proven_kept_and_given_back(world, amina, ben):
    """And goes into the posts of who brought it alone."""
    answer = upload(amina, world, png(), alt="The field", shows_people="false")
    found = answer.json()
    assert (answer.status_code, found["media_type"], found["alt"]) == (201, "image/jpeg", "The field")
    assert (found["shows_people"], found["shows_pupils"]) == (False, None)
    assert amina.get(f"/pictures/{found['id']}").json() == found
    file = amina.get(f"/pictures/{found['id']}/file")
    assert file["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(file.content)).size == (40, 30)
    content = world.content(pictures=[found["id"]])
    assert list(told(ben.post("/posts", content), 422)["fields"]) == ["pictures.0"]
    assert start(world, amina, pictures=[found["id"]])["pictures"] == [found["id"]]


@pytest.mark.usefixtures("home")
def test_what_is_no_picture_is_refused_and_leaves_no_row(world, amina, sam):
    """Neither what comes for no school, nor from somebody who writes no posts."""
    for content in (b"", b"no picture", b"<svg/>", png()[:60]):
        assert list(told(upload(amina, world, content), 422)["fields"]) == ["picture"], content
    assert list(told(upload(amina, world, png(), school=999), 422)["fields"]) == ["school"]
    told(upload(sam, world, png()), 403)
    with scope(world.federation.pk):
        assert Picture.objects.count() == 0


def test_a_decision_is_there_for_who_may_see_it_with_the_wording_of_its_day(world, amina, ben):
    post = start(world, amina, answers={})
    number = json.loads(amina.post(f"/posts/{post['id']}/submit").content)["decision"]
    found = amina.get(f"/decisions/{number}").json()
    assert (found["by"], found["situation"]) == (world.amina.pk, "post.publish")
    assert found["findings"][0]["clauses"][0]["says"]
    assert found["facts"]
    assert ben.get(f"/decisions/{number}").json()["facts"] is None
    with scope(world.federation.pk):
        dora = someone("Dora Diaz", "staff")
    told(world.program(dora).get(f"/decisions/{number}"), 404)


def test_the_accounts_are_listed_by_id(world, amina):
    first = amina.get("/accounts", limit=1).json()
    second = amina.get("/accounts", limit=1, after=first["next"]).json()
    assert [row["network"] for row in first["rows"] + second["rows"]] == ["noticeboard", "facebook"]
    assert second["next"] is None


@pytest.mark.usefixtures("home")
def test_another_federations_ids_are_not_there(world, amina, comment, make_federation):
    post = start(world, amina, answers={})
    ids = {
        "post": post["id"],
        "item": comment.pk,
        "picture": upload(amina, world, png()).json()["id"],
        "decision": json.loads(amina.post(f"/posts/{post['id']}/submit").content)["decision"],
    }
    with scope(make_federation("wootton", "wootton").pk):
        stranger = world.program(someone("Olga Other", *(role.key for role in book("wootton").roles)))
    assert stranger.get("/me").status_code == 200
    for method, path, body in [
        ("get", "/posts/{post}", None), ("get", "/posts/{post}/verdict", None),
        ("get", "/posts/{post}/deliveries", None), ("post", "/posts/{post}/submit", None),
        ("post", "/posts/{post}/approve", {"seen": "0" * 64}),
        ("post", "/posts/{post}/send-back", {"reason": "x"}),
        ("post", "/posts/{post}/withdraw", None), ("post", "/posts/{post}/take-down", {"reason": "other"}),
        ("get", "/inbox/{item}", None), ("post", "/inbox/{item}/close", {"reason": "spam"}),
        ("post", "/inbox/{item}/answers", {"text": "x", "version": "x"}),
        ("get", "/decisions/{decision}", None), ("get", "/pictures/{picture}", None),
        ("get", "/pictures/{picture}/file", None),
        ("put", "/posts/{post}", {"targets": [], "version": 1}),
    ]:  # fmt: skip
        address = path.format(**ids)
        answer = stranger.get(address) if method == "get" else stranger.send(method, address, body)
        assert answer.status_code == 404, (method, path)
        told(answer, 404)
    assert stranger.get("/posts").json() == {"rows": [], "next": None}
    assert stranger.get("/inbox").json() == {"rows": [], "next": None, "after": None}
    assert stranger.get("/accounts").json() == {"rows": [], "next": None}
    assert list(told(stranger.post("/posts", world.content()), 422)["fields"]) == ["school"]
