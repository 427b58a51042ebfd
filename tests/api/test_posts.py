"""Posts through the door for programs: the same rules as on the pages."""

import json
from datetime import UTC, datetime, timedelta

from schoolgate.api.problems import PROBLEM
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries, starting
from schoolgate.publishing.models import Approval, Post
from schoolgate.pupils.models import Pupil
from tests.cast import someone


def told(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM), answer.content
    found = json.loads(answer.content)
    assert found["status"] == status
    return found


def start(world, program, **changes):
    answer = program.post("/posts", world.content(**changes))
    assert answer.status_code == 201, answer.content
    return answer.json()


def submitted(world, program, **changes):
    post = start(world, program, **changes)
    answer = program.post(f"/posts/{post['id']}/submit")
    assert answer.status_code == 200, answer.content
    return answer.json()


def state_of(world, post):
    with scope(world.federation.pk):
        return Post.objects.get(pk=post["id"]).state


def test_a_post_is_written_checked_approved_by_another_and_taken_down(world, amina, ben):
    """Approved once, by who may, and as it stands; who comes later reads who was first."""
    post = submitted(world, amina)
    assert post["state"] == "submitted"
    address = f"/posts/{post['id']}/approve"
    with scope(world.federation.pk):
        dora = someone("Dora Diaz", "staff")
    assert world.program(dora).post(address, {"seen": post["seen"]}).status_code in (403, 404)
    told(ben.post(address, {"seen": "0" * 64}), 409)
    assert state_of(world, post) == "submitted"

    approved = ben.post(address, {"seen": post["seen"]}).json()
    assert (approved["state"], approved["approval"]["by"], approved["seen"]) == (
        "approved",
        world.ben.pk,
        None,
    )
    found = told(ben.post(address, {"seen": post["seen"]}), 409)
    assert found["already_done"] is True
    assert (found["done"]["what"], found["done"]["by"]) == ("Approved", world.ben.name)
    assert datetime.now(UTC) - datetime.fromisoformat(found["done"]["at"]) < timedelta(minutes=5)

    with scope(world.federation.pk):
        starting.begin_sending(at=datetime.now(UTC), post=queries.post(post["id"]))
    [delivery] = amina.get(f"/posts/{post['id']}/deliveries").json()["rows"]
    assert (delivery["account"], delivery["purpose"], delivery["state"]) == (
        world.board.pk,
        "publish",
        "written",
    )
    assert amina.post(f"/posts/{post['id']}/take-down", {"reason": "mistake"}).json()["state"] == "taken_down"


def test_the_author_never_approves_on_this_door_either(world, ben):
    post = submitted(world, ben)
    found = told(ben.post(f"/posts/{post['id']}/approve", {"seen": post["seen"]}), 403)
    assert found["detail"] == "Someone other than the author must approve this post."
    assert found["next_step"] == "Ask a colleague who approves posts."
    with scope(world.federation.pk):
        assert (Approval.objects.count(), state_of(world, post)) == (0, "submitted")


def test_a_post_goes_back_with_a_reason_and_is_withdrawn(world, amina, ben):
    """Withdrawn once; who would approve it then is not told that it was done."""
    post = submitted(world, amina)
    assert list(told(ben.post(f"/posts/{post['id']}/send-back", {"reason": " "}), 422)["fields"]) == [
        "reason"
    ]
    back = ben.post(f"/posts/{post['id']}/send-back", {"reason": "Which Friday?"}).json()
    assert (back["state"], back["sent_back_because"]) == ("draft", "Which Friday?")
    assert amina.post(f"/posts/{post['id']}/withdraw").json()["state"] == "withdrawn"
    told(amina.post(f"/posts/{post['id']}/withdraw"), 409)
    found = told(ben.post(f"/posts/{post['id']}/approve", {"seen": post["seen"]}), 409)
    assert "already_done" not in found
    assert "done" not in found
    assert found["next_step"]


def test_a_refusal_says_what_the_policy_asks_with_its_clauses_in_the_language_asked_for(world, amina):
    post = start(world, amina, answers={})
    found = told(amina.post(f"/posts/{post['id']}/submit"), 409)
    finding = next(each for each in found["findings"] if each["needs"])
    assert finding["clauses"][0]["says"]
    assert finding["clauses"][0]["id"].startswith("wildground-")
    assert finding["needs"][0]["from"]
    assert finding["needs"][0]["says"].startswith("Waiting for ")
    assert found["points"]
    assert amina.get(f"/decisions/{found['decision']}").json()["outcome"] == found["outcome"]

    amina.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "cy"
    welsh = told(amina.post(f"/posts/{post['id']}/submit"), 409)
    said = [[need["says"] for each in one["findings"] for need in each["needs"]] for one in (found, welsh)]
    assert said[0] != said[1]
    assert welsh["points"] == found["points"]


def test_the_verdict_says_what_the_author_still_has_to_answer_and_a_preview_leaves_no_post(world, amina):
    found = amina.post("/posts/preview", world.content())
    assert (found.status_code, found.json()["verdicts"][0]["policy"]) == (200, "wildground")
    assert amina.get("/posts").json()["rows"] == []

    post = start(world, amina, answers={})
    found = amina.get(f"/posts/{post['id']}/verdict").json()
    assert [each["account"] for each in found["verdicts"]] == [world.board.pk]
    assert found["asked"]["suitable_for_children"][0].startswith("wildground-")
    answered = start(world, amina)
    [verdict] = amina.get(f"/posts/{answered['id']}/verdict").json()["verdicts"]
    points = verdict["points"]
    assert (points["suitable_for_children"], points["second_person"]) == ("permitted", "hold")


def test_what_an_author_confirmed_about_other_words_is_asked_again(world, amina):
    said = {**world.content()["answers"], "purpose": "information"}
    post = start(world, amina, answers=said)
    other = [{"account": world.board.pk, "text": "The head has left us."}]
    content = world.content(version=post["version"], targets=other, answers=said)
    del content["school"]
    changed = amina.put(f"/posts/{post['id']}", content).json()
    assert set(changed["answers"]) == {"purpose"}
    told(amina.post(f"/posts/{post['id']}/submit"), 409)
    again = amina.put(f"/posts/{post['id']}", {**content, "version": changed["version"]}).json()
    assert again["answers"] == content["answers"]
    assert amina.post(f"/posts/{post['id']}/submit").status_code == 200


def test_the_author_changes_the_version_that_was_read_and_a_colleague_none(world, amina, ben):
    post = start(world, amina)
    content = world.content(version=post["version"])
    del content["school"]
    content["targets"][0]["text"] = "Sports day is on Monday."
    told(ben.put(f"/posts/{post['id']}", content), 403)
    changed = amina.put(f"/posts/{post['id']}", content)
    assert (changed.json()["targets"][0]["text"], changed.json()["version"]) == (
        "Sports day is on Monday.",
        2,
    )
    told(amina.put(f"/posts/{post['id']}", content), 409)


def test_what_cannot_be_used_is_named_by_its_place(world, amina):
    board = world.board.pk
    cases = [
        ({"targets": [{"account": 999, "text": "x"}]}, ["targets.0.account"]),
        ({"targets": [{"account": board, "text": "x"}] * 2}, ["accounts"]),
        ({"targets": [{"account": board, "text": "a\x00b"}]}, ["targets.0.text"]),
        ({"targets": [{"account": board, "text": "x" * 100_001}]}, ["targets.0.text"]),
        ({"school": 999}, ["school"]),
        ({"pictures": [999]}, ["pictures.0"]),
        ({"colour": "red"}, ["colour"]),
        ({"answers": {"nobody_asks": True}}, ["answers"]),
        ({"answers": {"signed": "yes"}}, ["answers"]),
        ({"answers": {"labelled": True}}, ["answers"]),
        ({"planned_at": "2020-01-01T10:00:00Z"}, ["planned_at"]),
        ({"planned_at": "2027-01-01T10:00:00"}, ["planned_at"]),
        ({"people": [{"relation": "witch"}]}, ["people.0.relation"]),
    ]
    for change, fields in cases:
        assert list(told(amina.post("/posts", world.content(**change)), 422)["fields"]) == fields, change
    start(world, amina, targets=[])

    half_a_character = json.dumps(world.content()).replace("Friday", "\\ud83d")
    for body, status in ((half_a_character, 422), ("{", 400)):
        assert told(amina.client.post("/api/v1/posts", body, content_type="application/json"), status)


def test_strange_texts_come_back_as_they_were(world, amina):
    for text in ("", "😀" * 300, "مرحبا", "<script>alert(1)</script>", "x" * 20_000):
        post = start(world, amina, targets=[{"account": world.board.pk, "text": text}])
        assert amina.get(f"/posts/{post['id']}").json()["targets"][0]["text"] == text


def test_the_list_goes_page_by_page_newest_first_within_bounds(world, amina, same_queries):
    """It costs the same for one post and for many, and a planned time is in UTC."""
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
    post = start(world, amina, planned_at=later.isoformat())
    assert datetime.fromisoformat(post["planned_at"]) == later
    made = [post["id"]]
    amina.get("/posts")
    same_queries(
        lambda: amina.get("/posts"), lambda: made.extend(start(world, amina)["id"] for _ in range(2))
    )

    first = amina.get("/posts", limit=2).json()
    second = amina.get("/posts", limit=2, before=first["next"]).json()
    assert [each["id"] for each in first["rows"] + second["rows"]] == made[::-1]
    assert second["next"] is None

    for query, status in [
        ({"limit": 1}, 200), ({"limit": 100}, 200), ({"limit": 0}, 422), ({"limit": 101}, 422),
        ({"before": 2**63 - 1}, 200), ({"before": 2**63}, 422), ({"before": 0}, 422),
        ({"state": "draft"}, 200), ({"state": "odd"}, 422),
    ]:  # fmt: skip
        assert amina.get("/posts", **query).status_code == status, query


def test_a_post_of_another_school_is_not_there_for_who_has_no_part_in_it(world, amina):
    with scope(world.federation.pk):
        seniors = School.objects.create(name="Seniors", slug="seniors")
        dora = someone("Dora Diaz", "staff", school=seniors)
    post = start(world, amina)
    program = world.program(dora)
    assert program.get("/posts").json()["rows"] == []
    told(program.get(f"/posts/{post['id']}"), 404)


def test_an_approved_post_that_goes_back_is_promised_no_time_and_told_no_yes(world, amina, ben):
    post = submitted(world, amina, targets=[{"account": world.board.pk, "text": "Well done Nia Thistle."}])
    approved = ben.post(f"/posts/{post['id']}/approve", {"seen": post["seen"]}).json()
    assert (approved["goes_back"], approved["goes_out"]["held"]) == (False, False)
    verdict = f"/posts/{post['id']}/verdict"
    assert [each["answer"] for each in amina.get(verdict).json()["verdicts"]] == ["allowed"]
    with scope(world.federation.pk):
        Pupil.objects.create(school=world.school, key="N", first_name="Nia", last_name="Thistle")
    found = amina.get(f"/posts/{post['id']}").json()
    assert (found["goes_back"], found["goes_out"]) == (True, None)
    told = amina.get(verdict).json()
    assert [(each["outcome"], each["answer"]) for each in told["verdicts"]] == [("permitted", "not_yet")]
    assert told["problems"]["screening"]
