"""The page of ready questions, answered over all facts: never, or the case in which it happens."""

import html
import subprocess
from dataclasses import replace

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy import rehearsed
from schoolgate.policy.readings import save_draft, start_draft
from schoolgate.policy.rehearsed import BY_KEY, Answer, Proven, answer_of, ask
from schoolgate.rulebook import book, decide
from schoolgate.rulebook.book import book_of
from schoolgate.web.policy import rehearsal
from tests.web.own_policy_cast import NOW
from tests.web.own_policy_pages import text_of

CONSENT, SEEN = BY_KEY["picture_without_consent"], BY_KEY["seen_by_one"]
OPEN = {"facts": None, "never": False, "open": ["some-rule"]}
NEVER = {"facts": None, "never": True, "open": []}


def test_without_a_rule_of_consent_the_case_is_found_and_told(st_annes):
    """The search runs in a process of its own; its case is confirmed by the engine."""
    whole = book("st-annes").pack
    without = replace(whole, bindings=tuple(one for one in whole.bindings if one.point != "photo_consent"))
    found = ask(CONSENT, without, {}, book_of(without))
    assert found.proven is Proven.HAPPENS
    assert found.decision.facts.people[0].consents == ()


def test_a_case_that_the_engine_does_not_confirm_proves_nothing_and_an_open_rule_is_no_never(st_annes):
    of = book("st-annes")
    wrong = {"facts": {"approvals": []}, "never": False, "open": []}
    say = {"silent": NEVER, "may_be_ruled": []}
    assert answer_of(SEEN, {**say, "allowed": wrong}, of).proven is Proven.GAVE_UP
    assert answer_of(SEEN, {**say, "allowed": {**wrong, "facts": {"no": 1}}}, of).proven is Proven.GAVE_UP
    assert answer_of(SEEN, {**say, "allowed": OPEN}, of).proven is Proven.NOT_PROVEN
    assert answer_of(SEEN, {**say, "allowed": NEVER, "silent": OPEN}, of).proven is Proven.NOT_PROVEN
    assert answer_of(SEEN, {**say, "allowed": NEVER}, of).proven is Proven.NEVER
    ruled = {**say, "allowed": NEVER, "may_be_ruled": ["st-annes-posts-1"]}
    assert answer_of(SEEN, ruled, of).proven is Proven.UNLESS_RULED


@pytest.mark.parametrize("error", [subprocess.TimeoutExpired("x", 1), subprocess.CalledProcessError(1, "x")])
def test_a_search_that_takes_too_long_or_dies_says_nothing_either_way(monkeypatch, st_annes, error):
    def dies(*_args, **_more):
        raise error

    monkeypatch.setattr(rehearsed.subprocess, "run", dies)
    assert ask(SEEN, book("st-annes").pack, {}, book("st-annes")).proven is Proven.GAVE_UP


def test_the_owner_asks_and_reads_the_case_as_a_story_in_both_languages(st_annes, monkeypatch):
    facts = {"approvals": [], "people": [], "has_picture": False, "marks": [], "materials": []}
    monkeypatch.setattr(
        rehearsal,
        "ask_of_rehearsed",
        lambda found, question, on: Answer(question, Proven.HAPPENS, _decided(found.book, facts)),
    )
    for language, says in (("en", "Yes, in this case"), ("cy", "Ydy, yn yr achos hwn")):
        st_annes.head.language = language
        with scope(st_annes.federation.pk):
            st_annes.head.save(update_fields=["language"])
        text = text_of(st_annes.ben, "ready-questions", language=language, query="?ask=seen_by_one")
        assert says in html.unescape(text)
    assert st_annes.olive.get(reverse("ready-questions")).status_code == 403
    assert st_annes.ben.get(reverse("ready-questions") + "?ask=nothing").status_code == 404


def test_without_the_optional_part_the_page_says_how_to_add_it(st_annes, monkeypatch):
    monkeypatch.setattr(rehearsal, "can_prove", lambda: False)
    text = text_of(st_annes.ben, "ready-questions", query="?ask=seen_by_one")
    assert "make prove" in text
    assert "Never" not in text


def test_what_is_being_prepared_is_asked_with_its_own_rules(st_annes, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "schoolgate.policy.rehearsed.ask",
        lambda question, pack, changes, book: asked.append(changes) or Answer(question, Proven.NEVER),
    )
    with scope(st_annes.federation.pk):
        draft = start_draft(by=st_annes.head, at=NOW)
        rule = {"clauses": ["st-annes-posts-5"], "ask": "post.publish", "point": "approval", "forbid": True}
        save_draft(
            by=st_annes.head, at=NOW, draft=draft, edition=draft.edition, because="Why.",
            changes={"rules": {"st-annes-posts-5": [rule]}},
        )  # fmt: skip
    for of in ("reading", "now"):
        assert "Never" in text_of(st_annes.ben, "ready-questions", query=f"?ask=seen_by_one&of={of}")
    assert [bool(one) for one in asked] == [True, False]


def _decided(under, facts):
    return decide(under, "post.publish", facts)
