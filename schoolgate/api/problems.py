"""Errors as problem details (RFC 9457): what is wrong and what to do next.

A decision's findings as sentences in the language of the request; days stay as ISO writes them.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

import structlog
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import BODY_CONTENT_TYPES
from pydantic import ConfigDict, Field

from schoolgate.core.errors import (
    AlreadyDone,
    BadInput,
    NotAllowed,
    NotFound,
    NotNow,
    Refused,
    SchoolgateError,
)
from schoolgate.core.leaving import WordsHeld
from schoolgate.core.postgres import for_django
from schoolgate.core.tenancy import scope
from schoolgate.people.models import ApiToken
from schoolgate.policy.models import DecisionRecord
from schoolgate.reports.evidence import last_done
from schoolgate.rulebook.messages import NEEDS, SENTENCES, SOURCES


def findings_in_words(
    body: Mapping[str, Any], wordings: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """The findings of a decision's JSON (`policy.keeping.body_of`).

    `wordings`: clause id -> (section, words); a clause that is not in it is named by its id alone.
    """
    return [_finding(finding, wordings) for finding in body["findings"]]


def _finding(finding: Mapping[str, Any], wordings: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "point": finding["point"],
        "kind": finding["kind"],
        "about": finding["about"],
        "basis": finding["basis"],
        "says": sentence(finding["key"], finding["args"]),
        "clauses": [_clause(clause, wordings) for clause in finding["clauses"]],
        "needs": [_need(need) for need in finding["needs"]],
        "overridden_by": finding["overridden_by"],
        "lifts_on": finding["lifts_on"],
        "agreed_by": finding.get("agreed_by"),
    }


def _clause(clause: str, wordings: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    section, says = wordings.get(clause, ("", ""))
    return {"id": clause, "section": section, "says": says}


def _need(need: Mapping[str, str]) -> dict[str, str]:
    source = need["from"]
    whom = _(SOURCES[source]) if source in SOURCES else source
    says = _("Waiting for {what} from {whom}.").format(what=plain(need["what"]), whom=whom)
    return {"what": need["what"], "from": source, "says": says}


def sentence(key: str, args: Mapping[str, Any]) -> str:
    """The sentence of a message key with its arguments. Raises KeyError for a key that does not exist."""
    template = _(SENTENCES[key])
    return template.format(**{name: plain(value) for name, value in args.items()}) if args else template


def plain(value: object) -> str:
    """An argument in words: keys translated, lists with commas."""
    if isinstance(value, tuple | list):
        return ", ".join(plain(part) for part in value)
    text = str(value)
    found = NEEDS.get(text) or SOURCES.get(text)
    return _(found) if found else text


log = structlog.get_logger(__name__)
PROBLEM: Final = "application/problem+json"
STATUS: Final[dict[type[SchoolgateError], int]] = {
    NotAllowed: 403,
    NotFound: 404,
    Refused: 409,
    NotNow: 409,
    BadInput: 422,
}
CHANGE: Final = gettext_noop("Change the fields listed, and send it again.")
COMPARE: Final = gettext_noop("Compare what you sent with the documentation for this address.")
LOOK: Final = gettext_noop("Your last change may or may not have been saved. Check before you make it again.")
AGAIN: Final = gettext_noop(
    "Try again in a few minutes. If it happens again, give this reference to "
    "the person who looks after Schoolgate:"
)


class TooOften(HttpError):
    """More requests than a program of good manners sends (429)."""

    def __init__(self) -> None:
        super().__init__(429, "too many requests")


class NeedOut(Schema):
    """Something still needed. `from`: a role of the policy, or a key such as `author`."""

    model_config = ConfigDict(populate_by_name=True)

    what: str
    source: str = Field(alias="from")
    says: str


class ClauseOut(Schema):
    """The clause behind a finding, worded as it was when the decision was made."""

    id: str
    section: str
    says: str


class FindingOut(Schema):
    """One thing that a rule says, in words. `basis`: policy, law, house or chosen. `agreed_by`: the role
    whose agreement, on record, makes it a permission."""

    point: str
    kind: str
    about: str | None
    basis: str
    says: str
    clauses: list[ClauseOut]
    needs: list[NeedOut]
    overridden_by: str | None
    lifts_on: str | None
    agreed_by: str | None = None


class DoneOut(Schema):
    """What a person had done before: a word for it in the language of the answer, who, and when."""

    what: str
    by: str
    at: datetime


class HeldOut(Schema):
    """Words that wait for an answer. `replies`: none where only a safeguarding lead may let them out."""

    hit: str
    kind: str
    strength: str
    words: str
    fields: list[str]
    replies: list[str]
    needs_reason: bool


class Problem(Schema):
    """What is wrong (RFC 9457), what to do next, and for a refusal what the policy said."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    next_step: str = ""
    fields: dict[str, str] | None = Field(None, description="422: a sentence for each field to change.")
    already_done: bool | None = Field(
        None,
        description="409: true where an earlier act did what was asked for, so there is nothing to do.",
    )
    done: DoneOut | None = Field(
        None,
        description="With `already_done`: what a person did last; absent if the record names no one.",
    )
    decision: int | None = Field(None, description="409: the decision that refused; it stays on record.")
    outcome: str | None = None
    points: dict[str, str] | None = None
    findings: list[FindingOut] | None = None
    words: list[HeldOut] | None = Field(
        None, description="422: words found that wait for an answer, sent again as `hits`."
    )


def problem(status: int, detail: str, next_step: str = "", **more: Any) -> HttpResponse:
    """The response with that status; `more` are further members of `Problem`."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    told |= {"next_step": next_step} | more
    return HttpResponse(json.dumps(told), status=status, content_type=PROBLEM)


def of_error(request: HttpRequest, error: SchoolgateError) -> HttpResponse:
    """An error that a school can understand."""
    if isinstance(error, WordsHeld):
        return problem(422, str(error.message), str(error.next_step), words=_words(error))
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
    more: dict[str, Any] = {}
    if isinstance(error, BadInput):
        more["fields"] = {name: str(sentence) for name, sentence in error.fields.items()}
    if isinstance(error, Refused) and isinstance(error.kept, DecisionRecord):
        more |= _refusal(error.kept)
    if isinstance(error, AlreadyDone):
        more |= {"already_done": True} | _who_did(request, error)
    step = str(error.next_step) or (_(CHANGE) if isinstance(error, BadInput) else "")
    return problem(status, str(error.message), step, **more)


def _words(error: WordsHeld) -> list[dict[str, Any]]:
    """Return what was found, as it is answered."""
    return [
        {
            "hit": each.key,
            "kind": each.kind,
            "strength": each.strength,
            "words": each.words,
            "number": each.number,
            "fields": list(each.fields),
            "replies": list(each.replies) if each.may_answer else [],
            "needs_reason": each.needs_reason,
        }
        for each in error.held
    ]


def _who_did(request: HttpRequest, error: AlreadyDone) -> dict[str, Any]:
    """Return who did it and when, as the page says it."""
    token = getattr(request, "auth", None)
    if not isinstance(token, ApiToken):
        return {}
    with scope(token.person.federation.pk, token.person_id):
        told = last_done(error.subject)
    return {"done": {"what": told.what, "by": told.who, "at": told.at.isoformat()}} if told else {}


def _refusal(kept: DecisionRecord) -> dict[str, Any]:
    """Return what the policy said. The refusal has left its scope, so only the decision itself is read."""
    wordings = {word.clause: (word.section, word.says) for word in (kept.beside[1] if kept.beside else ())}
    return {
        "decision": kept.pk,
        "outcome": kept.outcome,
        "points": dict(kept.points),
        "findings": findings_in_words(kept.body, wordings),
    }


def _of_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    unread = any(each.get("type") in ("json_invalid", "value_error.jsondecode") for each in error.errors)
    fields = {_place(each): str(each.get("msg", "")) for each in error.errors}
    return problem(400 if unread else 422, _("Some answers need changing."), _(CHANGE), fields=fields)


def _place(told: Mapping[str, Any]) -> str:
    """Return the path of a value: `targets.0.text`. Values from the address or its query have just their
    name."""
    path = [str(part) for part in told.get("loc", ())]
    return ".".join(path[2:] if path[:1] == ["body"] else path[1:]) or "body"


def _of_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, AuthenticationError):
        answer = problem(
            401,
            _("This request has no key, or its key has expired or been ended."),
            _("Create a key on your own page, and send it as: Authorization: Bearer ..."),
        )
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    if isinstance(error, TooOften):
        answer = problem(
            429, _("You’ve sent too many requests in a minute."), _("Wait a minute and try again.")
        )
        answer["Retry-After"] = "60"
        return answer
    return problem(400, _("We couldn’t understand that request"), _(COMPARE))


def _unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    big = isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return unreadable(413 if big else 400)


def unreadable(status: int) -> HttpResponse:
    """Answer a request that is too large (413), came too slowly (408) or with too many others (503), has too
    long headers (431), or can't be read (400)."""
    if status == 408:
        return problem(
            408,
            _("What you sent arrived too slowly, so we stopped waiting. Nothing was saved."),
            _("Send it again."),
        )
    if status == 503:
        return problem(
            503,
            _("Too much is being sent to us just now. Nothing was saved."),
            _("Send it again in a minute."),
        )
    if status == 413:
        return problem(413, _("What you sent is too large."), _("Send a smaller file or text."))
    if status == 431:
        return problem(
            431, _("The address or a header of this request is too long."), _("Shorten it and send it again.")
        )
    return problem(400, _("We couldn’t understand that request"), _(COMPARE))


def only_declared_bodies(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around an operation of ninja's, before it reads anything: a body of another type than the document
    declares is refused (415)."""
    sources = {model.__ninja_param_source__ for model in run.__self__.models}  # type: ignore[attr-defined]
    declared = next((BODY_CONTENT_TYPES[each] for each in ("file", "form", "body") if each in sources), None)

    @wraps(run)
    def checked(request: HttpRequest, **given: Any) -> HttpResponse:
        sent = request.META.get("CONTENT_LENGTH") not in (None, "", "0")
        stranger = "Authorization" not in request.headers  # hears 401 first
        if stranger or declared is None or not sent or request.content_type == declared:
            return run(request, **given)
        return problem(
            415,
            _("This address doesn’t accept a body of this type."),
            _("Send it as %(type)s, and say so in the Content-Type header.") % {"type": declared},
        )

    return checked


def nothing_here(request: HttpRequest, _error: Exception | None = None) -> HttpResponse:
    """404, the same for what is not there and for what is another federation's."""
    return of_error(request, NotFound())


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """500 with a reference that is also in the log; the log has where it broke, never what was sent. While
    the database is away it is a 503."""
    if for_django.is_away(error):
        log.warning("database_away")
        answer = problem(
            503, _("The database is not answering. It usually comes back within a minute."), _(LOOK)
        )
        answer["Retry-After"] = str(for_django.SECONDS_TO_WAIT)
        return answer
    reference = uuid.uuid4().hex[:8]
    log.error("api_failed", reference=reference, exc_info=(type(error), error, error.__traceback__))
    return problem(500, _("Something went wrong on our side"), f"{_(AGAIN)} {reference}")


HANDLERS: Final[dict[type[Exception], Any]] = {
    SchoolgateError: of_error,
    ValidationError: _of_validation,
    HttpError: _of_http_error,
    Http404: nothing_here,
    SuspiciousOperation: _unreadable,
    BadRequest: _unreadable,
    MultiPartParserError: _unreadable,
    Exception: _broken,
}


def handle(api: NinjaAPI) -> None:
    """Have every error of the API answered as a problem."""
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
