"""Pupils who must not be published at all: their first names alone, and their names in other spellings, with
capitals or without. Each is asked about. Of a first name that is an ordinary word, too, only where it's
written as a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import product

from schoolgate.patterns import lazy_pattern
from schoolgate.screening.common import ordinary
from schoolgate.screening.first_names import is_a_word_there
from schoolgate.screening.groups import is_class
from schoolgate.screening.hits import Strength
from schoolgate.screening.kin import AND, PARENTS, WELSH_KIN
from schoolgate.screening.names import NameIndex
from schoolgate.screening.text_words import Found, Text
from schoolgate.screening.typing_errors import by_ear, is_one_apart, sounds
from schoolgate.screening.written_otherwise import BEFORE

SHORTEST_SMALL = 4
"""Letters of a name that counts without its capital."""
SHORTEST_CUT = 3
"""Letters that are left at least of a first name that is cut short."""
LONG_TOGETHER = 8
"""Letters of a first name and a surname together, from which on one of them may have three."""
LONG_FIRST = 5
"""Letters of a first name in which one typing error is looked for."""
SHORTEST_IN_TAG = 5
"""Letters of a name that is looked for within a hashtag or handle."""
OF_A_STEM = ("sie", "sy", "si", "sen", "sey")
"""Those before which a name is cut by two letters: "Tomsi" of Tomos."""
ENDINGS = (
    "bach", "fach", "ster", "kins", "kin", "bear", "boo", "bug", "bell", "pie", "pops", "lou", *OF_A_STEM,
    "yn", "en", "an", "ig", "os", "ie", "ey", "y", "o",
    "ita", "ito", "inho", "inha", "zilla", "meister", "belle", "bean",
)  # fmt: skip
"""What affection puts after a first name, in both languages."""
OWNED = PARENTS | frozenset("""
class classes teacher tutor form group team year lot bag coat bus taxi address house home road street school
club friend friends birthday party phone number photo picture dog bike desk table partner sen ta key room
dosbarth ddosbarth grwp tim dim blwyddyn flwyddyn bag cot got athro athrawes ffrind ffrindiau llun ty stafell
jumper hat shoes coach lunch box book teachers siwmper het bws esgidiau llyfr criw
""".split())  # fmt: skip  # noqa: SIM905
"""What is said to be a child's own where the apostrophe is left out: "freyas class", "dosbarth ffreia"."""
AROUND = 8
"""Words before and after one, which say in what language it stands."""
_ENGLISH = frozenset(["the", "and", "was", "were", "is", "are", "with", "went", "to", "for", "this", "that"])
_WELSH = frozenset("""
yn yr y mae oedd roedd bydd fydd chi ni wedi ein ac ei eu hi fo da iawn pawb heblaw diolch gan gyda efo
""".split())  # fmt: skip  # noqa: SIM905
_HUMP = lazy_pattern(r"[A-Z][a-z]{2,20}")
_GREETING = lazy_pattern(
    r"^(?:dathlu|daiawn|penblwyddhapus|llongyfarchiadau|llongyfs|poblwc|welldone|congrats|congratulations"
    r"|go|team"
    r"|happybirthday|goodluck|bravo|proudof)+"
)
FORMS_THAT_ARE_WORDS = frozenset("""
fella folly filly fairy fact face fates fern ferry ford form forth found frank frey full fury fast film firm
dated daisy dally danny dash dory dolly dina dara danni dilly dilys delyn daniel daniela dania
gail gale gala garage garry gary gavin garth gath gaer gareth
race ruby lynn leno lenny elin emma ethan erin wynn wendy ryan loyd lilly
thin thom phil phoebe china chair chad charlie
malan nell nancy nina noah nora norah nana natalie neil manon
""".split())  # fmt: skip  # noqa: SIM905
"""Words, and names of others, that a first name becomes as Welsh changes its beginning: Bella is *Fella*."""
SURNAMES = frozenset("""
adams alans andrews charles daniels davids davies edwards ellis evans francis griffiths harris hopkins howells
hughes humphreys jacobs james jenkins jones josephs lewis lloyds martins matthews michaels morgans morris
owens peters phillips powells richards robins roberts rogers samuels simons stephens stevens thomas walters
watkins williams
""".split())  # fmt: skip  # noqa: SIM905
"""Surnames, and names, that are a first name with an s: theirs is told by what follows alone."""
FEW = 2
"""Words of a text that may be a name by itself, such as that of who wrote a comment."""
WORDS = frozenset("""
aeron afal afon alaw amber angel april art ash aspen august aurora autumn awel basil bay beau bell belle
berry bill birdie blaze blodau blossom blue bonnie brandy breeze briar bridge brook bryn buck bud buddy
buster cariad carol caron celeste celyn chance charity chase cherry christian christmas clay cliff clover
colt constance coral crystal daisy dale dawn dean delta destiny dewi diamond dick dove drew duke earl
ebony ebrill echo eden eglwys eira elder ember enfys eos eve faith fern fflur fleur flora forest forrest
fox frank gale gene ginger glain glan glen glory glyn goleuni grace grant gwawr gwen gwyn haf hale
harmony haul haven hazel heath heather heaven hedd heddwch henna hero heulwen holly honey hope hunter
hydref iris ivy jack jade jasmine jay jean jet jewel joy june juniper justice kale kit lane lark leo
liberty light lily llawen lleuad llew love lucky lux mabon machlud mai mair major marina mark marsh mason
matt mawrth max may medi mehefin meillion melody menna mercy merit merry miles mint misty mo mor myrtle
nick noble noel non north nos nova oak oat ocean olive opal paris parker pat patience peace pearl penny
perl petal phoenix pierce pink pip piper poppy porter prince princess prudence queen rain rainbow ray red
reed reef reign rhosyn rich rick ridge river rob robin rocky roman rose rosemary rowan royal ruby rue
rusty sage sally sandy scarlet scout seren serenity siriol sky skye sol sonny spring star stone storm sue
summer sunny sunshine swan swyn tachwedd teddy teifi temple tiger tirion trinity troy true tuesday unity
valentine van venus verity victor victory vince viola violet wade ward warren wednesday west will willow
winter wolf woody wren wyn
""".split())  # fmt: skip  # noqa: SIM905
"""First names that are words, months, festivals or places, too, in one of the two languages."""
_DOES = frozenset("""
won wins scored scores ran runs swam swims sang sings read reads played plays danced came comes got gets
made makes wrote writes painted drew built baked helped helps loves loved likes liked told tells said
says went goes lives lived gave gives took takes found finds brought scooped represented achieved
received finished earned collected showed
asked asks shared shares led leads raised raises designed learned learnt joined joins leaves left met wore
tried explained performed presented brought brings enjoyed visited started starts sydd
enillodd ddaeth aeth canodd rhedodd nofiodd chwaraeodd
ysgrifennodd sgoriodd gafodd wnaeth dawnsiodd ddarllenodd
""".split())  # fmt: skip  # noqa: SIM905
"""What a person does, right after their name at the beginning of a sentence."""
_IS = frozenset(["is", "was", "has", "had", "will", "oedd", "yw", "ydy"])
"""What a person is or has, and a time or a feeling too: "Grace has the tickets", "May is ..."."""
_GREETS = frozenset(["diolch", "iawn", "llongyfarchiadau", "hwyl", "helo"])
"""Words after which people write a name changed, as if it followed *i*: "Diolch Fali"."""
_ANIMALS = frozenset(
    ["ddafad", "gath", "ci", "fuwch", "ceffyl", "gwningen", "ddraig", "arth", "tedi", "hwyaden"]
)
"""*mali'r ddafad*: whose name it is without a capital."""
_MONTHS = frozenset([
    "april", "may", "june", "august", "mawrth", "ebrill", "mai", "mehefin", "medi", "tachwedd", "hydref",
])  # fmt: skip
_DAYS = frozenset(["tuesday", "wednesday", "christmas"])
_TIMES = (
    _MONTHS | _DAYS | frozenset(["summer", "spring", "autumn", "winter", "haf", "hydref", "unity", "peace"])
)
"""Names of which more is said as of a time or a thing."""
_IN = frozenset([
    "in", "since", "until", "till", "this", "next", "last", "early", "late", "mid", "during", "throughout",
    "mis", "fis", "ym", "canol", "dechrau", "ddechrau", "diwedd", "ddiwedd", "tan", "hyd", "dydd", "ddydd",
])  # fmt: skip
_BEFORE_ONE = frozenset([
    "called", "named", "for", "by", "from", "with", "at", "about", "to", "done", "congratulations", "thanks",
    "thank", "love", "dear", "poor", "little", "our", "iawn", "llongyfarchiadau", "diolch", "i", "gan",
    "gyda", "am", "pen", "bach", "annwyl",
])  # fmt: skip


def walled_firsts(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield the first names alone of pupils who must not be published, with all who have that name. `taken`:
    words of whole names that were found."""
    handles = index.walled and text.has_handles
    for place in text.limits if index.walled else ():
        word, raw = text.words.plain[place], text.words.raw[place]
        named = word in index.walled or (word[-1] == "s" and word[:-1] in index.walled)
        seen = named or handles or raw[0].isupper() or not raw.isalpha() or text.one_case
        if place in taken or not (seen or _is_owner(text, place)):
            continue
        of = _whose(text, index, place)
        two = word in index.walled and word not in WORDS and text.after(place) == "-"
        if of and not text.has_title(place) and (two or not _is_anothers(text, index, place)):
            yield Found(place, place, Strength.ASK, "first", of)


def walled_nearly(text: Text, index: NameIndex, taken: Collection[int]) -> Iterator[Found]:
    """Yield names of pupils who must not be published, with typing errors or as they sound, in either order
    and without capitals: "which one is frei lund"; and their own surname beside what affection makes of the
    first name: "Mal Rees", "Freyster Lund"."""
    plain = text.words.plain
    for first in text.limits if index.walled_whole else ():
        last = first + 1
        if last >= text.count or not text.close(first) or first in taken or last in taken:
            continue
        of = {
            pk
            for one, other in ((plain[first], plain[last]), (plain[last], plain[first]))
            for names in (*_names_near(index, one, other), *_names_of_form(index, one, other))
            for pk in index.walled_whole[names]
        }
        if of:
            yield Found(first, last, Strength.ASK, "mistyped", tuple(sorted(of)))


def _names_near(index: NameIndex, one: str, other: str) -> Iterator[tuple[str, str]]:
    """Yield the first names with surnames of which two words are spellings: each one error away or by its
    sound, or one to the letter and the other two errors away."""
    if min(len(one), len(other)) < SHORTEST_SMALL and len(one) + len(other) < LONG_TOGETHER:
        return
    if not (firsts := index.walled_near_firsts.errors(one)):
        return
    lasts = index.walled_near_lasts.errors(other)
    for names in product(firsts, lasts):
        ways = {firsts[names[0]], lasts[names[1]]}
        if names in index.walled_whole and (ways <= {0, 1} or ways == {0, 2}):
            yield names


def _names_of_form(index: NameIndex, one: str, surname: str) -> Iterator[tuple[str, str]]:
    """Yield the first names of which a word is a form, with the surname that stands beside it."""
    for name in index.walled_lasts.get(surname, ()):
        if is_form_of(one, name):
            yield name, surname


def is_form_of(word: str, name: str) -> bool:
    """Return whether a word is a first name cut short, or what affection makes of one: of Mali "mal", "mals"
    and "malan", of Freya "freyster"."""
    if len(word) < SHORTEST_CUT or word == name or word in ordinary() or word in WORDS:
        return False
    return name.startswith(word) or any(
        len(stem := word.removesuffix(each)) >= max(SHORTEST_CUT, len(name) - 1 - (each in OF_A_STEM))
        and name.startswith(stem)
        for each in (*ENDINGS, "s", "z")
        if word.endswith(each)
    )


def _whose(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    word, raw = text.words.plain[place], text.words.raw[place]
    if of := index.walled.get(word):
        return of if is_said_as_name(text, place, word) else ()
    if word.endswith("s") and (of := index.walled.get(word[:-1])):
        return of if _is_owner(text, place) or _is_plain_owner(text, index, place) else ()
    if not raw.isalpha() or text.in_handle(place, place):
        return _in_a_tag(text, index, place)
    if word not in index.firsts and (of := _of_kin(text, index, place)):
        return of
    if _is_owner(text, place):
        return _sounding(index, (word, word.removesuffix("s"))) or _mistyped(index, word)
    if word in index.firsts or word in ordinary() or not (raw[0].isupper() or text.may_be_name(place)):
        return ()
    if place and (text.words.plain[place - 1] in BEFORE or text.words.plain[place - 1] in _GREETS):
        changed = (each for each in index.mutated.get(word, ()) if each in index.walled)
        if name := next(changed, ""):
            return index.walled[name] if not _is_month(text, place, name) else ()
    if of := _changed(text, index, place):
        return of
    if not raw[0].isupper():
        return _cut_short(index, word)
    return _sounding(index, (word,)) or _mistyped(index, word)


def _of_kin(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a first name that is changed after a word for one of their family, as people call
    themselves: "Nain Fali", "Mam Fair". A form that is a word only with its capital and after a Welsh one."""
    word, raw = text.words.plain[place], text.words.raw[place]
    before = text.words.plain[place - 1] if place and text.close(place - 1) else ""
    if before not in PARENTS and before not in WELSH_KIN:
        return ()
    is_word = word in ordinary() or word in WORDS or word in FORMS_THAT_ARE_WORDS
    if not (raw[0].isupper() or (text.one_case and not is_word)) or (is_word and before not in WELSH_KIN):
        return ()
    return next((index.walled[each] for each in index.mutated.get(word, ()) if each in index.walled), ())


def _in_a_tag(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a first name within a hashtag or handle, as it is or as Welsh changes it: a short one
    only as a word with its capital, or after a greeting."""
    word, raw = text.words.plain[place], text.words.raw[place]
    own = {part.lower() for part in _HUMP.findall(raw)} | {_GREETING.sub("", word)}
    for form, names in (*((each, (each,)) for each in index.walled), *index.walled_changed.items()):
        long = len(form) >= SHORTEST_IN_TAG and form in word
        if form in FORMS_THAT_ARE_WORDS or not (long or (len(form) >= SHORTEST_SMALL and form in own)):
            continue
        if of := _who_have(index, names):
            return of
    return _sounding(index, (word,))


def _changed(text: Text, index: NameIndex, place: int) -> tuple[int, ...]:
    """Return who has a first name of which a word is the form after a Welsh word, wherever it stands:
    "Clywsom Fali", "Fali'n". A form that is a word or another's name isn't one, nor is one of a name that
    is a word."""
    word = text.words.plain[place]
    if len(word) < SHORTEST_SMALL or word in WORDS or word in SURNAMES or word in FORMS_THAT_ARE_WORDS:
        return ()
    of = _who_have(index, index.walled_changed.get(word, ()))
    return () if of and _in_english(text, place) else of


def _who_have(index: NameIndex, names: Iterable[str]) -> tuple[int, ...]:
    """Return all who have one of these first names that is no word: of Mali and Bali, *Fali* is either."""
    own = (name for name in names if name not in WORDS and name not in ordinary())
    return tuple(sorted({pk for name in own for pk in index.walled[name]}))


def _in_english(text: Text, place: int) -> bool:
    around = text.words.plain[max(0, place - AROUND) : place + AROUND]
    return not _ENGLISH.isdisjoint(around) and _WELSH.isdisjoint(around)


def _is_anothers(text: Text, index: NameIndex, place: int) -> bool:
    """Return whether a first name goes on with what may be another's surname: no farm, class, time or house
    number says that it isn't."""
    return (
        text.goes_on(place)
        and not is_class(text, index.class_heads, place + 1)
        and not text.stands_at_time(place)
        and not _by_name(text, place)
    )


def _by_name(text: Text, place: int) -> bool:
    """Return whether what follows a first name in Welsh may be the farm or house by which one is called, and
    no surname: "Mali Llys", "Mali Tŷ Capel"."""
    around = text.words.plain[max(0, place - AROUND) : place + AROUND]
    after = text.words.plain[place + 1]
    return not _WELSH.isdisjoint(around) and after not in SURNAMES


def _mistyped(index: NameIndex, word: str) -> tuple[int, ...]:
    """Return who has a first name with one letter more, less or wrong, or cut short: "Freyja", "Frey"."""
    if of := _cut_short(index, word):
        return of
    if word in WORDS or word in ordinary() or len(word) < SHORTEST_SMALL:
        return ()
    names = (each for each in index.walled if len(each) >= LONG_FIRST and each[0] == word[0])
    return next((index.walled[each] for each in names if is_one_apart(each, word)), ())


def _cut_short(index: NameIndex, word: str) -> tuple[int, ...]:
    if word in WORDS or word in ordinary() or len(word) < SHORTEST_CUT:
        return ()
    names = (each for each in index.walled if each.startswith(word) and len(each) - len(word) <= FEW)
    return next((index.walled[each] for each in names), ())


def _sounding(index: NameIndex, words: Iterable[str]) -> tuple[int, ...]:
    """Return who has a first name that sounds as one of these words, which is a word of no language here."""
    for word in words:
        if word in WORDS or word in ordinary() or word in index.firsts:
            continue
        said = sounds(word) | sounds(by_ear(word))
        sound = next((each for each in said if each in index.walled_sounds), "")
        if sound:
            return index.walled_sounds[sound]
    return ()


def is_small_name(word: str) -> bool:
    """Return whether a first name counts without its capital: it's long enough, and no word of a language."""
    return len(word) >= SHORTEST_SMALL and word not in WORDS and word not in ordinary()


def is_said_as_name(text: Text, place: int, word: str) -> bool:
    """Return whether a first name is written as one here."""
    raw = text.words.raw[place]
    if not raw[0].isupper() and _next(text, place) in _ANIMALS:
        return False
    if word not in WORDS and word not in ordinary():
        return raw[0].isupper() or is_small_name(word)
    start, end = text.words.starts[place], text.words.ends[place]
    if is_a_word_there(text.text, start, end, word) or _is_month(text, place, word):
        return False
    if text.count <= FEW or _is_kin(text, place):
        return True
    if not raw[0].isupper():
        return False
    if word in _DAYS:
        return does_something(text, place)
    if text.in_titles or text.begins(place):
        return does_something(text, place) or _in_list(text, place) or _is_called(text, place)
    return True


def does_something(text: Text, place: int) -> bool:
    """Return whether what follows a word says that it's someone: "Grace has the tickets", not "May has two
    bank holidays"."""
    after = _next(text, place)
    return after in _DOES or (after in _IS and text.words.plain[place] not in _TIMES)


def _is_month(text: Text, place: int, word: str) -> bool:
    """Return whether a name of a month says when: "in June", "ym mis Mai", "1 Mehefin", "o Fai i Awst"."""
    if word not in _MONTHS:
        return False
    before = text.words.plain[place - 1] if place else ""
    after = text.words.plain[place + 1] if place + 1 < text.count else ""
    through = before == "o" and after in ("i", "tan", "hyd")
    return through or before in _IN or before[:1].isdecimal() or after[:1].isdecimal()


def _next(text: Text, place: int) -> str:
    return text.words.plain[place + 1] if place + 1 < text.count and text.close(place) else ""


def _is_owner(text: Text, place: int) -> bool:
    """Return whether something is said to be a word's own without an apostrophe: "freyas class", "dosbarth
    ffreia". A surname owns nothing here: "Ann Roberts teacher of the year"."""
    before = text.words.plain[place - 1] if place and text.close(place - 1) else ""
    if before in OWNED:
        return True
    raw = text.words.raw
    surname = before and not text.one_case and raw[place][0].isupper() and raw[place - 1][0].isupper()
    return _next(text, place) in OWNED and not (surname and before not in ordinary())


def _is_plain_owner(text: Text, index: NameIndex, place: int) -> bool:
    """Return whether a name with an s is no word or surname, so that it can only be the child's: "freyas in
    5A", "het malis". After what may be a first name it's a surname."""
    word, before = text.words.plain[place], text.words.plain[place - 1] if place else ""
    other = word in SURNAMES or word in ordinary() or word in index.firsts or word in index.by_last
    own = word[:-1] in WORDS or word[:-1] in ordinary()
    named = before and before not in ordinary() and before not in OWNED and text.close(place - 1)
    return not (other or own or named)


def _is_kin(text: Text, place: int) -> bool:
    """Return whether it's "Grace's mum" or "mam Grace"."""
    before = text.words.plain[place - 1] if place and text.close(place - 1) else ""
    return (text.owns(place) and _next(text, place) in PARENTS) or (
        before in PARENTS and text.words.raw[place][0].isupper()
    )


def _in_list(text: Text, place: int) -> bool:
    """Return whether another word with a capital is beside it in a list: "Grace, Tom and Ava"."""
    for step in (1, -1):
        other = place + step
        if not 0 <= other < text.count:
            continue
        gap = text.gap(min(place, other)).strip()
        if text.words.plain[other] in AND:
            other += step
        elif gap not in (",", "&", "+"):
            continue
        if 0 <= other < text.count and text.may_be_name(other) and text.words.plain[other] not in ordinary():
            return True
    return False


def _is_called(text: Text, place: int) -> bool:
    return place > 0 and not text.begins(place) and text.words.plain[place - 1] in _BEFORE_ONE
