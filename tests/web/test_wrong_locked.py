"""The pages of a concern reported from a comment that is then locked: only the leads read the copy."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.inbox.ingesting import ingest
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Item
from schoolgate.incidents import gathering, handling
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.web.inboxes import NOW, came_in, inbox_of_wildground, incoming, seen
from tests.worlds import world

__all__ = ["came_in"]

TELLS = "my dad hits me when he is drunk"
BEFORE = NOW - timedelta(minutes=30)


@world(inbox_of_wildground)
def told_in_a_comment(there, at):
    """Reported from the comment; Sam of the SLT deals with it and added a quotation; Dee is the lead."""
    sam = there.people.sam
    with scope(there.federation.pk):
        there.lead = someone("Dee Lead")
        Safeguarder.objects.create(place="lead", person_id=there.lead.pk, since=BEFORE)
        ingest(at=at, account=there.bluesky, items=[incoming(TELLS)])
        there.item = Item.objects.get()
        there.report = wrong(BEFORE, page=f"item-{there.item.pk}", reporter=there.people.amina)
    with scope(there.federation.pk, sam.pk):
        handling.take(report=there.report, by=sam, at=BEFORE)
        said = {"said": TELLS, "source": "our page"}
        gathering.add_quotation(report=there.report, by=sam, at=BEFORE, obtained_at=BEFORE, words=said)
    return there


@pytest.fixture
def wild(in_world, sign_in):
    there = in_world(told_in_a_comment, NOW)
    for name, person in vars(there.people).items():
        setattr(there, name, sign_in(person))
    return there


@pytest.fixture
def dee(wild, sign_in):
    """The browser of the designated safeguarding lead."""
    return sign_in(wild.lead)


@pytest.fixture
def item(wild):
    return wild.item


@pytest.fixture
def report(wild):
    return wild.report


PAGES = ("wrong-report", "wrong-evidence", "wrong-text", "wrong-chronology")


def test_the_page_the_evidence_and_the_exports_are_there_only_for_the_lead(wild, dee, item, report):
    pages = [reverse(name, args=[report.pk]) for name in PAGES]
    assert [TELLS in wild.sam.get(page).content.decode() for page in pages[:3]] == [True, True, True]

    assert wild.ben.post(reverse("item-tells-of-harm", args=[item.pk])).status_code == 302

    assert [wild.sam.get(page).status_code for page in pages] == [404] * 4
    of_the_lead = [dee.get(page) for page in pages]
    assert [answer.status_code for answer in of_the_lead] == [200] * 4
    assert [TELLS in answer.content.decode() for answer in of_the_lead[:3]] == [True, True, True]

    assert dee.post(reverse("item-unlock", args=[item.pk]), {"words": "It was a joke."}).status_code == 302
    of_sam = [wild.sam.get(page) for page in pages]
    assert [answer.status_code for answer in of_sam] == [200] * 4
    assert TELLS in seen(of_sam[0])


def test_no_list_search_or_task_tells_of_it(wild, dee, item, report):
    def found():
        yield from (
            wild.sam.get(reverse("wrong-reports"), {"show": show}) for show in ("waiting", "mine", "all")
        )
        yield wild.sam.get(reverse("today"))
        yield wild.sam.post(reverse("search"), {"words": report.reference}, follow=True)
        yield wild.sam.post(reverse("search"), {"words": "drunk"}, follow=True)

    assert report.reference in "".join(answer.content.decode() for answer in found())
    wild.ben.post(reverse("item-tells-of-harm", args=[item.pk]))
    shown = "".join(answer.content.decode() for answer in found())
    assert TELLS not in shown
    assert f'/wrong/reports/{report.pk}"' not in shown
    assert report.reference in seen(dee.get(reverse("wrong-reports"), {"show": "waiting"}))


@pytest.fixture
def below(wild, came_in):
    """A concern about a post on the noticeboard, copied with both its comments and our reply."""
    with scope(wild.federation.pk):
        post = NoticeboardPost.objects.create(
            school=wild.school, key="3abcdefghijkl", text="Sports day", published_at=BEFORE
        )
        same = {"post": post, "written_at": BEFORE, "state_at": BEFORE, "state": "released"}
        told = NoticeboardComment.objects.create(key="3bbbbbbbbbbbb", text=TELLS, **same)
        NoticeboardComment.objects.create(
            key="3cccccccccccc",
            text="Thank you for telling us that your dad does.",
            ours=True,
            parent=told,
            **same,
        )
        NoticeboardComment.objects.create(key="3dddddddddddd", text="Lovely day!", **same)
        made = wrong(BEFORE, page="board-3abcdefghijkl")
    return made, came_in(TELLS, account=wild.noticeboard, key="3bbbbbbbbbbbb")


def test_a_copy_of_a_whole_post_leaves_out_the_locked_comment_and_our_reply(wild, dee, below):
    report, item = below
    page = reverse("wrong-report", args=[report.pk])
    assert TELLS in seen(wild.sam.get(page))
    with scope(wild.federation.pk):
        lock_item(by=wild.people.ben, at=NOW, item=item)
    shown = seen(wild.sam.get(page))
    assert (TELLS in shown, "your dad" in shown, "Lovely day!" in shown) == (False, False, True)
    assert TELLS in seen(dee.get(page))
    dee.post(reverse("item-unlock", args=[item.pk]), {"words": "It was a joke."})
    assert TELLS in seen(wild.sam.get(page))
