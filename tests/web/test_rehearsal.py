"""The page on which a policy's owner rehearses it before signing, and what stands beside the button."""

import re

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.policy.models import PolicyVersion, Reading
from schoolgate.policy.readings import save_draft, start_draft
from schoolgate.rulebook.rehearsal.cases import CASES
from tests.web.own_policy_cast import NOW
from tests.web.own_policy_pages import WORDS, add, begin, text_of

PUT_TO_IT = {one.key for one in CASES if not one.point or one.key == "page_hacked"}
"""The others are about rules that St Anne's policy doesn't have."""


@pytest.fixture
def no_walk(monkeypatch):
    """The page without its walk, which takes a second: other tests look at that."""
    monkeypatch.setattr("schoolgate.web.policy.rehearsal.walked", lambda found, **_more: [])


def hrefs_in(html):
    return {href.partition("#")[0].partition("?")[0] for href in re.findall(r'href="(/policy/[^"]*)"', html)}


def test_every_case_is_told_as_a_story_with_what_is_wrong_above_it_in_both_languages(st_annes, no_walk):
    for language, title in (("en", "The same picture, without consent"), ("cy", "Yr un llun, heb gydsyniad")):
        st_annes.head.language = language
        with scope(st_annes.federation.pk):
            st_annes.head.save(update_fields=["language"])
        text = text_of(st_annes.ben, "rehearsal", language=language)
        assert title in text
        assert "deputy headteacher" in text  # a role that waits for someone
    answer = st_annes.ben.get(reverse("rehearsal"))
    counted = answer.context
    assert counted["answered"] + counted["read"] + counted["silent"] == counted["asked"]
    forbidden = [one for one in counted["found"].told if one.is_covered and one.answer == "not_allowed"]
    assert any(one.decision.unread for one in forbidden)
    assert counted["answered"] >= len(forbidden) > 0
    html = answer.content.decode()
    told = {one.key for one in CASES if f'id="{one.key}"' in html}
    assert told == PUT_TO_IT
    assert counted["asked"] == len(told)
    assert html.index('id="wrong"') < html.index(f'id="{CASES[0].key}"')


def test_each_thing_that_is_wrong_leads_to_a_form_that_opens(st_annes, no_walk):
    html = st_annes.ben.get(reverse("rehearsal")).content.decode()
    there = hrefs_in(html[html.index('id="wrong"') : html.index(f'id="{CASES[0].key}"')])
    assert reverse("own-clause-new") in there
    assert any(each.startswith("/policy/clauses/st-annes-") for each in there)
    assert reverse("own-ready", args=["name_consent"]) in there
    for each in there:
        assert st_annes.ben.get(each).status_code == 200, each


def test_each_case_is_a_row_that_opens_and_what_nothing_stops_stands_first_and_open(st_annes, no_walk):
    html = st_annes.ben.get(reverse("rehearsal")).content.decode()
    rows = re.findall(
        r'<details class="sg-fold"( open)?>\s*<summary>[^<]*<[^>]*>.*?<div id="(\w+)"', html, re.DOTALL
    )
    assert {key for _opened, key in rows} == PUT_TO_IT
    opened = [bool(is_open) for is_open, _key in rows]
    assert 0 < sum(opened) < len(rows) / 2
    assert opened == sorted(opened, reverse=True)
    lacking = html[html.index('id="named_in_words"') :]
    assert reverse("own-ready", args=["name_consent"]) in lacking[:1500]


def test_only_who_looks_after_the_policy_rehearses_it(st_annes, client):
    assert st_annes.olive.get(reverse("rehearsal")).status_code == 403
    assert client.get(reverse("rehearsal")).status_code == 302
    assert st_annes.ben.post(reverse("rehearsal")).status_code == 405


def test_what_is_being_prepared_is_rehearsed_and_not_what_is_in_force(st_annes, no_walk):
    """A rule of the next interpretation counts in its rehearsal, and a clause of the next version in its."""
    begin(st_annes.ben)
    add(st_annes.ben, part="when", fact="way", compare="any_of", value="social")
    now, then = (text_of(st_annes.ben, "rehearsal", query=f"?of={of}") for of in ("now", "reading"))
    assert "the policy as it is now" in now
    assert "the next interpretation" in then
    assert st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""}).status_code == 302
    text = text_of(st_annes.ben, "rehearsal")
    assert "the version that is being prepared" in text
    assert "version 2" in text


def test_a_step_that_no_one_could_take_is_the_first_thing_that_is_wrong(st_annes):
    forbids = {"clauses": ["st-annes-posts-1"], "ask": "post.publish", "point": "approval", "forbid": True}
    with scope(st_annes.federation.pk):
        draft = start_draft(by=st_annes.head, at=NOW)
        save_draft(
            by=st_annes.head, at=NOW, draft=draft, edition=draft.edition, because="No posts.",
            changes={"rules": {"st-annes-posts-1": [forbids]}},
        )  # fmt: skip
    text = text_of(st_annes.ben, "rehearsal", query="?of=reading")
    first = text[text.index("The most serious come first") :]
    stuck = "No one could take this step: Write a post and send it for approval."
    assert stuck in first[:200]
    assert stuck not in text_of(st_annes.ben, "rehearsal", query="?of=now")


def test_a_step_that_waits_for_a_role_that_may_not_do_it_leads_to_the_roles(st_annes):
    """The headteacher's own posts are read by the deputy, who may not approve."""
    html = st_annes.ben.get(reverse("rehearsal") + "?of=now").content.decode()
    first = html[html.index('id="wrong"') :][:2500]
    assert "This needs deputy headteacher, but that role may not approve a post." in first
    assert reverse("own-roles") in first
    assert "Change roles" in first
    assert first.index("data-quoted") < first.index("Change roles"), (
        "the clause that asks for it stands there"
    )


def test_it_stands_beside_the_buttons_that_sign_and_adopt_and_stops_neither(st_annes, no_walk):
    signed = st_annes.ben.post(reverse("reading"), {"act": "start"})
    assert signed.status_code == 302
    text = text_of(st_annes.ben, "reading")
    assert "What a rehearsal finds" in text
    assert "Nothing in this policy stops this: A full name in words." in text
    assert "Rehearse" in text_of(st_annes.ben, "own-clauses")
    st_annes.ben.post(reverse("own-clause-new"), {**WORDS, "seen": ""})
    with scope(st_annes.federation.pk):
        coming = PolicyVersion.objects.get(state="draft")
    assert "What a rehearsal finds" in text_of(st_annes.ben, "version", coming.pk)
    assert "What a rehearsal finds" in text_of(st_annes.ben, "version-adoption", coming.pk)
    st_annes.ben.post(reverse("reading"), {"act": "drop"})
    assert st_annes.ben.post(reverse("reading"), {"act": "sign"}).status_code == 302
    with scope(st_annes.federation.pk):
        assert Reading.objects.get(version__state="in_force").signed_by == st_annes.head
