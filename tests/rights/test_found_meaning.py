"""What was found for a request isn't for whom it may be about: they don't read, count or decide on it, and
don't finish an answer that has it. Safeguarding leads decide; another person where it means each of them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import NotNow
from schoolgate.core.models import Safeguarder
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.queries import standing
from schoolgate.inbox.locking import lock_item
from schoolgate.inbox.models import Item
from schoolgate.inbox.pasting import paste_in
from schoolgate.inbox.telling import read_names_again, settle_danger
from schoolgate.listening.models import Find
from schoolgate.listening.watching import start_watch
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.press.models import Enquiry
from schoolgate.rights import answering, requests
from schoolgate.rights.answering import check_ready, outcome_of
from schoolgate.rights.finding import counts_shown, found_for
from schoolgate.rights.models import LEADS, Found
from tests.cast import someone
from tests.inbox.conftest import give_terms
from tests.listening.conftest import wanted
from tests.publishing.conftest import adopted
from tests.rights.conftest import enter_one, search_to_the_end
from tests.worlds import world

TELLS = "Sam Slater hit my son Rhodri Vaughan and touched him in the office."
PLACES = {
    "networks.noticeboardcomment": lambda who, words: NoticeboardComment.objects.create(
        post=who.post, key="3bbbbbbbbbbbb", name="A parent", text=words, written_at=who.at, state_at=who.at
    ),
    "inbox.item": lambda who, words: pasted(who, words),  # noqa: PLW0108 - it comes below
    "press.enquiry": lambda who, words: Enquiry.objects.create(
        how="telephone", wants=words, received_at=who.at, kept_by=who.cast.ben, kept_at=who.at,
        state_at=who.at,
    ),
    "listening.find": lambda who, words: Find.objects.create(
        watch=who.watch, how="hand", key="k", text=words, found_at=who.at, found_by=who.cast.ben,
        state_at=who.at,
    ),
}  # fmt: skip
"""Where words of others that name a colleague are found."""


def pasted(who: SimpleNamespace, words: str) -> Item:
    """A comment below a post of ours, added by hand; where it accuses another, a lead has settled it."""
    item = paste_in(
        by=who.cast.ben, at=who.at, account=who.cast.facebook, text=words, author="A parent",
        appeared_at=who.at - timedelta(hours=1), private=False,
    )  # fmt: skip
    if item.locked_until_read and who.dee.pk not in item.meant:
        settle_danger(by=who.dee, at=who.at, item=item, words="Only a game.")
    return item


@world(adopted)
def ready_for_search(before, at):
    """Sam and Rose decide on requests; Dee leads on safeguarding."""
    cast = before.cast
    with scope(cast.federation.pk):
        give_terms(cast, at)
        before.at = at
        before.rose = someone("Rose Reader", "slt")
        before.dee = someone("Dee Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=before.dee.pk, since=at, reads_from=at)
        before.post = NoticeboardPost.objects.create(
            school=cast.school, key="3abcdefghijkl", text="Sports day", published_at=at
        )
        before.watch = start_watch(
            by=cast.ben, at=at, wanted=wanted(cast, at, accounts=[], phrases=["Wildground Juniors"])
        )
    return before


@pytest.fixture
def who(in_world, at):
    found = in_world(ready_for_search, at)
    with scope(found.cast.federation.pk):
        yield found


def searched(who: SimpleNamespace, lines: str, kind: str = "access", only=tuple(PLACES)):
    """A request that Sam deals with, searched for these names in these places."""
    request = enter_one(who.cast, who.at, kind=kind)
    search_to_the_end(who.cast, who.at, request, lines, only)
    return request


def seen_by(person, request, who: SimpleNamespace, *, lead: bool = False) -> set[str]:
    """The places of what a person reads of what was found."""
    rows = found_for(person, request, on=who.at.date(), lead=lead)
    every = list(request.found.values_list("pk", flat=True))
    read = requests.read_found(by=person, at=who.at, request=request, rows=every)
    listed = {row.pk for row in rows}
    return {one.found.place for one in read if one.found.pk in listed or not lead}


@pytest.mark.parametrize("kind", ["access", "information"])
@pytest.mark.parametrize("lines", ["Sam Slater", "Rhodri Vaughan"])
@pytest.mark.parametrize("place", PLACES)
def test_whom_it_means_neither_reads_counts_nor_decides_and_a_lead_does(who, place, lines, kind):
    PLACES[place](who, TELLS)
    request = searched(who, lines, kind, [place])
    row = request.found.get(place=place)
    assert place not in seen_by(who.cast.sam, request, who)
    assert place not in counts_shown(request, who.cast.sam, on=who.at.date()).by_place
    for decision, more in (("given", {}), ("left_out", {"exemption": "not_asked"})):
        given = {"by": who.cast.sam, "at": who.at, "request": request, "rows": [row.pk]}
        assert requests.decide(**given, decision=decision, **more) == 0
    assert place in seen_by(who.dee, request, who, lead=True)
    assert standing(LEADS, [request])[subject_of(request)]
    assert requests.decide(by=who.dee, at=who.at, request=request, rows=[row.pk], decision="given") == 1
    assert place not in counts_shown(request, who.cast.sam, on=who.at.date()).by_place
    assert place in counts_shown(request, who.rose, on=who.at.date()).by_place
    row.refresh_from_db()
    assert row.meant == [who.cast.sam.pk]


@pytest.mark.parametrize("place", PLACES)
def test_thanks_and_ordinary_words_are_for_those_who_decide(who, place):
    PLACES[place](who, "Thank you Sam Slater for the lovely trip with Rhodri Vaughan.")
    request = searched(who, "Rhodri Vaughan", only=[place])
    assert place in seen_by(who.cast.sam, request, who)


def test_words_that_no_list_of_danger_has_are_the_leads_also_where_they_were_found_before(who):
    for put in PLACES.values():
        put(who, "Keep your girls away from Sam Slater, says Rhodri Vaughan.")
    request = searched(who, "Rhodri Vaughan")
    found = request.found.filter(place__in=PLACES)
    meant = {row.place: (row.meant, row.lead) for row in found}
    assert meant == dict.fromkeys(PLACES, ([who.cast.sam.pk], True))
    of_item = found.filter(place="inbox.item")
    of_item.update(meant=[], lead=False)
    Item.every.update(meant=[], why=[], names_read="")
    read_names_again(at=who.at)
    assert of_item.get().lead
    assert of_item.get().meant == [who.cast.sam.pk]


def test_what_is_locked_after_it_was_found_is_gone_with_its_twin_on_our_own_page(who):
    item = pasted(who, "Rhodri Vaughan was late.")
    twin = PLACES["networks.noticeboardcomment"](who, "Rhodri Vaughan was late.")
    Item.every.filter(pk=item.pk).update(network_id=twin.key)
    item.account.network = "noticeboard"
    item.account.save(update_fields=["network"])
    request = searched(who, "Rhodri Vaughan")
    both = {"inbox.item", "networks.noticeboardcomment"}
    assert both <= seen_by(who.cast.sam, request, who)
    lock_item(by=who.cast.ben, at=who.at, item=Item.every.get(pk=item.pk))
    assert not both & seen_by(who.cast.sam, request, who)
    assert not both & set(counts_shown(request, who.cast.sam, on=who.at.date()).by_place)
    assert both <= seen_by(who.dee, request, who, lead=True)
    again = searched(who, "Rhodri Vaughan")
    assert not both & seen_by(who.cast.sam, again, who)


def test_a_lead_whom_it_means_finds_nothing_and_another_person_decides(who):
    pasted(who, "Dee Lead hit my son Rhodri Vaughan.")
    PLACES["press.enquiry"](who, "Did Dee Lead hit Rhodri Vaughan?")
    request = searched(who, "Rhodri Vaughan")
    assert not seen_by(who.dee, request, who, lead=True)
    asked = {one.person for one in standing(LEADS, [request])[subject_of(request)]}
    others = asked - {who.dee}
    assert others
    assert all({"inbox.item", "press.enquiry"} & seen_by(one, request, who, lead=True) for one in others)


def test_whom_a_given_thing_means_does_not_finish_the_answer(who):
    PLACES["press.enquiry"](who, TELLS)
    request = searched(who, "Rhodri Vaughan")
    row = request.found.get()
    requests.decide(by=who.dee, at=who.at, request=request, rows=[row.pk], decision="given")
    requests.search_as_lead(by=who.dee, at=who.at, request=request)
    with pytest.raises(NotNow, match="Someone else"):
        check_ready(request, by=who.cast.sam)
    check_ready(request, by=who.rose)
    made = answering.make_answer(by=who.rose, at=who.at, request=request, language="en", letter="Dear all")
    type(made).objects.filter(pk=made.pk).update(
        state="ready", file="f" * 32, digest="d" * 64, size=1, volumes=1
    )
    made.refresh_from_db()
    with pytest.raises(NotNow, match="Someone else"):
        answering.take_answer(by=who.cast.sam, at=who.at, answer=made)


def test_left_out_by_a_lead_without_a_word_the_answer_is_as_if_there_were_none(who):
    PLACES["press.enquiry"](who, TELLS)
    request = searched(who, "Rhodri Vaughan")
    rows = list(request.found.values_list("pk", flat=True))
    left = {"by": who.dee, "at": who.at, "request": request, "rows": rows, "decision": "left_out"}
    requests.decide(**left, exemption="child_abuse")
    requests.search_as_lead(by=who.dee, at=who.at, request=request)
    assert outcome_of(request) == "nothing"
    assert Found.objects.get(pk=rows[0]).exemption == "child_abuse"
