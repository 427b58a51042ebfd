"""The one search over the clauses of a policy: what each comes to that fits the words of a question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schoolgate.rulebook.adviser.clause_words import (
    CASE,
    NAME,
    NOT_WORDS,
    PARENTS,
    PUPILS,
    STAFF,
    asked_about,
    is_known,
    is_own,
    near_words,
    plainer,
    rarity,
    subject_of,
    word_list,
    words_of,
)
from schoolgate.rulebook.adviser.search import LONGEST, Slips, stems

LEAST, COVERED, ALONE = 0.15, 0.34, 0.6
"""What the words that a clause shares with the question must come to, and their part of all its words: more
where they are one word that no list here has, such as a name, or say only where it's done, or where it has
none of them but words of the same matter."""
NEAR, HEADING = 0.4, 0.3
"""What a word counts that is only of the same matter, or that stands only in the heading."""
UNSEEN, STRANGE = 0.5, 0.8
"""What a word counts that no clause has: more where it's in no list, since it may be what is meant. All of
them together count no more than one: what else is told is no part of what is asked."""
ACT = 0.7
"""The part of a word that counts where it says what is done rather than what it's about."""
KNOWN, TOUCH = 0.5, 0.08
"""A policy is only called silent where half of the question is known here, and where no clause has a word
that counts so much."""
SHARED = 2
"""How many telling words a clause shares at least with a question of the catalogue that it touches."""
LITTLE = 0.05
"""What a word counts that says nothing of what a question is about."""
OTHERS = 0.4
"""What is left of a clause that speaks to others than those who are asked about."""
IN_A_CASE = 0.8
"""What is left of a clause that speaks of a case alone (*If consent was refused, ...*) which isn't the one
asked about."""


@dataclass(frozen=True)
class Near:
    """How near a clause is to a question. `held`: the part of what is asked about that the clause has;
    `meant`: the part of what the clause is about that the question has; `to_others`: it speaks to others than
    those that the question is about; `of_others`: it names pupils or parents, and the question none of them;
    `apart`: these instead of those; `does_else`: something else is done; `elsewhere`: it's on people's own
    accounts alone, or on the school's, and the question isn't; `less_grave`: the question names pupils,
    pictures, data or harm, and it doesn't."""

    held: float
    meant: float
    to_others: bool
    of_others: bool = False
    apart: bool = False
    does_else: bool = False
    elsewhere: bool = False
    less_grave: bool = False


@dataclass(frozen=True)
class Clauses:
    """The clauses of a policy, ready to be searched: id, text and heading of each."""

    texts: tuple[tuple[str, str, str], ...]

    @cached_property
    def _said(self) -> Mapping[str, frozenset[str]]:
        return {key: words_of(text) for key, text, _heading in self.texts}

    @cached_property
    def _headings(self) -> Mapping[str, frozenset[str]]:
        return {key: words_of(heading) for key, _text, heading in self.texts}

    @cached_property
    def _speaks_to(self) -> Mapping[str, str]:
        return {key: subject_of(text) for key, text, _heading in self.texts}

    @cached_property
    def _cases(self) -> Mapping[str, frozenset[str]]:
        """The words of the case alone that a clause speaks of; none where it speaks of all."""
        begins = {key: CASE.match(text) for key, text, _heading in self.texts}
        return {
            key: words_of(found[1]) - word_list("plain") if found else frozenset()
            for key, found in begins.items()
        }

    @cached_property
    def _of_own_accounts(self) -> Mapping[str, bool | None]:
        return {key: is_own(text) for key, text, _heading in self.texts}

    @cached_property
    def _seen(self) -> Counter[str]:
        return Counter(stem for said in self._said.values() for stem in said)

    @cached_property
    def _slips(self) -> Slips:
        return Slips(text for _key, text, _heading in self.texts)

    def fitting(self, typed: str, asker: str = STAFF) -> Mapping[str, float]:
        """Return what each clause comes to that fits the words. `asker`: who says *I*."""
        names = self._names(typed)
        weights = {stem: one for stem, one in self._weighed(typed).items() if stem not in names}
        whole = self._to_come_to(weights)
        about, own = asked_about(typed, asker), is_own(typed)
        found = {}
        for key, said in self._said.items():
            other = about and self._speaks_to[key] and self._speaks_to[key] != about
            elsewhere = {own, self._of_own_accounts[key]} == {True, False}
            each = self._held(weights, said, self._headings[key])
            loose = _is_strange(each) or said.isdisjoint(each.keys() - word_list("plain"))
            held = sum(each.values()) * (OTHERS if other or elsewhere else 1.0)
            held *= 1.0 if self._cases[key] <= weights.keys() else IN_A_CASE
            if held >= max(LEAST, (ALONE if loose else COVERED) * whole):
                found[key] = held / (1 + 0.01 * len(said))
        return found

    def near_to(self, typed: str, key: str, asks_of: str, paragraph: Collection[str] = ()) -> Near:
        """Return how near a clause is. `asks_of`: who is to do what is asked about; `paragraph`: the clauses
        it stands beside, whose words count as a heading's do."""
        aside, said = word_list("plain") | self._names(typed), self._said[key] - word_list("plain")
        asked = {stem: one for stem, one in self._weighed(typed).items() if stem not in aside}
        about = {stem: self._weight(stem) for stem in said}
        around = frozenset().union(*(self._said[one] for one in paragraph if one in self._said))
        held = sum(self._held(asked, said, around).values())
        held_words = self._held(asked, said, frozenset())
        near = near_words()
        meant = sum(
            one
            for stem, one in about.items()
            if stem in asked or not asked.keys().isdisjoint(near.get(stem, ()))
        )
        held, meant = held / max(sum(asked.values()), LEAST), meant / max(sum(about.values()), LEAST)
        to_others = bool(asks_of and self._speaks_to[key] and self._speaks_to[key] != asks_of)
        named, theirs = (
            {PUPILS, PARENTS}.intersection(one) for one in ({*self._weighed(typed), asks_of}, self._said[key])
        )
        does, done = (word_list("acts").intersection(one) for one in (asked, said))
        return Near(
            held,
            meant,
            to_others,
            of_others=bool(theirs) and named.isdisjoint(theirs),
            apart=bool(named and theirs) and named.isdisjoint(theirs),
            does_else=bool(does and done) and does.isdisjoint(done),
            elsewhere=self._of_own_accounts[key] is not None
            and self._of_own_accounts[key] is not _owned(typed),
            less_grave=not held_words.keys() >= word_list("grave").intersection(asked) or not named <= theirs,
        )

    def _to_come_to(self, weights: Mapping[str, float]) -> float:
        """Return what a clause with all of these words would come to, as far as any has them."""
        has, near, missing = 0.0, 0.0, 0.0
        for stem, weight in weights.items():
            if stem in word_list("plain") or self._seen[stem]:
                has += weight
            elif self._seen_near(stem):
                near += weight
            else:
                missing += weight
        return has + NEAR * near + min(missing, STRANGE)

    def has_what_it_lacks(self, typed: str, key: str, others: Collection[str]) -> bool:
        """Return whether one of these others has a word that says what a question is about, and this clause
        has neither it nor one of the same matter."""
        aside = word_list("plain") | word_list("where") | word_list("acts") | {PUPILS, PARENTS, STAFF}
        weights = {stem: one for stem, one in self._weighed(typed).items() if stem not in aside}
        lacking = weights.keys() - self._held(weights, self._said[key], frozenset()).keys()
        return any(lacking & self._said[one] for one in others)

    def touches(self, typed: str, among: Collection[str]) -> bool:
        """Return whether one of these clauses has a word of a question that says what it's about, or one of
        the same matter."""
        aside = word_list("plain") | word_list("where") | self._names(typed)
        telling = {stem: one for stem, one in self._weighed(typed).items() if stem not in aside}
        return not telling or any(self._held(telling, self._said[key], frozenset()) for key in among)

    def shared(self, typed: str) -> Mapping[str, float]:
        """Return what the words come to that each clause has of those that say what it's about."""
        aside = word_list("plain") | word_list("where")
        telling = {stem: one for stem, one in self._weighed(typed).items() if stem not in aside}
        return {key: sum(self._held(telling, said, frozenset()).values()) for key, said in self._said.items()}

    def _names(self, typed: str) -> frozenset[str]:
        """Return the words that only name a person or a place: no clause and no list has them."""
        named = stems(" ".join(NAME.findall(typed[:LONGEST])))
        return frozenset(stem for stem in named if not self._seen[stem] and not is_known(stem))

    def has_more(self, typed: str, key: str, said: frozenset[str]) -> bool:
        """Return whether a clause has a word of the question that says what it's about, and these don't; or
        whether these name other people than the question, and the clause doesn't."""
        every, asked = self._weighed(typed), {PUPILS, PARENTS}
        if asked.intersection(every) - said and asked & said - self._said[key]:
            return True
        weights = {
            stem: weight
            for stem, weight in every.items()
            if weight >= TOUCH and stem not in word_list("plain") | word_list("acts") | word_list("where")
        }
        held = self._held(weights, self._said[key], frozenset())
        return not held.keys() <= self._held(weights, said, frozenset()).keys()

    def touched(self, words: str) -> Mapping[str, float]:
        """Return those of the clauses that fit which share more with these words than one that says what it
        is about."""
        weights = self._weighed(words)
        aside = word_list("plain") | word_list("where")
        telling = {stem: weight for stem, weight in weights.items() if stem not in aside}
        wanted = min(SHARED, len(telling))
        return {
            key: worth
            for key, worth in self.fitting(words).items()
            if len(self._held(telling, self._said[key], self._headings[key])) >= wanted
        }

    def named_in(self, text: str) -> Mapping[str, float]:
        """Return what each clause comes to that has a word of a text which says what it's about, or one of
        the same matter."""
        found: dict[str, float] = {}
        besides = word_list("plain") | word_list("acts") | word_list("where") | {PUPILS, PARENTS, STAFF}
        weights: dict[str, float] = {}
        for start in range(0, len(text), LONGEST):
            weights |= self._weighed(text[start : start + LONGEST])
        telling = {
            stem: weight
            for stem, weight in weights.items()
            if weight >= TOUCH and stem not in besides and (is_known(stem) or self._seen[stem])
        }
        for key, said in self._said.items():
            found[key] = sum(telling[stem] for stem in self._held(telling, said, frozenset()))
        return {key: worth for key, worth in found.items() if worth}

    def is_silent(self, typed: str) -> bool:
        """Return whether enough of the words are known, and no clause has one of those that say what it's
        about, nor a word of the same matter."""
        weights = self._weighed(typed)
        telling = {stem: weight for stem, weight in weights.items() if stem not in word_list("plain")}
        known = sum(weight for stem, weight in telling.items() if is_known(stem))
        aside = word_list("acts") | word_list("where")
        about = {
            stem: weight
            for stem, weight in telling.items()
            if stem in word_list("grave") or (weight >= TOUCH and stem not in aside)
        }
        if not about or known < KNOWN * sum(telling.values()) or self.fitting(typed):
            return False
        return not any(self._held(about, said, frozenset()) for said in self._said.values())

    def _held(
        self, weights: Mapping[str, float], said: frozenset[str], heading: frozenset[str]
    ) -> Mapping[str, float]:
        """Return what each word of a question comes to that a clause has."""
        held: dict[str, float] = {}
        besides = said.difference(weights)
        for stem, weight in weights.items():
            if stem in said:
                held[stem] = weight
            elif not besides.isdisjoint(near_words().get(stem, ())):
                held[stem] = NEAR * weight
            elif stem in heading:
                held[stem] = HEADING * weight
        return held

    def _weighed(self, typed: str) -> Mapping[str, float]:
        asked = stems(plainer(typed[:LONGEST]), mended=self._slips)
        return {stem: self._weight(stem) for stem in asked if stem not in NOT_WORDS}

    def _weight(self, stem: str) -> float:
        """What a word of a question counts: little where each question or each clause has it."""
        if stem in word_list("plain"):
            return LITTLE
        seen, many = self._seen[stem] or self._seen_near(stem), len(self.texts)
        missing = UNSEEN if is_known(stem) else STRANGE
        here = math.log(1 + many / seen) / math.log(1 + many) if seen else missing
        act = ACT if stem in word_list("acts") else 1.0
        return here * act * rarity().get(stem, 1.0)

    def _seen_near(self, stem: str) -> int:
        """How many clauses have the rarest word of the same matter that any has; 0 where none does."""
        return min((seen for one in near_words().get(stem, ()) if (seen := self._seen[one])), default=0)


def _owned(typed: str) -> bool:
    """Return whether a question is about people's own accounts: where it doesn't say so it isn't."""
    return is_own(typed) is True


def _is_strange(held: Mapping[str, float]) -> bool:
    """Return whether only a single word is shared that says something, and no list here knows it, as a name;
    or only where it's done."""
    telling = [stem for stem in held if stem not in word_list("plain")]
    return word_list("medium").issuperset(telling) or (len(telling) < 2 and not any(map(is_known, telling)))


@lru_cache(maxsize=32)
def search_of(texts: tuple[tuple[str, str, str], ...]) -> Clauses:
    """Return these clauses, ready to be searched."""
    return Clauses(texts)
