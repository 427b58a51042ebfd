"""Writing a post: choose a school, write, see what the policy says while writing, keep the draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.accounts.queries import open_accounts
from schoolgate.core.errors import BadInput, NotFound, NotNow, SchoolgateError, Text
from schoolgate.core.models import School
from schoolgate.media.models import Picture
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.people.rules import can
from schoolgate.policy.queries import in_force
from schoolgate.publishing import actions, queries, rules
from schoolgate.publishing.author_questions import AskedBy, asked_of_author, asked_of_people
from schoolgate.publishing.models import Post
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.publishing.states import CAN_BE_CHANGED
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.frame.pictures import take_picture
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.posts.forms import MOST_PEOPLE, PostForm, attested
from schoolgate.web.posts.marks_wording import marks_shown
from schoolgate.web.posts.pictures import picture_of_form
from schoolgate.web.posts.shown import ShownAnswer, verdicts_shown
from schoolgate.web.posts.wording import basis_of, shown_account

JUST_SHOW = ("add-person", "no-picture")
"""Buttons that change the form and keep nothing."""


@dataclass(frozen=True)
class Desk:
    """What the page of writing needs to know before anything is typed."""

    school: School
    post: Post | None
    book: Book
    accounts: list[Account]
    columns: list[str]
    languages: list[str]

    @property
    def action(self) -> str:
        """The page's own address."""
        return (
            reverse("post-edit", args=[self.post.pk])
            if self.post
            else reverse("post-new", args=[self.school.pk])
        )

    @property
    def preview(self) -> str:
        """Where the policy is asked while somebody writes."""
        if self.post:
            return reverse("post-edit-preview", args=[self.post.pk])
        return reverse("post-preview", args=[self.school.pk])


@page(place="posts", capacity="write_post")
def choose_school(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """For which school: only asked where there is a choice."""
    schools = [
        school
        for school in School.objects.order_by("name", "pk")
        if can(rules.check_may_write, visit.person, school, on=visit.on)
    ]
    if len(schools) == 1:
        return redirect("post-new", schools[0].pk)
    return render(request, "posts/choose_school.html", {"schools": schools})


@page(place="posts", capacity="write_post", prepare=take_picture)
def new(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """Start a post."""
    return _write(request, visit, _desk_of_school(visit, school_pk))


@page(place="posts", capacity="write_post", prepare=take_picture)
def edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Change a post that nothing has been sent of."""
    return _write(request, visit, _desk_of_post(visit, pk))


@page(place="posts", capacity="write_post", methods=("POST",))
def preview_new(request: HttpRequest, visit: Visit, school_pk: int) -> HttpResponseBase:
    """What the policy says of a post that was not kept yet. Keeps nothing."""
    return _preview(request, visit, _desk_of_school(visit, school_pk))


@page(place="posts", capacity="write_post", methods=("POST",))
def preview_edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """What the policy says of a post as it is being changed. Keeps nothing."""
    return _preview(request, visit, _desk_of_post(visit, pk))


def _desk_of_school(visit: Visit, school_pk: int) -> Desk:
    school = School.objects.filter(pk=school_pk).first()
    if school is None:
        raise NotFound
    rules.check_may_write(visit.person, school, on=visit.on)
    return _desk(visit, school, None)


def _desk_of_post(visit: Visit, pk: int) -> Desk:
    post = queries.post_for(visit.person, pk, on=visit.on)
    rules.check_may_change(visit.person, post, on=visit.on)
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is live or being sent, so you can’t change it."), _("Take it down instead.")
        )
    return _desk(visit, post.school, post)


def _desk(visit: Visit, school: School, post: Post | None) -> Desk:
    book = in_force(visit.on).book
    accounts = list(open_accounts().filter(Q(school=school) | Q(school=None)))
    languages = list(dict.fromkeys([*school.languages, *visit.federation.languages]))
    return Desk(school, post, book, accounts, asked_of_people(book), languages)


def _form(request: HttpRequest, desk: Desk) -> PostForm:
    rows = desk.post.people.count() if desk.post else 0
    if request.method == "POST":
        rows = min(number_in(request.POST.get("people", "0")), MOST_PEOPLE)
        rows += request.POST.get("do") == "add-person"
    return PostForm(
        request.POST if request.method == "POST" else None,
        accounts=desk.accounts,
        columns=desk.columns,
        languages=desk.languages,
        book=desk.book,
        post=desk.post,
        rows=rows,
    )


def _write(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponseBase:
    form = _form(request, desk)
    picture = picture_of_form(request, visit, school=desk.school, post=desk.post)
    if request.method != "POST":
        return _page(request, visit, desk, form, picture)
    do = request.POST.get("do", "")
    if do in JUST_SHOW:
        form.not_judged()
        return _page(request, visit, desk, form, picture)
    if form.is_valid() and isinstance(visit.prepared, BadInput):
        form.refuse(visit.prepared)
    elif isinstance(visit.prepared, BadInput):
        form.add_error("picture", str(visit.prepared.fields["picture"]))
    status = 422
    if desk.post and not form.errors and request.POST.get("version") != str(desk.post.version):
        # Not raised: what was typed here would be gone with the page.
        form.add_error(
            None,
            gettext("This post was changed in another window. Save again to replace it with your version."),
        )
        status = 409
    if not form.errors:
        try:
            saved, lapsed = _save(request, visit, desk, form, picture)
        except BadInput as error:
            form.refuse(error)
        else:
            return _after_saving(request, visit, saved, stay=do == "check", lapsed=lapsed)
    return _page(request, visit, desk, form, picture, status=status)


def _save(
    request: HttpRequest, visit: Visit, desk: Desk, form: PostForm, picture: Picture | None
) -> tuple[Post, set[str]]:
    content, lapsed = _content(request, desk, form, picture)
    given = {"by": visit.person, "at": visit.at, "picture": picture, **content}
    if desk.post is None:
        return actions.draft_post(school=desk.school, **given), lapsed
    return actions.edit_post(post=desk.post, version=desk.post.version, **given), lapsed


def _after_saving(
    request: HttpRequest, visit: Visit, post: Post, *, stay: bool, lapsed: set[str]
) -> HttpResponseBase:
    open_questions = any(
        queries.author_still_owes(each.decision) for each in queries.judged(post, at=visit.at)
    )
    if lapsed:
        return done(
            request,
            _("Draft saved. You changed it after answering, so please answer again below."),
            "post-edit",
            pk=post.pk,
        )
    if open_questions:
        return done(
            request,
            _("Draft saved. Answer the questions below before you send it for approval."),
            "post-edit",
            pk=post.pk,
        )
    if stay:
        return done(request, _("Draft saved."), "post-edit", pk=post.pk)
    return done(request, _("Draft saved. Send it for approval when you’re ready."), "post", pk=post.pk)


def _content(
    request: HttpRequest, desk: Desk, form: PostForm, picture: Picture | None
) -> tuple[dict[str, Any], set[str]]:
    """What was typed, and the answers that no longer count.

    An answer in which the author vouches for the post was given about other words where it was kept before
    and the content has changed since. It is asked again, unless it was given anew on this very page.
    """
    described = form.described(picture) if picture else None
    content = form.content() | {"described": described}
    before = desk.post
    if before is None or not _changed(before, content, picture):
        return content, set()
    anew = set(request.POST.getlist("anew"))
    kept: Mapping[str, Any] = before.answers
    lapsed = {
        name
        for name in attested(content["answers"])
        if name not in anew and kept.get(name, {}).get("answer") == content["answers"][name]
    }
    content["answers"] = {name: said for name, said in content["answers"].items() if name not in lapsed}
    return content, lapsed


def _changed(before: Post, content: Mapping[str, Any], picture: Picture | None) -> bool:
    """Whether what every network would receive is another than before."""
    was = {(t.account_id, t.text, t.language) for t in before.targets.all()}
    now = {(t.account.pk, t.text, t.language) for t in content["targets"]}
    described = content["described"]
    other_alt = described is not None and picture is not None and described["alt"] != picture.alt
    return was != now or before.picture_id != (picture.pk if picture else None) or other_alt


def _page(
    request: HttpRequest,
    visit: Visit,
    desk: Desk,
    form: PostForm,
    picture: Picture | None,
    *,
    status: int = 200,
) -> HttpResponseBase:
    context = _context(visit, desk, form, picture)
    if form.is_bound:
        context |= _answers(request, visit, desk, form, picture)
    else:
        asked = asked_of_author(desk.post, at=visit.at) if desk.post else {}
        judged = queries.judged(desk.post, at=visit.at) if desk.post else []
        problems = list(rules.problems_of(desk.post, on=visit.on).values()) if desk.post else []
        context |= _said((visit, desk, form), asked, judged, problems)
    return render(request, "posts/write.html", context, status=status)


def _preview(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponseBase:
    form = _form(request, desk)
    picture = picture_of_form(request, visit, school=desk.school, post=desk.post)
    context = _context(visit, desk, form, picture) | _answers(request, visit, desk, form, picture)
    shown = request.POST.get("shown", "")
    context["questions_changed"] = bool(context["lapsed"]) or shown != context["shown"]
    return render(request, "posts/_preview.html", context)


def _context(visit: Visit, desk: Desk, form: PostForm, picture: Picture | None) -> dict[str, Any]:
    text = form["text"].value() or ""
    chosen = set(form["accounts"].value() or [])
    return {
        "visit": visit,
        "desk": desk,
        "school": desk.school,
        "post": desk.post,
        "marks": marks_shown(desk.post),
        "form": form,
        "picture": picture,
        "picture_error": "",
        "accounts": [
            {
                "account": shown_account(account, form[f"text-{account.pk}"].value() or text),
                "field": form[f"text-{account.pk}"],
                "chosen": str(account.pk) in chosen,
                "unit": _unit(account),
            }
            for account in desk.accounts
        ],
        "people": [
            {
                "number": number + 1,
                "fields": [form[f"person-{number}-{column}"] for column in form.columns],
                "gone": form[f"person-{number}-gone"],
            }
            for number in range(form.rows)
        ],
    }


def _unit(account: Account) -> str:
    return all_capabilities()[account.network].text_unit


def _answers(
    request: HttpRequest, visit: Visit, desk: Desk, form: PostForm, picture: Picture | None
) -> dict[str, Any]:
    """What the policy says of what was typed, kept or not."""
    if "accounts" in form.errors or "text" in form.errors:
        return _said((visit, desk, form), {}, [], [], nothing_yet=True)
    content, lapsed = _content(request, desk, form, picture)
    try:
        tried = actions.try_out(
            by=visit.person, at=visit.at, school=desk.school, post=desk.post, picture=picture, **content
        )
    except BadInput as error:
        return _said((visit, desk, form), {}, [], list(error.fields.values()))
    except SchoolgateError as error:
        return _said((visit, desk, form), {}, [], [str(error)])
    return _said((visit, desk, form), tried.asked, tried.judged, tried.problems, lapsed=lapsed)


def _said(
    about: tuple[Visit, Desk, PostForm],
    asked: Mapping[str, tuple[AskedBy, ...]],
    judged: list[queries.Judged],
    problems: Sequence[Text],
    *,
    lapsed: Collection[str] = (),
    nothing_yet: bool = False,
) -> dict[str, Any]:
    visit, desk, form = about
    return {
        "questions": [
            ShownAnswer(
                name=name,
                field=form[f"answer-{name}"],
                kind=QUESTIONS[name].kind,
                clauses=_clauses(desk.book, by),
                again=name in lapsed,
            )
            for name, by in asked.items()
        ],
        "shown": ",".join(asked),
        "lapsed": lapsed,
        "verdicts": verdicts_shown(judged, at=visit.at),
        "problems": problems,
        "nothing_yet": nothing_yet or not judged,
    }


def _clauses(book: Book, by: tuple[AskedBy, ...]) -> list[ShownClause]:
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        clause_shown(each.clause, basis=basis_of(book, each.clause), federation=federation, quote=quote)
        for each in by
    ]


urlpatterns = [
    path("posts/new", choose_school, name="post-start"),
    path("posts/new/<int:school_pk>", new, name="post-new"),
    path("posts/new/<int:school_pk>/preview", preview_new, name="post-preview"),
    path("posts/<int:pk>/edit", edit, name="post-edit"),
    path("posts/<int:pk>/edit/preview", preview_edit, name="post-edit-preview"),
]
