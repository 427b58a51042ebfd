"""No form and no query string of the examples breaks over what is sent to it: a fuzz with a fixed seed.

`SCHOOLGATE_TEST_FUZZ=26000` sends so many, as everybody of all five examples.
"""

from __future__ import annotations

import os
from random import Random

import pytest

from schoolgate.cli.demo.cast import CAST
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from tests.stories import rolled_back
from tests.web import fuzzing
from tests.web.fuzzing import Broken, Field, Fuzz, Reader, Seen, as_filled, spoilt
from tests.web.test_no_dead_ends import walkers
from tests.web.walking import read

WIDE = int(os.environ.get("SCHOOLGATE_TEST_FUZZ", "0"))
SEED = int(os.environ.get("SCHOOLGATE_TEST_FUZZ_SEED", "20261125"))
FEW = 400
"""Requests for each example of the gate's own run."""
KEYS = list(CAST) if WIDE else ["wildground"]
pytestmark = pytest.mark.timeout(WIDE or 900)

PAGE = """<form action="/x" method="post"><input name="a" value="1">
<input type="hidden" name="csrfmiddlewaretoken">
<select name="b"><option value=""><option value="2"></select><input type="radio" name="c" value="3">
<input type="date" name="d"><button name="do" value="go"></button></form>
<form><input type="search" name="q"></form>"""


def test_a_form_is_found_with_its_fields_filled_in_and_spoilt_the_same_each_time():
    form, search = Reader(PAGE, "/here").forms
    assert (form.action, form.posts, search.action, search.posts) == ("/x", True, "/here", False)
    filled = as_filled(form, Random(1))
    assert dict(filled) | {"d": "-"} == {"a": "1", "b": "2", "c": "3", "d": "-", "do": "go"}
    twice = [[spoilt(filled, dice) for _ in range(200)] for dice in (Random(5), Random(5))]
    assert twice[0] == twice[1]
    sent = {value for one in twice[0] for _name, value in one}
    assert len(sent & set(fuzzing.NASTY)) > 40
    assert filled not in twice[0]


def test_a_page_that_breaks_is_noted_with_the_place_in_the_code(browser, monkeypatch):
    broken = Broken()
    stop = broken.listen()
    form = Seen("/me/language", posts=True, fields={"language": Field("hidden", "cy")})
    walk = Fuzz(browser, set(), set(), broken)
    monkeypatch.setattr("schoolgate.people.actions.set_language", lambda **_given: {}["no such thing"])
    for turn in range(20):
        walk.send(form, Random(turn))
    stop()
    (what,) = broken.found
    assert what.startswith("KeyError: 'no such thing' at")
    assert "web/people/me.py" in what


@pytest.mark.parametrize("key", KEYS)
def test_nothing_that_is_sent_breaks_a_page(key, told, sign_in, settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    federation = told(key)
    broken = Broken()
    stop = broken.listen()
    try:
        with rolled_back():
            sent = _fuzzed(federation, key, sign_in, broken, monkeypatch)
    finally:
        stop()
    print(f"\n{key}: {sent}")
    assert broken.found == {}
    assert sent["forms"] > 60
    assert sent["requests"] >= (WIDE // len(KEYS) or FEW) * 0.9


def _fuzzed(federation, key, sign_in, broken, monkeypatch) -> dict[str, int]:
    """Walk as the people of an example, then send what each found; gives what was sent."""
    with scope(federation.pk):
        people = list(Person.objects.filter(name__in=walkers()[key]).select_related("user"))
        people = sorted(people, key=lambda one: walkers()[key].index(one.name), reverse=True)
    read_by_all, known, walks = set(), set(), []
    for person in people if WIDE else people[:2]:
        walk = Fuzz(sign_in(person), read_by_all, known, broken)
        monkeypatch.setattr("tests.web.walking.read", lambda page, path, walk=walk: _read(walk, page, path))
        walks.append(walk.go())
    jobs = [(walk, form) for walk in walks for form in walk.forms]
    asked = [(walk, path, sorted(keys)) for walk in walks for path, keys in walk.asked.items() if keys]
    number = WIDE // len(KEYS) if WIDE else FEW
    dice = Random(SEED)
    for turn in range(number):
        if asked and turn % 8 == 0:
            walk, path, keys = asked[turn // 8 % len(asked)]
            walk.ask(path, keys, dice)
        else:
            walk, form = jobs[turn % len(jobs)]
            walk.send(form, dice)
    return {"people": len(walks), "forms": len(jobs), "queries": len(asked), "requests": number}


def _read(walk: Fuzz, page, path: str):
    found = read(page, path)
    walk.broken.look(page, f"get {path}")
    if not page.streaming and page.get("Content-Type", "").startswith("text/html"):
        walk.read(page, path)
    return found
