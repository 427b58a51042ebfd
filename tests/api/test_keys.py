"""Who is let in, and what everybody else is told."""

import json
from datetime import timedelta

from django.urls import get_resolver

from schoolgate.api import calls
from schoolgate.api.problems import PROBLEM
from schoolgate.core.tenancy import scope
from schoolgate.people.models import ApiToken, RoleAssignment
from schoolgate.people.sessions import end_token
from tests.api.conftest import LONG_BEFORE, Program
from tests.stories import rolled_back


def told(answer):
    assert answer["Content-Type"] == PROBLEM
    return json.loads(answer.content)


def test_a_living_key_says_who_calls(world, amina):
    answer = amina.get("/me")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "id": world.amina.pk,
            "name": "Amina Khan",
            "federation": "wildground",
            "may": answer.json()["may"],
            "schools": [{"id": world.school.pk, "name": "Juniors"}],
        },
    )
    assert "write_post" in answer.json()["may"]


def refused(program):
    answer = program.get("/me")
    assert answer["WWW-Authenticate"] == "Bearer"
    return answer.status_code, told(answer)["status"], told(answer)["title"]


def test_without_a_living_key_the_answer_is_401(world, amina):
    """No key, one that is none, one for another federation, one that ended or ran out, and one of somebody
    who holds no role any more."""
    for header in ("", "Bearer", "Bearer x", "Basic eDp5", "Bearer sg_1_" + "a" * 43):
        program = Program()
        program.client.defaults = {"HTTP_AUTHORIZATION": header} if header else {}
        assert refused(program) == (401, 401, "Unauthorized"), header

    keys = ApiToken.objects.filter(person=world.amina)
    ways = {
        "ended": lambda: end_token(by=world.amina, at=LONG_BEFORE, token_id=keys.get().pk),
        "ran out": lambda: keys.update(made_at=LONG_BEFORE - timedelta(days=9), expires_at=LONG_BEFORE),
        "no role": lambda: RoleAssignment.objects.filter(person=world.amina).update(
            ended_on=LONG_BEFORE.date()
        ),
    }
    for way, end in ways.items():
        with rolled_back():
            assert amina.get("/me").status_code == 200
            with scope(world.federation.pk):
                end()
            assert refused(amina) == (401, 401, "Unauthorized"), way


def test_the_key_of_one_federation_is_nothing_under_anothers_number(world, amina, make_federation):
    other = make_federation("wootton", "wootton")
    text = amina.key.replace(f"sg_{world.federation.pk}_", f"sg_{other.pk}_")
    assert refused(Program(text)) == (401, 401, "Unauthorized")


def test_a_key_that_may_only_read_changes_nothing(world):
    program = world.program(world.amina, may_write=False)
    assert program.get("/posts").status_code == 200
    answer = program.post("/posts", world.content())
    assert (answer.status_code, told(answer)["detail"]) == (403, "This key may only read.")
    assert program.get("/posts").json()["rows"] == []


def test_a_session_on_the_pages_opens_nothing_here(world):
    program = Program()
    program.client.force_login(world.amina.user)
    assert program.get("/me").status_code == 401


def test_no_form_token_is_asked_for(world, amina):
    amina.client.handler.enforce_csrf_checks = True
    assert amina.post("/posts", world.content()).status_code == 201


def test_a_key_that_asks_too_often_is_told_to_wait_and_no_other_is(amina, ben, monkeypatch):
    assert calls.RATE == "300/m"
    monkeypatch.setattr(calls, "RATE", "3/m")
    assert [amina.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = amina.get("/me")
    assert (told(answer)["status"], answer["Retry-After"]) == (429, "60")
    assert ben.get("/me").status_code == 200


def test_whoever_tries_out_keys_is_slowed_down(world, amina, monkeypatch):
    assert calls.WRONG_KEYS == "60/m"
    monkeypatch.setattr(calls, "WRONG_KEYS", "3/m")
    codes = [Program("sg_1_" + "a" * 43).get("/me").status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]
    assert amina.get("/me").status_code == 200


def test_an_unknown_address_is_told_in_the_same_shape(world, amina):
    for path in ("/nothing", "/posts/x", "/posts/", "/../v2/me"):
        assert told(amina.get(path))["status"] in (404, 422), path


def test_every_address_but_the_document_asks_for_a_key(db):
    api = next(each for each in get_resolver().url_patterns if str(each.pattern) == "api/")
    paths = [
        str(pattern.pattern) for pattern in api.url_patterns[0].url_patterns if pattern.name != "openapi-json"
    ]
    answers = {
        path: Program().get("/" + path.replace("<post_id>", "1")).status_code for path in paths if path
    }
    assert {code for path, code in answers.items()} <= {401, 404, 405}


def test_words_come_in_the_persons_language_unless_the_program_asks_for_another(world):
    with scope(world.federation.pk):
        type(world.amina).objects.filter(pk=world.amina.pk).update(language="cy")
    program = world.program(world.amina)
    welsh = told(program.get("/posts/1"))["detail"]
    english = told(Program(program.key, **{"Accept-Language": "en"}).get("/posts/1"))["detail"]
    assert english == "There is nothing at this address."
    assert welsh != english
