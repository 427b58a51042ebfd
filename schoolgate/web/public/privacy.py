"""The public privacy notice of a federation."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from schoolgate.core.env import env
from schoolgate.core.models import School
from schoolgate.web.frame.doors import Visit, public_page
from schoolgate.web.public.privacy_wording import LEAD, SECTIONS, TITLE, filled, our_schools


@public_page(methods=("GET", "HEAD"))
def notice(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what happens to readers' data. It names the federation and its schools, and no person."""
    names: dict[str, str | int] = {"federation": visit.federation.name, "copies": env().backup_keep}
    schools = School.objects.order_by("name").values_list("name", flat=True)
    context = {
        "title": filled(TITLE, names),
        "lead": filled(LEAD, names),
        "schools": our_schools(schools),
        "sections": [
            (section.key, section.title, [filled(sentence, names) for sentence in section.says])
            for section in SECTIONS
        ],
    }
    return render(request, "privacy/notice.html", context)


urlpatterns = [path("<slug:federation>/privacy", notice, name="privacy")]
