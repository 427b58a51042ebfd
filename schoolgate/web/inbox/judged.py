"""Say what is wrong with a comment, read a report of it, and record steps with its author."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.inbox import actions
from schoolgate.inbox.listing import item_for
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import WriterStepKind
from schoolgate.web.frame.doors import Visit, act_in, done, page
from schoolgate.web.inbox.item import show
from schoolgate.web.inbox.judged_forms import JudgeForm, WriterStepForm


@page(place="inbox", methods=("POST",))
def found(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do what was asked: judge the comment, mark a report as read, or record a step with its author."""
    item = item_for(visit.person, pk, on=visit.on)
    acts = {"judge": _judge, "read": _read, "step": _step}
    return act_in(request.POST, acts)(request, visit, item)


def _judge(request: HttpRequest, visit: Visit, item: Item) -> HttpResponseBase:
    form = JudgeForm(request.POST)
    version = request.POST.get("version", "")
    if form.save(
        lambda _typed: actions.judge(
            by=visit.person, at=visit.at, item=item, version=version, **form.judgement()
        )
    ):
        return done(request, _("Saved. What the policy asks for now is below."), "item", item.pk)
    return show(request, visit, item, extra={"judge_form": form}, status=422)


def _read(request: HttpRequest, visit: Visit, item: Item) -> HttpResponseBase:
    actions.read_report(by=visit.person, at=visit.at, item=item)
    return done(request, _("Saved: you’ve read this report."), "item", item.pk)


def _step(request: HttpRequest, visit: Visit, item: Item) -> HttpResponseBase:
    what = request.POST.get("what", "")
    if what not in WriterStepKind.values:
        raise NotFound
    form = WriterStepForm(WriterStepKind(what), request.POST)
    if form.save(
        lambda typed: actions.note_writer_step(by=visit.person, at=visit.at, item=item, what=what, **typed)
    ):
        return done(request, _("Saved, with its day."), "item", item.pk)
    return show(request, visit, item, extra={"step_form": form}, status=422)


urlpatterns = [path("inbox/<int:pk>/found", found, name="item-found")]
