"""Keys of accounts: kept sealed, shown once to whom the policy names, told, changed when somebody goes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts.connecting import close_account
from schoolgate.accounts.keys import (
    Particulars,
    destroy_key,
    keep_key,
    keep_seed,
    key_for,
    show_key,
    who_is_told,
)
from schoolgate.accounts.models import AccountKey, KeyShown
from schoolgate.accounts.papers import make_paper
from schoolgate.accounts.totp import Seed
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.home import keys as folder
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import current_scope
from schoolgate.core.vault import CannotOpen
from schoolgate.policy.models import DecisionFacts
from tests.accounts.keys.steps import LETTERS, PASSWORD, events, give_for, kept, shown
from tests.cast import someone
from tests.conftest import hear, recorded
from tests.notices.mails import mails_of
from tests.publishing.conftest import account_on

pytestmark = pytest.mark.usefixtures("home")


# --- Keeping


def test_a_key_is_sealed_and_its_row_and_the_record_have_no_word_of_it(cast, at):
    key = kept(cast, at, note=" Main sign-in ")

    assert (key.kind, key.note, key.kept_by, key.kept_at) == ("password", "Main sign-in", cast.joe, at)
    assert PASSWORD.encode() not in bytes(VaultSecret.objects.get().sealed)
    rows = recorded()
    assert not [row for row in rows if PASSWORD in bytes(row.stored).decode()]
    last = rows[-1]
    assert (last.event, last.clauses) == ("accountkey.kept", ["wildground-roles-14"])
    assert PASSWORD not in repr(vars(key)) + repr(current_scope().pending)
    facts = DecisionFacts.objects.get(kept=key.decision_id).facts
    assert (facts["what"], facts["act"], facts["place"], facts["by_has_part"]) == (
        "passwords", "keep", "vault", True,
    )  # fmt: skip


def test_particulars_are_kept_under_their_own_clause_and_once(cast, at):
    said = Particulars("north.school", "office@north.example", "")
    key = kept(cast, at, kind="particulars", secret=said.to_text())

    assert recorded()[-1].clauses == ["wildground-roles-13"]
    assert Particulars.from_text(shown(key, cast.tom, at).secret) == said
    with pytest.raises(NotNow):
        kept(cast, at, kind="particulars", secret=said.to_text())


def test_nobody_keeps_what_opens_a_private_account(cast, at):
    with pytest.raises(BadInput) as error:
        kept(cast, at, the_schools_own=False)
    assert set(error.value.fields) == {"own"}

    cast.page.setup = {"login_is_private": True}
    cast.page.save()
    with pytest.raises(Refused) as refused:
        kept(cast, at)
    assert "house-5" in refused.value.kept.clauses
    assert VaultSecret.objects.count() == 0
    assert recorded()[-1].event == "account.refused"


def test_who_has_no_part_keeps_nothing(cast, at):
    with pytest.raises(NotAllowed) as error:
        kept(cast, at, by=cast.ann)
    assert str(error.value.next_step) == "Ask Tom Ellery, Priya Nair."


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("secret", {"secret": "  "}), ("secret", {"secret": "a\x00b"}), ("secret", {"secret": "x" * 4001}),
        ("kind", {"kind": "totp"}), ("kind", {"kind": "horse"}),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_by_field(cast, at, field, given):
    with pytest.raises(BadInput) as error:
        kept(cast, at, **given)
    assert set(error.value.fields) == {field}


def test_a_chosen_day_lies_ahead(cast, at):
    with pytest.raises(BadInput):
        kept(cast, at, change_by=local_day(at))
    assert kept(cast, at, change_by=local_day(at) + timedelta(days=1)).change_by


def test_our_own_noticeboard_and_a_closed_account_take_no_keys(cast, at):
    board = account_on("noticeboard", cast.school, at)
    with pytest.raises(NotFound):
        keep_key(account=board, by=cast.joe, at=at, kind="password", secret="x", the_schools_own=True)
    close_account(account=cast.page, by=cast.joe, at=at)
    with pytest.raises(NotNow):
        kept(cast, at)


def test_the_database_holds_a_key_in_the_vault_until_it_ends(cast, at):
    key = kept(cast, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountKey.objects.filter(pk=key.pk).update(vault_ref=None)


# --- Showing


def test_the_policy_names_who_sees_a_password_and_each_showing_is_on_record(cast, at):
    key = kept(cast, at)

    assert shown(key, cast.joe, at).secret == PASSWORD

    row = KeyShown.objects.get()
    assert (row.key, row.by, row.at, row.code_only) == (key, cast.joe, at, False)
    assert row.decision.points == {"account_details": "silent", "account_password": "permitted"}
    last = recorded()[-1]
    assert (last.event, last.clauses, last.actor) == (
        "accountkey.shown", ["wildground-roles-14"], f"people.person:{cast.joe.pk}",
    )  # fmt: skip
    assert PASSWORD not in "".join(bytes(each.stored).decode() for each in recorded())


def test_a_lead_without_that_role_is_refused_with_the_clause_and_the_attempt_stays(cast, at):
    key = kept(cast, at)

    with pytest.raises(Refused) as refused:
        shown(key, cast.tom, at)

    assert refused.value.kept.clauses == ["wildground-roles-14"]
    assert (events()[-1], KeyShown.objects.count()) == ("accountkey.refused", 0)


def test_that_role_without_a_part_in_this_account_does_not_see_it(cast, at):
    key = kept(cast, at)
    other = someone("Jill Moss", "administrator-moderator")
    with pytest.raises(Refused):
        shown(key, other, at)

    give_for(other, cast.page)
    assert shown(key, other, at).secret == PASSWORD


def test_where_the_policy_says_nothing_the_team_sees_it_and_other_staff_do_not(llanidloes, at):
    key = kept(llanidloes, at, by=llanidloes.carys)

    assert shown(key, llanidloes.carys, at).secret == PASSWORD
    assert KeyShown.objects.get().decision.outcome == "silent"
    with pytest.raises(NotAllowed):
        shown(key, llanidloes.gethin, at)


def test_a_page_that_is_sent_again_shows_nothing(cast, at):
    key = kept(cast, at)
    assert show_key(key=key, by=cast.joe, at=at, seen=0).secret == PASSWORD
    with pytest.raises(NotNow):
        show_key(key=key, by=cast.joe, at=at, seen=0)
    assert KeyShown.objects.count() == 1


def test_the_other_leads_are_told_who_and_what_kind_and_nothing_else(cast, at):
    key = kept(cast, at, kind="particulars", secret=Particulars("north.school").to_text())
    shown(key, cast.tom, at)

    hear("accountkey.shown", subject_id=key.pk, showing=KeyShown.objects.get().pk, at=at)

    (letter,) = mails_of(current_scope().federation_id, at)
    assert letter.to_address == cast.priya.email
    said = letter.body
    assert "Tom Ellery" in said
    assert "Login name and recovery addresses" in said
    assert "north.school" not in said + letter.subject


def test_with_no_other_lead_whoever_looks_after_people_is_told(llanidloes, at):
    on = local_day(at)
    assert who_is_told(llanidloes.page, but=[llanidloes.carys.pk], on=on) == [llanidloes.owner]
    assert who_is_told(llanidloes.page, but=[], on=on) == [llanidloes.carys]


def test_a_secret_that_no_key_opens_says_what_to_do(cast, at):
    key = kept(cast, at)
    (folder() / "vault.keys").unlink()

    with pytest.raises(CannotOpen) as error:
        shown(key, cast.joe, at)

    assert str(error.value.next_step) == "Enter it again to store a new one."
    assert KeyShown.objects.count() == 0
    fresh = kept(cast, at, replaces=key)
    assert shown(fresh, cast.joe, at).secret == PASSWORD


# --- Codes


def test_a_seed_is_kept_after_one_code_of_it_and_shows_codes_only(cast, at):
    code = Seed.read(LETTERS).code(at).code
    given = {"account": cast.page, "by": cast.joe, "at": at, "seed": LETTERS, "the_schools_own": True}
    with pytest.raises(BadInput) as error:
        keep_seed(code="000000" if code != "000000" else "111111", **given)
    assert set(error.value.fields) == {"code"}

    key = keep_seed(code=code, **given)
    later = at + timedelta(minutes=10)
    seen = shown(key, cast.joe, later)

    assert (seen.secret, seen.passing) == ("", Seed.read(LETTERS).code(later))
    assert LETTERS not in repr(seen)
    assert KeyShown.objects.get().code_only is True


# --- Changing


def test_a_new_one_takes_its_place_and_the_old_one_is_gone(cast, at):
    old = kept(cast, at)
    new = kept(cast, at, secret="another-73", replaces=old)

    old.refresh_from_db()
    assert (old.ended, old.ended_by, old.vault_ref) == ("replaced", cast.joe, None)
    assert VaultSecret.objects.count() == 1
    assert shown(new, cast.joe, at).secret == "another-73"
    with pytest.raises(NotNow):
        shown(old, cast.joe, at)
    with pytest.raises(NotNow):
        kept(cast, at, replaces=old)
    with pytest.raises(BadInput):
        kept(cast, at, kind="codes", replaces=new)


def test_destroying_and_closing_leave_nothing_in_the_vault(cast, at):
    first, second = kept(cast, at), kept(cast, at, note="second")
    paper = make_paper(account=cast.page, by=cast.joe, at=at, keys=[second]).paper
    destroy_key(key=first, by=cast.tom, at=at)
    close_account(account=cast.page, by=cast.joe, at=at)

    assert VaultSecret.objects.count() == 0
    assert list(AccountKey.objects.order_by("pk").values_list("ended", flat=True)) == ["destroyed", "closed"]
    paper.refresh_from_db()
    assert (paper.state, paper.why) == ("void", "closed")
    assert events().count("accountkey.ended") == 2


def test_who_has_no_part_destroys_nothing(cast, at):
    with pytest.raises(NotAllowed):
        destroy_key(key=kept(cast, at), by=cast.ann, at=at)


def test_whoever_has_no_inside_of_the_account_does_not_know_of_its_keys(cast, at):
    key = kept(cast, at)
    assert key_for(cast.tom, key.pk, on=local_day(at)) == key
    assert key_for(cast.owner, key.pk, on=local_day(at)) == key  # who decides on accounts
    with pytest.raises(NotAllowed):
        key_for(cast.ann, key.pk, on=local_day(at))
    with pytest.raises(NotFound):
        key_for(cast.tom, key.pk + 1, on=local_day(at))
