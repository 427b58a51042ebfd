"""Hosted sites: what is settled, rules as written, looks, absences, and what the policy says of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from schoolgate.accounts import opening_facts
from schoolgate.accounts.models import Account, SiteText, TeamMember, Whereabouts
from schoolgate.accounts.sites import (
    check_facts,
    hosting,
    look_over,
    prepare_facts,
    put_word_on_record,
    say_whereabouts,
    settle_site,
    suits_facts,
    to_settle,
    write_site_text,
)
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.subjects import person_key
from schoolgate.people.leaving import end_extended_absence, extended_absence, start_extended_absence
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import book
from tests.accounts.openings import GUIDANCE, WOOTTON_SETTLED
from tests.cast import someone

FORTNIGHT = timedelta(days=14)


@pytest.fixture
def wootton(at_federation, at):
    with at_federation("wootton") as cast:
        cast.on = local_day(at)
        cast.di, cast.ed = someone("Di Rook", "administrator"), someone("Ed Shaw", "moderator")
        cast.site = board(cast, at)
        for person, part in ((cast.di, "administrator"), (cast.ed, "moderator")):
            TeamMember.objects.create(account=cast.site, person=person, part=part, from_day=cast.on)
        yield cast


def board(cast, at, **changes) -> Account:
    given = {
        "school": cast.school, "name": "Our board", "network": "noticeboard", "kind": "school",
        "made_at": at, "pupils_in_audience": False,
    }  # fmt: skip
    return Account.objects.create(**{**given, **changes})


def said(cast, situation, facts) -> dict[str, str]:
    decision = verdict(situation, facts, on=cast.on)
    return {point: str(outcome) for point, outcome in decision.points.items() if outcome != "silent"}


def prepares(cast, at) -> dict[str, str]:
    return said(cast, "site.prepare", prepare_facts(cast.site, in_force(cast.on), by=cast.di, at=at))


def suits(cast, at) -> dict[str, str]:
    return said(cast, "site.suits", suits_facts(cast.site, in_force(cast.on), by=cast.di, at=at))


def check(cast, at) -> dict[str, str]:
    return said(cast, "site.check", check_facts(cast.site, in_force(cast.on), at=at))


def test_the_noticeboard_is_the_schools_and_reads_before_it_shows(wootton, at):
    facts = prepare_facts(wootton.site, in_force(wootton.on), by=wootton.di, at=at)
    assert (facts.host, facts.moderation) == ("school", "before")
    assert facts.moderators == (person_key(wootton.di.pk), person_key(wootton.ed.pk))
    assert hosting(board(wootton, at, network="facebook")) == "third party"


def test_what_nobody_has_settled_is_waited_for_and_what_was_settled_is_not(wootton, at):
    assert prepares(wootton, at)["users_text"] == "hold"

    settle_site(account=wootton.site, by=wootton.di, at=at, answers=WOOTTON_SETTLED)

    points = prepares(wootton, at)
    assert {points[each] for each in ("users_text", "users_pictures", "moderation_set_up")} == {"permitted"}
    assert points["answerable_for_moderation"] == "permitted"


def test_another_team_answers_only_after_a_signed_handover(wootton, at):
    answers = {**WOOTTON_SETTLED, "answers_for_moderation": "The office"}
    settle_site(account=wootton.site, by=wootton.di, at=at, answers=answers)
    assert prepares(wootton, at)["answerable_for_moderation"] == "hold"

    put_word_on_record(account=wootton.site, by=wootton.di, at=at, kind="handover", team="The web team")
    assert prepares(wootton, at)["answerable_for_moderation"] == "permitted"


def test_a_site_is_held_against_the_guidance_or_what_took_its_place(wootton, at):
    settle_site(account=wootton.site, by=wootton.di, at=at, answers=WOOTTON_SETTLED)
    assert suits(wootton, at)["site_guidance"] == "hold"

    given = {"account": wootton.site, "by": wootton.di, "at": at, "kind": "guidance"}
    put_word_on_record(guidance=GUIDANCE, open_points=["No way to report"], **given)
    assert suits(wootton, at)["site_guidance"] == "hold"
    put_word_on_record(guidance="A later one", replaces=GUIDANCE, **given)
    assert suits(wootton, at)["site_guidance"] == "permitted"


def test_a_site_for_pupils_names_each_danger_and_what_is_done(wootton, at):
    wootton.site.pupils_in_audience = True
    wootton.site.save()
    asked = to_settle(book("wootton"), "school", for_young=True)
    texts = {one.key: "We talk about it in form time." for one in asked if one.of_young}
    answers = {**WOOTTON_SETTLED, **texts, "in_doubt": False}
    settle_site(account=wootton.site, by=wootton.di, at=at, answers={**answers, "risk grooming": ""})
    assert suits(wootton, at)["site_dangers"] == "hold"

    settle_site(account=wootton.site, by=wootton.di, at=at, answers=answers)
    points = suits(wootton, at)
    assert {points[each] for each in ("site_dangers", "taught_to_use_it", "pupils_known")} == {"permitted"}


def test_doubt_waits_for_advice_of_whom_the_policy_names(wootton, at):
    wootton.site.pupils_in_audience = True
    wootton.site.save()
    settle_site(account=wootton.site, by=wootton.di, at=at, answers={**WOOTTON_SETTLED, "in_doubt": True})
    assert suits(wootton, at)["channel_doubt"] == "hold"
    with pytest.raises(NotAllowed):
        put_word_on_record(account=wootton.site, by=wootton.ed, at=at, kind="advice", words="Go on.")

    key = next(role.key for role in book("wootton").roles if role.name == "Communications Manager")
    adviser = someone("Cora May", key)
    put_word_on_record(account=wootton.site, by=adviser, at=at, kind="advice", words="Go on, without names.")
    assert suits(wootton, at)["channel_doubt"] == "permitted"


def test_a_text_is_written_anew_under_the_next_number(wootton, at):
    given = {"account": wootton.site, "by": wootton.di, "at": at, "kind": "house_rules", "language": "en"}
    write_site_text(words="Be kind.", **given)
    write_site_text(words="Be kind. Keep to the point.", **given)

    assert [(text.number, text.words) for text in opening_facts.site_texts(wootton.site)] == [
        (2, "Be kind. Keep to the point.")
    ]
    assert SiteText.objects.filter(account=wootton.site).count() == 2
    with pytest.raises(BadInput) as wrong:
        write_site_text(**{**given, "kind": "poem", "language": "fr"}, words=" ")
    assert set(wrong.value.fields) == {"kind", "language", "words"}


def test_comments_wait_for_the_texts_that_the_policy_wants_shown(wootton, at):
    wanted = ["terms_of_use", "house_rules"]
    assert sorted(opening_facts.texts_missing(wootton.school, book("wootton"))) == sorted(wanted)
    for kind in wanted:
        write_site_text(
            account=wootton.site, by=wootton.di, at=at, kind=kind, language="en", words="Be kind."
        )
    assert opening_facts.texts_missing(wootton.school, book("wootton")) == []
    assert opening_facts.texts_missing(wootton.school, book("wildground")) == []


def test_a_look_says_what_was_found_and_what_is_missing(wootton, at):
    assert check(wootton, at)["rules_found"] == "hold"

    kept = look_over(
        account=wootton.site, by=wootton.di, at=at, house_rules_found=True, terms_found=False,
        logo_can_link=True, logo_leads_to="fitting_page",
    )  # fmt: skip

    assert {"wootton-a4-3", "wootton-a4-26"} <= set(kept.clauses)
    kinds = {(finding["point"], finding["kind"]) for finding in kept.body["findings"]}
    assert {("rules_found", "breached"), ("logo_leads", "met")} <= kinds


def test_a_day_without_an_approved_moderator_is_named(wootton, at):
    def away(person, *stretches):
        say_whereabouts(
            account=wootton.site, by=wootton.di, at=at, person=person, first=wootton.on,
            last=wootton.on + FORTNIGHT, away=stretches,
        )  # fmt: skip

    away(wootton.di)
    assert check(wootton, at)["looked_after_in_absence"] == "hold", "nobody has said when Ed is away"
    away(wootton.ed)
    assert check(wootton, at)["looked_after_in_absence"] == "permitted"

    gone = (wootton.on + timedelta(days=2), wootton.on + timedelta(days=3))
    away(wootton.di, gone)
    away(wootton.ed, gone)
    facts = check_facts(wootton.site, in_force(wootton.on), at=at)
    gap = next(
        finding for finding in verdict("site.check", facts, on=wootton.on).findings
        if finding.point == "looked_after_in_absence" and finding.kind == "requires"
    )  # fmt: skip
    assert (gap.args["first"], gap.args["last"]) == gone


def test_long_leave_counts_as_an_absence_without_anybody_saying_so(wootton, at):
    def away(person, last):
        start_extended_absence(
            by=wootton.boss, at=at, person=person, kind="leave", from_day=wootton.on, to_day=last
        )

    def minders():
        facts = check_facts(wootton.site, in_force(wootton.on), at=at)
        return {one.key: one.away for one in facts.minders}

    wootton.boss = someone("Bea Low", "principal")
    last = wootton.on + FORTNIGHT
    away(wootton.ed, wootton.on + timedelta(days=3))
    assert minders()[f"person-{wootton.ed.pk}"] is None, "of the other days nobody has said anything"
    away(wootton.di, None)
    assert [(one.first, one.last) for one in minders()[f"person-{wootton.di.pk}"]] == [(wootton.on, last)]
    say_whereabouts(
        account=wootton.site, by=wootton.ed, at=at, person=wootton.ed, first=wootton.on, last=last, away=[]
    )
    assert [(one.first, one.last) for one in minders()[f"person-{wootton.ed.pk}"]] == [
        (wootton.on, wootton.on + timedelta(days=3))
    ]
    end_extended_absence(by=wootton.boss, at=at, leave=extended_absence(wootton.ed, on=wootton.on))
    assert minders()[f"person-{wootton.ed.pk}"] == ()


def test_absences_are_of_those_who_look_after_it_and_end_after_they_begin(wootton, at):
    given = {"account": wootton.site, "by": wootton.di, "at": at, "first": wootton.on}
    with pytest.raises(NotAllowed):
        say_whereabouts(person=someone("Flo"), last=wootton.on, away=[], **given)
    backwards = [(wootton.on + timedelta(days=1), wootton.on)]
    with pytest.raises(BadInput):
        say_whereabouts(person=wootton.ed, last=wootton.on, away=backwards, **given)
    with pytest.raises(BadInput):
        say_whereabouts(person=wootton.ed, last=wootton.on - timedelta(days=1), away=[], **given)
    with pytest.raises(IntegrityError, match="accounts_whereabouts_in_order"), transaction.atomic():
        Whereabouts.objects.create(
            account=wootton.site, person=wootton.ed, by=wootton.di, at=at, first=wootton.on,
            last=wootton.on - timedelta(days=1),
        )  # fmt: skip


def test_who_has_no_part_in_a_site_settles_nothing_and_nobody_does_once_it_is_closed(wootton, at):
    with pytest.raises(NotAllowed):
        settle_site(account=wootton.site, by=someone("Flo"), at=at, answers={})
    wootton.site.state, wootton.site.closed_at = "closed", at
    wootton.site.save()
    with pytest.raises(NotNow):
        settle_site(account=wootton.site, by=wootton.di, at=at, answers={})


def test_a_policy_asks_only_for_what_its_own_rules_want():
    keys = {key: [one.key for one in to_settle(book(key), "school", for_young=False)] for key in POLICIES}
    assert keys["wildground"] == keys["boroughbridge"] == keys["learn-to-live"] == []
    assert keys["llanidloes"] == ["answers_given_by"]
    assert "answers_given_by" not in keys["wootton"]
    outside = [one.key for one in to_settle(book("wootton"), "third party", for_young=False)]
    assert {"own_plan", "steps_in_how", "reporting_route"} <= set(outside)
    assert "moderation" not in outside


POLICIES = ("wildground", "boroughbridge", "learn-to-live", "llanidloes", "wootton")


def test_what_nobody_asks_for_is_refused(wootton, at):
    with pytest.raises(BadInput) as wrong:
        settle_site(account=wootton.site, by=wootton.di, at=at, answers={"own_plan": "x", "moderation": "z"})
    assert set(wrong.value.fields) == {"own_plan", "moderation"}
