"""What a link's card shows is checked as a post's own pictures and words are."""

from datetime import timedelta
from functools import partial

import pytest

from schoolgate.core import files
from schoolgate.core.errors import BadInput
from schoolgate.core.leaving import Said
from schoolgate.media import words
from schoolgate.media.link_pages import SeenPage
from schoolgate.media.models import LONGEST_WAIT, Reading
from schoolgate.publishing import queries
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.cards import ask_for_cards_again, choose_cards, note_card_words, read_card_words
from schoolgate.publishing.hit_answers import answer_hits
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import CardChoice, CardWords, WithheldPicture
from schoolgate.publishing.starting import begin_sending
from schoolgate.pupils.models import Pupil
from schoolgate.screening import Kind
from tests.conftest import recorded
from tests.publishing.cards import LINK, TEXT
from tests.publishing.conftest import ANSWERS

SECOND = timedelta(seconds=1)


@pytest.fixture
def draft(draft):
    return partial(draft, answers={**ANSWERS, "links_own_business": False})


@pytest.fixture
def gwen(cast):
    """A pupil of the school's list."""
    return Pupil.objects.create(school=cast.school, key="A1", first_name="Gwen", last_name="Parry")


@pytest.fixture
def card_with(draft, card_of, at, reads_words):
    """`card_with(lines)`: the card of a new draft, in whose picture these lines were read; None: it waits."""

    def make(lines, **more):
        card = card_of(draft(TEXT), picture=True, **more)
        if lines is not None:
            note_card_words(at=at, pk=card.pk, digest=card.digest, lines=lines)
        return card

    return make


def found_in(card, at):
    return hits_of(queries.post(card.post_id), on=at.date()).hits


def approved(cast, at, post):
    post = submit_post(by=cast.amina, at=at, post=queries.post(post))
    return approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))


# --- The children in its picture


@pytest.mark.parametrize(
    ("faces", "shown"), [(0, CardChoice.PICTURE), (None, CardChoice.WORDS), (1, CardChoice.WORDS)]
)
def test_a_picture_goes_out_by_itself_only_where_no_face_was_found(draft, card_of, faces, shown):
    assert card_of(draft(TEXT), picture=True, faces=faces).shown == shown


def test_a_picture_with_a_face_is_never_offered(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post, picture=True, faces=2)
    with pytest.raises(BadInput):
        choose_cards(by=cast.amina, at=at, post=queries.post(post.pk), chosen={card.pk: "picture"})


def test_a_picture_that_nothing_looked_at_goes_out_by_the_authors_word(cast, at, draft, card_of):
    post = draft(TEXT)
    card = card_of(post, picture=True, faces=None)
    post = choose_cards(by=cast.amina, at=at, post=queries.post(post.pk), chosen={card.pk: "picture"})
    card.refresh_from_db()
    assert (card.shown, card.chosen_by) == (CardChoice.PICTURE, cast.amina)


# --- The words in its picture


def test_a_pupils_name_in_the_picture_stops_the_post_and_says_where(cast, gwen, card_with, at):
    card = card_with(["GWEN", "PARRY"])

    (hit,) = [each for each in found_in(card, at) if each.stops]
    assert (hit.hit.kind, hit.in_card, hit.in_card_picture, hit.pictures) == (Kind.PUPIL, True, True, ())
    with pytest.raises(BadInput):
        submit_post(by=cast.amina, at=at, post=queries.post(card.post_id))


def test_a_name_with_accents_is_found_as_the_program_reads_it(cast, card_with, at):
    Pupil.objects.create(school=cast.school, key="A2", first_name="Siân", last_name="Pugh")

    assert [each for each in found_in(card_with(["Sin Pugh"]), at) if each.stops]


def test_the_name_is_answered_or_the_picture_left_out(cast, gwen, card_with, at):
    card = card_with(["Gwen Parry"])
    post = queries.post(card.post_id)
    (hit,) = [each for each in found_in(card, at) if each.stops]
    left = choose_cards(by=cast.amina, at=at, post=post, chosen={card.pk: "words"})
    assert hits_of(left, on=at.date()).hits == ()

    back = choose_cards(by=cast.amina, at=at, post=left, chosen={card.pk: "picture"})
    assert hits_of(back, on=at.date()).stops
    said = {hit.hit.key: Said("not_pupil", "The author of the book")}
    answered = answer_hits(by=cast.amina, at=at, post=back, said=said)
    assert submit_post(by=cast.amina, at=at, post=answered).state == "submitted"


def test_a_name_in_the_title_and_in_the_picture_is_one_hit_of_the_card(gwen, card_with, at):
    card = card_with(["Gwen Parry"], seen=SeenPage("Gwen Parry wins", ""))

    (hit,) = [each for each in found_in(card, at) if each.stops]
    assert (hit.in_card, hit.in_card_picture) == (True, False)


def test_words_in_the_picture_give_no_advice_about_the_text(card_with, at):
    card = card_with(["SPORTS DAY!!! SPORTS DAY!!! EVERYONE WELCOME!!!"])

    advice = hits_of(queries.post(card.post_id), on=at.date()).advice
    assert all(field.startswith("text") for field, _advice in advice)


@pytest.mark.parametrize(("faces", "read"), [(0, True), (None, True), (1, False)])
def test_a_picture_that_never_goes_out_is_not_read(card_with, faces, read):
    card = card_with(None, faces=faces)

    assert CardWords.objects.filter(card=card).exists() is read


def test_where_nothing_can_read_the_picture_is_not_read(draft, card_of):
    assert card_of(draft(TEXT), picture=True).words is None


def test_an_approved_post_waits_until_the_picture_is_read(cast, card_with, at):
    card = card_with(None)
    post = approved(cast, at, card.post_id)
    assert begin_sending(at=at, post=post) == []
    assert queries.post(post.pk).state == "approved"

    note_card_words(at=at, pk=card.pk, digest=card.digest, lines=[])
    assert begin_sending(at=at, post=queries.post(post.pk))


def test_where_no_worker_reads_the_post_goes_on_after_three_minutes(cast, card_with, at):
    post = approved(cast, at, card_with(None).post_id)
    later = at + LONGEST_WAIT

    assert begin_sending(at=later - SECOND, post=queries.post(post.pk)) == []
    assert begin_sending(at=later, post=queries.post(post.pk))


def test_a_post_does_not_wait_for_a_picture_that_its_author_left_out(cast, card_with, at):
    card = card_with(None)
    choose_cards(by=cast.amina, at=at, post=queries.post(card.post_id), chosen={card.pk: "words"})

    assert begin_sending(at=at, post=approved(cast, at, card.post_id))


def test_a_name_that_is_read_after_the_approval_takes_the_post_back(cast, gwen, card_with, at):
    card = card_with(None)
    approved(cast, at, card.post_id)
    note_card_words(at=at, pk=card.pk, digest=card.digest, lines=["Gwen Parry"])

    assert begin_sending(at=at, post=queries.post(card.post_id)) == []
    assert queries.post(card.post_id).state == "submitted"


def test_a_job_reads_the_picture_once_and_its_words_are_in_no_record(cast, card_with, at, monkeypatch):
    read = []
    monkeypatch.setattr(words, "read_words", lambda content: read.append(content) or ["Gwen Parry"])
    card = card_with(None)
    given = (cast.federation.pk, card.pk, card.digest)

    assert read_card_words(*given, clock=lambda: at)
    assert not read_card_words(*given, clock=lambda: at)

    assert (len(read), CardWords.objects.get().lines) == (1, ["Gwen Parry"])
    said = [row.stored for row in recorded() if row.event == "post.card_words_read"]
    assert (len(said), "Parry" in str(said)) == (1, False)


@pytest.mark.parametrize(
    ("lines", "state"), [(None, Reading.NOT_READ), ([], Reading.NO_WORDS), (["A"], Reading.WORDS)]
)
def test_what_was_read_is_said_apart_from_what_was_not(cast, card_with, at, monkeypatch, lines, state):
    monkeypatch.setattr(words, "read_words", lambda _content: lines)
    card = card_with(None)
    read_card_words(cast.federation.pk, card.pk, card.digest, clock=lambda: at)

    assert CardWords.objects.get().reading(at=at) is state


def test_a_file_that_is_gone_is_not_read(cast, card_with, at):
    card = card_with(None)
    files.remove(card.digest, federation_id=cast.federation.pk)

    assert not read_card_words(cast.federation.pk, card.pk, card.digest, clock=lambda: at)
    assert CardWords.objects.get().reading(at=at) is Reading.NOT_READ


def test_words_of_a_picture_that_was_replaced_meanwhile_are_dropped(cast, card_with, at):
    card = card_with(None)
    ask_for_cards_again(by=cast.amina, at=at, post=queries.post(card.post_id))
    assert not CardWords.objects.exists()
    CardWords.objects.create(card=card, asked_at=at)

    assert not note_card_words(at=at, pk=card.pk, digest=card.digest, lines=["Gwen Parry"])
    assert not read_card_words(cast.federation.pk, card.pk, card.digest, clock=lambda: at)


# --- Its title and description


def test_a_pupils_name_on_the_card_stops_the_post_until_it_is_answered_or_left_away(cast, at, draft, card_of):
    Pupil.objects.create(school=cast.school, key="A1", first_name="Gwen", last_name="Parry")
    post = draft(TEXT)
    card = card_of(post, SeenPage("Gwen Parry wins", "A prize."))

    (hit,) = hits_of(queries.post(post.pk), on=at.date()).stops
    assert hit.in_card
    with pytest.raises(BadInput):
        submit_post(by=cast.amina, at=at, post=queries.post(post.pk))

    answered = answer_hits(
        by=cast.amina,
        at=at,
        post=queries.post(post.pk),
        said={hit.hit.key: Said("not_pupil", "An author of that name.")},
    )
    assert hits_of(answered, on=at.date()).stops == []
    left = choose_cards(by=cast.amina, at=at, post=answered, chosen={card.pk: "nothing"})
    assert hits_of(left, on=at.date()).hits == ()


def test_a_name_in_the_text_too_is_not_told_as_one_of_the_card_alone(cast, at, draft, card_of):
    Pupil.objects.create(school=cast.school, key="A1", first_name="Gwen", last_name="Parry")
    post = draft(f"Gwen Parry wins. {LINK}")
    card_of(post, SeenPage("Gwen Parry wins", ""))
    assert not hits_of(queries.post(post.pk), on=at.date()).stops[0].in_card


def test_a_cards_picture_that_must_not_be_shown_stops_the_post_until_it_goes_without(card_with, cast, at):
    card = card_with([])
    WithheldPicture.objects.create(post=card.post, digest=card.digest, prints=[1], at=at)
    (found,) = hits_of(queries.post(card.post_id), on=at.date()).stops
    assert (found.is_picture, found.in_card_picture, found.lead_only) == (True, True, True)
    post = choose_cards(by=cast.amina, at=at, post=queries.post(card.post_id), chosen={card.pk: "words"})
    assert hits_of(post, on=at.date()).stops == []
