"""Keys of accounts: kept sealed, shown once to whom the policy names, told, changed when somebody goes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from schoolgate.accounts.actions import (
    change_team,
    choose_change_day,
    close_account,
    destroy_key,
    keep_key,
    keep_seed,
    make_paper,
    show_key,
    sweep_keys,
)
from schoolgate.accounts.actions.keys import CHANGE, Particulars
from schoolgate.accounts.handlers.keys import tell_of_showing
from schoolgate.accounts.models import AccountKey, KeyChange, KeyShown, TeamMember
from schoolgate.accounts.queries import key_for, last_showing, live_keys, who_is_told
from schoolgate.accounts.totp import Seed
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.home import keys as folder
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.core.vault import CannotOpen
from schoolgate.duties.models import Duty
from schoolgate.jobs.hourly import account_keys
from schoolgate.people.actions import end_holding, record_leaving
from schoolgate.people.models import Holding
from schoolgate.policy.actions import adopt
from schoolgate.policy.models import KeptFacts
from tests.cast import give, someone
from tests.conftest import deliver_all, recorded
from tests.publishing.conftest import account_on

PASSWORD = "brown-horse-73-Staple"
LETTERS = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

pytestmark = pytest.mark.usefixtures("home")


def on_team(account, person, part, at):
    return TeamMember.objects.create(
        account=account, person=person, part=part, from_day=local_day(at - timedelta(days=30))
    )


@pytest.fixture
def cast(at_federation, at):
    """Wildground: Tom and Priya lead a page, Joe is its Administrator / Moderator, Ann has no part."""
    with at_federation("wildground") as cast:
        cast.tom = someone("Tom Ellery", "lead-staff-member")
        cast.priya = someone("Priya Nair", "staff")
        cast.joe = someone("Joe Lister", "administrator-moderator")
        cast.ann = someone("Ann Field", "staff")
        cast.page = account_on("facebook", cast.school, at)
        cast.members = {
            "tom": on_team(cast.page, cast.tom, "lead", at),
            "priya": on_team(cast.page, cast.priya, "lead", at),
            "joe": on_team(cast.page, cast.joe, "administrator", at),
        }
        yield cast


@pytest.fixture
def llanidloes(at_federation, at):
    """A policy that says nothing about keys, under which all staff may keep sign-ins somewhere."""
    with at_federation("llanidloes") as cast:
        cast.carys, cast.gethin = someone("Carys Huws", "staff"), someone("Gethin Lloyd", "staff")
        cast.page = account_on("facebook", cast.school, at, opened_by=cast.owner)
        on_team(cast.page, cast.carys, "lead", at)
        yield cast


def kept(cast, at, *, by=None, **more) -> AccountKey:
    given = {"kind": "password", "secret": PASSWORD, "the_schools_own": True, **more}
    return keep_key(account=cast.page, by=by or cast.joe, at=at, **given)


def shown(key, by, at):
    return show_key(key=key, by=by, at=at, seen=last_showing(key))


def events() -> list[str]:
    return [row.event for row in recorded()]


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
    facts = KeptFacts.objects.get(kept=key.decision_id).facts
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


def give_for(person, account):
    return Holding.objects.create(
        person=person, role_key="administrator-moderator", scope_kind="account", account_id=account.pk,
        from_day=local_day(account.made_at),
    )  # fmt: skip


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

    tell_of_showing(subject_id=key.pk, showing=KeyShown.objects.get().pk, at=at)

    assert [message.to for message in mail.outbox] == [[cast.priya.email]]
    said = mail.outbox[0].body
    assert "Tom Ellery" in said
    assert "Login name and recovery addresses" in said
    assert "north.school" not in said + mail.outbox[0].subject


def test_with_no_other_lead_whoever_looks_after_people_is_told(llanidloes, at):
    on = local_day(at)
    assert who_is_told(llanidloes.page, but=[llanidloes.carys.pk], on=on) == [llanidloes.owner]
    assert who_is_told(llanidloes.page, but=[], on=on) == [llanidloes.carys]


def test_a_secret_that_no_key_opens_says_what_to_do(cast, at):
    key = kept(cast, at)
    (folder() / "vault.keys").unlink()

    with pytest.raises(CannotOpen) as error:
        shown(key, cast.joe, at)

    assert str(error.value.next_step) == "Enter it again, so that a new one is stored."
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


def standing(key) -> set[str]:
    rows = Duty.objects.filter(kind=CHANGE, subject=f"accounts.accountkey:{key.pk}", state="open")
    return {row.person.name if row.person else row.role_key for row in rows}


def test_a_key_is_to_be_changed_when_somebody_who_saw_it_leaves(cast, at):
    key, unseen = kept(cast, at), kept(cast, at, by=cast.tom, note="another")
    shown(key, cast.joe, at)
    admin = someone("Ada Hall", "slt")

    record_leaving(by=admin, at=at, person=cast.joe, left_on=local_day(at))
    assert sweep_keys(at=at) == 1
    assert sweep_keys(at=at) == 0

    change = KeyChange.objects.get()
    assert (change.key, change.because, change.person) == (key, "left", cast.joe)
    assert standing(key) == {"Tom Ellery", "Priya Nair"}
    assert standing(unseen) == set()
    duty = Duty.objects.filter(kind=CHANGE).first()
    assert (duty.clauses, duty.due_kind) == ([], "none_promised")

    new = kept(cast, at, by=cast.tom, secret="new", replaces=key)
    assert standing(key) == standing(new) == set()
    assert Duty.objects.filter(kind=CHANGE).first().how == "changed"


def test_a_leaving_day_that_is_still_to_come_asks_for_nothing_before_it(cast, at):
    key = kept(cast, at)
    friday = local_day(at) + timedelta(days=3)
    record_leaving(by=someone("Ada Hall", "slt"), at=at, person=cast.joe, left_on=friday)

    assert sweep_keys(at=at + timedelta(days=2)) == 0
    assert sweep_keys(at=at + timedelta(days=3)) == 1
    assert standing(key) == {"Tom Ellery", "Priya Nair"}


def test_a_login_name_opens_nothing_and_need_not_be_changed(cast, at):
    kept(cast, at, kind="particulars", secret=Particulars("north.school").to_text())
    record_leaving(by=someone("Ada Hall", "slt"), at=at, person=cast.joe, left_on=local_day(at))
    assert sweep_keys(at=at) == 0


def test_who_saw_only_codes_takes_no_key_along(cast, at):
    seed = Seed.read(LETTERS)
    key = keep_seed(
        account=cast.page, by=cast.tom, at=at, seed=LETTERS, code=seed.code(at).code, the_schools_own=True
    )
    shown(key, cast.joe, at)
    record_leaving(by=someone("Ada Hall", "slt"), at=at, person=cast.joe, left_on=local_day(at))
    assert sweep_keys(at=at) == 0


def test_losing_the_part_asks_for_a_change_as_well(cast, at):
    key = kept(cast, at)
    change_team(account=cast.page, by=cast.joe, at=at, person=cast.joe, part="administrator", leaves=True)
    assert sweep_keys(at=at) == 1
    assert KeyChange.objects.get().because == "part_ended"
    assert standing(key) == {"Tom Ellery", "Priya Nair"}


def test_a_role_for_this_account_alone_that_ends_counts_and_a_wide_one_does_not(cast, at):
    jill = someone("Jill Moss")
    wide, alone = give(jill, "administrator-moderator"), give_for(jill, cast.page)
    kept(cast, at, by=jill)
    admin = someone("Ada Hall", "slt")

    end_holding(by=admin, at=at, holding=wide)
    assert sweep_keys(at=at) == 0
    end_holding(by=admin, at=at, holding=alone)
    assert sweep_keys(at=at) == 1


def test_a_chosen_day_asks_a_week_before_and_is_the_day_it_is_due(cast, at):
    day = local_day(at) + timedelta(days=30)
    key = kept(cast, at)
    choose_change_day(key=key, by=cast.tom, at=at, on=day)

    assert sweep_keys(at=at + timedelta(days=22)) == 0
    assert sweep_keys(at=at + timedelta(days=23)) == 1
    duty = Duty.objects.filter(kind=CHANGE).first()
    assert (duty.due_kind, duty.due_day) == ("day", day)
    with pytest.raises(NotAllowed):
        choose_change_day(key=key, by=cast.ann, at=at, on=None)
    with pytest.raises(BadInput):
        choose_change_day(key=key, by=cast.tom, at=at, on=local_day(at))


def test_an_account_without_a_lead_asks_whoever_looks_after_people(cast, at):
    key = kept(cast, at)
    on = local_day(at)
    TeamMember.objects.update(to_day=on)
    sweep_keys(at=at)
    assert standing(key) == {"slt"}


def test_the_sweep_sends_as_many_queries_for_one_key_as_for_twenty(cast, at, same_queries):
    kept(cast, at)

    def more():
        for number in range(19):
            kept(cast, at, by=cast.tom, note=str(number))

    def sweep():
        current_scope().memo.clear()
        sweep_keys(at=at)

    same_queries(sweep, more)
    same_queries(lambda: live_keys(cast.page), lambda: kept(cast, at))


# --- The end


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


def test_what_follows_by_itself(federation, at):
    """The events reach their handlers: a mail to the other lead, and duties when somebody has left."""
    with scope(federation.pk):
        admin = someone("Ada Hall", "slt")
        adopt(by=admin, at=at)
        tom, joe = someone("Tom Ellery", "lead-staff-member"), someone("Joe", "administrator-moderator")
        page = account_on("facebook", None, at)
        on_team(page, tom, "lead", at)
        on_team(page, joe, "administrator", at)
        key = keep_key(account=page, by=joe, at=at, kind="password", secret=PASSWORD, the_schools_own=True)
        shown(key, joe, at)
        record_leaving(by=admin, at=at, person=joe, left_on=local_day(at))
    deliver_all(federation.pk, at)

    assert ["a key of an account was shown" in message.subject for message in mail.outbox].count(True) == 1
    with scope(federation.pk):
        assert standing(key) == {"Tom Ellery"}
    account_keys.run(at)
