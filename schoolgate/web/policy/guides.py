"""The policy in force, decisions with all that they were made with, and guides: staff read them; people who
look after the policy write and publish.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from crispy_forms_gds.layout import HTML, Layout
from django import forms
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.duties.queries import standing
from schoolgate.incidents.allegations import all_numbers
from schoolgate.people.rules import can
from schoolgate.policy import briefing, guides, guiding, knowing, queries, rules
from schoolgate.policy.documents import own_words_of
from schoolgate.policy.duty_kinds import AGREE_GUIDE
from schoolgate.policy.guides import Standing, Start, gaps_in, starts
from schoolgate.policy.models import Attested, DecisionFacts, GuideAbout, GuideFor, GuideVersion
from schoolgate.policy.queries import PolicyInForce, by_heading, decision_for, sees_facts
from schoolgate.policy.writing import is_own
from schoolgate.web.frame.doors import Visit, done, opens, page
from schoolgate.web.frame.forms import DayField, Drawing, SchoolForm, at, radios, yes_no
from schoolgate.web.frame.paging import number_in, small_in
from schoolgate.web.frame.wording import clauses_of, kept_verdict, plain

YEAR = timedelta(days=365)
TERM = timedelta(days=120)
"""After how long a guide from a suggestion about privacy settings is checked again: they change often."""
SUGGEST = "suggest"
LONG = {"rows": 12}
EVERYONE = ("yes", _("Everyone, on our public page"))
INSIDE = ("no", _("Only people who sign in here"))
USUAL = ("", _("The usual: staff guides only for people who sign in here, all others on our public page"))
READERS = (USUAL, EVERYONE, INSIDE)
"""Who may read a new guide. The first goes by the audience, whatever that is when the guide is saved, so that
no guide for staff is public before someone says so."""


class GuideForm(SchoolForm):
    """The words of a guide."""

    policy_help = {"text": (at("guidance.write", "words_for_their_age"),)}

    audience = radios(_("Who is it for?"), GuideFor.choices)
    about = forms.ChoiceField(label=_("What is it about?"), choices=GuideAbout.choices, required=False)
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs=LONG), max_length=20_000,
        help_text=_("Short sentences. Leave an empty line between paragraphs."),
    )  # fmt: skip
    title_cy = forms.CharField(label=_("Title in Welsh"), max_length=120, required=False)
    text_cy = forms.CharField(
        label=_("Text in Welsh"), widget=forms.Textarea(attrs=LONG), max_length=20_000, required=False
    )
    public = radios(_("Who may read it?"), READERS)
    check_by = DayField(label=_("Check again by"))

    def __init__(self, *args: Any, of: Standing | None, visit: Visit, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"check_by": visit.on + YEAR, "public": ""}
        newest = of and (of.draft or of.shown)
        if newest:
            kept = ("title", "text", "title_cy", "text_cy")
            initial |= {name: getattr(newest, name) for name in kept} | {"public": yes_no(newest.public)}
        super().__init__(*args, initial=initial, **kwargs)
        if of is not None:
            del self.fields["audience"], self.fields["about"]
            self.fields["public"].choices = [EVERYONE, INSIDE]  # type: ignore[attr-defined]
        if "cy" not in visit.federation.languages and not (newest and newest.text_cy):
            del self.fields["title_cy"], self.fields["text_cy"]

    @cached_property
    def helper(self) -> Drawing:
        """A new guide has the button for a suggestion below the two fields that it goes by."""
        drawing = Drawing(self)
        if "about" in self.fields:
            button = HTML("{% include 'policy/_guide_suggest.html' %}")
            rest = [name for name in self.fields if name not in ("audience", "about")]
            drawing.layout = Layout("audience", "about", button, *rest)
        return drawing


def page_of(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the guides, one of them, or the form to write one; a sent form takes a step."""
    writes = can(rules.check_may_note_practice, visit.person, on=visit.on)
    agrees = writes or can(rules.check_may_agree_to_guide, visit.person, on=visit.on)
    asked = request.GET.get("guide", "")
    if asked == "new":
        return _write(request, visit, None)
    if asked:
        found = _found(number_in(asked), writes=agrees)
        if "write" in request.GET:
            return _write(request, visit, found)
        return _one(request, visit, found, writes=writes, agrees=agrees)
    context = {
        "here": _here(),
        "rows": [_row(one) for one in (guides.guides() if agrees else guides.published())],
        "writes": writes,
        "on": visit.on,
        "public_page": reverse("guides", args=[visit.federation.slug]),
    }
    return render(request, "policy/guides.html", context)


def _one(
    request: HttpRequest, visit: Visit, found: Standing, *, writes: bool, agrees: bool
) -> HttpResponseBase:
    if request.method == "POST":
        if request.POST.get("do") == "publish":
            number = number_in(request.POST.get("number", ""))
            guiding.publish_guide(by=visit.person, at=visit.at, guide=found.guide, number=number)
            return done(request, _("Guide published."), _here(found))
        if request.POST.get("do") == "ask":
            number = number_in(request.POST.get("number", ""))
            asked = guiding.ask_second(by=visit.person, at=visit.at, guide=found.guide, number=number)
            names = ", ".join(one.name for one in asked)
            return done(
                request, format_lazy(_("Asked to read it and agree: {names}"), names=names), _here(found)
            )
        if request.POST.get("do") == "back":
            number = number_in(request.POST.get("number", ""))
            guiding.send_guide_back(by=visit.person, at=visit.at, guide=found.guide, number=number)
            return done(request, _("Changes requested."), _here(found) if writes else _here())
        if request.POST.get("do") == "right":
            number, check_by = number_in(request.POST.get("number", "")), _next_check(found, visit)
            guiding.guide_still_right(
                by=visit.person, at=visit.at, guide=found.guide, number=number, check_by=check_by
            )
            return done(request, _("Saved. The guide’s next check has a new date."), _here(found))
        if request.POST.get("do") == "read":
            number = number_in(request.POST.get("number", ""))
            briefing.confirm_guide(by=visit.person, at=visit.at, guide=found.guide, number=number)
            return done(request, _("Thank you. It’s recorded that you’ve read this guide."), _here(found))
        if request.POST.get("do") == "end":
            guiding.end_guide(by=visit.person, at=visit.at, guide=found.guide)
            return done(request, _("Guide withdrawn."), _here())
        raise NotFound
    draft = found.draft if agrees else None
    policy = queries.in_force(visit.on)
    asks = briefing.wants_word(visit.person, found, policy.book, on=visit.on)
    context = {
        "why": clauses_of(policy, briefing.clauses_of(policy.book)) if asks else [],
        "check_next": _next_check(found, visit) if writes and _wants_check(found, policy, visit) else None,
        "here": _here(found),
        "back": _here(),
        "one": found,
        "writes": writes and found.guide.ended_at is None,
        "parts": [_part(each) for each in (draft, found.shown) if each is not None],
        "on": visit.on,
        **(_second(found, visit) if draft is not None and guides.needs_second(draft) else {}),
    }
    return render(request, "policy/guide.html", context)


def _second(found: Standing, visit: Visit) -> dict[str, Any]:
    """Return who else may agree to the draft, whether the person may, and who was asked."""
    seconds = guides.seconds_for(found.guide, at=visit.at)
    return {
        "needs_second": True, "seconds": [one.name for one in seconds], "is_second": visit.person in seconds,
        "asked": [
            one.person.name
            for duties in standing(AGREE_GUIDE, [found.guide]).values() for one in duties if one.person
        ],
    }  # fmt: skip


def _write(request: HttpRequest, visit: Visit, of: Standing | None) -> HttpResponseBase:
    rules.check_may_note_practice(visit.person, on=visit.on)
    if of is None and request.POST.get("do") == SUGGEST:
        return _suggest(request, visit)
    form = GuideForm(request.POST if request.method == "POST" else None, of=of, visit=visit)

    def save(typed: dict[str, Any]) -> GuideVersion:
        given = {"audience": "", "about": "", "title_cy": "", "text_cy": "", **typed}
        by_audience = of is None and given["audience"] != GuideFor.STAFF
        given["public"] = given["public"] == "yes" or (not given["public"] and by_audience)
        return guiding.write_guide(by=visit.person, at=visit.at, guide=of.guide if of else None, **given)

    if request.method == "POST" and (saved := form.save(save)):
        return done(request, _("Draft saved. Read it, then publish it."), _here(saved.value.guide))
    return _form_page(request, form, of)


def _suggest(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the form of a new guide again with a text to begin from. Nothing is saved, and no text that the
    person wrote is replaced."""
    typed = request.POST.copy()
    about, audience = typed.get("about", ""), typed.get("audience", "")
    numbers = {one.key: one for one in all_numbers()}
    known = {kind: start.filled(visit.on, numbers) for kind, start in starts().items()}
    start = known.get((audience, about))
    wrong: dict[str, Any] = {}
    if audience not in GuideFor.values:
        wrong["audience"] = _("Choose who it is for")
    elif start is None:
        wrong["about"] = _("There is no suggestion for this. Write your own text.")
    elif _own_words(typed, known.values()):
        wrong["text"] = _("You’ve already written something. Clear it to start from a suggestion.")
    else:
        titles = {each for one in known.values() for each in (one.title, one.title_cy, "")}
        for name, words in start.model_dump().items():
            if not name.startswith("title") or typed.get(name, "").strip() in titles:
                typed[name] = words
        if about == GuideAbout.PRIVACY and typed.get("check_by") == f"{visit.on + YEAR}":
            typed["check_by"] = f"{visit.on + TERM}"
    form = GuideForm(typed, of=None, visit=visit)
    form.errors.clear()  # the rest isn’t asked for before the guide is saved
    for name, sentence in wrong.items():
        form.add_error(name, str(sentence))
    return _form_page(request, form, None, suggested=not wrong)


def _own_words(typed: QueryDict, known: Iterable[Start]) -> bool:
    """Return whether a text was typed that isn’t a suggestion as it was given."""
    suggested = {_bare(words) for start in known for words in (start.text, start.text_cy)}
    return not {_bare(typed.get(name, "")) for name in ("text", "text_cy")} <= {*suggested, ""}


def _bare(words: str) -> str:
    """Return words as they are whatever ends their lines: browsers send each end of a line as two signs."""
    return words.replace("\r\n", "\n").strip()


def _form_page(
    request: HttpRequest, form: GuideForm, of: Standing | None, *, suggested: bool = False
) -> HttpResponseBase:
    context = {
        "form": form,
        "one": of,
        "back": _here(of),
        "here": f"{_here(of)}{'&write=1' if of else '&guide=new'}",
        "suggested": suggested,
        "suggest": SUGGEST,
    }
    return render(request, "policy/guide_write.html", context, status=422 if form.errors else 200)


def _wants_check(found: Standing, policy: PolicyInForce, visit: Visit) -> bool:
    """Return whether to offer that its words are still right: its day is near, or the policy is newer."""
    shown = found.shown
    if shown is None or found.draft is not None or found.guide.ended_at is not None:
        return False
    return shown.check_by <= visit.on + guiding.CHECK_NOTICE or shown.version.number < policy.version.number


def _next_check(found: Standing, visit: Visit) -> date:
    """Return the day to check it again if its words are still right: after as long as it had this time."""
    shown = found.shown
    given = shown.check_by - local_day(shown.published_at) if shown and shown.published_at else YEAR
    return visit.on + max(given, timedelta(days=1))


def _found(pk: int, *, writes: bool) -> Standing:
    found = guides.guide(pk)
    if not writes and (found.shown is None or found.guide.ended_at is not None):
        raise NotFound
    return found


def _row(one: Standing) -> dict[str, Any]:
    version = one.shown or one.draft
    title = guides.words_in(version, get_language() or "en")[0] if version else ""
    return {"one": one, "title": title, "version": version}


def _part(version: GuideVersion) -> dict[str, Any]:
    return {
        "version": version,
        "title": version.title,
        "hard": guides.hard_for(version),
        "gaps": gaps_in(version.title, version.text, version.title_cy, version.text_cy),
        "texts": [("en", version.title, version.text)]
        + ([("cy", version.title_cy, version.text_cy)] if version.text_cy else []),
    }


def _here(of: Any = None) -> str:
    address = f"{reverse('policy')}?as=guides"
    guide = of.guide if isinstance(of, Standing) else of
    return address if guide is None else f"{address}&guide={guide.pk}"


MOST_FOUND = 50
"""Most clauses that a search shows; more words find fewer."""


@page(place="policy")
def policy(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show which policy is in force, what the visitor still has to do about it, and its sections.

    `?section=` opens one section; htmx, which asks when a fold is opened, gets only its clauses. POST
    searches all of them. With `as=guides` it shows the guides.
    """
    if request.GET.get("as") == "guides":
        return page_of(request, visit)
    found = queries.policy_or_none(visit.on)
    book = queries.book_in_scope()
    may_own = can(rules.check_may_own, visit.person, on=visit.on)
    words = request.POST.get("words", "").strip()[:200]
    clauses = queries.clauses_with(book, words)
    headings = by_heading(clauses[:MOST_FOUND] if words else clauses)
    opened = _number(request.GET["section"], most=len(headings)) if "section" in request.GET else 0
    shown = {
        "policy": found,
        "may_own": may_own,
        "own": own_words_of(found.version) if found and (words or opened) else None,
        "sees_evidence": bool(clauses) and opens(visit, "clause-evidence", clauses[0].id),
    }
    if opened and request.headers.get("HX-Request"):
        return render(request, "policy/_clauses.html", {**shown, "heading": headings[opened - 1]})
    context = {
        **shown,
        "meta": book.meta,
        "words": words,
        "number": len(clauses),
        "headings": headings,
        "more_found": bool(words) and len(clauses) > MOST_FOUND,
        "opened": opened,
        **(_standing(visit, found, may_own=may_own) if found else {}),
    }
    return render(request, "policy/policy.html", context)


def _standing(visit: Visit, found: PolicyInForce, *, may_own: bool) -> dict[str, Any]:
    """Return what the visitor has said, what changes next, and how the policy came into force.

    An interpretation in progress is visible only to its owner until it is signed. Everyone may see a version
    in preparation.
    """
    wanted = knowing.wants(found, on=visit.on)
    said = queries.vouched([visit.person], found.version, on=visit.on)[visit.person.pk]
    return {
        "since": local_day(found.version.in_force_from) if found.version.in_force_from else found.adopted_on,
        "said": said,
        "must_say": (wanted.asks or bool(wanted.for_account)) and not said.get(Attested.POLICY_READ),
        "coming": [
            {"version": row, "from_day": local_day(row.in_force_from) if row.in_force_from else None}
            for row in queries.coming_versions(found)
        ],
        "reading_draft": queries.draft_of(found.version) if may_own else None,
        "own_policy": is_own(found.version),
        "last_review": next(iter(queries.reviews_of(found.version)), None),
    }


@page(place="policy")
def decision(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """One decision: the answer, the wording, version and reading it was made with, the facts it was given."""
    kept = decision_for(visit.person, pk, on=visit.on)
    facts: DecisionFacts | None = getattr(kept, "facts_row", None)
    context = {
        "kept": kept,
        "verdict": kept_verdict(kept, at=kept.at),
        "facts": _facts(facts.facts) if facts and sees_facts(visit.person, kept, on=visit.on) else None,
        "facts_erased": facts is None,
        "about": kept.body["situation"],
    }
    return render(request, "policy/decision.html", context)


def _facts(given: dict[str, Any], before: str = "") -> Sequence[tuple[str, str]]:
    """Facts as rows of a table: what, and the answer; persons are numbers, as they were when it was asked."""
    rows: list[tuple[str, str]] = []
    for key, value in given.items():
        name = f"{before}{key}".replace("_", " ")
        if isinstance(value, dict):
            rows += _facts(value, f"{name}, ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, one in enumerate(value, start=1):
                rows += _facts(one, f"{name} {number}, ")
        else:
            rows.append((name, _answer(value)))
    return rows


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str | list):
        return plain(value)
    return json.dumps(value)


def _number(asked: str, *, most: int) -> int:
    found = small_in(asked, most=most)
    if not found:
        raise NotFound
    return found


urlpatterns = [
    path("policy", policy, name="policy"),
    path("decisions/<int:pk>", decision, name="decision"),
]
