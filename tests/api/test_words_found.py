"""Words found in a reply and in a post to approve are answered with `hits`: as on the pages, no one gets
more by a program."""

from __future__ import annotations

import pytest

from schoolgate.core.clock import now
from schoolgate.core.leaving import Said
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.models import Answer
from schoolgate.media.pictures import add_picture
from schoolgate.media.proving import ProvenPicture
from schoolgate.publishing.drafting import draft_post
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.models import HitAnswer, Post, WithheldPicture, WordAnswer
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil
from tests.api.conftest import LONG_BEFORE
from tests.api.test_others import pasted, told
from tests.api.test_posts import start
from tests.cast import someone
from tests.publishing.conftest import ANSWERS

REPLY = "Well done {name}!"
REASON = "A grown-up of that name."
SAID = {"from_press": False, "asks_for_comment": False, "to_relation": "parent", "in_doubt": False}


@pytest.fixture
def pupils(world, home):
    """Ava, who has no consent; Cerys, on the do-not-publish list; a safeguarding lead."""
    with scope(world.federation.pk):
        for first, last in (("Ava", "Prydderch"), ("Cerys", "Llewelyn")):
            row = Pupil.objects.create(
                school=world.school, key=first, first_name=first, last_name=last, form="4B", year="4"
            )
        lead = someone("Lena Lead", "lead-staff-member")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=LONG_BEFORE)
        keep_off(by=lead, at=LONG_BEFORE, pupil=row, why="")
    return lead


@pytest.fixture
def item(world, ben, pupils):
    return ben.post("/inbox", pasted(world)).json()


def reply(program, item, text, hits=()):
    body = {"text": text, "version": item["version"], "said": SAID, "hits": list(hits)}
    return program.post(f"/inbox/{item['id']}/answers", body)


def answer_to(response, reply="not_pupil", words=REASON):
    """The answer to the one thing that a problem names."""
    (found,) = told(response, 422)["words"]
    return [{"hit": found["hit"], "reply": reply, "words": words}]


def written(world):
    with scope(world.federation.pk):
        return Answer.objects.count(), WordAnswer.objects.count()


def test_a_reply_with_a_name_is_held_and_goes_once_it_is_answered_with_a_reason(world, ben, item):
    text = REPLY.format(name="Ava Prydderch")
    held = reply(ben, item, text)
    (found,) = told(held, 422)["words"]
    assert (found["words"], found["fields"], found["replies"]) == ("Ava Prydderch", ["text"], ["not_pupil"])
    assert (found["number"], found["needs_reason"]) == (1, True)
    assert (found["needs_reason"], written(world)) == (True, (0, 0))
    assert reply(ben, item, text, answer_to(held)).status_code == 201
    with scope(world.federation.pk):
        assert [(row.reply, row.words) for row in WordAnswer.objects.all()] == [("not_pupil", REASON)]


NOT_OFFERED = {
    "no reason": {"words": ""}, "blanks": {"words": "   "}, "who may not be named": {"reply": "may_name"},
    "a reply of another kind": {"reply": "ours"}, "another hit": {"hit": "0" * 32},
}  # fmt: skip


def test_an_answer_that_is_not_offered_or_not_whole_lets_nothing_out(world, ben, item):
    text = REPLY.format(name="Ava Prydderch")
    (hit,) = answer_to(reply(ben, item, text))
    for name, changed in NOT_OFFERED.items():
        answer = reply(ben, item, text, [hit | changed])
        assert answer.status_code == 422, name
        told(answer, 422)
        assert written(world) == (0, 0), name


def test_a_value_that_cannot_be_is_refused_by_both_doors(world, amina, ben, item):
    post = start(world, amina)
    for bad in (
        [{"hit": "x" * 33, "reply": "not_pupil"}], [{"hit": "a\x00", "reply": "not_pupil"}],
        [{"hit": "a", "reply": "yes"}], [{"hit": "a"}], [{"hit": "a", "reply": "not_pupil", "more": 1}],
        [{"hit": "a", "reply": "not_pupil", "words": "x" * 501}],
        [{"hit": "a", "reply": "not_pupil", "words": "\x00"}],
        [{"hit": "a", "reply": "not_pupil"}] * 101, {"hit": "a"}, "a", None,
    ):  # fmt: skip
        body = {"text": "Friday.", "version": item["version"], "said": SAID, "hits": bad}
        approval = {"seen": "0" * 64, "hits": bad}
        for path, given in (
            (f"/inbox/{item['id']}/answers", body),
            (f"/posts/{post['id']}/approve", approval),
        ):
            answer = ben.post(path, given)
            assert answer.status_code == 422, (path, str(bad)[:60])
            told(answer, 422)
    assert written(world) == (0, 0)


def test_a_name_on_the_do_not_publish_list_is_let_out_by_a_lead_alone(world, ben, item, pupils):
    text = REPLY.format(name="Cerys Llewelyn")
    held = reply(ben, item, text)
    (found,) = told(held, 422)["words"]
    assert found["replies"] == []
    told(reply(ben, item, text, answer_to(held)), 422)
    assert written(world) == (0, 0)
    lead = world.program(pupils)
    assert reply(lead, item, text, answer_to(reply(lead, item, text))).status_code == 201


# --- A post to approve


def submitted(world, amina, name):
    """A post of Amina's with a name, of which she said that it's no pupil's; as Ben reads it."""
    texts = [{"account": world.board.pk, "text": f"{name} won the raffle."}]
    verdict = amina.post("/posts/preview", world.content(targets=texts)).json()
    (hit,) = [each for each in verdict["hits"] if each["kind"] == "pupil"]
    said = [{"hit": hit["hit"], "reply": "not_pupil", "words": REASON}]
    post = start(world, amina, targets=texts, hits=said)
    return amina.post(f"/posts/{post['id']}/submit"), said


def approve(program, post, hits=()):
    seen = program.get(f"/posts/{post}").json().get("seen") or "0" * 64
    return program.post(f"/posts/{post}/approve", {"seen": seen, "hits": list(hits)})


def test_an_approver_says_the_same_as_the_author_in_the_same_call(world, amina, ben, pupils):
    answer, said = submitted(world, amina, "Ava Prydderch")
    assert answer.status_code == 200, answer.content
    post = answer.json()["id"]
    told(approve(ben, post), 422)
    assert approve(ben, post, [said[0] | {"words": ""}]).json()["state"] == "approved"
    with scope(world.federation.pk):
        (row,) = HitAnswer.objects.all()
        assert (row.by_id, row.also_by_id, row.words) == (world.amina.pk, world.ben.pk, REASON)


def test_an_approver_who_answers_otherwise_approves_nothing(world, amina, ben, pupils):
    answer, (said,) = submitted(world, amina, "Ava Prydderch")
    post = answer.json()["id"]
    for changed in ({"reply": "may_name"}, {"reply": "ours"}, {"hit": "0" * 32}):
        assert approve(ben, post, [said | changed]).status_code in (409, 422), changed
        assert ben.get(f"/posts/{post}").json()["state"] == "submitted", changed


def test_neither_author_nor_approver_lets_out_who_must_not_be_published(world, amina, ben, pupils):
    texts = [{"account": world.board.pk, "text": "Cerys Llewelyn won the raffle."}]
    verdict = amina.post("/posts/preview", world.content(targets=texts)).json()
    (hit,) = [each for each in verdict["hits"] if each["kind"] == "pupil"]
    said = [{"hit": hit["hit"], "reply": "not_pupil", "words": REASON}]
    told(amina.post("/posts", world.content(targets=texts, hits=said)), 422)
    post = start(world, amina, targets=texts)
    told(amina.post(f"/posts/{post['id']}/submit"), 422)
    assert approve(ben, post["id"], said).status_code == 404, "a draft that only a lead lets out"


def test_a_picture_that_must_not_be_shown_is_let_out_by_neither_author_nor_mere_approver(world, amina, ben):
    """The picture is one that was taken down for someone's safety: a safeguarding lead alone answers."""
    with scope(world.federation.pk):
        picture = add_picture(
            by=world.amina, at=LONG_BEFORE, school=world.school, alt="The field.", shows_people=False,
            shows_pupils=False, digest="d" * 64, proven=ProvenPicture(b"", "image/jpeg", 1, 1, (5,), 0),
            read=False,
        )  # fmt: skip
        old = draft_post(by=world.amina, at=LONG_BEFORE, school=world.school, targets=[], text="Old.")
        WithheldPicture.objects.create(post=old, digest="d" * 64, prints=[5], at=LONG_BEFORE)
    post = start(world, amina, pictures=[picture.pk])
    verdict = amina.get(f"/posts/{post['id']}/verdict").json()
    (hit,) = [each for each in verdict["hits"] if each["kind"] == "picture"]
    assert (hit["stops"], hit["lead_only"], hit["needs_reason"], hit["words"]) == (True, True, True, "")
    told(amina.post(f"/posts/{post['id']}/submit"), 422)
    said = [{"hit": hit["hit"], "reply": "right", "words": REASON}]
    told(amina.post("/posts", world.content(pictures=[picture.pk], hits=said)), 422)
    assert approve(ben, post["id"], said).status_code == 404, "a draft that only a lead lets out"
    with scope(world.federation.pk):
        assert not HitAnswer.objects.filter(kind="picture").exists()


def test_a_program_says_too_why_no_one_is_recognisable_where_a_face_was_counted(world, amina, ben):
    with scope(world.federation.pk):
        picture = add_picture(
            by=world.amina, at=LONG_BEFORE, school=world.school, alt="The field.", shows_people=False,
            shows_pupils=False, digest="d" * 64, proven=ProvenPicture(b"", "image/jpeg", 1, 1, (), 2),
            read=False,
        )  # fmt: skip
    content = world.content(pictures=[picture.pk], answers={**ANSWERS, "fit": True})
    post = amina.post("/posts", content).json()
    (hit,) = amina.get(f"/posts/{post['id']}/verdict").json()["hits"]
    assert (hit["kind"], hit["stops"], hit["needs_reason"], hit["replies"]) == ("face", True, True, ["right"])
    assert hit["fields"] == [f"picture-{picture.pk}"]
    told(amina.post(f"/posts/{post['id']}/submit"), 422)
    del content["school"]

    def saying(words):
        said = [{"hit": hit["hit"], "reply": "right", "words": words}]
        return amina.put(f"/posts/{post['id']}", {**content, "hits": said, "version": post["version"]})

    assert "screening" in told(saying("ok"), 422)["fields"]
    post = saying(REASON).json()
    assert amina.post(f"/posts/{post['id']}/submit").status_code == 200
    (hit,) = ben.get(f"/posts/{post['id']}/verdict").json()["hits"]
    assert (hit["stops"], hit["reason"]) == (False, REASON)


def test_what_stops_a_post_is_answered_before_it_is_sent_for_approval(world, amina, pupils):
    post = start(world, amina, targets=[{"account": world.board.pk, "text": "Ava Prydderch won."}])
    refused = told(amina.post(f"/posts/{post['id']}/submit"), 422)
    assert "screening" in refused["fields"]


def test_children_asked_home_stop_no_post_and_only_a_lead_lets_it_out(world, amina, ben, pupils):
    words = "Mr Reed would like the boys to come to his house on Saturday."
    post = start(world, amina, targets=[{"account": world.board.pk, "text": words}])
    assert amina.post(f"/posts/{post['id']}/submit").status_code == 200
    hits = ben.get(f"/posts/{post['id']}/verdict").json()["hits"]
    (hit,) = [each for each in hits if each["kind"] == "danger"]
    assert (hit["stops"], hit["lead_only"]) == (False, True)
    said = [{"hit": hit["hit"], "reply": "right", "words": REASON}]
    for answers in ([], said):
        assert approve(ben, post["id"], answers).status_code in (403, 404, 409, 422)
        assert amina.get(f"/posts/{post['id']}").json()["state"] == "submitted"
    with scope(world.federation.pk):
        row = Post.objects.get(pk=post["id"])
        let_out = {each["hit"]: Said("right", REASON) for each in hits}
        answer_hits(by=pupils, at=now(), post=row, said=let_out)
    assert approve(ben, post["id"]).json()["state"] == "approved"
