"""Consent links of the office, for one pupil or for a class, and the page on which a parent, or the pupil,
answers without an account: by a link or the code of a letter.

Deny by default: a code that never was one, that expired, was revoked or belongs elsewhere is answered
alike. What holds is shown, and of the answers only those of the link's own person: never the other
parent's, or why a pupil isn't shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.documents import pdf_of
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.inbox.taking_off import asked_of
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.own_details import ways_to_reach
from schoolgate.publishing.withdrawn import (
    ENDED,
    Gone,
    act_of,
    acts_about,
    is_looking,
    outcomes_of,
    say_rung,
    withdrawals_by,
)
from schoolgate.pupils import consents, linking
from schoolgate.pupils.consents import channels_here, own_answers, standings_by_channel
from schoolgate.pupils.linking import (
    OURS,
    WORDS,
    languages_here,
    progress_of,
    right_to_left,
    words_in,
    write_words,
)
from schoolgate.pupils.models import ANSWERING, Answer, Consent, ConsentWords, Giver, ParentLink, Pupil, Use
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, public_page
from schoolgate.web.frame.errors import coded, without_cookies, wrong_code
from schoolgate.web.frame.forms import SchoolForm, radios
from schoolgate.web.frame.paging import number_in
from schoolgate.web.frame.sessions import is_device_of_staff
from schoolgate.web.frame.shown import day_in_words

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
    links = consents.links_of(found)
    return {
        "link_form": form,
        "links": links,
        "to_give": any(not (each.mailed_at or each.printed_at or each.used_at) for each in links),
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


NO_TO = {"down": (Use.PICTURE, Use.FILM), "none": tuple(Use)}
"""What a button says no to, on all accounts."""


class CodeForm(SchoolForm):
    """The code of a letter."""

    code = forms.CharField(
        label=_("Code on your letter"),
        help_text=_("Twelve letters and numbers, for example ABCD-EFGH-JKLM."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


@without_cookies
@coded("consent-code")
@public_page
def by_code(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Ask for the code of a letter, and lead to its page."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            link = linking.find(form.cleaned_data["code"], at=visit.at)
        except NotFound:
            wrong_code(request)
            form.add_error(
                "code", str(_("Check the code. If it doesn’t work, ask the school for a new one."))
            )
        else:
            return _sealed(HttpResponseRedirect(_page_of(link, visit)))
    status = 422 if form.errors else 200
    context = {
        "form": form, "federation": visit.federation, "reach": ways_to_reach(), "asks_here": bool(asked_of()),
    }  # fmt: skip
    return _sealed(render(request, "pupils/code.html", context, status=status))


def _says_no(request: HttpRequest) -> bool:
    """Return whether this is a withdrawal, which nothing holds up."""
    return request.method == "POST" and (
        request.POST.get("answer") == Answer.REFUSED or request.POST.get("do") in NO_TO
    )


@without_cookies
@coded("consent", part="code", always=_says_no)
@public_page
def by_link(request: HttpRequest, visit: Visit, code: str) -> HttpResponseBase:
    """Show the own answers about a pupil, take one, and show the outcome for posts that had to go."""
    link = linking.find(code, at=visit.at)
    asked = request.GET.get("in", "")
    language = asked if asked in languages_here() else translation.get_language() or "en"
    channels = channels_here()
    channel = request.GET.get("on", "")
    if channel and channel not in channels:
        raise NotFound
    name = link.pupil.known_as or link.pupil.first_name
    words = words_in(language, name=name, who=link.addressed_to)
    here = _page_of(link, visit)
    query = urlencode(
        {**({"in": asked} if asked == language else {}), **({"on": channel} if channel else {})}
    )
    if request.method == "POST":
        do, use = request.POST.get("do", ""), request.POST.get("use", "")
        no_to = NO_TO.get(do, ()) if do == "none" or link.giver == Giver.PUPIL else ()
        answer = Answer.REFUSED if no_to else request.POST.get("answer", "")
        among_staff = is_device_of_staff(request)
        linking.answer_by_link(
            at=visit.at,
            link=link,
            uses=no_to or ([use] if use else []),
            answer=answer,
            channel="" if no_to else channel,
            among_staff=among_staff,
        )
        if among_staff and answer == Answer.GIVEN:
            messages.warning(request, words["not_here"])
        else:
            messages.success(request, words["saved"])
        return _sealed(HttpResponseRedirect(f"{here}?{query}" if query else here))
    context = {
        "words": words,
        "language": language,
        "direction": "rtl" if right_to_left(language) else "ltr",
        "languages": [(key, own) for key, own in languages_here().items() if key not in OURS],
        "school": link.pupil.school,
        "named": bool(link.addressed_to),
        "is_pupil": link.giver == Giver.PUPIL,
        "uses": _uses(link, visit, channel, words, language),
        "networks": [(key, network_name(key)) for key in channels] if len(channels) > 1 else [],
        "channel": channel,
        "network": network_name(channel) if channel else "",
        "own_language": asked if asked == language else "",
        **_copies(link, visit, words, language),
    }
    return _sealed(render(request, "pupils/by_link.html", context))


def _uses(
    link: ParentLink, visit: Visit, channel: str, words: dict[str, str], language: str
) -> list[dict[str, Any]]:
    """Return for each use what holds, and where it comes from: their own answer, or that the school has one.
    Whose, and what another person said, is told to no one here."""
    own = own_answers(link, channel)
    by_channel = standings_by_channel(
        [link.pupil], uses=Use.values, channels=[channel] if channel else channels_here(), on=visit.on,
        own_yes_from=own_yes_from(on=visit.on),
    )[link.pupil_id]  # fmt: skip
    rows = []
    for use in Use:
        said = own[use] if use in own and own[use].answer != Answer.NOT_ASKED else None
        may = [each[use].may for each in by_channel.values()]
        unanswered = said is None and not any(may)
        kind, word = (
            ("good", "yes") if all(may) else ("wait", "partly") if any(may)
            else ("wait", "unanswered") if unanswered else ("no", "no")
        )  # fmt: skip
        rows.append(
            {
                "key": use.value,
                "asks": words[use.value],
                "kind": kind,
                "tag": words[word],
                "told": [] if unanswered else _told(said, word, words, language),
            }
        )
    return rows


def _told(said: Consent | None, word: str, words: dict[str, str], language: str) -> list[str]:
    """Return where what holds comes from, in the words of the page."""
    if said is None:
        return [words["on_record"]]
    answer = words["yes" if said.answer == Answer.GIVEN else "no"]
    with translation.override(language if language in OURS else "en"):
        day = day_in_words(said.from_day)
    told = words["you_said"].replace("{answer}", answer).replace("{day}", day)
    against = said.answer == Answer.GIVEN and word != "yes"
    return [told, *([words["for_now"]] if against else [])]


def _copies(link: ParentLink, visit: Visit, words: dict[str, str], language: str) -> dict[str, Any]:
    """Return the outcome for each copy that this person's own withdrawals concern, and whether we are still
    looking for those of one; nothing where they made none."""
    withdrawals = withdrawals_by(link)
    if not withdrawals:
        return {}
    shown: dict[str, dict[str, str]] = {}
    acts = [act_of(each) for each in withdrawals]
    for act in filter(None, acts):
        for each in outcomes_of(act, at=visit.at):
            with translation.override(language if language in OURS else "en"):
                day = day_in_words(local_day(each.at)) if each.at else ""
            told = words[each.gone.value].replace("{day}", day)
            kind = "good" if each.gone in ENDED else "no" if each.gone == Gone.STUCK else "wait"
            shown.setdefault(subject_of(each.what), {"where": each.account.name, "told": told, "kind": kind})
    return {"copies": list(shown.values()), "looking": None in acts}


def _page_of(link: ParentLink, visit: Visit) -> str:
    return reverse("consent", args=[visit.federation.slug, linking.code_of(link)])


def _sealed(response: Any) -> HttpResponseBase:
    """Keep a page for one person out of caches and search engines, and don't pass on its address."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    found: HttpResponseBase = response
    return found


urlpatterns = [
    path("<slug:federation>/consent", by_code, name="consent-code"),
    path("<slug:federation>/consent/<secret:code>", by_link, name="consent"),
]
