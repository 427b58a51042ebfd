"""Answers about pupils in every order: from lists, letters, parents with and without a name, the pupil, on a
day, and settled in between. What holds and what is to be settled is compared with a small model of its own.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.duties.models import Duty
from schoolgate.pupils import answering, consents, linking
from schoolgate.pupils.answering import end_what_settled_itself
from schoolgate.pupils.models import SETTLE, Pupil
from tests.cast import someone
from tests.pace import sized
from tests.pupils.lists import Brought

PUPILS, ROUNDS = 24, 7
SEEDS = range(sized(3, 13))
"""Of 24 sequences each: three hundred and twelve in a storm."""
ALL, FACEBOOK, NOTICEBOARD = "", "facebook", "noticeboard"
COLUMNS = {
    "key": "UPN", "first_name": "Forename", "last_name": "Surname", "picture": "Photos",
    "picture@facebook": "Photos on Facebook",
}  # fmt: skip
WORDS = {"Yes": "given", "No": "refused"}
BORN = {True: date(2008, 5, 1), False: date(2016, 5, 1)}
"""The date of birth of a pupil of 18, and of another."""


@dataclass
class No:
    """`who`: None for a parent without a name. `objected`: on a day, until; `closed`: where it counts no
    longer; `stays`: where the school settled that it does, so that nothing is open about it."""

    who: str | None
    parent: bool
    where: str
    order: int
    objected: date | None = None
    closed: set[str] = field(default_factory=set)
    stays: set[str] = field(default_factory=set)


@dataclass
class Yes:
    order: int
    until: date | None = None
    taken_back: bool = False


class Model:
    """What must hold of one pupil's pictures."""

    def __init__(self, adult: bool) -> None:
        self.adult, self.noes, self.yeses, self.order = adult, [], {}, 0
        self.own_yeses: list[tuple[int, str]] = []
        self.listed = {ALL: "not_asked", FACEBOOK: "not_asked"}
        self.list_speaks_again: set[str] = set()

    def say(self, who, answer, where=ALL, *, until=None, objected=None):
        """`who`: a name, None for a parent who isn't named, "pupil" or "list"."""
        self.order += 1
        parent = who not in ("pupil", "list", "school")
        if answer == "refused":
            self.noes.append(No(who, parent, where, self.order, objected))
            return
        self.yeses[who, where] = Yes(self.order, until, taken_back=answer != "given")
        if who == "pupil" and answer == "given":
            self.own_yeses.append((self.order, where))
        if who == "pupil" and answer == "not_asked":
            for no in self.noes:
                if no.objected:
                    no.closed |= reached(where)

    def import_list(self, now):
        for where, answer in now.items():
            again = answer == "refused" and where in self.list_speaks_again
            if answer != self.listed[where] or again:
                self.say("list", answer, where)
                self.list_speaks_again.discard(where)
            self.listed[where] = answer

    def press(self, who, answer, where):
        """On the page of a link: for all accounts means also where they had answered for one."""
        answered = {of for name, of in self.yeses if name == who} | {
            no.where for no in self.noes if no.who == who
        }
        for each in [ALL, *sorted(answered - {ALL})] if where == ALL else [where]:
            self.say(who, answer, each)

    def counts(self, no):
        return not self.adult or no.who in ("pupil", "school")

    def noes_at(self, where, day):
        return [
            no
            for no in self.noes
            if no.where in (ALL, where) and where not in no.closed and self.counts(no)
            and (no.objected is None or day <= no.objected)
        ]  # fmt: skip

    def yeses_at(self, where, day):
        own = {who for who, of in self.yeses if of in (ALL, where)}
        said = {who: self.yeses.get((who, where)) or self.yeses[who, ALL] for who in own}
        if self.adult:
            said = {who: each for who, each in said.items() if who == "pupil"}
        if any(who not in ("pupil", "list") for who in said):
            said.pop("list", None)
        return {
            who: each
            for who, each in said.items()
            if not each.taken_back and (each.until is None or day <= each.until)
        }

    def may(self, where, day):
        yes = self.yeses_at(where, day)
        return not self.noes_at(where, day) and bool(yes if self.adult else set(yes) - {"pupil"})

    def disputed(self, where, day, *, done=()):
        noes = [no for no in self.noes_at(where, day) if no.objected is None and no not in done]
        return any(
            yes.order > no.order
            or (no.parent and who not in ("pupil", "list") and (who is None or who != no.who))
            for no in noes
            if where not in no.stays
            for who, yes in self.yeses_at(where, day).items()
        )

    def to_settle(self, day):
        found = [ALL] if self.disputed(ALL, day) else []
        done = [no for no in self.noes if no.where == ALL] if found else []
        named = {of for _who, of in self.yeses} | {no.where for no in self.noes}
        return found + [each for each in sorted(named - {ALL}) if self.disputed(each, day, done=done)]

    def pupil_says_no(self, where, day):
        return any(
            no.who == "pupil"
            and not any(order > no.order and of in (ALL, where) for order, of in self.own_yeses)
            for no in self.noes_at(where, day)
        )

    def settle(self, answer, day):
        """Return whether it's taken: a pupil's own no gives way to no one's yes but their own."""
        places = self.to_settle(day)
        if not places:
            return None
        if answer == "given" and any(self.pupil_says_no(each, day) for each in places):
            return False
        for place in places:
            for no in self.noes:
                if no.where not in (ALL, place):
                    continue
                if answer == "given" or no.who != "pupil":
                    no.closed |= reached(place)
                else:
                    no.stays |= reached(place)
            if answer == "refused":
                self.say("school", "refused", place)
            else:
                self.list_speaks_again |= {ALL, place}
        return True


def reached(where):
    return {ALL, FACEBOOK, NOTICEBOARD} if where == ALL else {where}


@pytest.fixture(autouse=True)
def _home(home):
    """Files and keys of this test alone."""


class Pupils:
    """Pupils of one school, each with a model and links for Ann, a letter and themselves."""

    def __init__(self, office, school, at, chance):
        self.office, self.school, self.at, self.chance = office, school, at, chance
        self.second = someone("Second", "slt")  # who settles what the first entered
        self.rows, self.models, self.links, self.lists, self.told = [], {}, {}, {}, {}
        for number in range(PUPILS):
            adult = number % 5 == 4
            pupil = Pupil.objects.create(
                school=school, key=f"A{number}", first_name="Ava", last_name=f"Thomas{number}",
                born_on=BORN[adult],
            )  # fmt: skip
            self.rows.append(pupil)
            self.models[pupil.pk], self.told[pupil.pk] = Model(adult), []
            self.lists[pupil.pk] = {ALL: "not_asked", FACEBOOK: "not_asked"}
            made = {"by": office, "at": at, "pupil": pupil}
            self.links[pupil.pk] = {
                "Letter": linking.print_links(by=office, at=at, pupils=[pupil])[0],
                "Ann": linking.make_link(**made, giver="parent", who="Ann"),
                "pupil": linking.make_link(**made, giver="pupil"),
            }

    def step(self, pupil):
        how = self.chance.choice(
            ("list", "list", "link", "link", "link", "entered", "entered", "entered", "day", "settled")
        )
        getattr(self, f"_{how}")(pupil, self.models[pupil.pk], self.told[pupil.pk])

    def _list(self, pupil, _model, told):
        where = self.chance.choice((ALL, ALL, FACEBOOK))
        self.lists[pupil.pk][where] = self.chance.choice(("given", "given", "refused", "not_asked"))
        told.append(("list", dict(self.lists[pupil.pk])))

    def _link(self, pupil, model, told):
        who = self.chance.choice(("Ann", "Ann", "Letter", "pupil"))
        answer = self.chance.choice(("given", "given", "refused"))
        where = self.chance.choice((ALL, ALL, FACEBOOK))
        link = self.links[pupil.pk][who]
        linking.answer_by_link(at=self.at, link=link, uses=["picture"], answer=answer, channel=where)
        model.press(who, answer, where)
        told.append(("link", who, answer, where))

    def _entered(self, pupil, model, told):
        who = self.chance.choice((None, None, "Tom", "Ann", "pupil"))
        answer = self.chance.choice(("given", "given", "refused", "refused", "not_asked"))
        where = self.chance.choice((ALL, ALL, FACEBOOK))
        until = local_day(self.at) + timedelta(3) if who is None and self.chance.random() < 0.3 else None
        answering.record_answer(
            by=self.office, at=self.at, pupil=pupil, uses=["picture"], answer=answer, channel=where,
            giver="pupil" if who == "pupil" else "parent", who=who or "", form="paper", until=until,
        )  # fmt: skip
        model.say(who, answer, where, until=until if answer == "given" else None)
        told.append(("entered", who, answer, where, until))

    def _day(self, pupil, model, told):
        answering.record_objection(by=self.office, at=self.at, pupil=pupil)
        model.say("pupil", "refused", objected=local_day(self.at) + timedelta(6))
        told.append(("day",))

    def _settled(self, pupil, model, told):
        answer = self.chance.choice(("given", "refused"))
        taken = model.settle(answer, local_day(self.at))
        told.append(("settled", answer, taken))
        settled = {"uses": ["picture"], "answer": answer, "form": "spoken", "why": "I asked both parents."}
        settled |= {"by": self.second, "at": self.at, "pupil": pupil, "seen": consents.newest_answer(pupil)}
        if taken:
            answering.settle_consent(**settled)
            return
        with pytest.raises(NotNow if taken is None else BadInput):
            answering.settle_consent(**settled)

    def import_list(self):
        said = {"given": "Yes", "refused": "No", "not_asked": ""}
        lines = [
            ",".join((each.key, each.first_name, each.last_name, *(said[one] for one in now.values())))
            for each, now in ((each, self.lists[each.pk]) for each in self.rows)
        ]
        brought = Brought(
            self.office, self.at, self.school, *lines, head=",".join(COLUMNS.values()), columns=COLUMNS,
            explained=False,
        )  # fmt: skip
        brought.words(**{"picture": WORDS, "picture@facebook": WORDS})
        previewed = {
            line.pk: {one.args["use"] for one in line.notes if one.code == "stays_no"}
            for line in brought.plan.lines
        }
        brought.confirm()
        for each in self.rows:
            self.models[each.pk].import_list(self.lists[each.pk])
        return previewed

    def check(self, previewed):
        day = local_day(self.at)
        may = consents.standings_by_channel(
            self.rows, uses=["picture"], channels=[ALL, FACEBOOK, NOTICEBOARD], on=day, own_yes_from=None
        )
        open_about = consents.disputes_of(self.rows, on=day)
        for each in self.rows:
            model, told = self.models[each.pk], self.told[each.pk]
            for where in (ALL, FACEBOOK, NOTICEBOARD):
                assert may[each.pk][where]["picture"].may is model.may(where, day), (where, told)
            assert open_about.get(each.pk, {}).get("picture", []) == model.to_settle(day), told
            stays_no = {
                f"picture@{where}" if where else "picture"
                for where, answer in self.lists[each.pk].items()
                if answer == "given" and not model.may(where, day)
            }
            assert previewed[each.pk] == stays_no, told
        end_what_settled_itself(at=self.at)
        waits = Duty.objects.filter(kind=SETTLE, state="open").exists()
        assert waits is bool(open_about)


@pytest.mark.sized
@pytest.mark.parametrize("seed", SEEDS)
def test_what_holds_is_what_was_said_in_whatever_order(amina, school, at, seed):
    pupils = Pupils(amina, school, at, random.Random(seed))
    for _round in range(ROUNDS):
        for each in pupils.rows:
            pupils.step(each)
        pupils.check(pupils.import_list())
        pupils.at += timedelta(days=pupils.chance.choice((0, 0, 1, 3)))
