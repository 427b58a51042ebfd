"""A federation tries to take over the sign-in of somebody of another one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.tenancy import scope
from schoolgate.notices.actions import give_address
from schoolgate.people import directories, leaving, persons, queries, sessions
from schoolgate.people.models import Directory, SchoolAccount, User
from schoolgate.people.setting_up import enter_first, invite_first_again
from tests.cast import someone
from tests.notices.mails import mails_of
from tests.web.signing import with_password

DAN, EVIL = "dan@school.example", "evil@elsewhere.example"
OWN, STOLEN = "three-brown-horses", "four-stolen-horses"


@pytest.fixture
def here(make_federation, at, home):
    """Wildground, which has invited Dan; Wootton, whose administrator wants to be him."""
    wildground, wootton = make_federation("wildground"), make_federation("wootton", "wootton")
    with scope(wildground.pk):
        amina = someone("Amina", "slt")
    with scope(wootton.pk):
        eve, mallory = someone("Eve", "principal"), someone("Mallory", "principal")
    return SimpleNamespace(
        wildground=wildground, wootton=wootton, amina=amina, eve=eve, mallory=mallory, at=at
    )


def add(by, at, email=DAN):
    with scope(by.federation_id):
        return persons.add_person(by=by, at=at, name="Dan", email=email, relation="staff")


def invite(by, person, at):
    with scope(by.federation_id):
        persons.invite(by=by, at=at, person=queries.person(person.pk))
        return mails_of(by.federation_id, at)


def direct(by, person, address, at):
    with scope(by.federation_id):
        give_address(by=by, at=at, person=queries.person(person.pk), address=address)


def token_of(letter):
    links = [line for line in letter.body.splitlines() if "/invitation/" in line]
    return links[0].rpartition("/")[2] if links else None


def password_of(email=DAN):
    user = User.objects.for_email(email)
    return next((each for each in (OWN, STOLEN) if user.check_password(each)), None)


# --- Where the link goes -----------------------------------------------------------------------------------


def test_the_link_goes_to_the_address_of_the_sign_in_wherever_messages_are_directed(here):
    add(here.amina, here.at)
    dan = add(here.eve, here.at)
    direct(here.eve, dan, EVIL, here.at)
    (letter,) = invite(here.eve, dan, here.at)
    assert letter.to_address == DAN
    with scope(here.wootton.pk):
        assert queries.person(dan.pk).email == EVIL, "other messages still go where they were directed"


def test_a_link_that_went_anywhere_else_sets_no_password(here):
    add(here.amina, here.at)
    dan = add(here.eve, here.at)
    with scope(here.wootton.pk):
        invitation = persons.invite(by=here.eve, at=here.at, person=dan)
    token = directories.mint(invitation, to=EVIL)
    with pytest.raises(NotNow, match="no longer works"):
        directories.find(token, at=here.at)
    with pytest.raises(NotNow):
        directories.accept(token=token, password=STOLEN, at=here.at)
    assert password_of() is None


def test_capitals_are_no_other_address(here):
    dan = add(here.amina, here.at)
    with scope(here.wildground.pk):
        invitation = persons.invite(by=here.amina, at=here.at, person=dan)
    directories.accept(token=directories.mint(invitation, to=DAN.upper()), password=OWN, at=here.at)
    assert password_of() == OWN


@pytest.mark.parametrize("email", ["ſam@school.example", "sam@ſchool.example", "dıana@school.example"])
def test_letters_that_only_look_alike_in_capitals_are_refused(here, email):
    add(here.amina, here.at, email=email.replace("ſ", "s").replace("ı", "i"))
    with pytest.raises(BadInput) as refused:
        add(here.eve, here.at, email=email)
    assert list(refused.value.fields) == ["email"]


def test_mails_about_the_second_step_go_to_the_address_of_the_sign_in(here):
    with scope(here.wootton.pk):
        dan = with_password(someone("Dan", "principal"))
        own = dan.email
        give_address(by=here.eve, at=here.at, person=dan, address=EVIL)
        reset = sessions.start_factor_reset(by=here.eve, at=here.at, person=dan)
        asked = mails_of(here.wootton.pk, here.at)
        sessions.confirm_factor_reset(by=here.mallory, at=here.at, reset=reset)
        done = mails_of(here.wootton.pk, here.at)
    told = [letter.to_address for letter in asked + done if "two-step" in letter.subject]
    assert told == [own, own]


# --- When the link ends ------------------------------------------------------------------------------------


def test_the_first_password_chosen_anywhere_ends_every_link(here):
    first, second = add(here.amina, here.at), add(here.eve, here.at)
    (honest,) = invite(here.amina, first, here.at)
    (other,) = invite(here.eve, second, here.at)
    directories.accept(token=token_of(honest), password=OWN, at=here.at)
    with pytest.raises(NotNow, match="no longer works") as refused:
        directories.accept(token=token_of(other), password=STOLEN, at=here.at)
    assert "Sign in" in str(refused.value.next_step)
    assert password_of() == OWN


def test_a_password_chosen_by_the_mail_of_the_sign_in_page_ends_the_link(here):
    dan = add(here.amina, here.at)
    (letter,) = invite(here.amina, dan, here.at)
    user = User.objects.for_email(DAN)
    user.set_password(OWN)
    user.save()
    with pytest.raises(NotNow):
        directories.accept(token=token_of(letter), password=STOLEN, at=here.at)
    assert password_of() == OWN


def test_an_invitation_sent_again_after_that_carries_no_link(here):
    first, second = add(here.amina, here.at), add(here.eve, here.at)
    (letter,) = invite(here.amina, first, here.at)
    directories.accept(token=token_of(letter), password=OWN, at=here.at)
    (again,) = invite(here.eve, second, here.at)
    assert (token_of(again), again.to_address) == (None, DAN)


def test_the_link_of_a_place_that_has_ended_opens_nothing(here):
    dan = add(here.eve, here.at)
    (letter,) = invite(here.eve, dan, here.at)
    with scope(here.wootton.pk):
        leaving.record_departure(
            by=here.eve, at=here.at, person=queries.person(dan.pk), left_on=local_day(here.at)
        )
    with pytest.raises(NotNow):
        directories.find(token_of(letter), at=here.at)


def test_a_link_whose_password_was_chosen_joins_no_school_account_either(here):
    first, second = add(here.amina, here.at), add(here.eve, here.at)
    (honest,) = invite(here.amina, first, here.at)
    (other,) = invite(here.eve, second, here.at)
    directories.accept(token=token_of(honest), password=OWN, at=here.at)
    with pytest.raises(NotNow):
        directories.accept_with_school_account(
            token=token_of(other), directory=Directory(pk=1), subject="evil", at=here.at
        )
    assert not SchoolAccount.objects.exists()


# --- An address is put right -------------------------------------------------------------------------------


def test_a_mistyped_address_is_put_right_before_anybody_signed_in_with_it(here):
    dan = add(here.amina, here.at, email="dam@school.example")
    (lost,) = invite(here.amina, dan, here.at)
    direct(here.amina, dan, DAN, here.at)
    with pytest.raises(NotFound):
        directories.find(token_of(lost), at=here.at)
    (letter,) = invite(here.amina, dan, here.at)
    assert letter.to_address == DAN
    directories.accept(token=token_of(letter), password=OWN, at=here.at)
    assert password_of() == OWN
    assert User.objects.for_email("dam@school.example") is None
    (membership,) = queries.memberships_of(User.objects.for_email(DAN), on=local_day(here.at))
    assert (membership.federation_id, membership.person_id) == (here.wildground.pk, dan.pk)


def test_a_sign_in_that_another_federation_knows_too_keeps_its_address(here):
    add(here.amina, here.at)
    dan = add(here.eve, here.at)
    direct(here.eve, dan, EVIL, here.at)
    assert User.objects.for_email(EVIL) is None
    assert len(queries.memberships_of(User.objects.for_email(DAN), on=local_day(here.at))) == 2


def test_a_sign_in_that_was_used_keeps_its_address(here):
    dan = add(here.eve, here.at)
    (letter,) = invite(here.eve, dan, here.at)
    directories.accept(token=token_of(letter), password=OWN, at=here.at)
    direct(here.eve, dan, EVIL, here.at)
    assert (User.objects.for_email(EVIL), password_of()) == (None, OWN)


def test_a_sign_in_with_a_second_step_keeps_its_address(here):
    dan = add(here.eve, here.at)
    Authenticator.objects.create(user=dan.user, type=Authenticator.Type.WEBAUTHN, data={})
    direct(here.eve, dan, EVIL, here.at)
    assert User.objects.for_email(EVIL) is None


def test_a_place_goes_to_the_sign_in_that_the_right_address_has(here):
    add(here.amina, here.at)
    dan = add(here.eve, here.at, email="dam@school.example")
    direct(here.eve, dan, DAN, here.at)
    memberships = queries.memberships_of(User.objects.for_email(DAN), on=local_day(here.at))
    assert [membership.federation_id for membership in memberships] == [here.wildground.pk, here.wootton.pk]


def test_the_right_address_may_not_be_somebody_elses_here(here):
    add(here.eve, here.at)
    dan = add(here.eve, here.at, email="dam@school.example")
    with pytest.raises(BadInput) as refused:
        direct(here.eve, dan, DAN, here.at)
    assert list(refused.value.fields) == ["address"]
    with scope(here.wootton.pk):
        assert queries.person(dan.pk).email == "dam@school.example"


# --- The first person of a home, who chooses at the machine ------------------------------------------------


@pytest.fixture
def empty(make_federation):
    """A federation in which nobody is entered yet, beside the others."""
    return make_federation("oakhill")


def first_person(federation, at):
    with scope(federation.pk):
        return enter_first(at=at, name="Olu", email=DAN, role_key="slt", language="en")


def test_at_the_machine_the_first_person_chooses_without_a_mail(empty, at):
    token = directories.mint(first_person(empty, at), to="")
    directories.accept(token=token, password=OWN, at=at)
    assert password_of() == OWN


def test_at_the_machine_nobody_chooses_for_somebody_of_another_federation(here, empty):
    add(here.amina, here.at)
    token = directories.mint(first_person(empty, here.at), to="")
    with pytest.raises(NotNow):
        directories.find(token, at=here.at)
    with scope(empty.pk):
        again = directories.mint(invite_first_again(at=here.at), to="")
    with pytest.raises(NotNow):
        directories.accept(token=again, password=STOLEN, at=here.at)
    assert password_of() is None


def test_at_the_machine_a_place_given_elsewhere_meanwhile_ends_the_way(here, empty):
    token = directories.mint(first_person(empty, here.at), to="")
    directories.find(token, at=here.at)
    add(here.amina, here.at)
    with pytest.raises(NotNow):
        directories.accept(token=token, password=STOLEN, at=here.at)
    assert password_of() is None


def test_a_password_chosen_at_the_machine_opens_no_other_federation(here, empty):
    """Otherwise the address of somebody who is to come elsewhere could be taken beforehand."""
    directories.accept(
        token=directories.mint(first_person(empty, here.at), to=""), password=STOLEN, at=here.at
    )
    with pytest.raises(BadInput) as refused:
        add(here.amina, here.at)
    assert (
        "No one has confirmed this address yet. Ask the person to get a new password by email, then add them."
        in str(refused.value.fields["email"])
    )
    persons.note_address_proven(User.objects.for_email(DAN))
    assert add(here.amina, here.at).user == User.objects.for_email(DAN)


# --- The second step ---------------------------------------------------------------------------------------


def test_whoever_added_somebody_first_cannot_take_off_a_step_of_a_sign_in_begun_elsewhere(here):
    early = add(here.eve, here.at)
    dan = add(here.amina, here.at)
    (letter,) = invite(here.amina, dan, here.at)
    directories.accept(token=token_of(letter), password=OWN, at=here.at)
    with scope(here.wootton.pk), pytest.raises(NotAllowed, match="another federation"):
        sessions.start_factor_reset(by=here.eve, at=here.at, person=early)
    with scope(here.wildground.pk):
        assert sessions.start_factor_reset(by=here.amina, at=here.at, person=dan).person == dan


# --- At the same moment ------------------------------------------------------------------------------------


def test_of_two_links_used_at_the_same_moment_one_counts(own_database, here):
    tokens = [token_of(invite(by, add(by, here.at), here.at)[0]) for by in (here.amina, here.eve)]
    ready = Barrier(2)

    def take_up(token, password):
        ready.wait()
        try:
            directories.accept(token=token, password=password, at=here.at)
        except NotNow:
            return None
        finally:
            connections.close_all()
        return password

    with ThreadPoolExecutor(2) as both:
        chosen = list(both.map(take_up, tokens, (OWN, STOLEN)))
    assert sorted(map(bool, chosen)) == [False, True]
    assert password_of() in chosen
