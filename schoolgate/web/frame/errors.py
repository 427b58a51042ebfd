"""Pages for what did not happen, each with what is the matter and what to do next; and for what a
restored installation does not show the public yet.

Rate limits, counted in the database's cache: of public forms, and of pages that a code opens.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import structlog
from allauth.core.internal import ratelimit
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from schoolgate.core import work
from schoolgate.core.errors import (
    AlreadyDone,
    BadInput,
    NotAllowed,
    NotFound,
    NotNow,
    Refused,
    SchoolgateError,
    ToldLead,
)
from schoolgate.core.leaving import WordsHeld
from schoolgate.core.postgres import for_django
from schoolgate.core.restored import awaiting_release
from schoolgate.core.tenancy import scope
from schoolgate.policy.models import DecisionRecord
from schoolgate.reports.evidence import last_done
from schoolgate.web.frame.carrying import CARRIED, came_from, form_again, words_typed_here, words_typed_in
from schoolgate.web.frame.found_words import words_page
from schoolgate.web.frame.layout import PageLayout
from schoolgate.web.frame.shown import ShownVerdict, instant_in_words
from schoolgate.web.frame.wording import kept_verdict

log = structlog.get_logger(__name__)

STATUS: dict[type[SchoolgateError], int] = {
    NotAllowed: 403,
    NotFound: 404,
    Refused: 409,
    NotNow: 409,
    BadInput: 422,
}
TITLES: dict[int, str | Promise] = {
    400: _("We couldn’t understand that request"),
    403: _("You can’t do this"),
    404: _("Page not found"),
    405: _("This page only opens with a button"),
    408: _("That took too long"),
    409: _("This can’t go ahead"),
    413: _("That’s too large"),
    422: _("Some answers need changing"),
    429: _("Too many attempts"),
    431: _("We can’t read this request"),
    500: _("Something went wrong on our side"),
    503: _("Schoolgate is starting again"),
}
KINDS = {403: "no", 404: "ask", 408: "wait", 409: "wait", 413: "no", 429: "wait"}


def show(request: HttpRequest, error: SchoolgateError) -> HttpResponse:
    """The page for an error that a school can understand.

    Its status is 403, 404, 409 or 422, by the error's type.
    """
    if isinstance(error, WordsHeld):
        return words_page(request, error)
    if type(error) is BadInput:
        again = form_again(request, error, from_the_public=_is_from_the_public(request))
        if again is not None:
            return again
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    if status == 403:  # the line of the request has its route
        log.info("refused", user=getattr(getattr(request, "user", None), "pk", None))
    extra: dict[str, object] = {"fields": error.fields} if isinstance(error, BadInput) else {}
    extra["told_lead"] = isinstance(error, ToldLead)
    if isinstance(error, Refused):
        extra["verdict"] = _verdict(request, error)
    if isinstance(error, AlreadyDone):
        extra |= {"title": _("Already done"), "kind": "good", "done_by": _who_did(request, error)}
    extra |= {"back": came_from(request), "typed": words_typed_in(request)}
    return _page(request, status, message=error.message, next_step=error.next_step, **extra)


def _who_did(request: HttpRequest, error: AlreadyDone) -> str:
    """Return what a colleague did last with the thing, who and when; empty for the public, and where the
    record names no one."""
    visit = getattr(request, "visit", None)
    if visit is None or visit.who is None:
        return ""
    with scope(visit.federation.pk, visit.who.pk):
        told = last_done(error.subject)
    return f"{told.what}: {told.who}, {instant_in_words(told.at)}" if told else ""


def _verdict(request: HttpRequest, refused: Refused) -> ShownVerdict | None:
    """Return the policy's answer. The refusal has closed its scope, so the wording is read in a new one."""
    visit = getattr(request, "visit", None)
    if visit is None or not isinstance(refused.kept, DecisionRecord):
        return None
    with scope(visit.federation.pk, visit.who.pk if visit.who else None):
        return kept_verdict(refused.kept, at=visit.at)


def _page(request: HttpRequest, status: int, **context: object) -> HttpResponse:
    inside = bool(getattr(request, "frame", None) and request.frame.places)  # type: ignore[attr-defined]
    context = {
        "layout": "base.html" if inside else "base_plain.html",
        "title": TITLES[status],
        "kind": KINDS.get(status, "info"),
        "status": status,
        "from_the_public": _is_from_the_public(request),
        **context,
    }
    return render(request, "errors/page.html", context, status=status)


def _is_from_the_public(request: HttpRequest) -> bool:
    """Return whether someone who isn't signed in sent something: a child may have, and wasn't heard."""
    match, visit = request.resolver_match, getattr(request, "visit", None)
    return (
        request.method == "POST"
        and match is not None
        and getattr(match.func, "open_to", "") == "anybody"
        and (visit is None or visit.who is None)
    )


def no_membership(request: HttpRequest) -> HttpResponse:
    """Signed in, but at home nowhere: 403, and who can change that."""
    return render(request, "errors/no_seat.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handle 400; a request that is too large is answered as 413."""
    big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return unreadable(request, 413 if big else 400)


def unreadable(request: HttpRequest, status: int) -> HttpResponse:
    """Answer a request that is too large (413), came too slowly (408) or with too many others (503), has too
    long headers (431), holds what is no text (404 in its address, 422 in its form), or can't come from our
    pages (400)."""
    if status == 404:
        return not_found(request, Exception())
    if status == 422:
        return _page(
            request,
            422,
            message=_("Something you sent has a character that can’t be saved. Nothing has been changed."),
            next_step=_("Go back, delete the odd character and send it again. It’s often invisible."),
        )
    if status == 408:
        return _page(
            request,
            408,
            message=_("What you sent arrived too slowly, so we stopped waiting. Nothing was saved."),
            next_step=_("Go back and send it again, where your connection is better."),
        )
    if status == 503:
        return _page(
            request,
            503,
            message=_("Too much is being sent to us just now. Nothing was saved."),
            next_step=_("Go back and send it again in a minute."),
        )
    if status == 413:
        return _page(
            request,
            413,
            message=_("What you sent is too large."),
            next_step=_("Send a smaller file or text."),
        )
    if status == 431:
        return _page(
            request,
            431,
            message=_("The address is too long, or your browser sent too many cookies."),
            next_step=_("Delete this site’s cookies in your browser, then start again from the home page."),
        )
    return _page(
        request,
        400,
        message=_("The page was sent in a way we don’t recognise."),
        next_step=_("Go back and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler of 403."""
    return _page(request, 403, message=_("You can’t open this page."), next_step="")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form that this browser was not given, or whose sign-in ended meanwhile, or to a browser
    that sends no cookies, for which reloading helps nothing."""
    log.info("csrf_refused", reason=reason)
    if reason == REASON_NO_CSRF_COOKIE:
        return _page(
            request,
            403,
            message=_("Your browser sent no cookie, so it may block cookies. Nothing has been changed."),
            next_step=_(
                "Allow cookies for this site or use another browser, then send it again. "
                "You can also ring or email the school."
            ),
            typed=words_typed_here(request),
        )
    return _page(
        request,
        403,
        message=_("This form has expired, or you opened it before you signed in."),
        next_step=_("Go back, reload the page and send it again. Nothing has been changed."),
        typed=words_typed_here(request),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Handler of 404: also another federation's things, with the same words."""
    return _page(
        request,
        404,
        message=_("The address may be wrong, or the page may have been removed."),
        next_step=_("Check the address, or start again from the home page."),
    )


def takes(*methods: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Make a view answer 405 to all but these HTTP methods, with a page for those who typed or reopened the
    address of a button."""

    def only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def run(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method in methods:
                return view(request, *args, **kwargs)
            refused = _page(
                request,
                405,
                message=_("Nothing was sent or changed."),
                next_step=_("Go back to the page with the button and press it there."),
            )
            refused["Allow"] = ", ".join(methods)
            return refused

        run.methods = methods  # type: ignore[attr-defined]
        return run

    return only


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 429: the sender is faster than a person."""
    return _page(
        request,
        429,
        message=_("To protect schools from floods of messages, we only accept a few at a time."),
        next_step=_("Wait a few minutes and try again."),
        typed=words_typed_in(request),
    )


def looked_over(request: HttpRequest) -> HttpResponse:
    """Answer 503 for a public page of a restored installation that isn't released yet."""
    context = {"typed": words_typed_in(request)}
    answer = render(request, "errors/looked_over.html", context, status=503)
    answer["Retry-After"] = str(3600)
    answer["Cache-Control"] = "no-store"
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """Handle 500 without a query, and show a reference that is also in the log. While the database is away,
    answer 503 and say so."""
    if for_django.is_away(sys.exc_info()[1]):
        return unavailable(request)
    reference = (work.current() or work.begin())[:8]
    log.error("page_failed", reference=reference)
    request.frame = PageLayout()  # type: ignore[attr-defined]
    context = {
        "title": TITLES[500],
        "reference": reference,
        "typed": words_typed_in(request),
        "frame": PageLayout(),
    }
    return HttpResponse(render_to_string("errors/500.html", context), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database is away, without a query. A person who sent a change is told to check
    whether it was saved."""
    log.warning("database_away")
    changes = request.method not in ("GET", "HEAD", "OPTIONS")
    context = {
        "title": TITLES[503],
        "changes": changes,
        "typed": words_typed_in(request),
        "frame": PageLayout(),
    }
    headers = {"Retry-After": str(for_django.SECONDS_TO_WAIT)}
    return HttpResponse(render_to_string("errors/503.html", context), status=503, headers=headers)


# A restored installation shows the public nothing until it's released: what it has is as old as its backup,
# and may have been taken down or withdrawn since. Closed is whatever anyone may open (`open_to`), unless
# its view says `stays_open`: a new public page is closed without knowing of this. See docs/adr/0081.

ANYBODY = "anybody"
"""The `open_to` of a view without sign-in."""
V = TypeVar("V", bound=Callable[..., Any])


def stays_open(view: V) -> V:
    """Leave a public view open before the release: only what helps a child."""
    view.stays_open = True  # type: ignore[attr-defined]
    return view


def open_to_anybody(view: V) -> V:
    """Say of a view without a door of `doors` that anyone may open it."""
    view.open_to = ANYBODY  # type: ignore[attr-defined]
    return view


class ClosedAfterRestore:
    """Answers for every public page of a home that waits to be released. One query for each such page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_given: object
    ) -> HttpResponseBase | None:
        """Answer 503 where the public would read what a backup has; tell the others (`restoring`)."""
        if getattr(view, "open_to", "") != ANYBODY or awaiting_release() is None:
            return None
        request.restoring = True  # type: ignore[attr-defined]
        return None if getattr(view, "stays_open", False) else looked_over(request)


View = Callable[..., HttpResponseBase]
without_cookies = csrf_exempt
"""For a form in which a code or nothing decides what it may do, never a sign-in: a token against other sites'
forms would protect nothing, and shut out people whose browsers block cookies. Outermost."""
WRONG_CODES = "30/m"
"""Codes that open nothing, from one address."""
EACH_CODE = "200/m"
"""How often one code that works may be used, from anywhere. A calendar of a whole school asks for it too."""


LONGEST_READ = 12_000
"""Letters of a text that is read beyond a limit: more than a comment may have, also where marks make signs
long."""
CRIES = "10/h"
"""How many texts that may tell of danger are taken from one address beyond a limit."""


def limited(
    action: str,
    *,
    rate: str,
    looks: bool = False,
    otherwise: View | None = None,
    cries: Callable[[HttpRequest], bool] | None = None,
) -> Callable[[View], View]:
    """Answer 429 to a sender's POST once `rate` is used up; with `looks`, to reading the page too.

    A whole school, or a mobile network, may be one sender: choose a rate that a full assembly hall doesn't
    reach, and `coded` for what a code opens.

    Args:
        action: short name of what is counted, for example "comment".
        rate: amount and time, as "5/m" or "20/h"; counted for each network address, of which only a keyed
            digest is stored.
        otherwise: the page for people over the limit, called like the view; without it the usual one.
        cries: whether what is sent may tell of danger: `CRIES` of those are taken all the same.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            sender = ratelimit.get_ip(request)
            if _counts(request, action, rate, sender, looks=looks) or (
                cries is not None and cries(request) and _counts(request, f"{action}-cries", CRIES, sender)
            ):
                return view(request, *args, **kwargs)
            return otherwise(request, *args, **kwargs) if otherwise else too_many(request)

        return run

    return decorate


def coded(
    action: str,
    *,
    part: str = "",
    otherwise: View | None = None,
    always: Callable[[HttpRequest], bool] | None = None,
) -> Callable[[View], View]:
    """Limit a page that a code opens: wrong codes by address, and each code by itself.

    A code that works is never refused for what its address sent: the view runs first, and 429 takes the place
    of its refusal alone. Guessing is hopeless by the length of the codes, the count ends the noise.

    Args:
        action: short name of what is counted.
        part: the argument of the address that is the code; without it a form holds the code, and the view
            calls `wrong_code`. A page that answers 404 had a wrong one too.
        otherwise: as for `limited`.
        always: whether this request is never refused, however often its code was used: a No.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            def refuse() -> HttpResponseBase:
                return otherwise(request, *args, **kwargs) if otherwise else too_many(request)

            counts = bool(part) and not (always and always(request))
            if counts and not _counts(request, f"{action}-code", EACH_CODE, kwargs[part]):
                return refuse()
            answer = view(request, *args, **kwargs)
            wrong = answer.status_code == 404 or getattr(request, "wrong_code", False)
            if wrong and not _counts(request, f"{action}-wrong", WRONG_CODES, ratelimit.get_ip(request)):
                return refuse()
            return answer

        run.counts = "codes"  # type: ignore[attr-defined]
        return run

    return decorate


def wrong_code(request: HttpRequest) -> None:
    """Note that the code in this request's form opens nothing."""
    request.wrong_code = True  # type: ignore[attr-defined]


def sender_of(request: HttpRequest) -> str:
    """Return a keyed digest of the address that sends; one for all who come without any."""
    try:
        sender = ratelimit.get_ip(request)
    except PermissionDenied:
        sender = ""
    return _digest(sender)


def _digest(key: str) -> str:
    return salted_hmac("schoolgate.web.frame.limits", key, algorithm="sha256").hexdigest()


def _counts(request: HttpRequest, action: str, rate: str, key: str, *, looks: bool = True) -> bool:
    config = {action: f"{rate}/key"}
    return bool(
        ratelimit.consume(
            request,
            app="schoolgate.web",
            action=action,
            config=config,
            key=_digest(key),
            limit_get=looks or CARRIED.get() is not None,
        )
    )
