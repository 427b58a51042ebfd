"""Who decided on what leaves decided on all of it: what is typed or shown is in the digest that the decision
is bound to, or can't change."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Proposal, SmallProposal
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.small import words_digest
from schoolgate.core.data_map.entries import load
from schoolgate.core.disclosure import File, Piece, Text
from schoolgate.rights.finding import digest_of

AT = datetime(2027, 1, 19, 10, 30, tzinfo=UTC)
PIECE = Piece(
    number=1, title="Miriam’s letter", at=AT, others=("Priya Nair",),
    texts=(Text("a", "Comment", "She was late."),), files=(File("0" * 64, "scan.pdf"),),
)  # fmt: skip
NOT_IN_AN_ANSWER = {"Piece": {"number", "others"}, "Text": {"said"}}
"""How a thing is found again, the names that are looked for to be covered, and the same choice in Welsh."""

BOUND = {
    "accounts.Account": "one",  # the contact, purpose and address: who runs it changes the register at once
    "accounts.AssociatedPage": "one",
    "accounts.Closing": "one",
    "accounts.Fake": "one",
    "accounts.SiteText": "fixed",
    "inbox.Answer": "frozen",  # the text is the one that the permission names (`covers_text`)
    "inbox.Appeal": "one",
    "inbox.GroupMessage": "one",
    "inbox.Item": "version",  # its author's: who shows it says which version they read
    "inbox.ItemVersion": "fixed",
    "inbox.NoticeWording": "fixed",
    "media.Film": "post",
    "media.Picture": "post",
    "networks.NoticeboardCard": "fixed",
    "networks.NoticeboardComment": "version",
    "networks.NoticeboardFilm": "fixed",
    "networks.NoticeboardPicture": "fixed",
    "networks.NoticeboardPost": "frozen",  # a copy of the delivery
    "policy.GuideVersion": "version",  # only that it was published is set later
    "policy.PackText": "fixed",
    "press.Expectation": "one",
    "press.Statement": "fixed",
    "publishing.Delivery": "frozen",  # with `seen`, the digest that was approved
    "publishing.LinkCard": "post",
    "publishing.LiveChange": "one",
    "publishing.PostTarget": "post",
    "publishing.ReadyVersion": "ready",
    "pupils.ConsentWords": "one",
    "rights.Answer": "one",  # the letter; what goes with it is bound piece by piece
}
"""How what leaves is bound to who decided on it. `fixed`: a row never changes, another is another decision;
`frozen`: written at the decision; `version`: who decides says which they read; `post`: the approval’s digest
(`test_a_change_asks_again.py`); `ready`: that of an emergency text (`ready.seen_of`); `one`: who writes it
lets it out, and no one decided before."""


def test_each_table_that_leaves_says_how_it_is_bound_to_who_decided():
    assert set(BOUND) == {each.table for each in load().fields() if each.leaves}


@pytest.mark.parametrize("table", sorted(table for table, how in BOUND.items() if how == "fixed"))
def test_rows_that_never_change_may_not_be_changed(table):
    model = apps.get_model(table)
    assert "UPDATE" not in model.app_may or model.only_destroyed


def test_every_part_of_a_thing_that_an_answer_gives_is_in_the_digest_of_its_decision():
    other = {"title": "Else", "at": None, "texts": (), "files": ()}
    other |= {"label": "Else", "text": "Else", "part": "b", "digest": "1" * 64}
    changed = {
        "Piece": lambda change: replace(PIECE, **change),
        "Text": lambda change: replace(PIECE, texts=(replace(PIECE.texts[0], **change),)),
        "File": lambda change: replace(PIECE, files=(replace(PIECE.files[0], **change),)),
    }
    unnoticed = [
        f"{kind.__name__}.{each.name}"
        for kind in (Piece, Text, File)
        for each in fields(kind)
        if each.name not in NOT_IN_AN_ANSWER.get(kind.__name__, ())
        and digest_of(changed[kind.__name__]({each.name: other[each.name]})) == digest_of(PIECE)
    ]
    assert unnoticed == []


def test_the_digest_of_a_thing_is_the_same_in_both_languages():
    piece = replace(PIECE, title=_("Comment or message"), files=(File("0" * 64, _("Picture")),))
    found = set()
    for language in ("en", "cy"):
        with translation.override(language):
            found.add(digest_of(piece))
    assert len(found) == 1


PROPOSAL = Proposal(
    pk=1, name="Juniors", network="facebook", school_id=1, kind="public", pupils_in_audience=True,
    youngest_pupil=9, answers={"purpose": "News"}, considered={"reach": "Parents"},
)  # fmt: skip
SMALL = SmallProposal(
    pk=1, kind="call", account_id=1, name="Fair", address="https://fair.example", words="Stalls wanted.",
    for_school=True, through_social_media=True, checked_on=date(2027, 1, 8), open_points=["One"], form_id=1,
)  # fmt: skip
DECIDED = {
    Proposal: (
        PROPOSAL,
        shown_digest,
        {"by", "second_try_of", "state", "version", "started_at", "saved_at", "submitted_at", "decided_at",
         "decided_by", "decision", "reason", "destroyed_at", "federation"},
    ),
    SmallProposal: (
        SMALL,
        words_digest,
        {"by", "again_of", "state", "submitted_at", "decided_at", "decided_by", "decided_role_key",
         "decided_digest", "decision", "reason", "done_at", "done_by", "destroyed_at", "federation"},
    ),
}  # fmt: skip
"""A plan, its digest, and the columns that are no part of it: who wrote it, and what became of it."""


@pytest.mark.parametrize("model", DECIDED, ids=lambda model: model.__name__)
def test_every_column_of_a_plan_is_in_the_digest_of_its_approval(model):
    plan, digest, beside = DECIDED[model]
    before, unnoticed = digest(plan), []
    for field in model._meta.concrete_fields:
        if field.name in beside:
            continue
        was = getattr(plan, field.attname)
        other = not was if isinstance(was, bool) else None if isinstance(was, int | date) else "else"
        setattr(plan, field.attname, other)
        if digest(plan) == before:
            unnoticed.append(field.name)
        setattr(plan, field.attname, was)
    assert unnoticed == []
