"""The same words in Welsh and English: what each account gets, and who has read the Welsh."""

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.duties.models import Duty
from schoolgate.people.persons import say_reads_welsh
from schoolgate.publishing import digest, queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post
from schoolgate.publishing.reviewing import ask_welsh_reader, choose_post_languages, say_of_welsh
from schoolgate.publishing.sending import outgoing
from schoolgate.publishing.starting import begin_sending
from tests.cast import someone
from tests.publishing.conftest import ANSWERS

WORDS = {"en": "Sports day is on Friday.", "cy": "Mae’r mabolgampau ddydd Gwener."}
BOTH = "Mae’r mabolgampau ddydd Gwener.\n\nSports day is on Friday."


@pytest.fixture
def gwen(cast, at):
    """A colleague who reads Welsh."""
    found = someone("Gwen Darllen", "staff")
    say_reads_welsh(by=found, at=at, reads=True)
    return found


@pytest.fixture
def paired(cast, at):
    """A post of Amina's in both languages, Welsh first, sent for approval."""
    text, language = digest.together(WORDS, ["cy", "en"])
    post = draft_post(
        by=cast.amina, at=at, school=cast.school, targets=[TargetText(cast.bluesky, text, language)],
        answers=ANSWERS, text=WORDS["en"], language="en", other_text=WORDS["cy"],
    )  # fmt: skip
    return submit_post(by=cast.amina, at=at, post=post)


@pytest.mark.parametrize(
    ("words", "order", "sent"),
    [
        (WORDS, ["cy", "en"], (BOTH, "cy,en")),
        (WORDS, ["en", "cy"], ("Sports day is on Friday.\n\nMae’r mabolgampau ddydd Gwener.", "en,cy")),
        (WORDS, ["cy"], (WORDS["cy"], "cy")),
        (WORDS, ["en"], (WORDS["en"], "en")),
        ({"en": "Only.", "cy": "  "}, ["cy", "en"], ("Only.", "en")),
        ({"en": "Only.", "cy": ""}, ["cy"], ("Only.", "en")),
        ({"en": "", "cy": ""}, ["cy", "en"], ("", "en")),
        ({"en": "  Kept as typed. ", "cy": ""}, ["en"], ("  Kept as typed. ", "en")),
    ],
)
def test_an_account_gets_the_languages_that_it_takes_in_its_order(words, order, sent):
    assert digest.together(words, order) == sent


def test_both_languages_are_told_to_the_network_in_their_order(cast, paired, at):
    say_reads_welsh(by=cast.ben, at=at, reads=True)
    approved = approve_post(by=cast.ben, at=at, post=paired, seen=queries.seen_now(paired, at=at))
    out = outgoing(begin_sending(at=at, post=approved)[0])
    assert (out.text, out.languages) == (BOTH, ("cy", "en"))


def test_a_reader_of_welsh_is_asked_and_their_word_is_kept_with_the_approval(cast, gwen, paired, at):
    ask_welsh_reader(by=cast.ben, at=at, post=paired, reader=gwen)
    task = Duty.objects.get(kind="post.read_welsh", person=gwen)

    word = say_of_welsh(by=gwen, at=at, post=paired, same=True, seen=content_digest(paired))
    approved = approve_post(by=cast.ben, at=at, post=paired, seen=queries.seen_now(paired, at=at))

    task.refresh_from_db()
    assert task.state == "discharged"
    assert approved.approvals.get().welsh_id == word.pk


def test_welsh_is_approved_by_one_who_reads_it_or_once_a_reader_found_nothing_wrong(cast, gwen, paired, at):
    def approve():
        return approve_post(by=cast.ben, at=at, post=paired, seen=queries.seen_now(paired, at=at))

    with pytest.raises(BadInput) as refused:
        approve()
    assert [*refused.value.fields] == ["welsh"]
    seen = content_digest(paired)
    say_of_welsh(by=gwen, at=at, post=paired, same=False, seen=seen, words="It says Thursday.")
    with pytest.raises(BadInput):
        approve()
    say_reads_welsh(by=cast.ben, at=at, reads=True)
    assert (approve().state, paired.approvals.get().by) == ("approved", cast.ben)


def test_the_word_is_void_once_the_words_change(cast, gwen, paired, at):
    seen = content_digest(paired)
    say_of_welsh(by=gwen, at=at, post=paired, same=True, seen=seen)
    assert digest.last_reading(paired) is not None

    changed = edit_post(
        by=cast.amina, at=at, post=paired, version=paired.version,
        targets=[TargetText(cast.bluesky, BOTH + "!", "cy,en")], pictures=[], planned_at=None,
        answers=ANSWERS,
    )  # fmt: skip
    assert digest.last_reading(changed) is None
    with pytest.raises(NotNow):
        say_of_welsh(by=gwen, at=at, post=changed, same=True, seen=seen)


def test_people_who_do_not_read_welsh_or_wrote_it_cannot_say_so(cast, gwen, paired, at):
    say_reads_welsh(by=cast.amina, at=at, reads=True)
    for person in (cast.amina, cast.ben):
        with pytest.raises(NotAllowed):
            say_of_welsh(by=person, at=at, post=paired, same=True, seen=content_digest(paired))
    with pytest.raises(BadInput):
        ask_welsh_reader(by=cast.ben, at=at, post=paired, reader=cast.amina)


def test_a_difference_is_named_and_takes_an_approved_post_back_to_its_approver(cast, gwen, paired, at):
    say_reads_welsh(by=cast.ben, at=at, reads=True)
    approved = approve_post(by=cast.ben, at=at, post=paired, seen=queries.seen_now(paired, at=at))
    seen = content_digest(approved)
    with pytest.raises(BadInput):
        say_of_welsh(by=gwen, at=at, post=approved, same=False, seen=seen)

    say_of_welsh(by=gwen, at=at, post=approved, same=False, seen=seen, words="It says Thursday.")

    assert queries.post(approved.pk).state == "submitted"


def test_a_post_without_welsh_asks_no_reader(cast, gwen, draft, at):
    with pytest.raises(NotNow):
        ask_welsh_reader(by=cast.amina, at=at, post=draft(), reader=gwen)


def test_an_account_chooses_its_languages_among_those_offered(cast, at):
    assert digest.order_of(cast.bluesky, cast.school) == list(cast.school.languages)
    choose_post_languages(by=cast.amina, at=at, account=cast.bluesky, languages=["cy", "en"])
    assert digest.order_of(cast.bluesky, cast.school) == ["cy", "en"]
    with pytest.raises(BadInput):
        choose_post_languages(by=cast.amina, at=at, account=cast.bluesky, languages=["cy", "cy"])
