"""Each problem of this door says what to do next."""

from django.db import OperationalError

from schoolgate.api import problems
from tests.api.conftest import Program
from tests.api.test_posts import told


def test_what_is_not_there_says_where_to_look(amina):
    assert told(amina.get("/posts/999999"), 404)["next_step"] == (
        "Check the address, or look for the page from the home page."
    )


def test_what_cannot_be_used_says_to_change_what_the_fields_name(amina):
    found = told(amina.post("/posts", {}), 422)
    assert found["fields"] != {}
    assert found["next_step"] == "Change the fields listed, and send it again."


def test_a_school_that_is_not_there_says_so_beside_its_field(world, amina):
    found = told(amina.post("/posts", world.content(school=999999)), 422)
    assert found["fields"]["school"] == "This school doesn’t exist. Give the ID of one you can see."
    assert found["next_step"] == "Change the fields listed, and send it again."


def test_a_key_that_is_none_says_how_to_get_one(world):
    assert "Create a key on your own page" in told(Program().get("/me"), 401)["next_step"]


def test_our_own_fault_says_to_try_again_and_whom_to_tell(rf):
    found = problems._broken(rf.get("/api/v1/me"), RuntimeError("a fault"))
    assert (
        b"ry again in a few minutes. If it happens again, give this reference to the person who looks after"
        in found.content
    )


def test_while_the_database_is_away_a_program_is_told_when_to_come_back(rf):
    found = problems._broken(rf.get("/api/v1/me"), OperationalError("the connection was cut"))
    assert (found.status_code, found.headers["Retry-After"]) == (503, "10")
    assert b"may or may not have been saved" in found.content
