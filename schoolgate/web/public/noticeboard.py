"""The public pages of a federation and of each of its schools: front pages, guides, the rules for search
engines, and the noticeboards: a page for each school, its feed, a form for comments that wait to be read, and
the pictures that a network fetches while a post is handed over, open by their address alone, for minutes.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import linebreaks
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from schoolgate.accounts.opening_facts import rules_of_board, texts_missing
from schoolgate.accounts.register import public_accounts
from schoolgate.core import files
from schoolgate.core.clock import now
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.models import Federation, School
from schoolgate.core.tenancy import scope
from schoolgate.media.films import MEDIA_TYPE
from schoolgate.networks.handing import WHERE, picture_at
from schoolgate.networks.noticeboard import board as board_rows
from schoolgate.networks.noticeboard.board import (
    captions_of,
    leave_comment,
    picture_type,
    post_by_key,
    posts,
    school_by_slug,
    shown_comments,
)
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.outside import may_cry_out
from schoolgate.policy import guides
from schoolgate.policy.guides import Standing
from schoolgate.policy.queries import book_in_force
from schoolgate.web.frame import errors
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.errors import LONGEST_READ, limited, open_to_anybody
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.pictures import PICTURE_POLICY, captions_answer, film_answer
from schoolgate.web.public.register import account_shown

MOST_ACCOUNTS = 12
MOST_POSTS = 3
ROBOTS = """User-agent: *
Disallow: /api/
Disallow: /*/genuine
Disallow: /*/consent
Disallow: /*/policy-to-read/
"""
"""Pages inside need a sign-in and say themselves that they are not to be listed."""


@public_page(methods=("GET", "HEAD"))
def front(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the schools, official accounts, and where to check, ask and report."""
    context = {
        **_accounts(request, visit, None),
        "federation": visit.federation,
        "schools": list(board_rows.schools()),
        "has_guides": guides.any_public(),
    }
    return render(request, "public/front.html", context)


@public_page(methods=("GET", "HEAD"))
def school_front(request: HttpRequest, visit: Visit, school: str) -> HttpResponseBase:
    """One school: its accounts and the newest posts of its noticeboard."""
    found = board_rows.school_by_slug(school)
    context = {
        **_accounts(request, visit, found),
        "federation": visit.federation,
        "school": found,
        "posts": list(board_rows.posts(found).order_by("-published_at", "-pk")[:MOST_POSTS]),
    }
    return render(request, "public/school.html", context)


def _accounts(request: HttpRequest, visit: Visit, school: School | None) -> dict[str, Any]:
    found, more = public_accounts(school=school, limit=MOST_ACCOUNTS)
    return {"rows": [account_shown(account, visit, request) for account in found], "more": more}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Return what search engines may read: the public pages."""
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@public_page(methods=("GET", "HEAD"))
def public_guides(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show the guides that everyone may read, or with `guide=` one; browsers ask again each time, so that a
    guide that was withdrawn is gone at once."""
    rows = guides.published(public=True)
    language = get_language() or "en"
    if "guide" in request.GET:
        number = number_in(request.GET["guide"])
        found = next((one.shown for one in rows if one.guide.pk == number), None)
        if found is None:
            raise NotFound
        title, text, written = guides.words_in(found, language)
        context = {
            "version": found, "title": title, "text": text, "lang": written,
            "other": language == "cy" and written == "en",
        }  # fmt: skip
        response = render(request, "public/guide.html", context)
    else:
        readers: dict[str, list[tuple[int, str, str]]] = {}
        for one in rows:
            readers.setdefault(one.guide.get_audience_display(), []).append(_listed(one, language))
        response = render(request, "public/guides.html", {"readers": list(readers.items())})
    response["Cache-Control"] = "no-cache"
    return response


def _listed(one: Standing, language: str) -> tuple[int, str, str]:
    if one.shown is None:
        raise NotFound
    title, _text, written = guides.words_in(one.shown, language)
    return one.guide.pk, title, written


IN_FEED = 20
LONGEST_TITLE = 80
ASKED_AGAIN = "no-cache"
"""What lies between us and the reader asks each time, so that what is taken down is gone there too."""


class CommentForm(SchoolForm):
    """Name if wanted, and the comment. `website` is a trap: people do not see it, programs fill it in."""

    name = forms.CharField(label=_("Your name"), help_text=_("Optional"), required=False, strip=False)
    text = forms.CharField(
        label=_("Your comment"),
        help_text=_("Up to 3,000 characters. Please don’t name any pupils."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@public_page(methods=("GET", "HEAD"))
def board(request: HttpRequest, visit: Visit, school: str) -> HttpResponse:
    """The posts of one school, newest first."""
    found = school_by_slug(school)
    page = page_by_key(posts(found), request.GET, by="published_at", size=10)
    context = {"school": found, "page": page, "has_rules": bool(rules_of_board(found))}
    return render(request, "noticeboard/board.html", context)


@public_page(methods=("GET", "HEAD"))
def post(request: HttpRequest, visit: Visit, school: str, key: str) -> HttpResponse:
    """One post with its comments and the form for another; or the captions of its film."""
    found = school_by_slug(school)
    if "captions" in request.GET:
        captions = captions_answer(captions_of(found, key), key)
        captions["Cache-Control"] = ASKED_AGAIN
        return captions
    return _show_post(request, found, post_by_key(found, key), CommentForm())


def _cries_out(request: HttpRequest) -> bool:
    """Return whether a comment may tell of danger. One too long to be taken isn't read."""
    text, name = request.POST.get("text", ""), request.POST.get("name", "")
    return len(text) <= LONGEST_READ and len(name) <= LONGEST_READ and may_cry_out(text, name)


@limited("comment", rate="30/m", cries=_cries_out)
@limited("comment-day", rate="600/d", cries=_cries_out)
@public_page(methods=("POST",))
def comment(request: HttpRequest, visit: Visit, school: str, key: str) -> HttpResponseBase:
    """Send a comment; it is shown after a person at the school has read it."""
    found = school_by_slug(school)
    shown = post_by_key(found, key)
    if _wait_for_rules(found):
        raise NotNow(
            _("Comments are closed here until this page’s rules are written."),
            _("Write to the school instead."),
        )
    form = CommentForm(request.POST)
    if not request.POST.get("website"):
        try:
            leave_comment(
                post=shown, name=form["name"].value() or "", text=form["text"].value() or "", at=visit.at,
                cries_out=lambda: _cries_out(request),
            )  # fmt: skip
        except BadInput as error:
            form.is_valid()
            form.refuse(error)
            return _show_post(request, found, shown, form, status=422)
    # A bot that fell into the trap gets the same answer as everyone.
    thanks = _("Thank you. A member of school staff will read your comment before it’s shown.")
    return done(request, thanks, _address("noticeboard-post", visit.federation, found, key=key))


@public_page(methods=("GET", "HEAD"))
def board_rules(request: HttpRequest, visit: Visit, school: str) -> HttpResponse:
    """Show the current house rules and terms of use of the board."""
    found = school_by_slug(school)
    return render(request, "noticeboard/rules.html", {"school": found, "texts": rules_of_board(found)})


def _wait_for_rules(school: School) -> bool:
    """Return whether comments are closed because the policy requires rules shown on a site of the school's
    own, and there are none yet."""
    book = book_in_force()
    return book is not None and bool(texts_missing(school, book))


@public_page(methods=("GET", "HEAD"))
def feed(request: HttpRequest, visit: Visit, school: str) -> HttpResponse:
    """The newest posts as an Atom feed."""
    found = school_by_slug(school)

    def whole(name: str, **more: str) -> str:
        return request.build_absolute_uri(_address(name, visit.federation, found, **more))

    title = gettext("%(school)s noticeboard") % {"school": found.name}
    made = Atom1Feed(
        title=title,
        link=whole("noticeboard"),
        description=title,
        feed_url=whole("noticeboard-feed"),
        language=found.languages[0],
        author_name=found.name,
    )
    for row in posts(found).order_by("-published_at", "-pk")[:IN_FEED]:
        there = whole("noticeboard-post", key=row.key)
        pictures = [
            Enclosure(whole("noticeboard-picture", digest=each.digest), "0", each.media_type)
            for each in row.pictures.all()
        ]
        if film := getattr(row, "film", None):
            pictures.append(Enclosure(whole("noticeboard-picture", digest=film.digest), "0", MEDIA_TYPE))
        made.add_item(
            title=_title(row),
            link=there,
            unique_id=there,
            description=linebreaks(row.text, autoescape=True),  # the feed's summary is HTML
            pubdate=row.published_at,
            updateddate=row.published_at,
            enclosures=pictures,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@open_to_anybody
@require_safe
def picture(request: HttpRequest, federation: str, school: str, digest: str) -> HttpResponseBase:
    """Return a picture or film that is on this board now. The file is opened after the database query."""
    owner = Federation.objects.filter(slug=federation).first()
    if owner is None:
        return errors.show(request, NotFound())
    try:
        with scope(owner.pk):
            media_type = picture_type(school_by_slug(school), digest)
    except NotFound as error:
        return errors.show(request, error)
    file = files.opened(digest, federation_id=owner.pk)
    response: HttpResponseBase
    if media_type == MEDIA_TYPE:
        response = film_answer(request, file, digest[:16])
        response["Cache-Control"], response["ETag"] = ASKED_AGAIN, f'"{digest}"'
        return response
    response = FileResponse(file, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Content-Disposition"] = f'inline; filename="{digest[:16]}.{media_type.rpartition("/")[2]}"'
    response["Cache-Control"] = ASKED_AGAIN
    response["ETag"] = f'"{digest}"'
    return response


def _show_post(
    request: HttpRequest, school: School, shown: NoticeboardPost, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    comments = shown_comments(shown)
    context = {
        "school": school,
        "post": shown,
        "comments": comments,
        "form": form,
        "waits_for_rules": _wait_for_rules(school),
        "has_rules": bool(rules_of_board(school)),
    }
    return render(request, "noticeboard/post.html", context, status=status)


def _address(name: str, federation: Federation, school: School, **more: str) -> str:
    return reverse(name, kwargs={"federation": federation.slug, "school": school.slug, **more})


def _title(row: NoticeboardPost) -> str:
    """Return the first line, cut to the length of a title."""
    line = row.text.split("\n", 1)[0]
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


_BOARD = "<slug:federation>/noticeboard/<slug:school>/"


@open_to_anybody
@never_cache
@require_safe
def handed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the picture; 404 for what is not (or no longer) handed over."""
    found = picture_at(token, at=now())
    if found is None:
        return HttpResponse(status=404)
    answer = HttpResponse(found, content_type="image/jpeg")
    answer["X-Robots-Tag"] = "noindex"
    return answer


urlpatterns = [
    path(f"{WHERE.lstrip('/')}<secret:token>.jpg", handed, name="handed-over"),
    path(_BOARD, board, name="noticeboard"),
    path(f"{_BOARD}rules", board_rules, name="noticeboard-rules"),
    path(f"{_BOARD}feed.atom", feed, name="noticeboard-feed"),
    path(f"{_BOARD}pictures/<slug:digest>", picture, name="noticeboard-picture"),
    path(f"{_BOARD}<slug:key>/", post, name="noticeboard-post"),
    path(f"{_BOARD}<slug:key>/comment", comment, name="noticeboard-comment"),
    path("robots.txt", robots, name="robots"),
    path("<slug:federation>", front, name="front"),
    path("<slug:federation>/schools/<slug:school>", school_front, name="school-front"),
    path("<slug:federation>/guides", public_guides, name="guides"),
]
