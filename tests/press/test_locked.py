"""An enquiry made from a comment that is then locked: for everyone but the safeguarding leads it is gone."""

import pytest

from schoolgate.core.errors import NotFound
from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.locking import lock_item, unlock_item
from schoolgate.inbox.seeing import item as item_by_id
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord, PermissionAsked
from schoolgate.policy.queries import decision_for
from schoolgate.press import enquiries
from schoolgate.press.enquiries import close
from schoolgate.press.keeping import keep_item, say
from schoolgate.press.statements import ask_for_statement, draft
from schoolgate.reports.evidence import hidden_from
from tests.cast import someone
from tests.conftest import recorded
from tests.inbox.test_five_policies import inbox_of_one
from tests.press.test_enquiries import holders_of
from tests.publishing.five_policies import KEYS
from tests.worlds import world


def open_tasks():
    return Duty.objects.filter(kind__startswith="press.", state__in=["open", "overdue"])


@world(inbox_of_one)
def enquiry_of_one(there, at, key):
    """An enquiry was made of the comment; Dee is a safeguarding lead."""
    inbox = there.inbox
    with scope(inbox.at_work.federation.pk):
        there.dee = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=there.dee.pk, since=at)
        holders_of(inbox)
        there.enquiry = keep_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    return there


@pytest.fixture
def there(request, in_world, home, at):
    """That world, in the scope of its federation."""
    found = in_world(enquiry_of_one, at, request.param)
    with scope(found.inbox.at_work.federation.pk):
        yield found


EACH = pytest.mark.parametrize("there", KEYS, indirect=True)
WOOTTON = pytest.mark.parametrize("there", ["wootton"], indirect=True)


@EACH
def test_it_is_gone_for_those_who_had_it_and_comes_back(there):
    inbox, enquiry = there.inbox, there.enquiry
    on, by = inbox.now.date(), inbox.at_work.answerer
    assert open_tasks().exists()
    lock_item(by=by, at=inbox.now, item=inbox.item)

    assert not open_tasks().exists()
    for person in (by, inbox.at_work.owner):
        assert enquiries.enquiries_for(person, on=on, show="all")[0] == []
        with pytest.raises(NotFound):
            enquiries.enquiry_for(person, enquiry.pk, on=on)
    for act in (
        lambda: say(by=by, at=inbox.now, enquiry=enquiry, question="about_posts", answer=True),
        lambda: draft(by=by, at=inbox.now, enquiry=enquiry, text="No comment.", version=0),
        lambda: close(by=by, at=inbox.now, enquiry=enquiry, outcome="dropped"),
    ):
        with pytest.raises(NotFound):
            act()

    for row in DecisionRecord.objects.filter(subject=f"press.enquiry:{enquiry.pk}"):
        with pytest.raises(NotFound):
            decision_for(by, row.pk, on=on)
    about = {row.number for row in recorded() if row.subject.startswith("press.enquiry:")}
    assert about
    assert about <= set(hidden_from(by, on=on))
    assert not about & set(hidden_from(there.dee, on=on))

    unlock_item(by=there.dee, at=inbox.now, item=item_by_id(inbox.item.pk), words="It was a joke.")
    assert open_tasks().exists()
    assert enquiries.enquiry_for(by, enquiry.pk, on=on) == enquiry


@WOOTTON
def test_a_statement_that_waits_for_approval_waits_no_more(there):
    inbox, enquiry = there.inbox, there.enquiry
    by = inbox.at_work.answerer
    say(by=by, at=inbox.now, enquiry=enquiry, question="asks_for_comment", answer=True)
    draft(by=by, at=inbox.now, enquiry=enquiry, text="The school stays open.", version=0)
    asked = ask_for_statement(by=by, at=inbox.now, enquiry=enquiry, covers="press")
    lock_item(by=by, at=inbox.now, item=inbox.item)
    assert PermissionAsked.objects.get(pk=asked.pk).state == "lapsed"
    numbers = {row.number for row in recorded() if row.subject == f"policy.permissionasked:{asked.pk}"}
    assert numbers
    assert numbers <= set(hidden_from(by, on=inbox.now.date()))


@WOOTTON
def test_a_closed_one_opens_no_task_when_its_comment_is_given_back(there):
    inbox, enquiry = there.inbox, there.enquiry
    holder = enquiry.steps.filter(kind="passed").first()
    close(
        by=Person.objects.get(name=f"Holder of {holder.role_key}"), at=inbox.now, enquiry=enquiry,
        outcome="dropped",
    )  # fmt: skip
    lock_item(by=inbox.at_work.answerer, at=inbox.now, item=inbox.item)
    unlock_item(by=there.dee, at=inbox.now, item=item_by_id(inbox.item.pk), words="It was a joke.")
    assert not open_tasks().exists()
