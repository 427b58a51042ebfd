"""A version without a role comes into force: its open tasks pass on, and no others."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties import queries as duties
from schoolgate.duties.actions import Then, open_duty, sweep
from schoolgate.duties.models import Basis, Due, Duty
from schoolgate.policy.adopting import adopt, adopt_version, replace_removed_roles, start_version
from schoolgate.rulebook import book
from schoolgate.rulebook.one_file import as_text, to_yaml
from schoolgate.rulebook.yaml_text import plain
from tests.cast import someone
from tests.worlds import enter_federation, world

OWNER = "staff-lead-director-of-business-services"
SENIOR, AUTHORISER = "senior-leader", "senior-network-manager-senior-authoriser"
LATER = timedelta(days=10)
CLAUSE = "boroughbridge-roles-3"


@world()
def next_begun(at, *can) -> SimpleNamespace:
    """Boroughbridge's policy is in force. A version is begun in which SENIOR has another key, and can do what
    is said, if anything is."""
    federation = enter_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        owner = someone("Dilys Moss", OWNER)
        first = adopt(by=owner, at=at)
        data = plain(to_yaml(book("boroughbridge").pack).encode(), "text")
        role = next(one for one in data["roles"] if one["key"] == SENIOR)
        role["key"] = "senior-leaders"
        if can:
            role["capacities"] = list(can)
        version = start_version(by=owner, at=at + LATER, text=as_text(data))
    return SimpleNamespace(federation=federation, owner=owner, first=first, next=version)


@pytest.fixture
def can():
    """What the senior leaders of the next version can do; empty: as before."""
    return ()


@pytest.fixture
def there(in_world, can, at):
    begun = in_world(next_begun, at, *can)
    with scope(begun.federation.pk):
        yield begun


@pytest.fixture
def owner(there):
    return there.owner


@pytest.fixture
def first(there):
    return there.first


@pytest.fixture
def replaced(there, at):
    """`replaced(AUTHORISER)`: bring the next version into force; who was SENIOR has this role then."""

    def bring(to=""):
        made = there.next
        if to:
            made.roles_removed = {SENIOR: to}
            made.save()
        return adopt_version(
            by=there.owner, at=at + LATER, version=made, adopted_on=(at + LATER).date(), stated={},
            before_us=True,
        )  # fmt: skip

    return bring


def asked(at, *, kind="post.approve", role=SENIOR, **given):
    given = {"subject": "publishing.post:7", "due": Due.at(at + LATER * 2), "clauses": [CLAUSE], **given}
    return open_duty(kind=kind, at=at, role=None if "person" in given else role, **given)


def open_ones():
    found = Duty.objects.filter(state__in=["open", "overdue"]).exclude(kind__startswith="policy.")
    return [one.person.name if one.person else one.role_key for one in found.order_by("pk")]


def events(of=None):
    found = [one for one in current_scope().pending if one.event.startswith("duty.")]
    return [one.event for one in found if of is None or one.subject == subject_of(of)]


def test_a_task_goes_with_the_holders_to_their_new_role(replaced, at):
    sam = someone("Sam Hill", SENIOR)
    old = asked(at)
    replaced(AUTHORISER)

    old.refresh_from_db()
    assert (old.state, old.cancelled_because) == ("cancelled", "role_removed")
    (new,), _next = duties.mine(sam, (at + LATER).date())
    assert (new.role_key, new.kind, new.subject) == (AUTHORISER, old.kind, old.subject)
    assert (new.due_by, new.clauses) == (old.due_by, [CLAUSE])
    assert events(new) == ["duty.opened", "duty.passed_on"]
    assert events(old) == ["duty.opened", "duty.cancelled"]


def test_tasks_of_roles_that_stay_and_of_people_are_untouched(replaced, owner, at):
    stays, own = asked(at, role=AUTHORISER), asked(at, person=owner, kind="post.put_right")
    done = asked(at, subject="publishing.post:8", role=AUTHORISER)
    replaced(AUTHORISER)

    for one in (stays, own, done):
        was = one.opened_at
        one.refresh_from_db()
        assert (one.state, one.opened_at) == ("open", was)
        assert events(one) == ["duty.opened"]


def test_twice_changes_nothing_more(replaced, first, at):
    asked(at)
    second = replaced(AUTHORISER)
    before = events()

    assert replace_removed_roles(at=at + LATER, version=second, before=first) == 0
    assert events() == before
    assert open_ones() == [AUTHORISER]


def test_a_role_that_is_asked_already_is_asked_once(replaced, at):
    asked(at, role=AUTHORISER)
    asked(at)
    replaced(AUTHORISER)
    assert open_ones() == [AUTHORISER]


def test_without_a_role_for_its_holders_the_second_one_gets_it(replaced, owner, at):
    asked(at, then=Then(Basis.POLICY, person=owner))
    asked(at, subject="publishing.post:8", then=Then(Basis.POLICY, role=AUTHORISER))
    replaced()
    assert open_ones() == ["Dilys Moss", AUTHORISER]


def test_a_second_person_who_left_does_not_get_it(replaced, owner, at):
    gone = someone("Gwen Pugh")
    asked(at, then=Then(Basis.POLICY, person=gone))
    gone.left_on = at.date()
    gone.save()
    replaced()
    assert open_ones() == [OWNER]


def test_a_role_that_may_do_the_same_gets_it_only_where_someone_holds_it(replaced, at):
    asked(at)
    replaced()
    assert open_ones() == [OWNER]


def test_a_role_that_may_do_the_same_and_is_held_gets_it(replaced, at):
    someone("Sam Hill", "senior-leaders")
    asked(at)
    replaced()
    assert open_ones() == ["senior-leaders"]


@pytest.mark.parametrize("can", [("be_told",)])
def test_a_role_that_may_do_less_does_not_get_it(replaced, at):
    someone("Sam Hill", "senior-leaders")
    asked(at)
    replaced()
    assert open_ones() == [OWNER]


def test_a_removed_second_role_is_replaced_and_told_where_the_task_is_theirs_already(replaced, owner, at):
    waiting = asked(at, role=AUTHORISER, then=Then(Basis.POLICY, role=SENIOR))
    late = asked(
        at,
        kind="post.put_right",
        person=owner,
        due=Due.at(at + LATER / 2),
        then=Then(Basis.POLICY, role=SENIOR),
    )
    sweep(at=at + LATER)
    replaced(AUTHORISER)

    waiting.refresh_from_db()
    late.refresh_from_db()
    assert (waiting.then_role_key, waiting.then_basis) == ("", "")  # they have it already
    assert (late.then_role_key, late.then_basis, late.state) == (AUTHORISER, "house", "overdue")
    assert events(late)[-2:] == ["duty.second_replaced", "duty.moved_on"]


def test_a_concern_is_not_passed_on_by_this_rule(replaced, at):
    asked(at, kind="incidents.take", subject="incidents.report:1", due=Due.none_promised())
    replaced(AUTHORISER)
    assert open_ones() == [SENIOR]
