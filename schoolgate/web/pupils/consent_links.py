"""Consent links on the pages of the office: for one pupil, for a class, and the school's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import School
from schoolgate.core.pdf import pdf_of
from schoolgate.publishing.actions.withdrawing import say_rung
from schoolgate.publishing.withdrawn import Gone, acts_about, is_looking, outcomes_of
from schoolgate.pupils import consents, linking
from schoolgate.pupils.linking import WORDS, progress_of, right_to_left, words_in, write_words
from schoolgate.pupils.models import ANSWERING, ConsentWords, ParentLink, Pupil, Use
from schoolgate.web.frame.doors import Visit, done
from schoolgate.web.frame.forms import SchoolForm, radios
from schoolgate.web.frame.numbers import number_in

LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]


class LinkForm(SchoolForm):
    """Who gets a link about a pupil."""

    giver = radios(_("Who is the link for?"), list(ANSWERING.items()))
    who = forms.CharField(
        label=_("Parent’s name"),
        help_text=_("As in their earlier answers."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Email"), help_text=_("Leave empty to print a letter."), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    language = radios(_("Language"), LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The page has another form with such fields.
        super().__init__(*args, auto_id="id_link_%s", **kwargs)


class WordsForm(SchoolForm):
    """The school's own words for parents, in one language."""

    language = forms.CharField(
        label=_("Language code"),
        help_text=_("For example ur for Urdu, or en to change our English."),
        max_length=8,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, ours in WORDS.items():
            self.fields[f"words-{key}"] = forms.CharField(
                label=gettext("The language’s own name") if key == "language" else str(ours),
                required=False, max_length=500,
            )  # fmt: skip


def of_pupil(request: HttpRequest, visit: Visit, found: Pupil) -> HttpResponseBase | dict[str, Any]:
    """Do what was asked about a pupil's links; return its answer, or what the page shows."""
    do = request.POST.get("do", "")
    here: dict[str, Any] = {"by": visit.person, "at": visit.at}
    form = LinkForm(request.POST if do == "link" else None, initial={"language": "en"})
    if form.save(lambda typed: _made(here, found, typed)):
        return done(request, _("Link made."), "pupil", found.pk)
    if do in ("mail", "print", "revoke"):
        return _with_link(request, visit, found, do)
    if do == "letter":
        made = linking.print_links(**here, pupils=[found])
        return _letters(made, visit)
    if do == "rung":
        say_rung(**here, pupil=found)
        return done(request, _("Saved."), "pupil", found.pk)
    withdrawals = []
    for act in acts_about(found):
        outcomes = outcomes_of(act, at=visit.at)
        rings = any(each.gone == Gone.STUCK for each in outcomes)
        if outcomes:
            withdrawals.append({"act": act, "outcomes": outcomes, "rings": rings})
    return {
        "link_form": form,
        "links": consents.links_of(found),
        "withdrawals": withdrawals,
        "looking": is_looking(found),
    }


def of_class(
    request: HttpRequest, visit: Visit, schools: Sequence[School], form: str
) -> HttpResponseBase | dict[str, Any]:
    """Do what was asked about the links of a class; return its answer, or what the page shows."""
    do = request.POST.get("do", "")
    here: dict[str, Any] = {"by": visit.person, "at": visit.at}
    if do == "mail-class":
        number = linking.mail_class(**here, schools=schools, form=form)
        told = ngettext("{number} email is being sent.", "{number} emails are being sent.", number)
        return done(request, told.format(number=number), request.get_full_path())
    if do == "letters" and form:
        made = linking.print_links(**here, pupils=consents.pupils_of_class(schools, form))
        return _letters(made, visit)
    words = WordsForm(request.POST if do == "words" else None)
    if words.save(lambda typed: _write(here, typed)):
        return done(request, _("Words saved."), "pupils")
    return {
        "progress": progress_of(schools, form),
        "words_form": words,
        "own_words": list(ConsentWords.objects.order_by("language")),
    }


def _made(here: dict[str, Any], found: Pupil, typed: dict[str, Any]) -> None:
    link = linking.make_link(**here, pupil=found, **typed)
    if link.email:
        linking.mail_link(**here, link=link)


def _with_link(request: HttpRequest, visit: Visit, found: Pupil, do: str) -> HttpResponseBase:
    link = consents.link_of(found, number_in(request.POST.get("link", "")))
    here: dict[str, Any] = {"by": visit.person, "at": visit.at}
    if do == "print":
        return _letters(linking.print_one(**here, link=link), visit)
    if do == "mail":
        linking.mail_link(**here, link=link)
        return done(request, _("The email is being sent."), "pupil", found.pk)
    linking.revoke_link(**here, link=link)
    return done(request, _("Link revoked. It no longer works."), "pupil", found.pk)


def _write(here: dict[str, Any], typed: dict[str, Any]) -> None:
    given = {key: typed.get(f"words-{key}", "") for key in WORDS}
    write_words(**here, language=typed["language"].strip(), words=given)


def _letters(made: Sequence[ParentLink], visit: Visit) -> HttpResponseBase:
    """Return one page for each link, with its code and a form to fill in and hand back."""
    answer = HttpResponse(
        pdf_of(
            "consent",
            {
                "language": translation.get_language() or "en",
                "title": gettext("Consent letters"),
                "federation": visit.federation.name,
                "letters": [_letter(each) for each in made],
            },
            at=visit.at,
        ),
        content_type="application/pdf",
    )
    answer["Content-Disposition"] = 'attachment; filename="consent-letters.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _letter(link: ParentLink) -> dict[str, Any]:
    name = link.pupil.known_as or link.pupil.first_name
    words = words_in(link.language, name=name, who=link.addressed_to)
    with translation.override(link.language):
        return {
            "language": link.language,
            "direction": "rtl" if right_to_left(link.language) else "ltr",
            "school": link.pupil.school.name,
            "title": words["title"],
            "pupil": f"{link.pupil.name}, {link.pupil.form}".rstrip(", "),
            "whose": words["whose"] if link.addressed_to else "",
            "intro": words["intro"],
            "how": gettext("Answer online, or tick below and give this page to the school office."),
            "where": linking.entry_address(link),
            "code": linking.code_of(link),
            "words": {
                "address": gettext("Address"), "code": gettext("Your code"), "question": gettext("Question"),
                "yes": words["yes"], "no": words["no"], "name": gettext("Name"),
                "signature": gettext("Signature"), "date": gettext("Date"),
            },
            "uses": [words[use.value] for use in Use],
            "means": words["means"],
        }  # fmt: skip
