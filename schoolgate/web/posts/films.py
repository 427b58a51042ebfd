"""The film of a post on the pages where it is written and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, Text
from schoolgate.media.models import Picture, film_of
from schoolgate.web.frame.pictures import captions_answer, film_answer

ADD_FILM: Final = "add-film"
"""The button that adds a film."""
PUPILS, NO_PUPIL = "pupils", "none"
HEARD: Final = ((NO_PUPIL, _("No pupil recognisable")), (PUPILS, _("Pupils")))
FILM_ALONE: Final[Text] = _("A post has either a film or pictures. Remove one of them.")
FILM_MISSING: Final[Text] = _("Choose the film that these captions belong to.")


def fields_of_film(picture: Picture) -> dict[str, forms.Field]:
    """Return the fields of the form about a film, by their names; none for a picture that is just one."""
    if film_of(picture) is None:
        return {}
    return {
        f"captions-{picture.pk}": forms.CharField(
            label=_("Captions (WebVTT)"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            strip=False,
        ),
        f"silent-{picture.pk}": forms.BooleanField(label=_("No one speaks in this film"), required=False),
        f"hears-{picture.pk}": forms.ChoiceField(
            label=_("Who can be heard in it?"), choices=HEARD, required=False
        ),
    }


def initial_of_film(picture: Picture) -> dict[str, Any]:
    """Return what these fields are filled with."""
    film = film_of(picture)
    if film is None:
        return {}
    return {
        f"captions-{picture.pk}": film.captions,
        f"silent-{picture.pk}": bool(film.no_speech),
        f"hears-{picture.pk}": "" if film.hears_pupils is None else (NO_PUPIL, PUPILS)[film.hears_pupils],
    }


def said_of_film(picture: Picture, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed about a film, as `describe_picture` takes it; empty where nothing is new."""
    film = film_of(picture)
    if film is None:
        return {}
    captions = (typed.get(f"captions-{picture.pk}") or "").replace("\r\n", "\n")
    no_speech = True if typed.get(f"silent-{picture.pk}") else None
    heard = heard_in(typed.get(f"hears-{picture.pk}"))
    same = captions.strip() == film.captions.strip() and no_speech == film.no_speech
    if same and heard in (None, film.hears_pupils):
        return {}
    return {"captions": captions, "no_speech": no_speech, "hears_pupils": heard}


def heard_in(typed: str | None) -> bool | None:
    """Return whether a pupil can be heard, as the form says it; None where it doesn't."""
    return {PUPILS: True, NO_PUPIL: False}.get(typed or "")


def pupils_heard(form: Any) -> bool | None:
    """Return whether pupils can be heard in the film of a form; None without one, and until that is said."""
    names = [f"hears-{each.pk}" for each in form.chosen if f"hears-{each.pk}" in form.fields]
    return heard_in(form[names[0]].value()) if names else None


def film_fields(form: Any, picture: Picture) -> dict[str, Any] | None:
    """Return what the row of a film shows beside its cover; None for a picture that is just one."""
    film = film_of(picture)
    if film is None:
        return None
    return {
        "film": film,
        "captions": form[f"captions-{picture.pk}"],
        "silent": form[f"silent-{picture.pk}"],
        "hears": form[f"hears-{picture.pk}"],
    }


def film_of_picture(request: HttpRequest, cover: Picture) -> HttpResponseBase:
    """Answer with the film or the captions of a cover that this person may see. Raises NotFound for a picture
    that is just one."""
    film = film_of(cover)
    if film is None:
        raise NotFound
    name = f"{cover.school.slug}-{local_day(cover.added_at)}-film-{film.pk}"
    as_file = "download" in request.GET
    if "captions" in request.GET:
        answer: HttpResponseBase = captions_answer(film.captions, name, as_file=as_file)
        answer["Cache-Control"] = "private, no-store"  # they change, under the same address
        return answer
    answer = film_answer(request, files.path_of(film.digest), name, as_file=as_file)
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["ETag"] = f'"{film.digest}"'
    return answer
