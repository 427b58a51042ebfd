"""Starting and ending a watch: who may, what it searches for, what the policy says."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import School
from schoolgate.core.outside.client import CannotRead
from schoolgate.listening import finding
from schoolgate.listening.models import Watch
from schoolgate.listening.watching import FEEDS, add_feed, end_watch, remove_feed, start_watch
from schoolgate.policy.models import DecisionRecord
from schoolgate.pupils.models import Pupil
from tests.cast import someone
from tests.listening.conftest import wanted
from tests.second_presses import done_already

FEED = "https://herald.example/news/rss"


def refused(listeners, at, **changed):
    with pytest.raises(BadInput) as error:
        start_watch(by=listeners.ben, at=at, wanted=wanted(listeners, at, **changed))
    return {name: str(why) for name, why in error.value.fields.items()}


def test_a_watch_is_kept_with_its_purpose_its_end_and_who_made_it(listeners, watch, at):
    assert (watch.by, watch.purpose, watch.school) == (
        listeners.ben, "To answer what people ask in public.", listeners.school,
    )  # fmt: skip
    assert watch.until == (at + timedelta(days=90)).date()
    assert [one.account for one in finding.sources_of(watch)] == [listeners.bluesky]
    kept = DecisionRecord.objects.get(situation="listening.search")
    assert (watch.decision, kept.clauses) == (kept, ["wildground-listening-1"])


def test_a_watch_of_the_whole_federation_needs_a_role_in_all_of_it(listeners, at):
    found = start_watch(by=listeners.sam, at=at, wanted=wanted(listeners, at, school=None))
    assert found.school is None
    other = School.objects.create(name="Elm School", slug="elm")
    lead = someone("Lena Lead", "lead-staff-member", school=listeners.school)
    assert start_watch(by=lead, at=at, wanted=wanted(listeners, at)).by == lead
    for school in (None, other):
        with pytest.raises(NotAllowed):
            start_watch(by=lead, at=at, wanted=wanted(listeners, at, school=school, accounts=[]))
    with pytest.raises(NotFound):
        finding.watch_for(lead, found.pk, on=at.date())


def test_a_teacher_without_a_part_in_the_inbox_sets_up_nothing(listeners, at):
    with pytest.raises(NotAllowed):
        start_watch(by=listeners.amina, at=at, wanted=wanted(listeners, at))


def test_no_watch_searches_for_a_person(listeners, at):
    Pupil.objects.create(school=listeners.school, key="1", first_name="Grace", last_name="Young")
    someone("Gwen Governor", "federation-leadership-team")
    for phrase in (
        "Grace Young",
        "grace young oakwood",
        "@GraceYoung",
        "Gwen Governor",
        "Amina Khan Oakwood",
    ):
        assert "someone at your schools" in refused(listeners, at, phrases=[phrase])["phrases"], phrase
    assert refused(listeners, at, phrases=["Oakwood Primary", "Liam Murphy"])["phrases"].endswith(
        "Remove these words: liam, murphy."
    )
    assert (
        "Leave out people’s names"
        in refused(listeners, at, purpose="To see what Grace Young posts")["purpose"]
    )
    assert "Leave out people’s names" in refused(listeners, at, name="Amina Khan")["name"]
    assert not Watch.objects.exists()


@pytest.mark.parametrize(("days", "fine"), [(-1, False), (0, True), (365, True), (366, False)])
def test_a_watch_ends_within_a_year(listeners, at, days, fine):
    until = at.date() + timedelta(days=days)
    if fine:
        assert start_watch(by=listeners.ben, at=at, wanted=wanted(listeners, at, until=until)).until == until
    else:
        assert set(refused(listeners, at, until=until)) == {"until"}


def test_what_is_missing_is_told_by_field(listeners, at):
    assert set(refused(listeners, at, name=" ", purpose="", phrases=[], until=None)) == {
        "name", "purpose", "phrases", "until",
    }  # fmt: skip
    assert set(
        refused(listeners, at, phrases=["Oakwood Primary"] * 3 + [f"Oakwood school {x}" for x in "abcdef"])
    ) == {"phrases"}
    assert set(refused(listeners, at, accounts=[listeners.facebook])) == {"accounts"}


@pytest.mark.parametrize(
    "address",
    ["http://herald.example/rss", "herald.example", "https://", "https://user@herald.example/rss",
     "https://herald.example:8443/rss", "https://bsky.app/profile/someone.test/rss",
     "https://social.example/@grace.rss", "https://herald.example/" + "x" * 500, "https://[::1/rss", "https://0177.0.0.1/rss"],
)  # fmt: skip
def test_a_feed_is_a_web_address_and_no_ones_page(listeners, watch, at, address):
    assert set(refused(listeners, at, feeds=[address])) == {"feeds"}
    with pytest.raises(BadInput):
        add_feed(by=listeners.ben, at=at, watch=watch, address=address)


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.1.1", "[::ffff:127.0.0.1]", "[::1]", "169.254.169.254", "2130706433", "0x7f000001",
     "127.1", "127.0.0.1.", "localhost", "printer.local", "10.0.0.1:443"],
)  # fmt: skip
def test_a_feed_inside_a_private_network_is_refused_when_typed_and_when_read(listeners, watch, at, host):
    address = f"https://{host}/rss"
    assert "inside a private network" in refused(listeners, at, feeds=[address])["feeds"]
    with pytest.raises(BadInput) as added:
        add_feed(by=listeners.ben, at=at, watch=watch, address=address)
    assert "inside a private network" in str(added.value.fields["address"])
    with pytest.raises(CannotRead) as told:
        FEEDS.fetch(address)
    assert told.value.why == "not_public"


def test_a_feed_is_added_once_and_removed_and_there_are_at_most_ten(listeners, watch, at):
    first = add_feed(by=listeners.ben, at=at, watch=watch, address=FEED)
    assert add_feed(by=listeners.ben, at=at, watch=watch, address=FEED) == first
    for number in range(9):
        add_feed(by=listeners.ben, at=at, watch=watch, address=f"{FEED}{number}")
    with pytest.raises(BadInput):
        add_feed(by=listeners.ben, at=at, watch=watch, address=f"{FEED}more")
    remove_feed(by=listeners.ben, at=at, watch=watch, pk=first.pk)
    with pytest.raises(NotFound):
        remove_feed(by=listeners.ben, at=at, watch=watch, pk=first.pk)
    assert len(finding.sources_of(watch)) == 10


def test_a_watch_ends_once_and_takes_no_more_places(listeners, watch, at):
    ended = end_watch(by=listeners.ben, at=at, watch=watch)
    assert (ended.ended_by, finding.running(at.date())) == (listeners.ben, [])
    with done_already():
        end_watch(by=listeners.ben, at=at, watch=watch)
    with pytest.raises(NotNow):
        add_feed(by=listeners.ben, at=at, watch=ended, address=FEED)


def test_its_last_day_counts_and_the_next_does_not(watch):
    assert [one.pk for one in finding.running(watch.until)] == [watch.pk]
    assert finding.running(watch.until + timedelta(days=1)) == []
