"""The closed list of kinds of duties."""

import pytest

from schoolgate.duties.actions import Opened, open_duties
from schoolgate.duties.kinds import KINDS, declare
from schoolgate.duties.models import Due, Urgency
from tests.cast import someone
from tests.duties.test_actions import opened


def test_a_kind_says_everything_where_it_is_declared_and_only_once():
    with pytest.raises(ValueError, match="declared twice"):
        declare("post.approve", "Title", "Button", page="post", mail="posts")
    with pytest.raises(TypeError, match="mail"):
        declare("post.new", "Title", "Button", page="post")  # type: ignore[call-arg]
    assert "post.new" not in KINDS


@pytest.mark.usefixtures("scoped")
def test_no_duty_of_an_undeclared_kind_is_opened(at):
    one = Opened("post.new", "publishing.post:1", Due.none_promised(), person=someone("Amina Khan"))
    with pytest.raises(ValueError, match="no area declares"):
        open_duties(at=at, wanted=[one])
    with pytest.raises(ValueError, match="no area declares"):
        opened(kind="post.new")


@pytest.mark.usefixtures("scoped")
@pytest.mark.parametrize(
    ("more", "urgency"),
    [
        ({"kind": "accounts.fake", "danger": True}, Urgency.DANGER),
        ({"kind": "accounts.fake"}, Urgency.HARM),
        ({"kind": "post.approve"}, Urgency.USUAL),
    ],
)
def test_how_urgent_a_duty_is_follows_from_its_kind_and_from_danger(more, urgency):
    assert opened(**more).urgency == urgency
