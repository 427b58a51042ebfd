"""What a watch finds: each thing once, nothing of ours, and what is done about it."""

from datetime import timedelta

import pytest

from schoolgate.accounts.access import open_accounts
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.holds import place
from schoolgate.core.models import School
from schoolgate.core.outside.client import Answer, CannotRead
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.beside import known
from schoolgate.inbox.ingesting import ingest, reads
from schoolgate.inbox.messaging import adopt_process
from schoolgate.inbox.replying import close_item, write_answer
from schoolgate.incidents.models import Report
from schoolgate.listening import finding
from schoolgate.listening.finding import (
    MOST_WAITING,
    STORED_FOR,
    accounts_to_answer,
    add_alerts,
    add_by_hand,
    add_to_inbox,
    leave,
    pass_to_press,
    reopen,
    report_concern,
    wipe_old,
)
from schoolgate.listening.models import Find, Source
from schoolgate.listening.watching import add_feed, end_watch
from schoolgate.networks.fake import Fault
from schoolgate.policy.models import DecisionRecord
from tests.core.test_feeds import RSS
from tests.inbox.test_five_policies import SAID
from tests.listening.test_watches import FEED

TEXT = "Parking at Oakwood Primary is a disgrace."


def waiting():
    return list(Duty.objects.filter(kind="listening.finds", state__in=["open", "overdue"]))


@pytest.fixture
def find(watch, server, search, at):
    """A complaint that the watch found."""
    server.post_elsewhere(TEXT, at=at)
    return search(watch)[0]


def test_a_public_post_is_found_once_with_its_author_and_place(watch, server, search, at):
    there = server.post_elsewhere(TEXT, at=at)
    server.post_elsewhere("Another oak, in another wood.", at=at)
    found = search(watch)
    assert [(one.text, one.author_handle, one.address, one.place, one.how) for one in found] == [
        (TEXT, "resident.test", there.ref.address, "Bluesky", "network")
    ]
    assert [one.pk for one in search(watch, now=at + timedelta(hours=1))] == [found[0].pk]
    assert [duty.person for duty in waiting()] == [watch.by]


def test_a_find_is_answered_from_an_account_of_its_school_or_of_none(listeners, find, at):
    def names() -> list[str]:
        return [one.name for one in accounts_to_answer(find)]

    mine = listeners.bluesky
    assert names() == [
        mine.name,
        *sorted(one.name for one in _by_hand() if one.school in (mine.school, None)),
    ]
    other = School.objects.create(name="Elm School", slug="elm")
    Account.objects.filter(pk__in=[one.pk for one in _by_hand() if one.school]).update(school=other)
    assert names() == [mine.name, *sorted(one.name for one in _by_hand() if one.school is None)]
    find.watch.school = None
    assert names() == [mine.name, *sorted(one.name for one in _by_hand())]


def _by_hand() -> list[Account]:
    return [one for one in open_accounts() if not reads(one)]


def test_what_we_wrote_or_what_reached_an_inbox_is_no_find(listeners, watch, server, search, at):
    server.post_elsewhere(TEXT, at=at, by="north.test")
    mention = server.post_elsewhere(f"{TEXT} @north.test", at=at)
    ingest(at=at, account=listeners.bluesky, items=[mention])
    assert search(watch) == []


def test_older_posts_than_a_week_before_the_watch_are_no_news(watch, server, search, at):
    server.post_elsewhere(TEXT, at=at - timedelta(days=7, minutes=1))
    server.post_elsewhere(f"{TEXT} Again.", at=at - timedelta(days=6))
    assert [one.text for one in search(watch)] == [f"{TEXT} Again."]


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (Fault.UNREACHABLE, "away"),
        (Fault.SIGN_IN, "keys"),
        (Fault.REFUSED, "refused"),
        (Fault.TOO_FAST, "away"),
    ],
)
def test_a_network_that_fails_is_noted_and_tried_again(watch, server, search, at, fault, trouble):
    server.post_elsewhere(TEXT, at=at)
    server.faults = [fault]
    assert search(watch) == []
    source = Source.objects.get(watch=watch)
    assert (source.trouble, source.read_at, source.tried_at) == (trouble, None, at)
    assert len(search(watch)) == 1
    assert Source.objects.get(watch=watch).trouble == ""


def test_an_ended_watch_searches_no_more_and_its_finds_stay_to_be_read(
    listeners, watch, server, search, find, at
):
    end_watch(by=listeners.ben, at=at, watch=watch)
    server.calls.clear()
    assert [one.pk for one in search(watch)] == [find.pk]
    assert server.calls == []
    assert finding.finds_for(listeners.ben, on=at.date())[0] == [find]
    leave(by=listeners.ben, at=at, find=find, because="known")


def test_after_its_last_day_it_searches_no_more(watch, server, search, at):
    server.post_elsewhere(TEXT, at=at)
    assert search(watch, now=at + timedelta(days=91)) == []


def feed(body=RSS, kind="application/rss+xml"):
    def fetch(address):
        return Answer(address, "203.0.113.1", 200, (("content-type", kind),), body=body.encode())

    return fetch


def test_a_feed_gives_the_entries_that_name_the_school(listeners, watch, search, at):
    add_feed(by=listeners.ben, at=at, watch=watch, address=FEED)
    entry = RSS.replace("02 Mar 2026 08:00:00 +0000", at.strftime("%d %b %Y %H:%M:%S +0000"))
    other = entry.replace("Oakwood Primary", "Elm School")
    assert search(watch, fetch=feed(other)) == []
    found = search(watch, fetch=feed(entry))
    assert [(one.address, one.place, one.how, one.author_name) for one in found] == [
        ("https://herald.example/1", "The Herald", "feed", "A Reporter")
    ]
    assert len(search(watch, fetch=feed(entry))) == 1
    assert finding.sources_of(watch)[1].title == "The Herald"


def failing(why):
    def fetch(_address):
        raise CannotRead(why)

    return fetch


@pytest.mark.parametrize(
    ("fetch", "trouble"),
    [(failing("not_public"), "away"), (failing("too_large"), "away"), (failing("no_page"), "no_feed"),
     (feed("<html/>"), "no_feed"), (feed('<!DOCTYPE a [<!ENTITY b "c">]><rss/>'), "no_feed")],
)  # fmt: skip
def test_a_feed_that_cannot_be_read_is_noted(listeners, watch, search, at, fetch, trouble):
    source = add_feed(by=listeners.ben, at=at, watch=watch, address=FEED)
    assert search(watch, fetch=fetch) == []
    assert Source.objects.get(pk=source.pk).trouble == trouble


def test_a_flood_is_stored_up_to_a_limit_and_said(watch, server, search, at):
    for number in range(MOST_WAITING + 5):
        server.post_elsewhere(f"{TEXT} {number}", at=at)
    assert len(search(watch)) == MOST_WAITING
    assert Source.objects.get(watch=watch).trouble == "too_many"


def test_by_hand_and_by_mail_the_same_address_is_one_find(listeners, watch, at):
    page = "https://forum.example/topic/1"
    first = add_by_hand(
        by=listeners.ben, at=at, watch=watch, text=TEXT, address=page, place="Forum", public=True
    )
    again = add_by_hand(by=listeners.sam, at=at, watch=watch, text="Other words", address=page, public=True)
    assert (again.pk, again.text, first.found_by) == (first.pk, TEXT, listeners.ben)
    assert (
        add_alerts(by=listeners.ben, at=at, watch=watch, mail=f"News\n{page}\nMore\nhttps://x.example/2") == 1
    )


def test_only_what_is_public_is_added(listeners, watch, at):
    with pytest.raises(BadInput) as error:
        add_by_hand(by=listeners.ben, at=at, watch=watch, text=TEXT)
    assert set(error.value.fields) == {"public"}
    with pytest.raises(BadInput) as error:
        add_by_hand(
            by=listeners.ben, at=at, watch=watch, text=" ", address="forum", place="x" * 301, public=True
        )
    assert set(error.value.fields) == {"text", "address", "place"}
    for mail in ("", "No link here."):
        with pytest.raises(BadInput):
            add_alerts(by=listeners.ben, at=at, watch=watch, mail=mail)
    with pytest.raises(NotAllowed):
        add_by_hand(by=listeners.amina, at=at, watch=watch, text=TEXT, public=True)


def test_strange_letters_are_stored_as_a_database_can_hold_them(listeners, watch, at):
    found = add_by_hand(by=listeners.ben, at=at, watch=watch, text="a\x00b \ud800 \u202ec", public=True)
    assert Find.objects.get(pk=found.pk).text == "a\ufffdb \ufffd \u202ec"


def test_a_complaint_goes_into_the_inbox_with_the_policys_clock(listeners, find, at):
    later = at + timedelta(hours=2)
    item = add_to_inbox(by=listeners.ben, at=later, find=find, account=listeners.bluesky, kind="complaint")
    assert (item.kind, item.received_at, item.network_id) == ("complaint", find.found_at, find.ref["id"])
    assert item.due_at == find.found_at + timedelta(hours=24)
    find.refresh_from_db()
    assert (find.state, find.way, find.item, find.settled_by) == ("passed", "item", item, listeners.ben)
    assert known(item) == {"found_elsewhere": True}
    assert waiting() == []
    with pytest.raises(NotNow):
        leave(by=listeners.ben, at=later, find=find, because="known")


def test_its_reply_is_asked_as_one_to_something_found_elsewhere(listeners, find, at):
    adopt_process(by=listeners.sam, at=at, words="The office replies within a day.")
    item = add_to_inbox(by=listeners.ben, at=at, find=find, account=listeners.bluesky, kind="complaint")
    answer = write_answer(
        by=listeners.ben, at=at, item=item, text="We are talking to the council.", version=item.version,
        said=SAID,
    )  # fmt: skip
    kept = DecisionRecord.objects.get(pk=answer.decision)
    assert "wildground-listening-3" in kept.clauses


def test_without_a_process_the_policy_stops_the_reply(listeners, find, at):
    item = add_to_inbox(by=listeners.ben, at=at, find=find, account=listeners.bluesky, kind="complaint")
    with pytest.raises(Refused) as error:
        write_answer(by=listeners.ben, at=at, item=item, text="Hello.", version=item.version, said=SAID)
    assert "wildground-listening-3" in error.value.kept.clauses


def test_a_find_without_a_network_goes_into_the_inbox_as_pasted(listeners, watch, at):
    find = add_by_hand(
        by=listeners.ben, at=at, watch=watch, text=TEXT, address="https://forum.example/1", public=True
    )
    item = add_to_inbox(by=listeners.ben, at=at, find=find, account=listeners.facebook, kind="query")
    assert (item.pasted_by, item.kind, item.account) == (listeners.ben, "query", listeners.facebook)


def test_a_second_watch_that_finds_the_same_joins_the_same_item(listeners, find, at):
    item = add_to_inbox(by=listeners.ben, at=at, find=find, account=listeners.bluesky, kind="comment")
    twin = Find.objects.create(**{
        **{each.attname: getattr(find, each.attname) for each in Find._meta.concrete_fields},
        "id": None, "key": "x" * 64, "state": "open", "way": "", "item_id": None, "settled_by_id": None,
    })  # fmt: skip
    same = add_to_inbox(by=listeners.ben, at=at, find=twin, account=listeners.bluesky, kind="comment")
    assert same.pk == item.pk


def test_the_press_gets_it_by_the_policys_process(listeners, find, at):
    enquiry = pass_to_press(by=listeners.ben, at=at, find=find)
    assert (enquiry.how, enquiry.school) == ("found", listeners.school)
    assert enquiry.wants == f"{TEXT}\n\n{find.address}"
    find.refresh_from_db()
    assert (find.way, find.enquiry) == ("press", enquiry)


def test_a_concern_is_reported_and_nothing_says_who_reported_it(listeners, find, at):
    report = report_concern(by=listeners.ben, at=at, find=find, what="Worrying.", bad_light=True)
    assert Report.objects.get().pk == report.pk
    find.refresh_from_db()
    assert (find.way, find.settled_by) == ("concern", None)
    with pytest.raises(NotNow):
        report_concern(by=listeners.ben, at=at, find=find, what="Worrying.", bad_light=True)


def test_it_is_left_with_a_reason_and_opened_again(listeners, find, at):
    for changed in ({"because": "else"}, {"because": "known", "note": "x" * 501}):
        with pytest.raises(BadInput):
            leave(by=listeners.ben, at=at, find=find, **changed)
    leave(by=listeners.ben, at=at, find=find, because="opinion", note="A resident.")
    assert waiting() == []
    reopen(by=listeners.sam, at=at, find=find)
    assert (find.state, find.because, find.note, len(waiting())) == ("open", "", "", 1)


def test_people_who_read_no_inbox_there_know_nothing_of_it(listeners, find, at):
    with pytest.raises(NotFound):
        finding.find_for(listeners.amina, find.pk, on=at.date())
    with pytest.raises(NotFound):
        leave(by=listeners.amina, at=at, find=find, because="known")
    assert finding.finds_for(listeners.amina, on=at.date()) == ([], None)


def test_words_are_wiped_after_the_retention_and_not_found_again(listeners, watch, server, search, find, at):
    leave(by=listeners.ben, at=at, find=find, because="known")
    on_the_day, after = at + STORED_FOR, at + STORED_FOR + timedelta(minutes=1)
    wipe_old(at=on_the_day)
    assert Find.objects.get().text == TEXT
    wipe_old(at=after)
    wiped = Find.objects.get()
    assert (wiped.text, wiped.address, wiped.author_name, wiped.wiped_at, wiped.because) == (
        "", "", "", after, "known",
    )  # fmt: skip
    assert [one.pk for one in search(watch)] == [wiped.pk]
    assert finding.finds_for(listeners.ben, on=at.date(), state="") == ([], None)


def test_what_is_open_or_held_or_still_in_the_inbox_is_not_wiped(listeners, watch, find, at):
    held = add_by_hand(by=listeners.ben, at=at, watch=watch, text="Held", public=True)
    leave(by=listeners.ben, at=at, find=held, because="known")
    place(subject=held, because="complaint", by=listeners.sam, at=at)
    answered = add_by_hand(by=listeners.ben, at=at, watch=watch, text="In the inbox", public=True)
    item = add_to_inbox(by=listeners.ben, at=at, find=answered, account=listeners.facebook, kind="comment")
    after = at + STORED_FOR + timedelta(days=1)
    wipe_old(at=after)
    assert not Find.objects.exclude(wiped_at=None).exists()
    close_item(by=listeners.ben, at=at, item=item, reason="no_answer_needed")
    wipe_old(at=after)
    assert [one.pk for one in Find.objects.exclude(wiped_at=None)] == [answered.pk]


def test_a_reading_that_is_killed_loses_and_doubles_nothing(listeners, watch, server, search, at):
    server.post_elsewhere(TEXT, at=at)

    class Killed(BaseException):
        pass

    from schoolgate.listening.watching import read_source
    from schoolgate.networks.fake import FakeNetwork

    class Dying(FakeNetwork):
        def session_to_keep(self):
            raise Killed

    source = Source.objects.get(watch=watch)
    with pytest.raises(Killed):
        read_source(listeners.federation.pk, source.pk, clock=lambda: at, connect=lambda _: Dying(server))
    with scope(listeners.federation.pk):
        assert not Find.objects.exists()
    assert len(search(watch)) == 1


def test_a_find_with_words_of_danger_becomes_a_concern_and_another_does_not(listeners, watch, at):
    for words, page in (("I want to kill myself", "a"), ("A lovely school fair", "b")):
        add_by_hand(
            by=listeners.ben, at=at, watch=watch, text=words, address=f"https://x.example/{page}", public=True
        )
    report = Report.objects.get()
    assert (report.danger, report.danger_read) == ("yes", True)
