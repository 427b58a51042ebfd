"""Signing in with a school account, against a real provider on this machine."""

import time
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.people import directories, persons, queries
from schoolgate.people.models import Membership, SchoolAccount, User
from tests.cast import someone
from tests.conftest import recorded
from tests.notices.mails import sign_in_mails
from tests.web.school_cast import add_directory, address_of, as_operator, come_in, join, said, there_and_back
from tests.web.school_provider import CLIENT, DOMAIN, TENANT
from tests.web.signing import code, is_signed_in, sign_in, with_app, with_password

NOW = datetime.now(UTC)

# --- Who is let in


def test_the_way_there_goes_by_a_page_that_goes_on_by_itself_and_shows_the_link(provider, tom):
    page = Client().post(reverse("school-account-start", args=["wildground"]))
    to = page.context["to"].replace("&", "&amp;")
    assert page.status_code == 200
    assert f'content="0; url={to}"' in said(page)
    assert f'<a href="{to}">' in said(page)
    asked = parse_qs(parts_of(page.context["to"]).query)
    assert (asked["code_challenge_method"], asked["scope"]) == (["S256"], ["openid profile"])
    assert "form-action 'self'" in page["Content-Security-Policy"]


def test_the_second_step_still_comes_after_it(provider, tom):
    with_app(tom)
    client, page = come_in(provider)
    assert page["Location"] == reverse("mfa_authenticate")
    assert is_signed_in(client) is False
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert is_signed_in(client) is True
    assert client.session["signed_in"]["with"] == "two_steps"


def test_a_role_that_needs_a_second_step_needs_it_after_a_school_account_too(provider, federation, directory):
    with scope(federation.pk):
        head = with_password(someone("Hanna Head", "slt"))
    join(head, directory)
    client, _ = come_in(provider)
    assert client.get(reverse("me"))["Location"] == reverse("mfa_index")


def test_a_joined_school_account_lets_in_and_one_goes_on_to_a_page_of_ours_only(provider, tom):
    client, page = come_in(provider)
    assert (page.status_code, is_signed_in(client)) == (302, True)
    assert client.get(reverse("me")).status_code == 200
    assert come_in(provider, next=reverse("menu"))[1]["Location"] == reverse("menu")
    assert come_in(provider, next="https://elsewhere.example/")[1]["Location"] == "/"


def test_google_is_known_by_its_hosted_domain(provider, federation, tom):
    google = add_directory(provider, federation, slug="juniors", kind="google", tenant=DOMAIN)
    join(tom, google, subject="google-tom")
    provider.says(sub="google-tom", hd=DOMAIN, tid=None, oid=None)
    assert is_signed_in(come_in(provider, "juniors")[0]) is True


def test_another_service_says_who_it_is_by_sub(provider, federation, tom):
    hwb = add_directory(provider, federation, slug="hwb", kind="other", tenant="")
    join(tom, hwb, subject="hwb-tom")
    provider.says(sub="hwb-tom", tid=None, oid=None)
    assert is_signed_in(come_in(provider, "hwb")[0]) is True


# --- Who is not


def test_a_token_that_is_not_of_this_school_for_us_and_now_lets_nobody_in(provider, tom):
    """Nor a forged or unsigned one."""
    sound = dict(provider.claims)
    for why, wrong in {
        "another tenant": {"tid": "00000000-0000-0000-0000-000000000000"},
        "no tenant": {"tid": None},
        "nobody": {"oid": None},
        "another issuer": {"iss": "https://login.elsewhere.example"},
        "another audience": {"aud": "another-program"},
        "another party": {"aud": [CLIENT, "another-program"], "azp": "another-program"},
        "too old": {"exp": int(time.time()) - 120},
        "another sign-in's": {"nonce": "another"},
        "no time": {"iat": None},
    }.items():
        provider.claims = {**sound, **wrong}
        client, page = come_in(provider)
        assert (page.status_code, is_signed_in(client)) == (403, False), why
        assert "This isn’t an account from the school you chose." in said(page), why
    provider.claims = sound
    provider.forged = True
    first = come_in(provider)
    provider.forged, provider.unsigned = False, True
    second = come_in(provider)
    assert [(page.status_code, is_signed_in(client)) for client, page in (first, second)] == [
        (403, False)
    ] * 2
    provider.unsigned = False
    assert is_signed_in(come_in(provider)[0]) is True, "the sound one does"


def test_a_directory_that_says_it_is_another_one_lets_nobody_in(provider, tom):
    """Its description has to name the very issuer that was entered."""
    provider.calls_itself = "https://login.elsewhere.example"
    client = Client()
    page = client.post(reverse("school-account-start", args=["wildground"]))
    assert (page.status_code, is_signed_in(client)) == (502, False)
    provider.calls_itself = ""
    assert is_signed_in(come_in(provider)[0]) is True


def test_a_google_account_outside_the_domain_is_refused_whatever_its_address(provider, federation, tom):
    google = add_directory(provider, federation, slug="juniors", kind="google", tenant=DOMAIN)
    join(tom, google, subject="google-tom")
    refused = []
    for hd in ("elsewhere.example", None):
        provider.says(sub="google-tom", hd=hd, email=f"tom@{DOMAIN}", email_verified=True)
        refused.append(is_signed_in(come_in(provider, "juniors")[0]))
    assert refused == [False, False]


def test_an_answer_is_taken_once(provider, tom):
    client = Client()
    page = client.post(reverse("school-account-start", args=["wildground"]))
    asked = {key: values[0] for key, values in parse_qs(parts_of(page.context["to"]).query).items()}
    back = address_of(provider.authorize(asked))
    client.get(back)
    client.post(reverse("account_logout"))
    again = client.get(back)
    assert (again.status_code, is_signed_in(client)) == (403, False)


def test_an_answer_is_taken_only_in_the_browser_that_asked_and_for_the_school_that_was_asked(
    provider, federation, tom
):
    add_directory(provider, federation, slug="other")
    client = Client()
    page = client.post(reverse("school-account-start", args=["wildground"]))
    asked = {key: values[0] for key, values in parse_qs(parts_of(page.context["to"]).query).items()}
    back = address_of(provider.authorize(asked))
    elsewhere = Client()
    assert elsewhere.get(back).status_code == 403
    assert client.get(back.replace("/wildground/", "/other/")).status_code == 403
    assert [is_signed_in(each) for each in (client, elsewhere)] == [False, False]


def test_an_answer_that_took_more_than_ten_minutes_is_not_taken(provider, tom):
    client = Client()
    page = client.post(reverse("school-account-start", args=["wildground"]))
    asked = {key: values[0] for key, values in parse_qs(parts_of(page.context["to"]).query).items()}
    session = client.session
    session["school_account"][asked["state"]]["at"] = (datetime.now(UTC) - timedelta(minutes=11)).isoformat()
    session.save()
    assert client.get(address_of(provider.authorize(asked))).status_code == 403
    assert is_signed_in(client) is False


def test_an_equal_address_joins_nothing_and_makes_nobody(provider, federation, directory):
    with scope(federation.pk):
        tom = with_password(someone("Tom Teacher", "staff"))
    provider.says(email=tom.user.email, email_verified=True)
    users = User.objects.count()
    client, page = come_in(provider)
    assert (page.status_code, is_signed_in(client)) == (403, False)
    assert "This school account isn’t linked to any sign-in here." in said(page)
    assert (SchoolAccount.objects.count(), User.objects.count()) == (0, users)


def test_a_leaver_is_not_let_in(provider, tom):
    Membership.objects.filter(user=tom.user).update(ends_on=local_day(NOW))
    client, page = come_in(provider)
    assert (page.status_code, is_signed_in(client)) == (403, False)


def test_a_directory_that_is_ended_lets_nobody_in_and_signs_out_who_is(provider, tom):
    client, _ = come_in(provider)
    with as_operator():
        directories.end_directory(slug="wildground", at=NOW)
    assert client.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    assert is_signed_in(client) is False
    assert come_in(provider)[1].status_code == 404


def test_a_school_that_does_not_answer_gives_a_page_with_the_other_way(provider, tom):
    for trouble in ("silent", "elsewhere"):
        setattr(provider, trouble, True)
        page = come_in(provider)[1]
        assert page.status_code == 502
        assert "Sign in with your password" in said(page)
    assert not [path for path in provider.asked if path.endswith("/other")]


# --- Which federations it opens


def with_two_hats(tom, make_federation):
    other = make_federation("wootton", "wootton")
    with scope(other.pk):
        ada = someone("Ada", "principal")
        return other, persons.add_person(
            by=ada, at=NOW, name="Tom", email=tom.user.email, relation="governor"
        )


def test_it_opens_only_the_federations_that_admit_it(provider, tom, federation, make_federation):
    with_two_hats(tom, make_federation)
    membership = queries.memberships_of(tom.user, on=local_day(NOW))[1]
    client, _ = come_in(provider)
    assert client.post(reverse("act-in"), {"membership": membership.pk}).status_code == 404
    assert "Wootton" not in said(client.get(reverse("menu")))
    by_password = sign_in(tom)
    assert by_password.post(reverse("act-in"), {"membership": membership.pk}).status_code == 302


def test_a_hat_that_is_left_in_another_federation_is_not_opened_in_its_place(provider, tom, make_federation):
    with_two_hats(tom, make_federation)
    client, _ = come_in(provider)
    Membership.objects.filter(person_id=tom.pk).update(ends_on=local_day(NOW))
    assert client.get(reverse("menu"))["Location"].startswith(reverse("account_login"))


def test_who_runs_one_schools_list_gets_no_way_into_another_federation(provider, tom, make_federation):
    with_two_hats(tom, make_federation)
    client, _ = come_in(provider)
    answers = [client.get(reverse(name)).status_code for name in ("mfa_activate_totp", "mfa_add_webauthn")]
    answers.append(client.post(reverse("join-school-account", args=["wildground"])).status_code)
    assert answers == [403, 403, 403]
    assert Authenticator.objects.filter(user=tom.user).exists() is False


# --- Joining and taking off


def test_one_joins_ones_school_account_on_ones_own_page(provider, federation, directory):
    with scope(federation.pk):
        tom = with_password(someone("Tom Teacher", "staff"))
    client = sign_in(tom)
    assert "Wildground school" in said(client.get(reverse("my-school-accounts")))
    page = there_and_back(client, provider, reverse("join-school-account", args=["wildground"]))
    assert page["Location"] == reverse("me")
    assert is_signed_in(come_in(provider)[0]) is True
    with scope(federation.pk):
        rows = [(row.event, row.actor) for row in recorded()]
    assert rows == [("people.school_account_joined", f"people.person:{tom.pk}")]


def test_joining_needs_a_sign_in_and_one_that_was_confirmed_just_now(provider, federation, directory):
    with scope(federation.pk):
        tom = with_password(someone("Tom Teacher", "staff"))
    address = reverse("join-school-account", args=["wildground"])
    assert Client().post(address)["Location"] == reverse("account_login")
    client = sign_in(tom)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 11 * 60
    session.save()
    assert client.get(reverse("my-school-accounts"))["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(address).status_code == 403


def test_a_school_account_is_joined_to_one_sign_in_only(provider, federation, tom):
    with scope(federation.pk):
        nia = with_password(someone("Nia New", "staff"))
    client = sign_in(nia)
    page = there_and_back(client, provider, reverse("join-school-account", args=["wildground"]))
    assert "This school account is linked to another sign-in." in said(page)
    assert [each.user_id for each in SchoolAccount.objects.all()] == [tom.user_id]


def test_one_takes_ones_school_account_off_again(provider, federation, tom):
    client = sign_in(tom)
    account = SchoolAccount.objects.get()
    through, _ = come_in(provider)
    page = client.post(reverse("end-my-school-account"), {"account": account.pk})
    assert page["Location"] == reverse("me")
    assert come_in(provider)[1].status_code == 403
    assert through.get(reverse("me"))["Location"].startswith(reverse("account_login"))
    with scope(federation.pk):
        assert [row.event for row in recorded()] == ["people.school_account_ended"]


def test_the_last_way_in_stays_and_somebody_elses_is_not_found(provider, federation, tom):
    account = SchoolAccount.objects.get()
    with scope(federation.pk):
        nia = with_password(someone("Nia New", "staff"))
    other = sign_in(nia).post(reverse("end-my-school-account"), {"account": account.pk})
    tom.user.set_unusable_password()
    tom.user.save()
    client, _ = come_in(provider)
    last = client.post(reverse("end-my-school-account"), {"account": account.pk})
    assert (other.status_code, "You have no other way to sign in." in said(last)) == (404, True)
    assert SchoolAccount.objects.count() == 1


# --- Without a password


def invited(federation):
    with scope(federation.pk):
        by = someone("Ann", "slt")
        dan = persons.add_person(by=by, at=NOW, name="Dan", email="dan@example.org", relation="staff")
        return dan, directories.mint(persons.invite(by=by, at=NOW, person=dan), to=dan.user.email)


def test_an_invitation_is_taken_up_with_a_school_account_and_works_once(provider, federation, directory):
    dan, token = invited(federation)
    client = Client()
    page = client.get(reverse("invitation", args=[token]), follow=True)
    assert "Or use your school account" in said(page)
    address = reverse("school-account-invitation", args=["wildground"])
    assert there_and_back(client, provider, address)["Location"] == reverse("account_login")
    signed_in, _ = come_in(provider)
    assert is_signed_in(signed_in) is True
    assert User.objects.get(pk=dan.user_id).has_usable_password() is False
    assert client.post(address).status_code == 404
    assert Client().get(reverse("invitation", args=[token]), follow=True).status_code != 200


def test_a_directory_of_another_federation_takes_up_no_invitation_and_the_link_still_works(
    provider, federation, make_federation
):
    add_directory(provider, make_federation("wootton", "wootton"), slug="wootton")
    _, token = invited(federation)
    client = Client()
    page = client.get(reverse("invitation", args=[token]), follow=True)
    assert "Or use your school account" not in said(page)
    there_and_back(client, provider, reverse("school-account-invitation", args=["wootton"]))
    assert SchoolAccount.objects.count() == 0
    assert client.get(reverse("choose_password")).status_code == 200


def test_who_has_no_password_confirms_by_their_second_step_and_gets_a_password_by_mail(provider, tom):
    tom.user.set_unusable_password()
    tom.user.save()
    with_app(tom)
    client, _ = come_in(provider)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(reverse("account_change_password"))["Location"] == reverse("account_reset_password")
    client.post(reverse("account_reset_password"), {"email": tom.user.email})
    letters = sign_in_mails(datetime.now(UTC))
    assert [each.subject for each in letters] == [
        "Schoolgate: new sign-in", "Schoolgate: choose a new password",
    ]  # fmt: skip
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 11 * 60
    session.save()
    page = client.get(reverse("my-school-accounts"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))


# --- Pages


def test_the_sign_in_page_shows_up_to_four_schools_and_else_a_page_to_choose(provider, federation, directory):
    assert "Wildground school" in said(Client().get(reverse("account_login")))
    for number in range(4):
        add_directory(provider, federation, slug=f"school-{number}")
    page = said(Client().get(reverse("account_login")))
    assert ("Wildground school" in page, "Choose your school" in page) == (False, True)
    assert said(Client().get(reverse("school-accounts"))).count("<form") >= 5


def test_the_sign_in_page_says_nothing_of_school_accounts_where_there_are_none(own_database):
    assert "school account" not in said(Client().get(reverse("account_login")))


def test_a_federation_sees_what_opens_it_and_nothing_of_others(
    provider, federation, directory, make_federation
):
    add_directory(provider, make_federation("wootton", "wootton"), slug="wootton")
    with scope(federation.pk):
        head = with_app(with_password(someone("Hanna Head", "slt")))
    page = said(sign_in(head).get(reverse("people-school-accounts")))
    assert ("Wildground school" in page, TENANT in page, "Wootton school" in page) == (True, True, False)
