"""The school's own words: a document is added, its words are matched to the clauses, and it is signed."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolgate.core import files
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.models import LedgerRow
from schoolgate.core.outside.documents import LARGEST
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy import acknowledging, knowing, queries
from schoolgate.policy.acknowledging import acknowledge, ask_who_is_bound, enter_paper
from schoolgate.policy.adopting import adopt
from schoolgate.policy.documents import (
    Known,
    add_document,
    documents_of,
    in_short,
    own_words_of,
    place_passages,
    read_own_words,
    read_pasted,
)
from schoolgate.policy.importing.passages import numbered, pieces_stored, propose_passages
from schoolgate.policy.models import Asking, Attestation, ClausePassage, PolicyDocument, PolicyVersion
from schoolgate.policy.saying import attest
from schoolgate.rulebook import book
from schoolgate.rulebook.clauses import split
from tests.cast import someone
from tests.conftest import deliver_all, recorded
from tests.documents import encrypted, pdf, word
from tests.policy.test_knowing import READ, signs_in
from tests.policy.test_versions import adopted, prepared  # noqa: F401 - the next version

DAY = timedelta(days=1)
TEXT = """\
# Monitoring

A comment, query or complaint gets a reply within 24 hours. He asked "why?" Nobody knew.

# Pictures

Staff must not:

- upload pictures of pupils anywhere online except on official accounts;
- use a picture of a child on the do-not-publish list.
"""
ODT = b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.textPK"
REPLY, LISTED, BULLIES = "wildground-monitoring-4", "wildground-images-9", "wildground-monitoring-7"

CLAUSES = list(book("wildground").clauses.values())[40:60]


def added(version, by, at, text=TEXT, because=""):
    read = read_pasted(text)
    stored = files.keep(read.content, read.media_type)
    row = add_document(by=by, at=at, version=version, read=read, digest=stored.digest, because=because)
    version.refresh_from_db()
    return row


def passage(version, clause):
    return own_words_of(queries.version(version.pk)).passage(clause)


# --- Adding and matching


def test_the_words_of_a_clause_are_found_and_marked_as_not_checked(version, ben, at):
    row = added(version, ben, at)

    assert (version.document, row.number, row.by, row.name) == (row.digest, 1, ben, "")
    assert files.read(row.digest).decode().startswith("# Monitoring")
    found = passage(version, REPLY)
    assert (found.known, found.words) == (
        Known.FOUND,
        "A comment, query or complaint gets a reply within 24 hours.",
    )
    assert passage(version, LISTED).words == (
        "Staff must not: […] use a picture of a child on the do-not-publish list."
    )


def test_a_clause_that_no_sentence_reads_like_is_unknown_and_never_guessed(version, ben, at):
    added(version, ben, at)
    found = passage(version, BULLIES)
    assert (found.known, found.words) == (Known.UNKNOWN, "")


def test_the_owner_says_which_words_or_that_there_are_none_and_each_is_kept(version, ben, at):
    row = added(version, ben, at)
    place_passages(by=ben, at=at, document=row, passages={REPLY: [3, 2, 2], BULLIES: []})
    place_passages(by=ben, at=at + DAY, document=row, passages={REPLY: [1]})

    assert (passage(version, REPLY).known, passage(version, REPLY).numbers) == (Known.CONFIRMED, [1])
    assert passage(version, REPLY).by == ben.name
    assert passage(version, BULLIES).known is Known.ABSENT
    assert list(ClausePassage.objects.filter(clause=REPLY).order_by("id").values_list("sentences")) == [
        ([2, 3],),
        ([1],),
    ]


@pytest.mark.parametrize("numbers", [[0], [7], [1, 99], list(range(1, 202))])
def test_a_sentence_that_the_document_does_not_have_is_refused(version, ben, at, numbers):
    row = added(version, ben, at)
    last = len(own_words_of(version).sentences)
    assert last == 6
    with pytest.raises(BadInput):
        place_passages(by=ben, at=at, document=row, passages={REPLY: numbers})
    place_passages(by=ben, at=at, document=row, passages={REPLY: [last]})


def test_only_the_owner_adds_a_document_or_matches_words(version, ben, amina, at):
    with pytest.raises(NotAllowed):
        added(version, amina, at)
    row = added(version, ben, at)
    with pytest.raises(NotAllowed):
        place_passages(by=amina, at=at, document=row, passages={REPLY: [1]})
    with pytest.raises(NotFound):
        place_passages(by=ben, at=at, document=row, passages={"wildground-nothing-1": [1]})


def test_a_replaced_document_needs_a_reason_and_keeps_what_was_checked_of_the_same_words(version, ben, at):
    first = added(version, ben, at)
    place_passages(by=ben, at=at, document=first, passages={REPLY: [1], LISTED: [4, 6], BULLIES: []})
    with pytest.raises(NotNow, match="already has this file"):
        added(version, ben, at)
    changed = "# About\n\nThis is ours.\n\n" + TEXT.replace("do-not-publish list", "list at the office")
    with pytest.raises(BadInput) as refused:
        added(version, ben, at, changed, because=" ")
    assert list(refused.value.fields) == ["because"]

    second = added(version, ben, at + DAY, changed, because="A page was missing.")

    assert (second.number, second.because, version.document) == (2, "A page was missing.", second.digest)
    assert (passage(version, REPLY).known, passage(version, REPLY).numbers) == (Known.CONFIRMED, [2])
    assert passage(version, REPLY).at == at
    assert passage(version, LISTED).known is not Known.CONFIRMED
    assert passage(version, BULLIES).known is Known.UNKNOWN
    with pytest.raises(NotNow, match="has been replaced"):
        place_passages(by=ben, at=at, document=first, passages={REPLY: [1]})


def test_a_version_in_preparation_takes_a_document_and_a_replaced_one_does_not(
    version,
    ben,
    prepared,  # noqa: F811
    at,
):
    added(prepared, ben, at)
    second = adopted(prepared, ben, at)
    assert queries.in_force(at.date()).version.document == prepared.document
    assert second.pk == prepared.pk
    with pytest.raises(NotNow, match="no longer in use"):
        added(version, ben, at, "# A\n\nStaff must ask the head first.\n")


def test_another_federation_sees_nothing_of_it(federation, make_federation, home, at):
    other = make_federation("wootton")
    with scope(federation.pk):
        ben = someone("Ben Carter", "slt")
        row = added(adopt(by=ben, at=at), ben, at)
    with scope(other.pk):
        assert not PolicyDocument.objects.exists()
        with pytest.raises(NotFound):
            files.opened(row.digest)


# --- Reading files


def test_word_pdf_and_pasted_text_are_read_word_for_word():
    says = 'He asked "why?" Then he left. See para. 3.'
    docx = read_own_words(word(("Heading 1", "Ask"), ("Normal", says)), "p.docx")
    paper = read_own_words(pdf([(18, "Ask"), (11, says)]), "p.pdf")
    pasted = read_pasted(f"# Ask\n\n{says}\n")
    for read in (docx, paper, pasted):
        assert [one.kind for one in read.pieces] == ["heading", "text"]
        assert " ".join(read.pieces[1].says) == says
    assert docx.media_type.endswith("wordprocessingml.document")
    assert (paper.media_type, pasted.media_type) == ("application/pdf", "text/plain; charset=utf-8")


def test_welsh_is_read_too():
    read = read_pasted("# Lluniau\n\nRhaid i staff ofyn i'r pennaeth cyn rhannu lluniau o ddisgyblion.\n")
    assert len(read.pieces) == 2


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (pdf(*[[(11, "Staff must ask.")]] * 400), "policy.pdf", "it has 400 pages, and the limit is 200"),
        (encrypted(pdf([(11, "Staff must ask.")]), "x"), "policy.pdf", "it needs a password"),
        (pdf([(11, "Staff must ask.")])[:120], "policy.pdf", "it is damaged"),
        (b"x" * LARGEST, "policy.txt", "it is larger than 10 MB"),
        (b"PK\x03\x04" + b"nonsense" * 20, "policy.docx", "it is damaged"),
        (ODT, "policy.odt", "it is not a Word, PDF, Markdown or text file. Save it as .docx"),
        (b" \n ", "policy.txt", "it is empty"),
        (b"# Only a heading\n", "policy.md", "it is empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(content, name, said):
    with pytest.raises(BadInput) as refused:
        read_own_words(content, name)
    assert str(refused.value.fields["file"]).startswith(f"{name}: {said}")


def test_pasted_text_without_words_is_told_beside_its_own_field():
    with pytest.raises(BadInput) as refused:
        read_pasted("  \n")
    assert list(refused.value.fields) == ["text"]


# --- Signing


def test_what_is_signed_is_the_document_and_the_record_says_which(version, ben, amina, at):
    row = added(version, ben, at)
    said = acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    understood = attest(kind="policy_understood", about=version, by=amina, at=at, seen={})
    trained = attest(kind="trained", about=amina, about_person=amina, by=ben, at=at, seen={})

    assert (said.document, understood.document, trained.document) == (row.digest, row.digest, "")
    assert documents_of(version)[0].signed == 1
    assert knowing.answers([amina.pk], version)[amina.pk].answer
    assert queries.vouched([amina], version, on=at.date())[amina.pk]["policy_read"]


def test_the_record_names_the_document_only_where_there_is_one(version, ben, amina, at):
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    row = added(version, ben, at)
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    given = [bytes(one.stored) for one in recorded() if one.event == "attestation.given"]
    assert [row.digest.encode() in one for one in given] == [False, True]
    assert in_short("3f2a91bc04de77") == "3f2a 91bc 04de"


def test_who_signed_something_else_is_asked_again_and_both_stay_on_record(version, ben, amina, at):
    signs_in(amina)
    ask_who_is_bound(at=at)
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    row = added(version, ben, at)

    assert knowing.answers([amina.pk], version) == {}
    assert "policy_read" not in queries.vouched([amina], version, on=at.date())[amina.pk]
    ask_who_is_bound(at=at + DAY)
    assert Duty.objects.filter(kind=READ, person=amina, state="open").count() == 1
    assert list(Asking.objects.filter(person=amina).order_by("id").values_list("document", flat=True)) == [
        "", row.digest,
    ]  # fmt: skip

    acknowledge(by=amina, at=at + DAY, version=version, answer=True, to_end=True)
    assert knowing.answers([amina.pk], version)[amina.pk].answer
    documents = (
        Attestation.objects.filter(about_person=amina).order_by("id").values_list("document", flat=True)
    )
    assert list(documents) == ["", row.digest]
    assert not Duty.objects.filter(kind=READ, person=amina, state="open").exists()


def test_matching_words_asks_nobody_again(version, ben, amina, at):
    row = added(version, ben, at)
    acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    place_passages(by=ben, at=at, document=row, passages={REPLY: [1]})
    ask_who_is_bound(at=at)
    assert knowing.answers([amina.pk], version)[amina.pk].answer
    assert not Asking.objects.filter(person=amina).exists()


def test_a_link_to_the_earlier_document_no_longer_works(version, ben, amina, at):
    ask_who_is_bound(at=at)
    asking = Asking.objects.select_related("person__federation", "version").get(person=amina)
    token = acknowledging.mint(asking, at=at)
    added(version, ben, at)
    with pytest.raises(NotNow, match="no longer works"):
        acknowledging.find(token, at=at)
    ask_who_is_bound(at=at)
    again = (
        Asking.objects.select_related("person__federation", "version").exclude(document="").get(person=amina)
    )
    assert acknowledging.find(acknowledging.mint(again, at=at), at=at).asking == again


def test_a_paper_names_the_document_too(version, ben, amina, at):
    row = added(version, ben, at)
    paper = enter_paper(by=ben, at=at, about=amina, answer=True, dated=at.date())
    assert paper.document == row.digest


def test_everyone_is_asked_again_as_soon_as_the_document_is_added(federation, home, at):
    with scope(federation.pk):
        ben, amina = someone("Ben Carter", "slt"), signs_in(someone("Amina Khan", "staff"))
        version = adopt(by=ben, at=at)
        acknowledge(by=amina, at=at, version=version, answer=True, to_end=True)
    deliver_all(federation.pk, at)
    with scope(federation.pk):
        added(version, ben, at + DAY)
    deliver_all(federation.pk, at + DAY)
    with scope(federation.pk):
        assert Asking.objects.filter(person=amina).exclude(document="").count() == 1
        rows = LedgerRow.objects.filter(event="policydocument.added")
        assert PolicyVersion.objects.get().document.encode() in bytes(rows.get().stored)


# --- The matcher

SENTENCES = st.lists(
    st.text(st.sampled_from('ab xyz.!?;:"’)( AB\n#-*éŵ7'), min_size=1, max_size=60), min_size=1, max_size=8
)


@given(st.text(max_size=300))
def test_a_paragraph_loses_no_word_when_it_is_parted(text):
    assert " ".join(split(text)).split() == text.split()


@given(SENTENCES)
def test_sentences_are_numbered_in_order_and_each_lead_comes_before_its_items(texts):
    try:
        read = read_pasted("\n\n".join(texts))
    except BadInput:
        return
    found = numbered(read.pieces)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert all(one.lead < one.number for one in found)
    assert pieces_stored(piece.as_stored() for piece in read.pieces) == read.pieces


@given(st.lists(st.sampled_from([clause.says for clause in CLAUSES]), min_size=1, max_size=12))
def test_only_sentences_of_the_document_are_proposed_and_none_is_when_there_is_nothing_alike(texts):
    sentences = numbered(read_pasted("\n\n".join(texts)).pieces)
    found = propose_passages(sentences, CLAUSES)
    assert all(1 <= number <= len(sentences) for numbers in found.values() for number in numbers)
    for clause in CLAUSES:
        if clause.says in texts:
            assert any(sentences[number - 1].text == clause.says for number in found[clause.id])
    assert propose_passages(numbered(read_pasted("Zyx qwv.").pieces), CLAUSES) == {}
