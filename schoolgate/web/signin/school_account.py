"""Signing in with a school account, and linking one to the person's own sign-in. It works only where it was
linked before: from the person's own page, or with an invitation in place of a password. Accounts are
never linked by comparing email addresses (docs/adr/0023).

The school's directory is asked who a person is by OpenID Connect, authorization code with PKCE: three
requests, each with a time limit and a size limit and without following redirects. An answer counts only
where its signature, issuer, audience, time, nonce and the school's own mark are right.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

import jwt
import structlog
from allauth.account import views as account_views
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from schoolgate.core.clock import local_day, now
from schoolgate.core.days import stored_instant
from schoolgate.core.env import env
from schoolgate.core.errors import NotAllowed, NotFound, SchoolgateError
from schoolgate.core.outside.client import NotTaken, shared
from schoolgate.core.outside.texts import read_json
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import CannotOpen
from schoolgate.people import directories, queries, rules
from schoolgate.people.directories import (
    accept_with_school_account,
    end_school_account,
    find,
    join_school_account,
    note_school_account,
    secret_of,
)
from schoolgate.people.models import Directory, DirectoryKind, Person, User
from schoolgate.web.frame import errors, sessions
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.errors import limited
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.parts import PlaceLink, beside_people
from schoolgate.web.signin.middleware import INSTEAD, NOT_FROM_HERE, keeps_out

SECONDS = 6.0
MOST_BYTES = 512 * 1024
LEEWAY = 60
"""Seconds by which two clocks may differ."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
"""Signatures with the directory's own key: none that our secret, or nothing at all, could make."""
MARK = {DirectoryKind.MICROSOFT: "tid", DirectoryKind.GOOGLE: "hd"}
"""The claim that names the owner of the account, on the directory's own word."""
SCOPES = {DirectoryKind.MICROSOFT: "openid profile", DirectoryKind.GOOGLE: "openid email"}
"""Microsoft sends `oid` and `tid` only with `profile`, Google sends `hd` only with `email`. Neither is
stored."""


class NoAnswer(Exception):
    """The directory does not answer, or with nothing that can be read."""


class NotBelieved(Exception):
    """The directory's answer is not about this school, not for us, not signed, or too old."""


@dataclass(frozen=True)
class Asked:
    """What must be remembered until the person comes back."""

    state: str
    nonce: str
    verifier: str


def new_question() -> Asked:
    """Fresh, and used for one sign-in only."""
    return Asked(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(64))


def address_to_go_to(directory: Directory, asked: Asked, *, back: str) -> str:
    """Return where the browser goes to sign in. `back`: our address that it returns to. Raises NoAnswer."""
    said = {
        "response_type": "code",
        "client_id": directory.client_id,
        "redirect_uri": back,
        "scope": SCOPES.get(DirectoryKind(directory.kind), "openid"),
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": _challenge(asked.verifier),
        "code_challenge_method": "S256",
    }
    if directory.kind in MARK:
        said["prompt"] = "select_account"  # a computer in a staff room knows several people
    if directory.kind == DirectoryKind.GOOGLE:
        said["hd"] = directory.tenant
    to = _endpoint(directory, _discovered(directory), "authorization_endpoint")
    return f"{to}{'&' if parts_of(to).query else '?'}{urlencode(said)}"


def who_came(directory: Directory, asked: Asked, *, code: str, back: str) -> str:
    """Return the directory's permanent id of the person who signed in. Raises NoAnswer, NotBelieved."""
    found = _discovered(directory)
    token = _id_token(directory, found, asked, code=code, back=back)
    claims = _verified(token, directory, _json("GET", _endpoint(directory, found, "jwks_uri")))
    if not secrets.compare_digest(str(claims.get("nonce", "")), asked.nonce):
        raise NotBelieved("nonce")
    return subject_in(directory, claims)


def subject_in(directory: Directory, claims: dict[str, Any]) -> str:
    """Return who these claims are about, once they are known to be of this school. Raises NotBelieved.

    Microsoft calls a person `oid` within the tenant `tid`; all others use `sub`. The address and
    `email_verified` are not read, because anything can be written there.
    """
    mark = MARK.get(DirectoryKind(directory.kind))
    if mark and str(claims.get(mark, "")).casefold() != directory.tenant.casefold():
        raise NotBelieved(mark)
    if directory.kind == DirectoryKind.MICROSOFT:
        parts = [str(claims[key]) for key in ("tid", "oid") if claims.get(key)]
        subject = ":".join(parts) if len(parts) == 2 else ""
    else:
        subject = str(claims.get("sub") or "")
    if not 0 < len(subject) <= 300:
        raise NotBelieved("subject")
    return subject


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _discovered(directory: Directory) -> dict[str, Any]:
    found = _json("GET", f"{directory.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != directory.issuer:
        raise NotBelieved("issuer")
    return found


def _endpoint(directory: Directory, found: dict[str, Any], name: str) -> str:
    """An address that the directory names; in clear only where the directory itself is on this machine."""
    address = found.get(name)
    schemes = {"https", parts_of(directory.issuer).scheme}
    if not isinstance(address, str) or parts_of(address).scheme not in schemes:
        raise NoAnswer(name)
    return address


def _id_token(directory: Directory, found: dict[str, Any], asked: Asked, *, code: str, back: str) -> str:
    said = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": asked.verifier,
    }
    secret = secret_of(directory)
    headers = {}
    if "client_secret_post" in found.get("token_endpoint_auth_methods_supported", []):
        said |= {"client_id": directory.client_id, "client_secret": secret}
    else:
        word = base64.b64encode(f"{directory.client_id}:{secret}".encode()).decode()
        headers = {"Authorization": f"Basic {word}"}
    given = _json("POST", _endpoint(directory, found, "token_endpoint"), data=said, headers=headers)
    token = given.get("id_token")
    if not isinstance(token, str):
        raise NotBelieved("no token")
    return token


def _verified(token: str, directory: Directory, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        wanted = jwt.get_unverified_header(token).get("kid")
        known = [key for key in jwt.PyJWKSet.from_dict(keys).keys if wanted in (None, key.key_id)]
        if len(known) != 1:
            raise NotBelieved("key")
        claims: dict[str, Any] = jwt.decode(
            token,
            known[0],
            algorithms=list(ALGORITHMS),
            audience=directory.client_id,
            issuer=directory.issuer,
            leeway=LEEWAY,
            options={"require": ["iss", "aud", "exp", "iat", "sub"]},
        )
    except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotBelieved(type(error).__name__) from None
    if claims.get("azp", directory.client_id) != directory.client_id:
        raise NotBelieved("azp")
    return claims


def _json(
    method: str, address: str, *, headers: dict[str, str] | None = None, data: dict[str, str] | None = None
) -> dict[str, Any]:
    try:
        reply = shared().ask(
            method, address, until=time.monotonic() + SECONDS, most=MOST_BYTES, data=data,
            headers={"Accept": "application/json", **(headers or {})},
        )  # fmt: skip
    except NotTaken as error:
        raise NoAnswer(error.why) from None
    if reply.status in (400, 401) and method == "POST":
        raise NotBelieved("code")  # the directory did not accept the code that the browser brought back
    try:
        found = read_json(reply.body) if reply.status == 200 else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoAnswer(f"status {reply.status}")
    return found


AT_MOST = 4
"""Buttons on the sign-in page; where there are more schools, a page of their own to choose from."""
WAITING = "school_account"
LASTS = timedelta(minutes=10)
OPEN_TABS = 5
OWN = gettext_lazy("Sign in with your password instead, or ask the person who looks after people and roles.")
Text = str | Promise
Noted = dict[str, Any]
"""Session data of a sign-in in progress while the person is away at their school's sign-in."""
log = structlog.get_logger(__name__)


# --- Choosing a school, and going there ---------------------------------------------------------------------


class SignInView(account_views.LoginView):  # type: ignore[misc]
    """The sign-in page, with the school accounts that there are."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add at most four schools, and whether there are more."""
        found = list(directories.live()[: AT_MOST + 1])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"directories": found if len(found) <= AT_MOST else [], "more": len(found) > AT_MOST}


@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """List the schools with a school sign-in, by name."""
    context = {"directories": directories.live(), "next": _ours(request, request.GET.get("next", ""))}
    return render(request, "signin/school_accounts.html", context)


@never_cache
@errors.takes("POST")
@limited("school-account", rate="300/m")
def start(request: HttpRequest, directory: str) -> HttpResponse:
    """Begin to sign in with a school account."""
    if request.user.is_authenticated:
        return redirect("home")
    return _begin(request, directory, "sign-in", next=_ours(request, request.POST.get("next", "")))


@never_cache
@errors.takes("POST")
@limited("school-account", rate="300/m")
def start_with_invitation(request: HttpRequest, directory: str) -> HttpResponse:
    """Begin to take up an invitation with a school account."""
    try:
        find(request.session.get(sessions.INVITATION_KEY, ""), at=now())
    except SchoolgateError as error:
        return errors.show(request, error)
    return _begin(request, directory, "invitation", token=request.session[sessions.INVITATION_KEY])


@never_cache
@errors.takes("POST")
def start_joining(request: HttpRequest, directory: str) -> HttpResponse:
    """Start linking a school account to the person's own sign-in."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    try:
        _check_may_change(request)
    except SchoolgateError as error:
        return errors.show(request, error)
    return _begin(request, directory, "join", user=request.user.pk)


def _begin(request: HttpRequest, slug: str, what: str, **more: Any) -> HttpResponse:
    """Return a small page that redirects by itself. Browsers refuse a redirect to another site after a form,
    since our policy allows forms to our own pages only."""
    directory, asked = directories.live_one(slug), new_question()
    if directory is None:
        return errors.show(request, NotFound())
    try:
        to = address_to_go_to(directory, asked, back=_back_to(request, directory))
    except (NoAnswer, NotBelieved) as error:
        return _no_answer(request, directory, error)
    noted = {"directory": slug, "nonce": asked.nonce, "verifier": asked.verifier, "what": what}
    noted |= {"at": now().isoformat(), **more}
    waiting: dict[str, Any] = request.session.get(WAITING, {})
    newest = dict(list(waiting.items())[1 - OPEN_TABS :])
    request.session[WAITING] = newest | {asked.state: noted}
    return render(request, "signin/going.html", {"to": to, "directory": directory})


def _back_to(request: HttpRequest, directory: Directory) -> str:
    path = reverse("school-account-back", args=[directory.slug])
    return (
        f"{public.rstrip('/')}{path}"
        if (public := env().public_address)
        else request.build_absolute_uri(path)
    )


def _ours(request: HttpRequest, address: str) -> str:
    """Return the address to continue to, if it is one of our own pages; otherwise ""."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own else ""


# --- Coming back --------------------------------------------------------------------------------------------


@never_cache
@require_GET
@limited("school-account-back", rate="300/m", looks=True)
def back(request: HttpRequest, directory: str) -> HttpResponseBase:
    """Handle the return from a school's sign-in, for the purpose noted at the start."""
    noted = _taken_up(request, directory)
    found = directories.live_one(directory)
    if noted is None or found is None:
        return _refused(
            request,
            _(
                "This sign-in wasn’t started in this browser, has already been used, or "
                "took more than ten minutes."
            ),
            _("Start again from the sign-in page."),
        )
    if "code" not in request.GET or request.GET.get("iss", found.issuer) != found.issuer:
        return _refused(request, _("Your school didn’t sign you in."), _("Try again, or use your password."))
    asked = Asked(request.GET.get("state", ""), noted["nonce"], noted["verifier"])
    try:
        subject = who_came(found, asked, code=request.GET["code"], back=_back_to(request, found))
    except NoAnswer as error:
        return _no_answer(request, found, error)
    except CannotOpen:
        return _no_answer(request, found, NoAnswer("secret"))
    except NotBelieved as error:
        log.warning("school_account_refused", directory=found.slug, why=str(error))
        return _refused(request, _("This isn’t an account from the school you chose."), OWN)
    try:
        return FINISH[noted["what"]](request, found, subject, noted)
    except SchoolgateError as error:
        return errors.show(request, error)


def _taken_up(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    """Return what was noted when this browser went to that school; only once, and for ten minutes."""
    waiting: dict[str, Any] = request.session.get(WAITING, {})
    noted: Noted | None = waiting.pop(request.GET.get("state", ""), None)
    if noted is None:
        return None
    request.session[WAITING] = waiting
    request.session.save()  # used up before the first check, so that a second tab cannot use it too
    young = now() - stored_instant(noted["at"]) <= LASTS
    return noted if noted["directory"] == slug and young else None


def _sign_in(request: HttpRequest, directory: Directory, subject: str, noted: Noted) -> HttpResponseBase:
    """Sign in the user linked to this account. Two-step verification follows, as after a password."""
    user = directories.joined_as(directory, subject)
    if user is None:
        return _refused(
            request,
            _("This school account isn’t linked to any sign-in here."),
            _(
                "Sign in with your password and link it on your own page. If you don’t "
                "have a sign-in yet, you need an invitation from your school."
            ),
        )
    if request.user.is_authenticated:
        return redirect("home")
    if not queries.memberships_of(user, on=local_day(now()), through=directory.pk):
        return _refused(
            request,
            _("You don’t have access here any more, or this school account doesn’t give you access."),
            OWN,
        )
    record_authentication(request, user, sessions.SCHOOL_ACCOUNT, directory=directory.pk)
    login = Login(user=user, redirect_url=noted.get("next") or None)
    return cast("HttpResponseBase", perform_login(request, login))


def _take_up_invitation(
    request: HttpRequest, directory: Directory, subject: str, noted: Noted
) -> HttpResponseBase:
    accept_with_school_account(token=noted["token"], directory=directory, subject=subject, at=now())
    request.session.pop(sessions.INVITATION_KEY, None)
    messages.success(request, _("School account linked. You can now sign in with it."))
    return redirect("account_login")


def _join(request: HttpRequest, directory: Directory, subject: str, noted: Noted) -> HttpResponseBase:
    if not request.user.is_authenticated or request.user.pk != noted["user"]:
        raise NotAllowed(
            _("You’re signed in as a different person, or not at all."), next_step=_("Sign in and try again.")
        )
    _check_may_change(request)
    at = now()
    membership = sessions.current_membership(request, request.user, on=local_day(at))
    if membership is None:
        return errors.no_membership(request)
    with scope(membership.federation_id, membership.person_id):
        by = queries.person(membership.person_id)
        join_school_account(by=by, at=at, directory=directory, subject=subject)
    _note_elsewhere(by, at=at, change="joined", directory_id=directory.pk)
    return done(request, _("School account linked. You can sign in with it from now on."), "me")


FINISH: dict[str, Callable[[HttpRequest, Directory, str, Noted], HttpResponseBase]] = {
    "sign-in": _sign_in,
    "invitation": _take_up_invitation,
    "join": _join,
}


def _refused(request: HttpRequest, message: Text, next_step: Text, status: int = 403) -> HttpResponse:
    context = {"message": message, "next_step": next_step}
    return render(request, "signin/school_account_refused.html", context, status=status)


def _no_answer(request: HttpRequest, directory: Directory, error: Exception) -> HttpResponse:
    log.warning("school_account_no_answer", directory=directory.slug, why=str(error))
    message = _("{name} isn’t responding right now.").format(name=directory.name)
    return _refused(
        request, message, _("Sign in with your password, or try again in a few minutes."), status=502
    )


# --- The person's own page, and the federation's ------------------------------------------------------------


def _check_may_change(request: HttpRequest) -> None:
    """Raise NotAllowed unless this session may change how its user signs in, and was confirmed just now."""
    if keeps_out(request):
        raise NotAllowed(NOT_FROM_HERE, next_step=INSTEAD)
    if not sessions.is_fresh(request, cast("User", request.user)):
        raise NotAllowed(
            _("It’s more than ten minutes since you confirmed who you are."),
            next_step=_("Sign out, sign in again and try once more."),
        )


@page(place="menu", methods=("GET", "HEAD"))
def _mine(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    accounts = directories.accounts_of(visit.person.user)
    joined = {account.directory_id for account in accounts}
    here = [
        membership.federation_id
        for membership in sessions.memberships(request, visit.person.user, on=visit.on)
    ]
    offered = directories.live().filter(admits__federation__in=here).exclude(pk__in=joined).distinct()
    return render(request, "signin/mine.html", {"visit": visit, "accounts": accounts, "offered": offered})


mine = reauthentication_required(_mine)
"""Show the person's own school accounts, once they have confirmed their identity."""


@never_cache
@errors.takes("POST")
def end(request: HttpRequest) -> HttpResponseBase:
    """Unlink a school account from the person's own sign-in. Another user's answers 404."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    number, at = request.POST.get("account", ""), now()
    membership = sessions.current_membership(request, request.user, on=local_day(at))
    if membership is None:
        return errors.no_membership(request)
    try:
        _check_may_change(request)
        account_id = number_in(number)
        with scope(membership.federation_id, membership.person_id):
            by = queries.person(membership.person_id)
            directory_id = end_school_account(by=by, at=at, account_id=account_id)
    except SchoolgateError as error:
        return errors.show(request, error)
    _note_elsewhere(by, at=at, change="ended", directory_id=directory_id)
    return done(request, _("School account unlinked. You can’t sign in with it any more."), "me")


def _note_elsewhere(by: Person, *, at: datetime, change: str, directory_id: int) -> None:
    """Record it in the user's other federations too: the sign-in opens all that are admitted."""
    for membership in queries.memberships_of(by.user, on=local_day(at)):
        if membership.federation_id == by.federation_id:
            continue
        with scope(membership.federation_id, membership.person_id):
            note_school_account(
                by=queries.person(membership.person_id), at=at, change=change, directory_id=directory_id
            )


@page(place="people", methods=("GET", "HEAD"))
def of_federation(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the school accounts that open this federation, for people who may see its people."""
    rules.check_may_see_people(visit.person, on=visit.on)
    return render(
        request, "signin/of_federation.html", {"directories": directories.admitting(visit.federation)}
    )


@beside_people
def _link(visit: Visit) -> PlaceLink | None:
    """Above the list of people, where there is something to see."""
    found = directories.admitting(visit.federation)
    return (
        PlaceLink("people-school-accounts", gettext_lazy("Signing in with a school account"))
        if found
        else None
    )
