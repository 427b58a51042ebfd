"""What a watch found and what is then locked in the inbox: for everyone else no watch ever found it."""

import pytest

from schoolgate.core.errors import NotFound
from schoolgate.core.models import Safeguarder
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Item
from schoolgate.incidents.handling import take
from schoolgate.incidents.models import Report
from schoolgate.listening import finding
from schoolgate.listening.finding import add_to_inbox, leave
from schoolgate.listening.watching import start_watch
from tests.cast import someone
from tests.listening.conftest import wanted

SAID = "help, my dad hits me, Oakwood Primary"


@pytest.fixture
def found(listeners, watch, search, server, at):
    """Two watches found it; Ben put the first find into the inbox, and locked it there."""
    second = start_watch(by=listeners.ben, at=at, wanted=wanted(listeners, at, name="Again"))
    dee = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    server.post_elsewhere(SAID, at=at)
    server.post_elsewhere("Oakwood Primary won the cup.", at=at)
    finds = {one.text: one for one in search(watch)}
    twin = next(one for one in search(second) if one.text == SAID)
    for report in Report.objects.all():  # what each of them heard
        take(report=report, by=dee, at=at)
    item = add_to_inbox(by=listeners.ben, at=at, find=finds[SAID], account=listeners.bluesky, kind="comment")
    lock_item(by=listeners.ben, at=at, item=item)
    return finds[SAID], twin


def test_no_one_finds_it_in_any_watch(listeners, found, watch, at):
    on = at.date()
    assert Item.every.get().locked_at
    for person in (listeners.ben, listeners.sam):
        shown = finding.finds_for(person, on=on, state="")[0]
        assert {one.text for one in shown} == {"Oakwood Primary won the cup."}
        for find in found:
            with pytest.raises(NotFound):
                finding.find_for(person, find.pk, on=on)
    assert [one.waiting for one in finding.watches_for(listeners.ben, on=on)] == [1, 1]


def test_nothing_is_done_with_it_there(listeners, found, at):
    with pytest.raises(NotFound):
        leave(by=listeners.ben, at=at, find=found[1], because="nothing")
