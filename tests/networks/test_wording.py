"""Whatever goes wrong has a sentence for the person whose post it is."""

import re
from pathlib import Path

import pytest

import schoolgate.networks
from schoolgate.networks import wording

ROOM = Path(schoolgate.networks.__file__).parent
CODES = sorted(
    {
        code
        for file in ROOM.rglob("*.py")
        for code in re.findall(r"(?:NetworkError|_lost)\(\s*\"(\w+)\"", file.read_text(encoding="utf-8"))
    }
)


def test_every_code_that_is_raised_is_looked_for():
    assert {"sign_in", "timed_out", "not_offered", "too_long", "picture_refused"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_sentence(code):
    assert code in wording.SENTENCES


def test_a_code_without_a_sentence_is_a_refusal():
    assert str(wording.sentence("something_new")) == "The network refused what was sent."


NEXT = [
    ("try_again", False, "Schoolgate will try again automatically."),
    ("reconnect", False, "Connect the account again."),
    ("give_up", False, "Sending it again unchanged won’t help."),
    (
        "try_again",
        True,
        "It may have arrived. Schoolgate will check the network before sending anything again.",
    ),
]


@pytest.mark.parametrize(("what_next", "unknown", "said"), NEXT)
def test_what_happens_now_is_said(what_next, unknown, said):
    assert str(wording.next_step(what_next, outcome_unknown=unknown)) == said
