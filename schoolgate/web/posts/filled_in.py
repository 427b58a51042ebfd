"""A saved post as its form shows it: the choices of its fields, what each field begins with, its film and
its pupils."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core import files
from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.errors import NotFound, Text
from schoolgate.core.models import School
from schoolgate.core.rows import words_of
from schoolgate.media.models import Picture, film_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.digest import order_of, other_than, together
from schoolgate.publishing.models import Post, PostPerson
from schoolgate.publishing.of_pupils import NO, first_day_of, named_in, pupils_in, shown_as, uses_of
from schoolgate.publishing.queries import Judged
from schoolgate.publishing.questions import QUESTIONS
from schoolgate.pupils import consents
from schoolgate.pupils.answering import record_objection
from schoolgate.pupils.models import Pupil, Use
from schoolgate.rulebook.kinds import Kind
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import answer_to
from schoolgate.web.frame.paging import number_in, numbers_in
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
    answer = film_answer(request, files.opened(film.digest), name, as_file=as_file)
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["ETag"] = f'"{film.digest}"'
    return answer


Choices = Sequence[tuple[str, str | Promise]]


YES_NO: Choices = (("yes", _("Yes")), ("no", _("No")))


NOT_SAID: tuple[str, str | Promise] = ("", _("Not answered yet"))


LANGUAGES: Choices = (("en", "English"), ("cy", "Cymraeg"))


RELATIONS: Choices = (
    NOT_SAID,
    ("pupil", _("A pupil")),
    ("staff", _("A member of staff")),
    ("governor", _("A governor")),
    ("parent", _("A parent or carer")),
    ("volunteer", _("A volunteer")),
    ("other", _("Someone else")),
)


NAMED: Choices = (
    NOT_SAID,
    ("no", _("Not named")),
    ("initials", _("By initials")),
    ("first", _("By first name")),
    ("full", _("By full name")),
)


CONSENT: Choices = (NOT_SAID, ("yes", _("Yes, on record")), ("no", _("No, nothing on record")))


CONSENT_IN_WRITING: Choices = (
    NOT_SAID,
    ("written", _("Yes, in writing")),
    ("spoken", _("Yes, but not in writing")),
    ("no", _("No, nothing on record")),
)


STAFF: Final = "add-staff"
ADDED: Mapping[str, Mapping[str, str]] = {
    "add-person": {},
    "add-crowd": {"relation": "other", "shown": "yes", "named": "no", "number": "20"},
    STAFF: {"relation": "staff", "shown": "yes"},
}
"""Button -> what the entry that it adds begins with. The policy asks about a crowd as about anyone else."""


ADULTS_HERE: Final = ("staff", "governor", "parent", "volunteer")
"""Adults: they aren't on a list of children, and consent for themselves."""
OF_ADULTS: Final[Mapping[str, str]] = {"do_not_publish": "no", "consent_by": "self"}


CONSENT_BY: Choices = (
    NOT_SAID,
    ("parent", _("A parent")),
    ("carer", _("A carer")),
    ("self", _("The person themselves")),
)


ABOUT_PEOPLE: Mapping[str, tuple[str | Promise, Choices]] = {
    "relation": (_("Who is it?"), RELATIONS),
    "shown": (_("Can they be seen in the picture?"), (NOT_SAID, *YES_NO)),
    "named": (_("Does the post name them?"), NAMED),
    "consent": (_("Is there consent for this use?"), CONSENT),
    "consent_by": (_("Who gave it?"), CONSENT_BY),
    "opted_out": (_("Have they asked not to be photographed or filmed?"), (NOT_SAID, *YES_NO)),
    "do_not_publish": (_("Are they on the list of children who must not be published?"), (NOT_SAID, *YES_NO)),
    "at_school_activity": (_("Are they taking part in a school activity here?"), (NOT_SAID, *YES_NO)),
    "leadership_agrees": (_("Has a member of the leadership agreed to this picture?"), (NOT_SAID, *YES_NO)),
}
"""Column of `PostPerson` -> the question on the page. Consent and its form are one question."""


NO_ONE, ADULTS = "none", "adults"


WHO: Choices = ((NO_ONE, _("No one recognisable")), (ADULTS, _("Adults only")), (PUPILS, _("Pupils")))


SEEN: Mapping[str, tuple[bool | None, bool | None]] = {
    NO_ONE: (False, False),
    ADULTS: (True, False),
    PUPILS: (True, True),
    "": (None, None),
}
"""The answer about the picture -> whether it shows people, and pupils among them."""


ON_THE_LIST: Mapping[str, Any] = {
    "relation": "pupil", "shown": True, "named": "no", "consent": True, "consent_written": True,
    "consent_by": "parent", "opted_out": False, "do_not_publish": False, "at_school_activity": True,
    "leadership_agrees": True,
}  # fmt: skip
"""The answers for each pupil in the one entry for those who are all on the consent list."""


ON_THE_LIST_IN_WORDS: Mapping[str, str | Promise] = {
    "consent": _("consent for this use is on record"),
    "consent_written": _("it is in writing"),
    "consent_by": _("a parent gave it"),
    "named": _("the post doesn’t name them"),
    "opted_out": _("they haven’t asked to be left out of pictures"),
    "do_not_publish": _("they aren’t on the list of children who must not be published"),
    "at_school_activity": _("they’re taking part in a school activity"),
    "leadership_agrees": _("the leadership has agreed to the picture"),
}


def usual(name: str) -> str:
    """The answer that an author gives by confirming this question's statement, as the form writes it."""
    return str(_back(QUESTIONS[name].usual))


def on_the_list(columns: Iterable[str]) -> dict[str, Any]:
    """Return a row of `PostPerson` about pupils who meet everything that these columns ask."""
    return {column: ON_THE_LIST[column] for column in columns}


def initial_of(post: Post | None, languages: Sequence[str], columns: Sequence[str]) -> dict[str, Any]:
    """Return the form's initial values for a saved post, or for a new one."""
    if post is None:
        spoken = get_language() or ""
        return {"language": spoken if spoken in languages else next(iter(languages), "en"), "rows": 0}
    targets = list(post.targets.all())
    texts = [target.text for target in targets]
    common = post.text or (max(texts, key=texts.count) if texts else "")
    language = post.language or (targets[0].language.partition(",")[0] if targets else "en")
    words = {language: common, other_than(language): post.other_text}
    initial: dict[str, Any] = {
        "text": common,
        "other_text": post.other_text,
        "accounts": [str(target.account_id) for target in targets],
        "language": language,
    }
    if post.planned_at:
        local = post.planned_at.astimezone(LONDON)
        initial |= {"day": local.date(), "time": local.time()}
    sent = {t.account_id: together(words, order_of(t.account, post.school))[0] for t in targets}
    initial |= {f"text-{t.account_id}": t.text for t in targets if t.text not in (common, sent[t.account_id])}
    initial |= {f"thread-{t.account_id}": t.as_thread for t in targets}
    for name, given in post.answers.items():
        initial[f"answer-{name}"] = _back(given["answer"])
    preset = on_the_list(columns)
    people = [each for each in post.people.all() if each.pupil_id is None]
    alike = [each for each in people if preset and all(getattr(each, k) == v for k, v in preset.items())]
    if alike:
        initial["pupils"] = sum(each.number for each in alike)
    single = [each for each in people if each not in alike]
    for number, person in enumerate(single):
        initial |= _person_initial(number, person)
    return initial | {"rows": len(single)}


def people_in_words(post: Post, *, names: bool) -> list[list[tuple[str, str]]]:
    """Return for each person listed the questions and answers; nothing where nothing was answered. Of a pupil
    of the school's list the name, or with `names` False only that it is one. How the post names them is what
    its words show, where the author said less."""
    found = []
    for number, person in enumerate(post.people.all()):
        typed = _person_initial(number, person)
        way = named_in(post, person)
        typed[f"person-{number}-named"] = way
        lines = [(str(_("How many:")), str(person.number))] if person.number > 1 else []
        if person.pupil is not None:
            name = person.pupil.name if names else str(_("From the school’s list"))
            lines.append((str(_("Pupil:")), name))
        for column, (question, choices) in ABOUT_PEOPLE.items():
            words = dict(CONSENT_IN_WRITING) | dict(choices)
            value = typed[f"person-{number}-{column}"]
            if value and not (person.pupil_id and column == "relation"):
                answer = str(answer_to(str(question), words[value]))
                if column == "named" and way != person.named:
                    answer = gettext("{answer}: the name is in the text").format(answer=answer)
                lines.append((str(question), answer))
        found.append(lines)
    return found


def said_of(picture: Picture) -> dict[str, Any]:
    """Return the answers about a picture, as the form shows them."""
    seen = (picture.shows_people, False if picture.shows_people is False else picture.shows_pupils)
    who = next((who for who, each in SEEN.items() if each == seen), "")
    return {"alt": picture.alt, "who": who}


def initial_of_picture(picture: Picture) -> dict[str, Any]:
    """Return what the fields of a picture, or of a film, are filled with."""
    said = {f"{name}-{picture.pk}": each for name, each in said_of(picture).items()}
    return said | initial_of_film(picture)


def with_new(sent: QueryDict | None, pictures: Sequence[Picture]) -> QueryDict | None:
    """Return a form as it was sent, with what is known of the pictures that its page didn't show yet: a film
    that has just arrived brings its captions."""
    if sent is None:
        return None
    filled, shown = sent.copy(), sent.getlist("kept_picture")
    for picture in pictures:
        if str(picture.pk) not in shown:
            for name, value in initial_of_picture(picture).items():
                if value:
                    filled.setdefault(name, str(value))
    return filled


def _person_initial(number: int, person: PostPerson) -> dict[str, Any]:
    found = {f"person-{number}-{column}": _back(getattr(person, column)) for column in ABOUT_PEOPLE}
    found[f"person-{number}-number"] = person.number
    if person.consent and person.consent_written is not None:
        found[f"person-{number}-consent"] = "written" if person.consent_written else "spoken"
    return found


def _back(value: Any) -> Any:
    return {True: "yes", False: "no", None: ""}.get(value, value) if not isinstance(value, str) else value


def options_of(field: forms.Field) -> list[tuple[Any, Any]]:
    """Return the answers that a field offers; none where it takes any words."""
    return list(getattr(field, "choices", ()))


def chosen_in(field: BoundField) -> str:
    """Return what a field of an answer has; nothing where it is none of the answers offered."""
    value = str(field.value() or "")
    offered = [word for word, _label in options_of(field.field)]
    return "" if offered and value not in offered else value


FIND, SHOW, ADD = "find-pupils", "show-pupils", "add-pupils"
OBJECTS, REMOVE = "objects", "remove-pupil"
LEFT_OUT = "left-out"
"""The fields with the pupils who were taken out on this page."""
CLASS, GROUP = "class:", "group:"
MOST_OFFERED = 200
LONGEST = 200


@dataclass
class Choosing:
    """What is chosen from the list and what it is chosen from. `offered`: pupils to tick; `named`: how the
    post names those chosen, as its author says."""

    school: School
    pupils: list[Pupil]
    sources: Choices
    offered: list[Pupil] = field(default_factory=list)
    more: bool = False
    """More pupils have these words in their names than are offered."""
    source: str = ""
    words: str = ""
    named: str = NO
    left_out: list[Pupil] = field(default_factory=list)
    """Taken out again on this page."""
    heard: bool | None = None
    """Whether pupils can be heard in the film; None without one, and until that is said."""
    ways_of_naming: Choices = ((NO, _("As found in the text")), *NAMED[2:])

    def rows(self, *, shown: bool, columns: Sequence[str]) -> list[dict[str, Any]]:
        """Return the pupils as rows of `PostPerson`: what the author says by choosing them, and nothing that
        the list knows. `shown`: whether pupils can be seen in the picture."""
        said: dict[str, Any] = {"relation": "pupil", "shown": shown, "named": self.named}
        if self.heard is not None:
            said["heard"] = self.heard
        if "at_school_activity" in columns:
            said["at_school_activity"] = True
        return [{"pupil": each, **said} for each in self.pupils]


@dataclass(frozen=True)
class PupilSaid:
    """Where a pupil may not appear as they do in this post, and where they may."""

    pupil: Pupil
    not_shown: list[str]
    not_heard: list[str]
    not_named: list[str]
    elsewhere: list[str]


def just_chooses(request: HttpRequest) -> bool:
    """Return whether a button was pressed that only chooses pupils; Enter in the search counts as one."""
    sent = request.POST
    searched = sent.get("do") == "enter" and bool(sent.get("find"))
    return searched or sent.get("do") in (FIND, SHOW, ADD) or OBJECTS in sent or REMOVE in sent


def unstored(answer: HttpResponse) -> HttpResponse:
    """Return a page that may have pupils' names, marked so that no browser stores it."""
    answer["Cache-Control"] = "no-store"
    return answer


def hear_objection(request: HttpRequest, visit: Visit, school: School) -> None:
    """Record that a pupil doesn't want to be shown today, where that button was pressed. Raises NotFound for
    a pupil of another school."""
    if OBJECTS in request.POST:
        (pupil,) = consents.pupils_by_id([school], [number_in(request.POST[OBJECTS])])
        record_objection(by=visit.person, at=visit.at, pupil=pupil)


def choosing_of(request: HttpRequest, school: School, post: Post | None, *, pressed: bool = True) -> Choosing:
    """Return what is chosen on the page, or in the post that it opens with. `pressed`: False where the page
    is only checked, which carries the button that was pressed last. Raises NotFound for a pupil of another
    school."""
    if request.method != "POST":
        rows = pupils_in(post) if post else []
        saved = [row.pupil for row in rows if row.pupil is not None]
        return Choosing(school, saved, _sources(school), named=rows[0].named or NO if rows else NO)
    sent = request.POST
    pupils = {each.pk: each for each in consents.pupils_by_id([school], numbers_in(sent.getlist("pupil")))}
    source, words = sent.get("from", ""), sent.get("find", "")[:LONGEST]
    do = sent.get("do", "") if pressed else ""
    found, more = _found(school, do, source, words)
    if do == ADD:
        pupils |= {each.pk: each for each in found}
    gone = numbers_in(sent.getlist(LEFT_OUT))
    if pressed and REMOVE in sent:
        gone.append(number_in(sent[REMOVE]))
        pupils.pop(gone[-1], None)
    return Choosing(
        school,
        list(pupils.values()),
        _sources(school),
        offered=[each for each in found if each.pk not in pupils],
        more=more,
        source=source,
        words=words,
        left_out=[each for each in consents.pupils_by_id([school], gone) if each.pk not in pupils],
        named=_way_of_naming(sent.get("pupils-named", "")),
    )


def _way_of_naming(text: str) -> str:
    """Return how the post names the pupils. Raises NotFound for what the page doesn't offer."""
    if text and text not in dict(NAMED[1:]):
        raise NotFound
    return text or NO


def _found(school: School, do: str, source: str, words: str) -> tuple[list[Pupil], bool]:
    """Return the pupils of a class, of a group or with a name, and whether more have that name: each of a
    class is asked about, however many they are."""
    if do in (FIND, "enter") and words:
        return consents.pupils_page([school], words=words_of(words), limit=MOST_OFFERED)
    if do in (SHOW, ADD) and source.startswith(GROUP):
        return consents.members_of(consents.group_at([school], number_in(source.removeprefix(GROUP)))), False
    if do in (SHOW, ADD) and source.startswith(CLASS):
        return consents.pupils_of_class([school], source.removeprefix(CLASS)), False
    return [], False


def _sources(school: School) -> Choices:
    classes = [(f"{CLASS}{name}", name) for name in consents.forms_at([school])]
    return [*classes, *((f"{GROUP}{each.pk}", each.name) for each in consents.groups_at([school]))]


def pupils_said(
    choosing: Choosing | None,
    *,
    on: date,
    targets: Sequence[tuple[Account, str]],
    accounts: Sequence[Account],
    pictures: Sequence[Picture],
    shown: bool,
    judged: Sequence[Judged] = (),
    places: Sequence[int] = (),
) -> dict[str, Any]:
    """Return for each pupil chosen whether they may appear on the accounts chosen, or on all while none is.

    `targets`: the accounts with all words that go out there; `places`: where the pupils are in the list of
    people that `judged` is about. The reasons of a no stay with those who keep the consents. `more`: how many
    may appear but for something else that the policy asks. `offered`: who can be ticked, each with the
    networks where they may not be shown.
    """
    if choosing is None or not (choosing.pupils or choosing.offered):
        return {"noes": [], "yes": [], "more": 0, "networks": [], "offered": []}
    film = next((found for each in pictures if (found := film_of(each)) is not None), None)
    may = consents.standings_by_channel(
        [*choosing.pupils, *choosing.offered],
        uses=(*shown_as(film), Use.NAME),
        channels={account.network for account in accounts},
        on=on,
        own_yes_from=own_yes_from(on=on),
        since=first_day_of(pictures),
    )
    wanted = _asked_for(judged, places)
    noes: list[PupilSaid] = []
    yes: list[PupilSaid] = []
    more = 0
    for index, pupil in enumerate(choosing.pupils):
        row = PostPerson(pupil=pupil, shown=shown, heard=choosing.heard, named=choosing.named)
        appears = [(use, account.network) for account, words in targets for use in uses_of(row, words, film)]
        against = [(use, network) for use, network in appears if not may[pupil.pk][network][use].may]
        more += not against and index < len(places) and places[index] in wanted
        uses = {use for use, _network in appears}
        said = PupilSaid(
            pupil,
            not_shown=_names(network for use, network in against if use not in (Use.NAME, Use.VOICE)),
            not_heard=_names(network for use, network in against if use == Use.VOICE),
            not_named=_names(network for use, network in against if use == Use.NAME),
            elsewhere=_names(n for n, each in may[pupil.pk].items() if all(each[use].may for use in uses)),
        )
        (noes if against else yes).append(said)
    there = list(dict.fromkeys(account.network for account, _words in targets))
    seen = shown_as(film)
    return {
        "offered": [
            (each, _names(n for n in there if not all(may[each.pk][n][use].may for use in seen)))
            for each in choosing.offered
        ],
        "noes": noes,
        "yes": yes,
        "more": more,
        "networks": _names(account.network for account, _words in targets),
    }


def _asked_for(judged: Sequence[Judged], places: Sequence[int]) -> set[int]:
    """Return the places of people about whose part a policy still asks for something."""
    pressing = {
        finding.about or ""
        for each in judged
        for finding in each.decision.findings
        if finding.stands and finding.kind in (Kind.FORBIDS, Kind.REQUIRES)
    }
    return {place for place in places if any(about.startswith(f"people[{place}]") for about in pressing)}


def _names(networks: Any) -> list[str]:
    return [str(all_capabilities()[network].name) for network in dict.fromkeys(networks)]
