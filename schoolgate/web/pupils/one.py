"""One pupil: whether they may be shown, named or heard; the answers behind it for those who keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files
from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.policy.choices import own_yes_from
from schoolgate.pupils import answering, consents
from schoolgate.pupils.models import Consent, Pupil, Use
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.policy.uploads import kept_upload, scan_of
from schoolgate.web.pupils.consent_links import of_pupil
from schoolgate.web.pupils.forms import SAYS, AnswerForm, SettleForm
from schoolgate.web.pupils.walls import wall_of


@page(place="people", check=consents.check_may_see, prepare=kept_upload)
def pupil(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one pupil, and record an answer or an entry on the do-not-publish list."""
    found = consents.pupil_for(visit.person, pk, on=visit.on)
    do = request.POST.get("do", "")
    keeps = can(consents.check_may_keep, visit.person, on=visit.on, school=found.school)
    here: dict[str, Any] = {"by": visit.person, "at": visit.at, "pupil": found}
    answer = AnswerForm(*((request.POST, request.FILES) if do == "answer" else ()))
    if answer.save(
        lambda typed: answering.record_answer(**here, **{**typed, "scan": scan_of(visit.prepared)})
    ):
        return done(request, _("Answer saved."), "pupil", pk)
    disputed = consents.disputes_of([found], on=visit.on).get(found.pk, {}) if keeps else {}
    if do == "settle" and not disputed:
        raise answering.settled_already(found)
    settle = SettleForm(request.POST if do == "settle" else None, disputed=disputed, prefix="settle")
    seen = number_in(request.POST.get("seen", "")) if do == "settle" else consents.newest_answer(found)
    if settle.save(lambda typed: answering.settle_consent(**here, **typed, seen=seen)):
        return done(request, _("Settled."), "pupil", pk)
    if do == "scan" and keeps:
        return _scan(found, number_in(request.POST.get("answer", "")))
    of_links = of_pupil(request, visit, found) if keeps else {}
    if not isinstance(of_links, dict):
        return of_links
    if do == "objects":
        answering.record_objection(**here)
        return done(request, _("The refusal is recorded. It counts for a week."), "pupil", pk)
    wall = wall_of(request, visit, found)
    if not isinstance(wall, dict):
        return wall
    context = {
        "pupil": found,
        "uses": _standings(visit, found, why=keeps),
        "keeps": keeps,
        "chooses": can(consents.check_may_choose, visit.person, found.school, on=visit.on),
        "answers": [_shown(each) for each in consents.consents_of(found)] if keeps else [],
        "answer": answer,
        "settle": settle if disputed else None,
        "seen": seen,
        "against": _against(found, disputed),
        **wall,
        **of_links,
    }
    sent = (answer, settle, wall["keep_off"], wall["end"], wall["decide"], of_links.get("link_form"))
    wrong = any(each is not None and each.errors for each in sent)
    response = render(request, "pupils/pupil.html", context, status=422 if wrong else 200)
    response["Cache-Control"] = "no-store"
    return response


def _standings(visit: Visit, found: Pupil, *, why: bool) -> list[dict[str, Any]]:
    """Return for each use on which networks it is allowed; with `why`, the reason of a no."""
    by_channel = consents.standings_by_channel(
        [found], uses=Use.values, channels=consents.channels_here(), on=visit.on,
        own_yes_from=own_yes_from(on=visit.on),
    )[found.pk]  # fmt: skip
    rows = []
    for use in Use:
        yes = [channel for channel, each in by_channel.items() if each[use].may]
        noes = [each[use].why.label for each in by_channel.values() if not each[use].may]
        rows.append(
            {
                "use": use.label,
                "all": len(yes) == len(by_channel),
                "some": [network_name(channel) for channel in yes],
                "why": list(dict.fromkeys(noes)) if why else [],
            }
        )
    return rows


def _shown(row: Consent) -> dict[str, Any]:
    return {"row": row, "says": SAYS[row.answer], "where": network_name(row.channel) if row.channel else ""}  # type: ignore[index]


def _against(found: Pupil, disputed: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Return the answers to the uses that are to be settled, newest first, each use by itself."""
    answers = consents.consents_of(found) if disputed else []
    return [
        {"use": Use(use).label, "answers": [_shown(each) for each in answers if each.use == use]}
        for use in disputed
    ]


def _scan(found: Pupil, pk: int) -> HttpResponseBase:
    """Return the scanned paper of an answer."""
    row = next((each for each in consents.consents_of(found) if each.pk == pk and each.scan), None)
    if row is None:
        raise NotFound
    return FileResponse(
        files.path_of(row.scan).open("rb"), content_type=row.scan_type, as_attachment=True,
        filename=f"consent-{row.pk}.{row.scan_type.rpartition('/')[2]}",
    )  # fmt: skip
