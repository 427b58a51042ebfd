"""G5: however a child says who of us it is, that person hears nothing of it, and someone else is told at
once: five policies, each of their people, each way to say a name or a title."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from schoolgate.cli.demo.cast import CAST
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.incidents.queries import reports
from schoolgate.people.models import Person
from schoolgate.people.named import Names
from schoolgate.people.queries import book_of
from schoolgate.policy.adopting import adopt
from schoolgate.pupils.models import Pupil
from tests.cast import give, someone
from tests.incidents.conftest import wrong
from tests.people.turned_to import OF_THE_LEAD, TURN_TO
from tests.stories import rolled_back
from tests.worlds import enter_federation, world


@world()
def at_work(at: datetime, key: str) -> SimpleNamespace:
    """The people of an example federation under its policy, without their story."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        country = "wales" if key == "llanidloes" else "england"
        school = School.objects.create(name="North School", slug="north", country=country)
        people = {
            who.key: someone(who.name, *(who.roles or ("staff",)), relation=who.relation)
            for who in CAST[key].people
        }
        adopt(by=people[CAST[key].people[0].key], at=at)
        Safeguarder.objects.create(place="lead", person_id=people[CAST[key].lead].pk, since=at)
    return SimpleNamespace(federation=federation, school=school)


@pytest.fixture(params=CAST)
def there(request, begin_in, at, home):
    """The federation of each of the policies."""
    return begin_in(at_work, at, request.param)


@pytest.fixture
def wildground(begin_in, at, home):
    """Helen Marsh is SLT, Dilys Moss the lead, Tom Ellery a teacher, Grace Obi a governor."""
    return begin_in(at_work, at, "wildground")


def lead(name: str, at: datetime) -> Person:
    """Make this person a safeguarding lead as well."""
    found = Person.objects.get(name=name)
    Safeguarder.objects.create(place="deputy", person_id=found.pk, since=at)
    return found


def hear_of(report) -> set[str]:
    """Return the names of the people who may know of a report."""
    on = report.reported_at.date()
    return {one.name for one in Person.objects.all() if reports(one, on=on).filter(pk=report.pk).exists()}


def ways(name: str) -> dict[str, bool]:
    """Return how children write a name -> whether it says who it is without the question."""
    first, _space, last = name.partition(" ")
    return {
        first: True, first.lower(): True, first.upper(): True, last: True, last.lower(): True, name: True,
        f"Mr {last}": True, f"Mrs {first}": True, f"Miss {last[0]}": True, f"Mr {first[0]}": True,
        f"{first[0]}. {last}": True, f"{first[0]}.{last[0]}.": False, f"{first[0]}{last[0]}": False,
        f"{first} {last[0]}": True, f"{first}{first[-1]} {last[0]} from the office": False,
        f"the teacher called {first}": True, f"{first}{first[-1]}": len(first) > 3,
        f"{last[:2]}{last[1]}{last[2:]}": len(last) > 4,
    }  # fmt: skip


def test_each_way_to_say_a_name_says_who_it_is(there, at):
    missed = []
    with scope(there.federation.pk):
        names = Names(book_of(there.federation), on=at.date())
        for person in Person.objects.all():
            for who, in_words in ways(person.name).items():
                if person.pk not in names.answered(who):
                    missed.append(("asked", who))
                words = f"I go to choir. {who} hurts me after football."
                if in_words and person.pk not in names.complained_of(words):
                    missed.append(("words", who))
    assert missed == []


TITLES = {
    "head": [
        "headteacher", "the headteacher", "the head teacher", "head", "the head", "SLT", "senior leadership",
        "the senior leadership team", "pennaeth", "y pennaeth", "y brifathrawes", "tîm arwain",
    ],
    "lead": [
        "safeguarding lead", "the DSL", "DSP", "the person who does child protection", "person diogelu",
        "y person diogelu", "the lady in charge of safeguarding", "y person sy’n gyfrifol am ddiogelu plant",
    ],
}  # fmt: skip
HEADS = {
    "wildground": "Helen Marsh", "boroughbridge": "Martin Cole", "learn-to-live": "Olwen Price",
    "wootton": "Karen Bright", "llanidloes": "Rhian Evans",
}  # fmt: skip


def test_each_usual_title_of_a_seat_says_who_may_sit_in_it(there, at):
    key, missed = there.federation.policy_key, []
    lead = next(one.name for one in CAST[key].people if one.key == CAST[key].lead)
    with scope(there.federation.pk):
        names = Names(book_of(there.federation), on=at.date())
        for seat, name in (("head", HEADS[key]), ("lead", lead)):
            pk = Person.objects.get(name=name).pk
            missed += [title for title in TITLES[seat] if pk not in names.answered(title)]
    assert missed == []


def test_each_title_that_the_policy_has_says_who_holds_it(there, at):
    missed = []
    with scope(there.federation.pk):
        holder = someone("Zachary Quill")
        for role in book_of(there.federation).roles:
            if role.name.casefold() in ("staff", "all staff", "parent or carer", "friend"):
                continue
            with rolled_back():
                give(holder, role.key)
                names = Names(book_of(there.federation), on=at.date())
                for title in {role.name, role.name.lower(), *role.name.split("/"), f"the {role.name}"}:
                    words = f"The {title.strip()} is sending me rude pictures."
                    if holder.pk not in names.answered(title) & names.complained_of(words):
                        missed.append(title)
    assert missed == []


def test_the_example_on_the_page_and_a_first_name_keep_that_person_out_and_someone_is_told(there, at):
    head = HEADS[there.federation.policy_key]
    with scope(there.federation.pk):
        for who in ("the headteacher", head.partition(" ")[0]):
            heard = hear_of(wrong(at, what="They touched me.", about_who=who))
            assert head not in heard
            assert heard


SAID = [
    ("Tom hurts me after football", "Tom Ellery"),
    ("The teacher called Tom is texting me", "Tom Ellery"),
    ("Ellory is texting me", "Tom Ellery"),
    ("ellery hits me", "Tom Ellery"),
    ("the safeguarding person hits me", "Dilys Moss"),
    ("Sir who does child protection touches me", "Dilys Moss"),
    ("The head hits us", "Helen Marsh"),
    ("Helen hits us", "Helen Marsh"),
    ("I am not allowed to be alone with Helen", "Helen Marsh"),
]


def test_what_an_enemy_wrote_reaches_no_one_it_names(wildground, at):
    with scope(wildground.federation.pk):
        lead("Tom Ellery", at)
        for words, name in SAID:
            heard = hear_of(wrong(at, what=words))
            assert name not in heard, words
            assert heard, words


WELSH = [
    "Mae Gethin yn fy mrifo ar ôl pêl-droed.", "Rhoddais e i Ethin.",
    "Mae e’n dilyn fi. Dw i ofn yng Ngethin.", "gan Gethin mae’r lluniau", "Mae Mr Lloyd yn tecstio",
    "Dw i ofn Lloyd", "Mae Lloyyd yn fy nharo i",
]  # fmt: skip


def test_a_name_as_welsh_changes_it_keeps_that_person_out(begin_in, at, home):
    federation = begin_in(at_work, at, "llanidloes").federation
    with scope(federation.pk):
        gethin = lead("Gethin Lloyd", at)
        names = Names(book_of(federation), on=at.date())
        assert [words for words in WELSH if gethin.pk not in names.complained_of(words)] == []
        heard = hear_of(wrong(at, what=WELSH[0]))
        assert heard
        assert "Gethin Lloyd" not in heard


INITIALS = {
    "boroughbridge": ["jf takes pictures of us getting changed", "J.F. does it to me every thursday"],
    "learn-to-live": ["fn takes photos of me in my pe kit and says its a secret", "miss n lies down with us"],
    "llanidloes": [
        "ma np yn tynnu llunia ohonan ni'n newid", "N.P. sy'n neud o i fi bob dydd Iau",
        "miss p nath roi ei llaw lawr fy nhop i",
    ],
}  # fmt: skip


@pytest.mark.parametrize("key", INITIALS)
def test_a_lead_called_by_initials_hears_nothing_and_someone_else_does(begin_in, at, home, key):
    lead = next(one.name for one in CAST[key].people if one.key == CAST[key].lead)
    with scope(begin_in(at_work, at, key).federation.pk):
        for words in INITIALS[key]:
            heard = hear_of(wrong(at, what=words))
            assert heard, words
            assert lead not in heard, words


def test_where_the_lead_the_head_and_others_have_the_same_initials_a_governor_hears(wildground, at):
    with scope(wildground.federation.pk):
        for name, role in (("Harriet Miles", "slt"), ("Hugh Mott", "administrator-moderator")):
            someone(name, role)
        lead("Harriet Miles", at)
        Person.objects.filter(name="Dilys Moss").update(name="Hilda Moss")
        heard = hear_of(wrong(at, what="hm comes in when i am in the shower"))
        assert heard
        assert not [name for name in heard if name.startswith("H") and " M" in name]


def test_a_pupils_name_or_a_word_needs_a_sign_that_an_adult_did_something(wildground, at):
    with scope(wildground.federation.pk):
        lead("Tom Ellery", at)
        will = someone("Will Hope", "slt")
        Pupil.objects.create(school=wildground.school, key="1", first_name="Tom", last_name="Reed", form="4B")
        assert "Tom Ellery" in hear_of(wrong(at, what="I sat next to Tom and felt sad."))
        assert "Tom Ellery" not in hear_of(wrong(at, what="Tom hurts me after football."))
        for words in ("It will be dark when I go home.", "It left a mark, I hope it goes away."):
            assert will.name in hear_of(wrong(at, what=words)), words
        for words in ("Will hits me.", "will keeps texting me", "It’s Will. He makes me sit on his knee."):
            assert will.name not in hear_of(wrong(at, what=words)), words


def test_whoever_could_be_meant_is_kept_out_and_in_words_two_who_share_a_name(wildground, at):
    with scope(wildground.federation.pk):
        for name in ("Tom Ellery", "Helen Marsh"):
            lead(name, at)
        others = [someone(f"{first} Ellery", "slt").name for first in ("Ann", "Bea", "Cat", "Dot")]
        heard = hear_of(wrong(at, what="Mr Ellery hits me."))
        assert not heard & {"Tom Ellery", *others}
        assert "Dilys Moss" in heard
        heard = hear_of(wrong(at, what="He hits me.", about_who="Ellery"))
        assert not heard & {"Tom Ellery", *others}
        assert heard


def test_where_all_who_could_be_told_are_named_the_page_says_who_else_helps(wildground, at, client):
    with scope(wildground.federation.pk):
        everyone = ", ".join(Person.objects.values_list("name", flat=True))
        report = wrong(at, what="They all hurt me.", about_who="all of them")
        assert hear_of(report)
        report = wrong(at, what=f"They hurt me: {everyone}")
        assert hear_of(report) == set()
        assert not report.steps.filter(kind="told").exists()


def test_a_lead_who_is_only_asked_for_told_or_was_kind_reads_it_and_one_who_may_be_accused_does_not(
    wildground, at
):
    """Dilys Moss is the only lead. Clause by clause: one doubtful word, and it may be about her."""
    with scope(wildground.federation.pk):
        names = Names(book_of(wildground.federation), on=at.date())
        moss = Person.objects.get(name="Dilys Moss").pk
        kept_from_her = [text for text in TURN_TO if moss in names.complained_of(text)]
        roles = [text for text in TURN_TO if names.roles_of_concern(text, "")]
        reads_of_herself = [text for text in OF_THE_LEAD if moss not in names.complained_of(text)]
        assert (kept_from_her, roles, reads_of_herself) == ([], [], [])
        ellery = Person.objects.get(name="Tom Ellery").pk
        assert names.complained_of("mr ellery touched me can you tell the safeguarding lead") == {ellery}
        asked = wrong(at, what="Miss Moss told me to write this. My stepdad hits me")
        assert "Dilys Moss" in hear_of(asked)
        assert not asked.about_unknown
        accused = wrong(at, what="My stepdad hits me. Miss Moss told him to")
        assert "Dilys Moss" not in hear_of(accused)
        assert hear_of(accused)
