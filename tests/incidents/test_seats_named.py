"""What people call the head, a deputy, the chair or a lead names whoever may be that, under each policy and
in both languages: no policy names no one because it has no role of that name."""

from __future__ import annotations

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.people.named import named_in
from schoolgate.people.queries import book_of
from tests.cast import give, someone
from tests.incidents.conftest import whom, wrong
from tests.publishing.five_policies import KEYS

SEATS = {
    "head": (
        "the head", "our head", "the headteacher", "the head teacher", "the head-teacher", "headmaster",
        "our headmistress",
        "the executive headteacher", "y pennaeth", "ein pennaeth", "gan bennaeth",
        "i’r pennaeth", "y prifathro", "y brifathrawes", "fy mhennaeth",
    ),
    "deputy": (
        "the deputy head", "the assistant head", "our deputy headteacher", "y dirprwy bennaeth",
        "ein dirprwy bennaeth",
    ),
    "chair": (
        "the chair of governors", "our chairman of the governors", "the chairwoman of governors",
        "cadeirydd y llywodraethwyr", "gan gadeirydd y corff llywodraethu",
    ),
    "lead": (
        "the safeguarding lead", "the designated safeguarding lead", "the DSL", "the DSP",
        "safeguarding officer", "the designated safeguarding person", "yr arweinydd diogelu",
        "y person diogelu dynodedig", "y PDD",
    ),
}  # fmt: skip
"""What children and parents write."""
HEADED = {
    "wildground": ("slt", "slt"), "boroughbridge": ("senior-leader", "senior-leader"),
    "learn-to-live": ("headteacher", "slt"), "wootton": ("principal", "nominated-senior-manager"),
    "llanidloes": ("headteacher", "headteacher"),
}  # fmt: skip
"""The roles that the head and a deputy have under each policy."""
CHAIRS = {
    "wildground": "federation-leadership-team", "boroughbridge": "governors",
    "learn-to-live": "governing-body", "wootton": "board-of-directors",
    "llanidloes": "chair-of-governing-body",
}  # fmt: skip


@pytest.fixture(params=KEYS)
def staffed(request, under, at):
    """The federation of a policy with a head, a deputy, a chair and a lead, and four more with the head's
    role, as where there are many schools."""
    federation, _school = under(request.param)
    with scope(federation.pk):
        head, deputy = HEADED[request.param]
        someone("Hedd Head", head)
        someone("Dai Deputy", deputy)
        someone("Carys Chair", CHAIRS[request.param])
        for number in range(4):
            someone(f"Another {'ABCD'[number]}", head)
        lead = someone("Lena Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=at)
    return federation


@pytest.mark.parametrize(("seat", "name"), [
    ("head", "Hedd Head"), ("deputy", "Dai Deputy"), ("chair", "Carys Chair"), ("lead", "Lena Lead"),
])  # fmt: skip
def test_a_seat_is_named_by_whatever_people_call_it(staffed, seat, name, at):
    with scope(staffed.pk):
        for words in SEATS[seat]:
            found = named_in(f"It was {words} who hit me.", book=book_of(staffed), on=at.date())
            names = set(Person.objects.filter(pk__in=found).values_list("name", flat=True))
            assert name in names, words
            assert named_in("It was a boy who hit me.", book=book_of(staffed), on=at.date()) == frozenset()


def test_who_may_be_the_head_is_told_nothing_and_someone_else_is(staffed, at):
    with scope(staffed.pk):
        for words in (
            "The headteacher hit me.",
            "its the one who does assembly and has the big office, please dont let him know i said",
        ):
            told = whom(wrong(at, what=words, kinds=["child_told"]))
            assert "Hedd Head" not in told, words
            assert "Lena Lead" in told, words
            assert not {HEADED[staffed.policy_key][0]} & set(told), words


def test_a_lead_who_has_the_heads_role_is_kept_out_too_and_others_are_told(staffed, at):
    with scope(staffed.pk):
        lead = Person.objects.get(name="Lena Lead")
        give(lead, HEADED[staffed.policy_key][0])
        told = whom(wrong(at, what="The headteacher hit me.", kinds=["child_told"]))
        assert "Lena Lead" not in told
        assert told
