"""Corrections and objections: what was done about each thing is recorded, and the end follows from it."""

import pytest

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.rights import answering, finding
from schoolgate.rights.answering import outcomes_for
from tests.conftest import recorded
from tests.rights.asking import SECRET, refused


@pytest.fixture
def mend(cast, at):
    """`mend(request, "mended")`: Sam records what was done about one thing."""

    def record(request, did, thing="post", words="Took it down", **more):
        return answering.mend(by=cast.sam, at=at, request=request, thing=thing, did=did, words=words, **more)

    return record


@pytest.mark.parametrize(
    ("kind", "did", "outcomes"),
    [
        ("correction", ["mended"], {"changed"}),
        ("correction", ["mended", "left"], {"some"}),
        ("correction", ["left"], {"refused"}),
        ("correction", [], {"refused"}),
        ("objection", ["stopped", "stopped"], {"stopped"}),
        ("objection", ["left", "stopped"], {"some"}),
    ],
)
def test_how_a_correction_or_objection_ends_follows_from_what_was_recorded(
    cast, enter, mend, at, today, kind, did, outcomes
):
    request = enter(kind)
    for one in did:
        mend(request, one)
    assert set(outcomes_for(request)) == {*outcomes, "withdrawn", "mistake"}
    for other in {"changed", "stopped", "some", "refused"} - outcomes:
        refused("outcome", lambda other=other: close_as(cast, request, other, at, today))
    ended = outcomes.pop()
    assert close_as(cast, request, ended, at, today).outcome == ended


def close_as(cast, request, outcome, at, on):
    return answering.close(by=cast.sam, at=at, request=request, outcome=outcome, on=on, words="So it is")


def test_what_was_done_is_sealed_and_in_the_history(enter, mend):
    request = enter("correction")
    mend(request, "mended", "picture", f"Changed the caption that named {SECRET}")
    step, words = finding.steps_of(request)[0]
    assert (step.kind, step.code) == ("mended", "picture")
    assert SECRET in words["words"]
    row = recorded()[-1]
    assert row.event == "rights.mended"
    assert SECRET not in str(vars(row))


def test_a_thing_is_named_by_its_number_which_is_sealed_and_must_be_one_of_ours(cast, enter, mend, draft, at):
    post, request = draft(), enter("correction")
    step = mend(request, "mended", "post", number=post.pk)
    assert (step.code, finding.steps_of(request)[0][1]["number"]) == ("post", post.pk)
    assert str(post.pk) not in str(recorded()[-1].details.get("code"))
    for thing, number in (("post", post.pk + 900), ("picture", post.pk + 900), ("other", 1)):
        refused("number", lambda thing=thing, number=number: mend(request, "mended", thing, number=number))


def test_what_is_recorded_is_whole_and_of_this_kind(cast, enter, mend, at, today):
    request = enter("correction")
    refused("thing", lambda: mend(request, "mended", "spoon"))
    refused("did", lambda: mend(request, "stopped"))
    refused("words", lambda: mend(request, "left", words=" "))
    with pytest.raises(NotNow):
        mend(enter("access"), "mended")
    with pytest.raises(NotAllowed):
        answering.mend(by=cast.amina, at=at, request=request, thing="post", did="mended", words="Me")
    close_as(cast, request, "withdrawn", at, today)
    with pytest.raises(NotNow):
        mend(request, "mended")
