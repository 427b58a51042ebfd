"""The pages of keys: asked again who one is, shown once, kept nowhere, and nothing secret comes back."""

import time
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from schoolgate.accounts.keys import ask_for_change, keep_key, keep_seed
from schoolgate.accounts.models import AccountKey, ChangeReason, KeyShown, PaperKey, TeamMember
from schoolgate.accounts.totp import Seed
from schoolgate.core.home import keys as folder
from schoolgate.core.models import School, VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import reveal
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import book_with_alone
from schoolgate.web.accounts import keys as pages
from schoolgate.web.accounts.keys import SURE_FOR
from tests.browsing import PHONE, bring_session, open_context, wrong_with
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.plain import check_page
from tests.web.signing import PASSWORD as OWN_PASSWORD
from tests.web.signing import code, with_app, with_password
from tests.web.signing import sign_in as sign_in_really
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
BEFORE = NOW - timedelta(days=2)
SECRET = "brown-horse-73-Staple"
LETTERS = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@world()
def key_kept(at):
    """A page with a password; Joe may see it, Tom leads it, Ann has no part."""
    federation = enter_federation()
    with scope(federation.pk):
        slt = someone("Sian Parry", "slt")
        adopt(by=slt, at=BEFORE)
        school = School.objects.create(name="North", slug="north")
        joe, tom = (
            someone("Joe Lister", "administrator-moderator"),
            someone("Tom Ellery", "lead-staff-member"),
        )
        ann = someone("Ann Field", "staff")
        page = account_on("facebook", school, BEFORE)
        for person, part in ((joe, "administrator"), (tom, "lead")):
            TeamMember.objects.create(account=page, person=person, part=part, from_day=BEFORE.date())
        key = keep_key(account=page, by=joe, at=BEFORE, kind="password", secret=SECRET, the_schools_own=True)
        with_password(joe).user.save()
    people = SimpleNamespace(joe=joe, tom=tom, ann=ann, slt=slt)
    return SimpleNamespace(federation=federation, page=page, key=key, people=people)


@pytest.fixture
def there(in_world, home, sign_in):
    there = There(**vars(in_world(key_kept, NOW)), sign_in=sign_in)
    cache.clear()
    return there


def sure(browser, *ways, ago: float = 0, again: bool = True):
    """The browser's person has just confirmed in these ways that it is them, or (not `again`) signed in."""
    kinds = {
        "passkey": {"method": "mfa", "type": "webauthn"},
        "password": {"method": "password"},
        "code": {"method": "mfa", "type": "totp"},
    }
    session = browser.session
    session["account_authentication_methods"] = [
        {"at": time.time() - ago, "reauthenticated": again, **kinds[way]} for way in ways
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return browser


def show(there, browser, last=None):
    with scope(there.federation.pk):
        newest = KeyShown.objects.order_by("-id").first()
    given = {"last": (newest.pk if newest else 0) if last is None else last}
    return browser.post(reverse("account-key-show", args=[there.key.pk]), given)


def read(browser, name, *args, status=200) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == status
    html = answer.content.decode()
    check_page(html)
    return html


def test_the_keys_of_an_account_are_listed_without_any_of_them_for_those_with_a_part(there):
    html = read(there.tom, "account-keys", there.page.pk)
    assert "Saved by" in html
    assert "Joe Lister" in html
    assert SECRET not in html
    assert "Passwords and codes" in read(there.tom, "account", there.page.pk)

    told = "The people who run this account do this:"
    assert f"{told} Joe Lister, Tom Ellery." in read(there.slt, "account-keys", there.page.pk)
    assert told not in html

    assert "Ask Tom Ellery." in read(there.ann, "account-keys", there.page.pk, status=403)
    assert "Passwords and codes" not in read(there.ann, "account", there.page.pk)
    read(there.ann, "account-key", there.key.pk, status=403)


def test_a_key_is_shown_once_after_confirming_on_a_page_that_nothing_keeps(there):
    answer = show(there, sure(there.joe, "password", "code"))

    assert answer.status_code == 200
    assert SECRET in answer.content.decode()
    check_page(answer.content.decode())
    assert answer["Cache-Control"] == "no-store, private"
    with scope(there.federation.pk):
        assert KeyShown.objects.get().by == there.people.joe
    assert SECRET not in read(there.joe, "account-key", there.key.pk)
    html = read(there.tom, "account-key", there.key.pk)
    assert "Joe Lister" in html

    again = show(there, there.joe, last=0)
    assert again.status_code == 409, "sent again"
    assert SECRET not in again.content.decode()
    for nonsense in ("", "x", "9" * 30):
        assert show(there, there.joe, last=nonsense).status_code == 404

    # A lead who isn't named by the policy reads its answer, and a colleague without a part is refused too.
    assert "The Administrator / Moderator must keep account passwords in a safe place." in html
    refused = show(there, sure(there.tom, "passkey"))
    assert refused.status_code == 409
    assert SECRET not in refused.content.decode()
    assert show(there, sure(there.ann, "passkey")).status_code == 409

    (folder() / "vault.keys").unlink()
    lost = show(there, sure(there.joe, "passkey"))
    assert lost.status_code == 409
    assert "Enter it again to store a new one." in lost.content.decode()


@pytest.mark.browser
def test_what_is_shown_is_hidden_after_a_minute_and_going_back_shows_none(
    own_database, there, served, chromium
):
    context = open_context(chromium, PHONE)
    bring_session(context, sure(there.joe, "password", "code"), served)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{served}{reverse('account-key', args=[there.key.pk])}")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text(SECRET)).to_be_visible()
    assert wrong_with(page) == []
    page.clock.fast_forward(45_000)  # its own time goes on beside, so a busy machine has fifteen more
    expect(page.get_by_text(SECRET)).to_be_visible()
    page.clock.fast_forward(15_000)
    expect(page.get_by_text("Hidden again after one minute. Ask for it again to view it.")).to_be_visible()
    assert SECRET not in page.content()
    page.go_back()
    assert SECRET not in page.content()


CONFIRMED = [
    ((), 0, False), (("password",), 0, False), (("code",), 0, False), (("passkey",), 0, True),
    (("password", "code"), 0, True), (("password", "code"), SURE_FOR.total_seconds() - 5, True),
    (("password", "code"), SURE_FOR.total_seconds(), False), (("passkey",), -3600, False),
]  # fmt: skip


def test_it_is_asked_again_who_one_is(there):
    for ways, ago, passes in CONFIRMED:
        answer = show(there, sure(there.joe, *ways, ago=ago))

        assert answer.status_code == (200 if passes else 302), (ways, ago)
        if not passes:
            assert answer["Location"].startswith("/account/confirm")
            assert SECRET not in answer.content.decode()

    sure(there.joe, "password", "code", again=False)
    assert show(there, there.joe).status_code == 302, "the sign-in itself does not count"


def test_password_then_code_through_the_real_pages(there):
    joe = there.people.joe
    Authenticator.objects.filter(user=joe.user).delete()
    browser = sign_in_really(with_app(joe))
    here = reverse("account-key", args=[there.key.pk])

    first = show(there, browser)
    assert first["Location"] == f"/account/confirm?next={here.replace('/', '%2F')}"
    back = browser.post("/account/confirm", {"password": OWN_PASSWORD, "next": here})
    assert back["Location"] == here
    second = show(there, browser)
    assert second["Location"].startswith("/account/confirm/code?next=")
    cache.clear()
    back = browser.post("/account/confirm/code", {"code": code(), "next": here})
    assert back["Location"] == here

    assert SECRET in show(there, browser).content.decode()
    sessions = [str(one.get_decoded()) for one in Session.objects.all()]
    assert not [one for one in sessions if SECRET in one]


def test_whoever_has_only_a_password_sets_up_a_second_step_first(there):
    Authenticator.objects.filter(user=there.people.joe.user).delete()
    there.people.joe.user.set_unusable_password()
    there.people.joe.user.save()
    from schoolgate.web.accounts import keys

    request = SimpleNamespace(user=there.people.joe.user, session={})
    assert keys.has_way(request) is False
    assert keys.next_step(request, at=NOW, back="/x").startswith("/account/second-step?")


def keep(there, browser, kind, **given):
    address = f"{reverse('account-keys-keep', args=[there.page.pk])}?kind={kind}"
    return browser.post(address, {"own": "on", "note": "", **given})


def test_a_key_is_kept_where_it_may_be_and_a_mistake_never_gives_it_back(there):
    wrong = there.joe.post(
        f"{reverse('account-keys-keep', args=[there.page.pk])}?kind=password", {"secret": "Other-73-horse"}
    )
    assert wrong.status_code == 422
    assert "Only passwords for the school’s own accounts can be stored here." in wrong.content.decode()
    assert "Other-73-horse" not in wrong.content.decode()
    assert wrong["Cache-Control"] == "no-store, private"

    right = keep(there, there.joe, "password", secret=" with blanks ")
    assert right.status_code == 302
    with scope(there.federation.pk):
        assert reveal(AccountKey.objects.latest("id").vault_ref) == " with blanks "

    wrong = keep(there, there.joe, "codes", secret="1111 aaaa\n2222 bbbb", own="")
    assert wrong.status_code == 422
    assert "aaaa" not in wrong.content.decode()

    assert keep(there, there.joe, "horse").status_code == 404
    assert keep(there, there.ann, "password", secret="x").status_code == 403
    with scope(there.federation.pk):
        there.page.setup = {"login_is_private": True}
        there.page.save()
    assert "No passwords stored for this account" in read(there.joe, "account-keys", there.page.pk)
    assert keep(there, there.joe, "password", secret="x").status_code == 409, "under a private account"


def test_a_seed_is_proven_by_a_code_and_never_shown(there):
    address = f"otpauth://totp/School:page?secret={LETTERS}&issuer=School"
    wrong = keep(there, there.joe, "totp", seed=address, code="12")
    assert wrong.status_code == 422
    assert LETTERS not in wrong.content.decode()

    right = Seed.read(LETTERS).code(datetime.now(UTC)).code
    assert keep(there, there.joe, "totp", seed=address, code=right).status_code == 302
    with scope(there.federation.pk):
        there.key = AccountKey.objects.latest("id")
    shown = show(there, sure(there.joe, "passkey")).content.decode()
    assert LETTERS not in shown
    assert "more second" in shown


def test_the_particulars_are_three_lines(there):
    given = {"login": "north.school", "recovery_email": "office@north.example", "recovery_phone": ""}
    assert keep(there, there.joe, "particulars", **given).status_code == 302
    with scope(there.federation.pk):
        there.key = AccountKey.objects.latest("id")
    html = show(there, sure(there.tom, "passkey")).content.decode()
    assert "office@north.example" in html
    assert "Recovery phone number" not in html
    empty = dict.fromkeys(given, "")
    assert keep(there, there.joe, "particulars", **empty).status_code == 422


def test_a_key_is_changed_destroyed_and_given_a_day(there):
    key = there.key.pk
    ahead = date.today() + timedelta(days=40)
    day = {"change_by": f"{ahead:%Y-%m-%d}"}
    read(there.joe, "account-key-day", key)
    assert there.joe.post(reverse("account-key-day", args=[key]), day).status_code == 302
    past = {"change_by": "2020-01-01"}
    assert there.joe.post(reverse("account-key-day", args=[key]), past).status_code == 422
    assert "our own choice" in read(there.joe, "account-key", key)

    read(there.joe, "account-key-change", key)
    given = {"secret": "new-one", "own": "on"}
    assert there.joe.post(reverse("account-key-change", args=[key]), given).status_code == 302
    assert "Changed" in read(there.joe, "account-key", key)
    with scope(there.federation.pk):
        fresh = AccountKey.objects.latest("id").pk
    read(there.joe, "account-key-destroy", fresh)
    assert there.ann.post(reverse("account-key-destroy", args=[fresh])).status_code == 403
    assert there.joe.post(reverse("account-key-destroy", args=[fresh])).status_code == 302
    with scope(there.federation.pk):
        assert VaultSecret.objects.count() == 0


def test_a_paper_is_printed_once_reported_opened_and_tells_the_leads(there):
    address = reverse("account-paper", args=[there.page.pk])
    assert "Confirm it’s me" in read(there.joe, "account-paper", there.page.pk)
    assert there.joe.post(address, {"keys": [there.key.pk]}).status_code == 302
    sure(there.joe, "passkey")
    assert there.joe.post(address, {"keys": []}).status_code == 422
    printed = there.joe.post(address, {"keys": [there.key.pk], "place": "The safe"})
    html = printed.content.decode()
    assert SECRET in html
    assert "Envelope number 1" in html
    assert printed["Cache-Control"] == "no-store, private"
    check_page(html)

    with scope(there.federation.pk):
        paper = PaperKey.objects.get()
    assert "The safe" in read(there.tom, "account-keys", there.page.pk)
    read(there.tom, "account-paper-opened", paper.pk)
    today = date.today()
    given = {
        "opened_by": there.people.ann.pk, "why": "The office was closed.", "opened_on": f"{today:%Y-%m-%d}",
    }  # fmt: skip
    said = there.tom.post(reverse("account-paper-opened", args=[paper.pk]), {**given, "why": ""})
    assert said.status_code == 422
    if BEFORE.date() <= today:
        done = there.tom.post(reverse("account-paper-opened", args=[paper.pk]), given)
        assert done.status_code == 302
    assert "The office was closed." in read(there.tom, "account-keys", there.page.pk)
    assert "Change a password on its network and save the new one" in read(there.tom, "today")
    assert "The sealed envelope with this password was opened." in read(
        there.tom, "account-key", there.key.pk
    )
    again = there.tom.post(reverse("account-paper-void", args=[paper.pk]), {"why": "Shredded"})
    assert again.status_code == 409


def test_keys_and_showings_page_with_the_same_number_of_queries(there, same_queries):
    def more():
        with scope(there.federation.pk):
            for number in range(3):
                key = keep_key(
                    account=there.page, by=there.people.joe, at=NOW, kind="token", secret="x",
                    note=str(number), the_schools_own=True,
                )  # fmt: skip
                KeyShown.objects.create(
                    key=there.key, by=there.people.joe, at=NOW, decision_id=key.decision_id
                )

    read(there.joe, "account-keys", there.page.pk)
    read(there.joe, "account-key", there.key.pk)

    def both():
        read(there.joe, "account-keys", there.page.pk)
        read(there.joe, "account-key", there.key.pk)

    with scope(there.federation.pk):
        KeyShown.objects.create(key=there.key, by=there.people.joe, at=NOW, decision_id=there.key.decision_id)
    same_queries(both, more)


def test_no_secret_stands_in_any_table(there):
    with scope(there.federation.pk):
        keep_seed(
            account=there.page, by=there.people.joe, at=NOW, seed=LETTERS,
            code=Seed.read(LETTERS).code(NOW).code, the_schools_own=True,
        )  # fmt: skip
    show(there, sure(there.joe, "passkey"))
    with scope(there.federation.pk), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("accounts_", "core_", "policy_", "duties_", "django_session")):
                cursor.execute(f"SELECT array_agg(t::text) FROM {connection.ops.quote_name(table)} t")
                held = str(cursor.fetchone())
                assert SECRET not in held, table
                assert LETTERS not in held, table


def test_a_password_that_a_leaver_knew_names_the_clause_that_has_it_changed(there, monkeypatch):
    with scope(there.federation.pk):
        key = AccountKey.objects.get(pk=there.key.pk)
        joe = Person.objects.get(name="Joe Lister")
        ask_for_change(key, ChangeReason.LEFT, at=NOW, person=joe)
    assert "No policy clause asks for this" in read(there.tom, "account-key", there.key.pk)
    ready = ready_rules()["passwords_changed"]
    says = "Passwords are changed within a day of anyone leaving."
    own = SimpleNamespace(book=book_with_alone(ready, {**ready.defaults, "unit": "days", "number": 1}, says))
    monkeypatch.setattr(pages, "in_force", lambda _on: own)
    monkeypatch.setattr(pages, "keys_facts", lambda *_given, **_also: {})
    told = read(there.tom, "account-key", there.key.pk)
    assert says in told
    assert "No policy clause asks for this" not in told
