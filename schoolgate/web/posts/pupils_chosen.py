"""The pupils of a post while it is written: chosen from the school's list, and where each may be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from schoolgate.accounts.models import Account
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.core.searching import words_of
from schoolgate.media.models import Picture, film_of
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.models import Post, PostPerson
from schoolgate.publishing.of_pupils import NO, first_day_of, pupils_in, shown_as, uses_of
from schoolgate.publishing.queries import Judged
from schoolgate.pupils import consents
from schoolgate.pupils.answering import record_objection
from schoolgate.pupils.models import Pupil, Use
from schoolgate.rulebook.kinds import Kind
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.numbers import number_in, numbers_in
from schoolgate.web.posts.filled_in import NAMED, Choices

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
    ways_of_naming: Choices = NAMED[1:]

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
    may appear but for something else that the policy asks.
    """
    if choosing is None or not choosing.pupils:
        return {"noes": [], "yes": [], "more": 0, "networks": []}
    film = next((found for each in pictures if (found := film_of(each)) is not None), None)
    may = consents.standings_by_channel(
        choosing.pupils,
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
    return {
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
