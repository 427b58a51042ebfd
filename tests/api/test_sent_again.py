"""A program that sends a request again, because no answer came, has done it once: `Idempotency-Key`."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test.client import encode_multipart

from schoolgate.api.calls import ONCE
from schoolgate.api.urls import api
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox import seeing
from schoolgate.inbox.models import Answer, Item
from schoolgate.incidents.reporting import disclose
from schoolgate.media.models import Picture
from schoolgate.people import sessions
from schoolgate.people.models import ApiCall
from schoolgate.publishing.models import Approval, Post
from tests.api.conftest import World, key_of
from tests.api.test_others import answer_to, comment, pasted, png
from tests.api.test_posts import start, told
from tests.cast import someone
from tests.gates.files import expect_none

__all__ = ["comment"]


def named(program, key, method, path, body=None):
    data = "" if body is None else json.dumps(body)
    headers = {ONCE: key}
    call = getattr(program.client, method)
    return call(f"/api/v1{path}", data, content_type="application/json", headers=headers)


def again(program, method, path, body=None, *, key="one"):
    """Send it twice with the same key; both answers, of which the second did nothing."""
    first, second = (named(program, key, method, path, body) for _time in range(2))
    assert first.status_code == second.status_code, (first.content, second.content)
    assert (first.has_header("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (False, "true")
    return first.json(), second.json()


def test_every_operation_that_changes_something_takes_a_key_and_says_so():
    document = api.get_openapi_schema()
    looks = {("post", "/posts/preview"), ("post", "/inbox/search")}
    wrong = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            takes = any(each["name"] == ONCE for each in operation.get("parameters", ()))
            bare = path.removeprefix("/api/v1")
            if takes != (method != "get" and (method, bare) not in looks):
                wrong.append(f"{method} {path}")
    expect_none(
        wrong, "Wrap what changes something in `changes(...)`, with what answers when it comes again."
    )


def test_a_post_is_written_once_changed_once_and_goes_its_whole_way_once(world, amina, ben):
    """Each step sent twice; the answer is the post as it is."""
    made, same = again(amina, "post", "/posts", world.content())
    assert made == same
    with scope(world.federation.pk):
        assert Post.objects.count() == 1
    post = f"/posts/{made['id']}"
    changed = {**world.content(), "version": made["version"]}
    changed["targets"] = [{"account": world.board.pk, "text": "Sports day is on Monday."}]
    changed.pop("school")
    found, _same = again(amina, "put", post, changed, key="two")
    assert found["targets"][0]["text"] == "Sports day is on Monday."
    post = f"/posts/{start(world, amina)['id']}"
    sent, _same = again(amina, "post", f"{post}/submit", key="three")
    back, _same = again(ben, "post", f"{post}/send-back", {"reason": "Which?"}, key="four")
    assert (sent["state"], back["state"]) == ("submitted", "draft")
    sent, _same = again(amina, "post", f"{post}/submit", key="five")
    gone, same = again(ben, "post", f"{post}/approve", {"seen": sent["seen"]}, key="six")
    assert (gone["state"], same["state"]) == ("approved", "approved")
    with scope(world.federation.pk):
        assert Approval.objects.count() == 1
    withdrawn, _same = again(amina, "post", f"{post}/withdraw", key="seven")
    assert withdrawn["state"] == "withdrawn"


def test_a_comment_is_copied_in_answered_and_closed_once(world, ben, comment):
    body = pasted(world, text="Is the pool open?")
    made, same = again(ben, "post", "/inbox", body)
    assert made["id"] == same["id"]
    again(ben, "post", f"/inbox/{comment.pk}/answers", answer_to(comment), key="two")
    closed, _same = again(
        ben, "post", f"/inbox/{made['id']}/close", {"reason": "no_answer_needed"}, key="three"
    )
    assert closed["state"] == "closed"
    with scope(world.federation.pk):
        assert (Item.objects.count(), Answer.objects.count()) == (2, 1)


@pytest.mark.usefixtures("home")
def test_a_picture_is_added_once_though_each_sending_has_another_boundary(world, amina):
    answers, content = [], png()
    for boundary in ("first", "second"):
        body = encode_multipart(
            boundary, {"school": str(world.school.pk), "picture": SimpleUploadedFile("a.png", content)}
        )
        kind = f"multipart/form-data; boundary={boundary}"
        answers.append(amina.client.post("/api/v1/pictures", body, content_type=kind, headers={ONCE: "one"}))
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    with scope(world.federation.pk):
        assert Picture.objects.count() == 1


def test_a_key_belongs_to_one_request_of_one_program(world, amina, ben):
    body = world.content()
    first = named(amina, "one", "post", "/posts", body).json()
    for path, other in [
        ("/posts", {**body, "note": "x"}),
        ("/posts", world.content(answers={})),
        ("/inbox", body),
    ]:
        found = told(named(amina, "one", "post", path, other), 422)
        if path == "/posts" and "note" not in other:
            assert list(found["fields"]) == [ONCE]
    assert named(ben, "one", "post", "/posts", body).json()["id"] != first["id"]
    assert named(amina, "two", "post", "/posts", body).json()["id"] != first["id"]


def test_what_was_refused_did_nothing_and_is_tried_again(world, amina):
    post = start(world, amina, answers={})
    path = f"/posts/{post['id']}/submit"
    told(named(amina, "one", "post", path), 409)
    body = {**world.content(), "version": post["version"]}
    body.pop("school")
    assert amina.put(f"/posts/{post['id']}", body).status_code == 200
    sent = named(amina, "one", "post", path)
    assert (sent.status_code, sent.json()["state"]) == (200, "submitted")
    assert not sent.has_header("Idempotency-Replayed")


def test_without_a_key_a_request_sent_again_is_another(world, amina):
    for _time in range(2):
        start(world, amina)
    with scope(world.federation.pk):
        assert (Post.objects.count(), ApiCall.objects.count()) == (2, 0)


@pytest.mark.parametrize("key", ["", "two words", "x" * 201, "é"])
def test_what_is_no_key_is_refused(world, amina, key):
    found = told(named(amina, key, "post", "/posts", world.content()), 422)
    assert list(found["fields"]) == [ONCE]
    assert named(amina, "x" * 200, "post", "/posts", world.content()).status_code == 201


def test_a_key_that_only_reads_changes_nothing_with_a_name_either(world, amina):
    named(amina, "one", "post", "/posts", world.content())
    reader = world.program(world.amina, may_write=False)
    assert named(reader, "one", "post", "/posts", world.content()).status_code == 403


def test_after_a_day_a_key_is_a_new_one_and_the_old_row_is_gone(world, amina):
    first = named(amina, "one", "post", "/posts", world.content()).json()
    with scope(world.federation.pk):
        row = ApiCall.objects.get()
        sessions.done_by_call(
            at=row.at + sessions.KEPT - timedelta(seconds=1), token=row.token, said="x", request="x"
        )
        assert ApiCall.objects.count() == 1
        sessions.done_by_call(at=row.at + sessions.KEPT, token=row.token, said="x", request="x")
        assert ApiCall.objects.count() == 0
    assert named(amina, "one", "post", "/posts", world.content()).json()["id"] != first["id"]


def test_who_may_no_longer_see_the_thing_hears_its_number_alone(world, ben):
    body = pasted(world, text="my dad hits me when he is drunk")
    made = named(ben, "one", "post", "/inbox", body).json()
    with scope(world.federation.pk):
        lead = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=datetime.now(UTC))
        item = seeing.item(made["id"])
        disclose(by=world.ben, at=datetime.now(UTC), item=item, mark="m", danger=False)
    again = named(ben, "one", "post", "/inbox", body)
    assert (again.status_code, again.json()) == (202, {"id": made["id"]})
    assert again["Idempotency-Replayed"] == "true"
    told(ben.get(f"/inbox/{made['id']}"), 404)


def test_of_two_that_arrive_at_the_same_moment_one_is_carried_out(own_database, make_federation, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    world = World(make_federation(), key_of)
    program, answers = world.program(world.amina), []
    ready = threading.Barrier(2)

    def send():
        try:
            ready.wait()
            answers.append(named(program, "one", "post", "/posts", world.content()))
        finally:
            connections.close_all()

    both = [threading.Thread(target=send) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert sorted(each.has_header("Idempotency-Replayed") for each in answers) == [False, True]
    with scope(world.federation.pk):
        assert Post.objects.count() == 1
