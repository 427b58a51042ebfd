"""A person's own declaration on the policy: its text, what has changed, a few questions, yes or no. Open when
signed in, or through the link sent to their own mailbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.people.models import Person
from schoolgate.policy import actions, documents, knowing, links, queries
from schoolgate.policy.differences import changes
from schoolgate.policy.models import PolicyVersion, ReadingLink
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.questions import Question, questions_for
from schoolgate.policy.states import OWN_ONLY, Attested
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page, public_page
from schoolgate.web.frame.limits import coded, without_cookies
from schoolgate.web.frame.question_words import ANSWERS, CODES, MOMENTS, facts_in_words
from schoolgate.web.frame.wording import clause_shown, quote_from, verdict
from schoolgate.web.policy.document import reading_context, sent

HEADS = (_("Section"), _("Previous"), _("New"))


@page(place="policy")
def word(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The whole text, what has changed in it since I read it last, and my answer at its end."""
    policy = queries.in_force(visit.on)
    if request.method == "POST":
        _answer(request, visit.person, policy, visit)
        return done(request, _thanks(request), "policy")
    context = word_context(visit.person, policy, visit)
    return render(request, "knowing/word.html", {**context, "check": reverse("policy-check")})


@page(methods=("POST",))
def vouch(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Say by my own sign-in that I have read or understood the policy, or that I decline to."""
    kind = request.POST.get("kind", "")
    if kind not in OWN_ONLY:
        raise NotFound
    policy = queries.in_force(visit.on)
    if kind == Attested.POLICY_READ:
        _answer(request, visit.person, policy, visit)
        return done(request, _("Your answer has been saved."), "policy")
    version = policy.version
    _check_is_shown(request, version)
    actions.attest(
        kind=kind,
        about=version,
        by=visit.person,
        at=visit.at,
        seen=documents.what_is_shown(version),
        answer=request.POST.get("answer") != "no",
    )
    return done(request, _("Your answer has been saved."), "policy")


@page(place="policy")
def check(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Five questions on the policy."""
    return _check(request, visit.person, visit, {"base": "base.html", "back": reverse("policy-word")})


@without_cookies
@coded("policy-by-link", part="token")
@public_page
def by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """Show the same page to people who don't sign in: through the link sent to their own mailbox."""
    link = links.find(token, at=visit.at)
    person, policy = link.asking.person, queries.in_force(visit.on)
    with translation.override(person.language):
        if request.method == "POST":
            _answer(request, person, policy, visit, link)
            given = {"declined": request.POST.get("answer") == "no"}
            return _sealed(render(request, "knowing/thanks.html", given))
        more = {"check": reverse("policy-by-link-check", args=[visit.federation.slug, token])}
        file = reverse("policy-by-link-document", args=[visit.federation.slug, token])
        return _sealed(
            render(request, "knowing/by_link.html", {**word_context(person, policy, visit, file), **more})
        )


@without_cookies
@coded("policy-by-link", part="token")
@public_page
def check_by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """Ask the questions of a person who came by a link."""
    person = links.find(token, at=visit.at).asking.person
    back = reverse("policy-by-link", args=[visit.federation.slug, token])
    with translation.override(person.language):
        return _sealed(_check(request, person, visit, {"base": "base_public.html", "back": back}))


@without_cookies
@coded("policy-by-link", part="token")
@public_page
def document_by_link(request: HttpRequest, visit: Visit, token: str) -> HttpResponseBase:
    """The file of the school's own document, for a person who came by a link."""
    version = links.find(token, at=visit.at).asking.version
    found = documents.document_of(version)
    if found is None:
        raise NotFound
    return _sealed(sent(found, version))


def word_context(person: Person, policy: PolicyInForce, visit: Visit, file: str = "") -> dict[str, Any]:
    """Return what the page shows to this person. The number of queries does not depend on the policy.

    `file`: where the school's own document is, for people who don't sign in."""
    wanted = knowing.wants(policy, on=visit.on)
    before = knowing.last_read([person.pk], before=policy.version).get(person.pk)
    last = knowing.last_check(person, policy.version)
    return {
        "policy": policy,
        "meta": policy.book.meta,
        "sections": queries.by_section(policy.book.clauses.values()),
        **reading_context(policy.version, [*policy.book.clauses.values()], file),
        "before": before,
        "changes": changes(before, policy.version) if before else [],
        "heads": HEADS,
        "wanted": wanted,
        "why": [_clause(clause, policy.book) for clause in (wanted.word or wanted.reading)[:1]],
        "said": knowing.answers([person.pk], policy.version).get(person.pk),
        "understood": queries.vouched([person], policy.version, on=visit.on)[person.pk].get(
            Attested.POLICY_UNDERSTOOD
        ),
        "last_check": last,
        "check_first": bool(wanted.understanding) and last is None and bool(_questions(person, policy, 1)),
        "may_say": wanted.asks or wanted.for_account,
    }


def _answer(
    request: HttpRequest,
    person: Person,
    policy: PolicyInForce,
    visit: Visit,
    link: ReadingLink | None = None,
) -> None:
    _check_is_shown(request, policy.version)
    actions.acknowledge(
        by=person,
        at=visit.at,
        version=policy.version,
        answer=request.POST.get("answer") != "no",
        to_end=request.POST.get("to_end") == "yes",
        link=link,
    )


def _check_is_shown(request: HttpRequest, version: PolicyVersion) -> None:
    """Raise NotNow where another version or document was shown than the one in force."""
    shown = (request.POST.get("version"), request.POST.get("document", ""))
    if shown != (str(version.pk), version.document):
        raise NotNow(_("The policy has changed since you opened this page."), _("Read it again."))


def _thanks(request: HttpRequest) -> Any:
    if request.POST.get("answer") == "no":
        return _("Answer saved. The policy owner has been told and will talk to you.")
    return _("Thank you. Your answer for this version has been saved.")


def _check(request: HttpRequest, person: Person, visit: Visit, frame: Mapping[str, str]) -> HttpResponseBase:
    policy = queries.in_force(visit.on)
    last = knowing.last_check(person, policy.version)
    number = (last.number if last else 0) + 1
    asked = _questions(person, policy, number)
    context: dict[str, Any] = {
        **frame,
        "number": number,
        "counts": bool(knowing.wants(policy, on=visit.on).understanding),
        "answers": [(code, ANSWERS[outcome]) for code, outcome in CODES.items()],
        "last": last,
    }
    if request.method != "POST" or not asked:
        return render(request, "knowing/check.html", {**context, "questions": _shown(asked, [])})
    sent = [request.POST.get(f"question_{position}", "") for position in range(len(asked))]
    given = [CODES.get(code, "") for code in sent]
    try:
        if request.POST.get("number") != str(number):
            raise NotNow(_("These questions are no longer in use."), _("Answer the new ones."))
        row = actions.take_check(by=person, at=visit.at, number=number, given=given)
    except BadInput as error:
        context |= {"questions": _shown(asked, sent), "missing": set(error.fields), "wrong": error.fields}
        return render(request, "knowing/check.html", context, status=422)
    result = [
        {**one, "right": one["question"].answer == answer, "given": ANSWERS[answer]}
        for one, answer in zip(_shown(asked, given), given, strict=True)
    ]
    for one in result:
        one["verdict"] = verdict(one["question"].decision, at=visit.at, quote=quote_from(policy.book))
        one["answer"] = ANSWERS[one["question"].answer]
    return render(request, "knowing/checked.html", {**context, "row": row, "result": result})


def _questions(person: Person, policy: PolicyInForce, number: int) -> list[Question]:
    return questions_for(policy.book, person=person.pk, version=policy.version.pk, number=number)


def _shown(asked: Sequence[Question], given: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "question": one,
            "name": f"question_{position}",
            "number": position + 1,
            "moment": MOMENTS[one.situation],
            "facts": facts_in_words(one),
            "given_key": given[position] if position < len(given) else "",
        }
        for position, one in enumerate(asked)
    ]


def _clause(clause: str, book: Book) -> Any:
    return clause_shown(clause, basis="policy", federation=book.meta.federation, quote=quote_from(book))


def _sealed(response: Any) -> HttpResponseBase:
    """Keep a page for one person out of caches and search engines, and don't pass on its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    found: HttpResponseBase = response
    return found


urlpatterns = [
    path("policy/word", word, name="policy-word"),
    path("policy/vouch", vouch, name="policy-vouch"),
    path("policy/check", check, name="policy-check"),
    path("<slug:federation>/policy-to-read/<secret:token>", by_link, name="policy-by-link"),
    path(
        "<slug:federation>/policy-to-read/<secret:token>/document",
        document_by_link,
        name="policy-by-link-document",
    ),
    path("<slug:federation>/policy-to-read/<secret:token>/check", check_by_link, name="policy-by-link-check"),
]
