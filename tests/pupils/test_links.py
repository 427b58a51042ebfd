"""A parent answers by a link of their own: made, mailed and revoked by the office, and by no one else."""

import io
import re
import tarfile
from datetime import timedelta

import pyrage
import pytest

from schoolgate.core.backups import sealing
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.home import kept_secret
from schoolgate.core.models import LedgerRow
from schoolgate.notices.models import SignInMail
from schoolgate.pupils import answering, consents, linking
from schoolgate.pupils.models import Consent, ParentLink, Pupil, Why, Withdrawal

MAIL = "ann@example.org"


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@pytest.fixture
def ava(school):
    return Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas", form="4B")


@pytest.fixture
def make(amina, ava, at):
    def made(who="Ann Thomas", giver="parent", **more):
        return linking.make_link(by=amina, at=at, pupil=ava, giver=giver, who=who, **more)

    return made


def standing(pupil, at, channel="facebook", use="picture"):
    asked = {"uses": [use], "channel": channel, "on": local_day(at), "own_yes_from": None}
    return consents.standings([pupil], **asked)[pupil.pk][use]


def test_the_code_is_made_again_and_only_its_digest_is_stored(make, at):
    link = make()
    code = linking.code_of(link)
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", code)
    assert linking.find(code.lower().replace("-", " "), at=at) == link
    assert code not in str(ParentLink.objects.values())
    assert code.replace("-", "") not in str(ParentLink.objects.values())


@pytest.mark.parametrize("why", ["wrong", "short", "expired", "revoked"])
def test_a_code_that_does_not_work_is_always_not_found(make, amina, at, why):
    link = make()
    code, when = linking.code_of(link), at
    if why == "wrong":
        code = "2222-2222-2222"
    elif why == "short":
        code = code[:9]
    elif why == "expired":
        when = at + linking.LASTS
        assert linking.find(code, at=when - timedelta(seconds=1))
    else:
        linking.revoke_link(by=amina, at=at, link=link)
    with pytest.raises(NotFound):
        linking.find(code, at=when)


def test_a_new_link_after_a_revoked_one_has_another_code(make, amina, at):
    first = make()
    with pytest.raises(NotNow, match="already have"):
        make(who="ann  thomas")
    linking.revoke_link(by=amina, at=at, link=first)
    with pytest.raises(NotNow):
        linking.revoke_link(by=amina, at=at, link=first)
    assert linking.code_of(make()) != linking.code_of(first)


def test_only_the_office_makes_mails_prints_and_revokes(make, ava, cara, at):
    link = make(email=MAIL)
    for refused in (
        lambda: linking.make_link(by=cara, at=at, pupil=ava, giver="pupil"),
        lambda: linking.mail_link(by=cara, at=at, link=link),
        lambda: linking.print_links(by=cara, at=at, pupils=[ava]),
        lambda: linking.print_one(by=cara, at=at, link=link),
        lambda: linking.revoke_link(by=cara, at=at, link=link),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_what_is_missing_is_asked_for(make):
    for field, given in (
        ("who", {"who": " "}),
        ("email", {"email": "ann"}),
        ("language", {"language": "xx"}),
    ):
        with pytest.raises(BadInput) as error:
            make(**given)
        assert set(error.value.fields) == {field}


def test_a_class_is_mailed_once_and_only_where_there_is_an_address(make, amina, school, at):
    make(email=MAIL)
    make(who="Tom Thomas")
    asked = {"by": amina, "at": at, "schools": [school], "form": "4B"}
    assert linking.mail_class(**{**asked, "form": "4C"}) == 0
    assert (linking.mail_class(**asked), linking.mail_class(**asked)) == (1, 0)
    mail = SignInMail.objects.get()
    assert mail.address == MAIL
    assert not re.search(
        r"\bAva\b", str(SignInMail.objects.values())
    )  # three letters may come in what is sealed


def test_each_pupil_without_a_link_gets_one_to_print(make, amina, ava, school, at):
    ben = Pupil.objects.create(school=school, key="A2", first_name="Ben", last_name="Ellis", form="4B")
    mine = make()
    for _again in range(2):
        printed = linking.print_links(by=amina, at=at, pupils=[ava, ben])
        assert [each.who for each in printed] == ["Ann Thomas", "Letter"]
    assert printed[0] == mine


def test_an_answer_is_recorded_once_and_without_names(make, ava, at):
    link = make()
    said = {"at": at, "link": link, "uses": ["picture"]}
    assert len(linking.answer_by_link(**said, answer="given")) == 1
    assert linking.answer_by_link(**said, answer="given") == []
    row = Consent.objects.get()
    assert (row.giver, row.who, row.form, row.by, row.link) == ("parent", "Ann Thomas", "here", None, link)
    assert standing(ava, at).may
    rows = str(list(LedgerRow.objects.values()))
    assert "Thomas" not in rows
    assert linking.code_of(link) not in rows


@pytest.mark.parametrize(
    "wrong", [{"uses": []}, {"uses": ["dance"]}, {"answer": "not_asked"}, {"channel": "nowhere"}]
)
def test_nothing_else_is_taken_as_an_answer(make, at, wrong):
    with pytest.raises(BadInput):
        linking.answer_by_link(**{"at": at, "link": make(), "uses": ["picture"], "answer": "given", **wrong})


def test_a_no_for_all_accounts_ends_a_yes_for_one(make, ava, at):
    link = make()
    linking.answer_by_link(at=at, link=link, uses=["picture"], answer="given", channel="facebook")
    assert standing(ava, at).may
    linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused")
    assert not standing(ava, at).may


def test_two_parents_who_disagree_are_a_no_and_neither_sees_the_other(make, ava, at):
    ann, tom = make(), make(who="Tom Thomas")
    linking.answer_by_link(at=at, link=ann, uses=["picture"], answer="given")
    linking.answer_by_link(at=at, link=tom, uses=["picture"], answer="refused")
    assert standing(ava, at).why == Why.DISAGREE
    assert consents.own_answers(ann, "")["picture"].answer == "given"
    assert consents.own_answers(tom, "")["picture"].answer == "refused"


def test_a_pupil_takes_their_picture_down_alone(make, ava, at):
    parent, own = make(), make(giver="pupil", who="")
    linking.answer_by_link(at=at, link=parent, uses=["picture"], answer="given")
    linking.answer_by_link(at=at, link=own, uses=["picture", "film"], answer="refused")
    assert standing(ava, at).why == Why.OBJECTS
    assert Withdrawal.objects.get().giver == "pupil"


def test_only_a_no_is_a_withdrawal(make, at):
    link = make()
    linking.answer_by_link(at=at, link=link, uses=["name"], answer="given")
    assert not Withdrawal.objects.exists()
    linking.answer_by_link(at=at, link=link, uses=["name"], answer="refused")
    row = Withdrawal.objects.get()
    assert (row.uses, row.channel, row.cause, row.who) == (["name"], "", "answer", "Ann Thomas")


def test_a_pupils_no_on_their_page_stays_after_one_for_some_days(make, ava, amina, at):
    answering.record_objection(by=amina, at=at, pupil=ava)
    linking.answer_by_link(at=at, link=make(), uses=["picture"], answer="given")
    own = make(giver="pupil", who="")
    assert linking.answer_by_link(at=at, link=own, uses=["picture"], answer="refused")
    assert standing(ava, at + timedelta(days=30)).why == Why.OBJECTS


def test_the_key_of_the_letters_goes_with_the_installations_keys(home, monkeypatch):
    """A restored installation makes and knows the same codes: printed letters keep working."""
    own = kept_secret("django")
    monkeypatch.setattr(pyrage.passphrase, "encrypt", lambda content, _passphrase: content)  # test_backups
    with tarfile.open(fileobj=io.BytesIO(sealing.seal_keys("a passphrase of five words"))) as tar:
        file = tar.extractfile("django")
        assert file is not None
        assert file.read() == own
