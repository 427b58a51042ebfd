"""Pupils with their consents, from a list as an office exports it; permissions that owners gave, and posts
that use them, that the policy stops or asks more of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from schoolgate.accounts.models import Account
from schoolgate.cli.demo.cast import Stage
from schoolgate.cli.demo.posts import ANSWERS, drafted
from schoolgate.core.clock import local_day
from schoolgate.core.errors import Refused
from schoolgate.core.models import School
from schoolgate.core.tenancy import current_scope
from schoolgate.people.lists.importer import apply, explain_columns, explain_words, keep_list, upload
from schoolgate.policy.permitting import ask_first, permit
from schoolgate.publishing.approving import ask_for_post, submit_post
from schoolgate.publishing.drafting import withdraw_post
from schoolgate.publishing.models import OwnerPermission
from schoolgate.publishing.owners import end_owner_permission, record_owner_permission
from schoolgate.publishing.permissions import RIGHTS_DOUBT
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.importing import PUPILS
from schoolgate.pupils.models import Answer, Pupil

COLUMNS = {
    "key": "Admission number", "first_name": "Forename", "last_name": "Surname", "form": "Reg",
    "born_on": "DOB", "picture": "Photo", "film": "Video", "name": "Name online",
}  # fmt: skip
WORDS = {"yes": Answer.GIVEN, "no": Answer.REFUSED}
ROWS = """
1001,Ava,Thomas,4B,3/10/2017,Yes,Yes,No
1002,Tomos,Ellis,4B,21/1/2018,Yes,,No
1003,Amelia,Shah,4B,9/5/2018,No,No,No
1004,Noah,Bright,4B,30/11/2017,Yes,Yes,Yes
1005,Mali,Rees,4B,2/2/2018,,,
1006,Oskar,Nowak,5A,17/9/2016,Yes,Yes,No
1007,Grace,Obi,5A,4/12/2016,Yes,No,No
1008,Idris,Khan,5A,8/7/2017,Yes,Yes,No
1009,Freya,Lund,5A,26/4/2017,No,No,No
1010,Jac,Morgan,5A,11/11/2016,Yes,Yes,Yes
"""


def pupils_and_consents(stage: Stage) -> None:
    """Import one class list, then record a parent's later no and a pupil's own."""
    by, school = stage.people[stage.cast.first.key], stage.schools[0]
    content = "\n".join([",".join(COLUMNS.values()), ROWS.strip()]).encode()
    kept = keep_list(content, federation_id=current_scope().federation_id)
    importing = upload(kind=PUPILS, by=by, at=stage.later(), kept=kept)
    explain_columns(
        kind=PUPILS, by=by, at=stage.later(), importing=importing, sheet=kept.sheet, name="Pupils",
        columns=COLUMNS, defaults={"school": str(school.pk)}, shape=kept.shape,
    )  # fmt: skip
    words = dict.fromkeys(("picture", "film", "name"), WORDS)
    importing = PUPILS.find(by, importing.pk)
    explain_words(kind=PUPILS, by=by, at=stage.later(), importing=importing, words=words)
    at = stage.later()
    seen = PUPILS.preview(importing, kept.sheet, by=by, on=at.date()).seen
    apply(kind=PUPILS, by=by, at=at, importing=importing, sheet=kept.sheet, seen=seen)
    pupils = {each.key: each for each in Pupil.objects.all()}
    for key, giver, who in (("1007", "parent", "Ada Obi"), ("1010", "pupil", "")):
        record_answer(
            by=by, at=stage.later(), pupil=pupils[key], uses=["picture", "film"], answer=Answer.REFUSED,
            giver=giver, who=who, form="spoken",
        )  # fmt: skip


PERMISSIONS: tuple[dict[str, Any], ...] = (
    {
        "what": "text", "title": "The Pool at Dusk", "owner": "Rowan Hale", "form": "written",
        "by_line": "Poem: Rowan Hale", "limits": "Printed leaflets",
    },
    {
        "what": "music", "title": "March of the Lanterns", "owner": "Small Hours Music", "form": "licence",
        "by_line": "Music: Small Hours",
    },
    {"what": "name", "title": "Hill Bakery", "owner": "Hill Bakery", "form": "written"},
    {"what": "logo", "title": "Badge of the rowing club", "owner": "The rowing club", "form": "spoken"},
)  # fmt: skip
USES = (
    "Thursday's assembly ended with a poem and a march. Poem: Rowan Hale. Music: Small Hours. Rolls came"
    " from Hill Bakery. More: https://assembly.example/thursday"
)
LINKS = {"links_fitting": True, "links_safe": True, "links_blocked": False, "links_own_business": False}


@dataclass(frozen=True)
class Written:
    """A post that the writer sends for approval and withdraws; the policy may stop it. `only`: the
    federations whose writers do; empty: all. `alt`: it has a picture of the people listed."""

    text: str
    answers: Mapping[str, Any]
    people: Sequence[Mapping[str, Any]] = ()
    only: tuple[str, ...] = field(default=())
    alt: str = ""


def _shown(relation: str) -> dict[str, Any]:
    return {
        "relation": relation, "shown": True, "named": "no", "at_school_activity": True,
        "consent": True, "consent_written": True, "consent_by": "self",
        "opted_out": False, "do_not_publish": False,
    }  # fmt: skip


COLLEAGUE = {"relation": "staff", "shown": False, "named": "full", "consent": True, "consent_by": "self"}
POSTS = (
    Written(
        "The reading scheme is worth every hour, I think. Views are my own.",
        {"personal_view": True, "disclaimer": True, "may_be_controversial": True},
    ),
    Written("Our pupils came second in the county quiz.", {"tells_success_or_news": True}),
    Written("The staffing plan for next year is attached.", {"labelled": "confidential"}),
    Written("What the new kitchen will cost us.", {"labelled": "commercially sensitive"}),
    Written("Our supplier's price list.", {"labelled": "business-sensitive"}, only=("learn-to-live",)),
    Written("A page of the trust's own scheme of work.", {
        "labelled": "intellectual property of the trust",
    }, only=("wootton",)),
    Written("A design that a company sent us.", {"labelled": "company"}, only=("llanidloes",)),
    Written("Aim higher. The open evening is on Tuesday.", {"uses_mark": "slogan"}, only=("wootton",)),
    Written("The crest, as it was in 1902.", {"uses_mark": "trademark"}, only=("wootton",)),
    Written("Who took this photograph of the old hall?", {"rights_in_doubt": True}, only=("wootton",)),
    Written("There will be a sixth minibus next year.", {"discloses": True}, only=("wootton",)),
    Written("Carved spoons for the fair: https://spoons.example/shop", {
        **LINKS, "links_own_business": True,
    }, only=("wildground", "boroughbridge")),
    Written("We promise a reply within a week.", {"commits": True}, only=("wootton",)),
    Written("Our autumn giveaway begins today.", {"starts_something": True}, only=("wootton",)),
    Written("We're looking for guest writers.", {"calls_for_people": True}, only=("wootton",)),
    Written("Ed Shaw leaves the team after nine years.", {"names_somebody": True}, [
        {**COLLEAGUE, "consent_written": True},
    ], only=("wootton",)),
    Written("Planting day with everyone who came.", {"connected": True}, [
        _shown(each) for each in ("staff", "governor", "other")
    ], only=("learn-to-live",), alt="Three grown-ups with spades beside a row of young trees."),
)  # fmt: skip
"""By these and the answers of a careful author."""


ADVISED = {"wootton": ("lou", "kit")}
"""Federation -> who answers a doubt about rights, and whose advice they need first."""
TUNE = "The band closes the year with the old marching tune of our town."


def owners_agree(stage: Stage, account: Account) -> None:
    """Record what owners agreed to, use three of these in a post, and end one; then write what the policy
    stops or has more questions about. That is withdrawn again, so that it doesn't wait for an approver."""
    rows = [_records(stage, said) for said in PERMISSIONS]
    answers = {**ANSWERS, **LINKS}
    post = drafted(stage, USES, account, answers=answers, owners=rows[:3])
    submit_post(by=stage.who("writer"), at=stage.later(2), post=post)
    end_owner_permission(by=stage.who("writer"), at=stage.later(2), permission=rows[3])
    for one in POSTS:
        if not one.only or stage.key in one.only:
            _sends(stage, one, account)
    if stage.key in ADVISED:
        _rights_settled(stage, account)


def _rights_settled(stage: Stage, account: Account) -> None:
    """The writer doubts who owns a tune; the role that answers asks its advisers first, and says yes."""
    answers, expert = ADVISED[stage.key]
    director, adviser = (stage.people[key] for key in (answers, expert))
    post = drafted(stage, TUNE, account, answers={**ANSWERS, "rights_in_doubt": True})
    asked = ask_for_post(
        by=stage.who("writer"), at=stage.later(2), post=post, covers=RIGHTS_DOUBT, words="Is the tune free?"
    )
    put = ask_first(by=director, at=stage.later(20), asked=asked, words="Who owns the tune?")
    permit(by=adviser, at=stage.later(40), asked=put, words="It has been free since 1994.")
    permit(by=director, at=stage.later(9), asked=asked, words="Yes. Our advisers have looked at it.")


def _records(stage: Stage, said: Mapping[str, Any]) -> OwnerPermission:
    at = stage.later(2)
    named = said["what"] == "name"  # the bakery agreed to two accounts
    return record_owner_permission(
        by=stage.who("writer"), at=at, school=stage.schools[0],
        accounts=_open_at(stage.schools[0]) if named else (), given_on=local_day(at) - timedelta(days=9),
        until=local_day(stage.now) + timedelta(days=365), **said,
    )  # fmt: skip


def _open_at(school: School) -> list[Account]:
    return list(Account.objects.filter(school=school, state="open").order_by("pk"))


def _sends(stage: Stage, one: Written, account: Account) -> None:
    post = drafted(
        stage, one.text, account, answers={**ANSWERS, **one.answers}, people=one.people,
        pictures=(one.alt,) if one.alt else (),
    )  # fmt: skip
    with suppress(Refused):
        post = submit_post(by=stage.who("writer"), at=stage.later(1), post=post)
    withdraw_post(by=stage.who("writer"), at=stage.later(1), post=post)
