"""Words that speak of someone who works here without saying who: a teacher, the caretaker, the man who does
PE, "sir". English as adults and as children write it, and Welsh with its changed first letters. And
whether a comment is plainly kind or plainly ordinary, or puts an adult beside a child in words that no
list knows: *why he sends pictures to my daughter*, *pinned my 7 year old to the wall*.

The last is turned round on purpose, as in `said_of`: what is done isn't looked at. An adult, then a
child, in one sentence that is neither kind nor an ordinary question may accuse, unless it's one of the
few things that every day brings: a letter sent home, what a teacher told them, who teaches them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources

from schoolgate.patterns import lazy_pattern
from schoolgate.people.accusing import KIN
from schoolgate.people.called import SENTENCE, speaks_of_an_act
from schoolgate.screening.folding import fold
from schoolgate.screening.people_words import (
    CHILD,
    KNOWN_FOR,
    WELSH_CHILD,
    WELSH_KNOWN_FOR,
    WELSH_WORKS_HERE,
    WORKS_HERE,
    either,
)

KIND = lazy_pattern(
    r"\b(?:thanks?|thank ?you\w*|thx|ta|cheers|well done|weldone|congrat\w*|bravo|hooray|hats off|kudos"
    r"|proud|grateful|appreciat\w*|love(?:d|ly)?|enjoyed|great|brilliant|fab|fabulous|amazing|wonderful"
    r"|fantastic|excellent|superb|incredible|awesome|outstanding|inspiring|inspirational|gorgeous"
    r"|beautiful|magnificent|ace|lush|legend|hero(?:es)?|superstar|stars?|diamond|gem|champions?"
    r"|best (?:teacher|head|day|trip|wishes|year|school|coach|show|ever)|kind(?:est)?|nicest|loveliest"
    r"|funniest|patient|caring|lucky|welcome|(?:we[’']?ll|will|going to|really) miss (?:you|him|her)"
    r"|ma(?:de|kes) (?:us|me|them|everyone|the (?:whole )?class) (?:laugh|smile)"
    r"|for (?:head|headteacher|king|queen|president|prime minister)"
    r"|(?:good|great|fab|super|top) (?:job|work|effort|luck|stuff)|good luck|happy (?:birthday|retirement)"
    r"|get well|all the best|deserved|smashed it|nailed it|made (?:his|her|my|our|their) (?:day|week|year)"
    r"|diolch\w*|ddiolch\w*|da iawn|llongyfarch\w*|longyfarch\w*|gwych|wych|ardderchog|[bf]endigedig"
    r"|hyfryd|anhygoel|campus|rhagorol|arbennig|[bf]alch|penigamp|ffantastig|ffab|gr[eê]t|lyfli|bril"
    r"|seren|arwr|arwres|pob lwc|pen-?blwydd hapus|croeso|c?g?aredig|gorau|orau|dal(?:iwch)? ati|chwarae teg"
    r"|mwynh\w*|fwynh\w*|joio|wrth (?:fy|ei|ein|eu) (?:modd|bodd|fodd))\b"
    r"|[\U0001F44F\u2764\U0001F64C\U0001F60D\U0001F970\U0001F389\U0001F31F\u2B50\U0001F44D\U0001F49B]",
    re.IGNORECASE,
)
"""Praise, thanks and good wishes."""
_IDIOMS = lazy_pattern(
    r"\b(?:can(?:no|'|n')?t|could(?: not|n't)) (?:thank|praise|wait|fault|be (?:prouder|happier)|have)"
    r"(?: \w+){0,3}(?: enough)?|\bno problem|\bnot forgetting|\bnot only|\bnever forget|\blast but not least"
    r"|gallu diolch digon",
    re.IGNORECASE,
)
"""A no that is praise."""
_TURNS = lazy_pattern(
    r"\b(?:but|shame|however|al?though|though|except|apart from|not|never|\w+n't"
    r"|(?:do|does|did|is|was|were|wo|ca|could|would|should|has|have|are)nt|cannot|until|unless"
    r"|despite|for nothing|supposed|should|so.called|why|worst|rude|lazy|useless|disgust\w*|wrong|upset"
    r"|angry|disappoint\w*|hang(?:s|ing)? (?:a)?round|pity|sadly|unfortunately|as if|yeah right|stop"
    r"|alone|at night|homes?|house|cars?|bed(?:room)?s?|toilets?|showers?|chang(?:ed|ing)|laps?|knees?"
    r"|legs?|bum|bottom|sexy|private(?:ly)?|secrets?|young(?:er)?|little (?:girls|boys)|got away"
    r"|what (?:he|she|they)(?:'s|'ve| has| have)? (?:did|done|does)|knows?"
    r"|(?:loves?|likes?|fanc(?:y|ies)|prefers?|enjoys|adores|into) "
    r"(?:the |your |our |my |little |young |year \d+ )*"
    r"(?:girls?|boys?|kids|children|lads|pupils|daughters?|sons?)"
    r"|ond|trueni|piti|heblaw|dd?im|byth|er (?:gwaethaf|bod)|anffodus|siom\w*|cywilydd|g?warth\w*|pam"
    r"|gormod|adre|cartref|nos|ystafell wely|toiled\w*|cawod|newid|cyfrinach\w*)\b"
    r"|[\U0001F644\U0001F621\U0001F620\U0001F922\U0001F92E\U0001F4A9\U0001F595\U0001F643\U0001F914]",
    re.IGNORECASE,
)
"""Words that turn praise round, or make it unsure what is praised."""
_ASKS = lazy_pattern(
    r"\?|(?:^|[,:!]\s*|\b(?:hi|hello|hey|please|helo|shwmae|bore da|os gwelwch yn dda)\b[ ,]*(?:\w+ ){0,2})"
    r"(?:what|when|where|which|who|is|are|will|can|could|does|do|did|has|have|would|how|any (?:idea|chance)"
    r"|beth|be|pryd|ble|lle|pwy|sut|ydi|ydy|yw|oes|fydd|a (?:fydd|yw|ydy|all|oes)|allwch|gaf|faint|pa)\b",
    re.IGNORECASE,
)
"""A question, with or without its mark."""
REASONS = lazy_pattern(r"\b(?:why|pam|how come|sut gall)\b", re.IGNORECASE)
"""A question that blames."""
_VIEW = lazy_pattern(
    r"^\W{0,5}(?:(?:[\w'’]{1,20} ){0,4}(?:asks?|asking|asked|wants?|wanting|would like|looking|seeks?"
    r"|seeking|after|rang|requests?)"
    r"|(?:yn )?(?:gofyn|isio|eisiau|holi)) (?:[\w'’]{1,20} ){0,5}"
    r"(?:views?|opinions?|comments?|quotes?|reaction|thoughts|statement|response|interview|barn|farn|sylw"
    r"|ymateb|dyfyniad"
    r"|cyfweliad)\b(?P<of>.{0,80})$",
    re.IGNORECASE,
)
"""Someone of the press asks for someone's view of something."""
_PHONES = lazy_pattern(
    r"\b(?:(?:mobile |smart ?)?phones?|phoning|ban(?:s|ned|ning)?|social media|screens?|texting|messaging"
    r"|ffonau|ff[oô]n)\b",
    re.IGNORECASE,
)
_LAUGHS = frozenset(["haha", "hahaha", "lol", "x", "xx", "xxx"])
_NUMBER = lazy_pattern(r"^\d{1,4}(?:am|pm|st|nd|rd|th|[a-z])?$")


def is_kind(text: str) -> bool:
    """Return whether a folded text praises, thanks or wishes well."""
    return bool(KIND.search(text))


def turns(text: str) -> bool:
    """Return whether a folded text has words that make praise unsure."""
    return bool(_TURNS.search(_IDIOMS.sub(" ", text)))


def asks(text: str) -> bool:
    """Return whether a folded text asks something."""
    return bool(_ASKS.search(text))


def topic_of_view(text: str) -> str | None:
    """Return of what a folded text asks for someone's view, without words for phones, which are a thing here;
    None where it asks for none."""
    found = _VIEW.search(text.strip(" .!"))
    return _PHONES.sub(" ", found["of"]) if found else None


def is_everyday(words: list[str]) -> bool:
    """Return whether a sentence has only words of plain questions and remarks (`everyday_words.txt`), and is
    about a thing or a time. `words`: without those of names."""
    every, things = _everyday()
    if words and _LAUGHS.issuperset(words):
        return True
    known = all(word in every or word in things or _NUMBER.match(word) for word in words)
    return known and any(word in things or _NUMBER.match(word) for word in words)


@lru_cache(maxsize=1)
def _everyday() -> tuple[frozenset[str], frozenset[str]]:
    text = resources.files(__package__).joinpath("everyday_words.txt").read_text("utf-8")
    every, things = (part.partition("\n")[2] for part in text.split("# ")[1:])
    return frozenset(every.split()), frozenset(things.split())


_DYN = r"(?:dd?yn|dd?yn[ea]s|menyw|fenyw|[bf]oi|g?wraig|[bp]erson|un)"
_CLWB = r"(?:[cg]or|[cg]lwb|band|bws|[cg]egin|ffreutur|llyfrgell|goleuadau|telyn|drama)"
_JOB = (
    r"t[ea]{1,3}ch[aeo]u?r?s?|teacha|teaching assistants?|(?-i:TAs?)|(?:class|form|year|maths|music"
    r"|private)? ?tutors?"
    r"|care-?takers?|janitors?|site (?:manager|team|man)|cleaners?|gardeners?|librarians?|technicians?"
    r"|(?:dinner|lunch) ?(?:lady|ladies)|lunch ?time (?:lady|supervisors?)|lolli?pop (?:man|lady|woman)"
    r"|mid-?day supervisors?|receptionists?"
    r"|(?:bus|coach|taxi|minibus) ?drivers?|(?:school )?nurses?|counsell?ors?|learning mentors?|chaplains?"
    r"|supply(?= (?:in|for|teach|who|that|man|lady|woman))|student teachers?|trainees?|volunteers?"
    r"|(?:football|rugby|netball|swimming|sports?|gym|dance|choir|music|club) (?:coach|leader|teacher|man"
    r"|lady)"
    r"|heads? of (?:year|house|department|\w+)|members? of (?:your |the )?staff|staff|deputy head|deputy"
    r"|(?:PE|P\.E\.|IT|ICT|computer|office|school|reading|playground|kitchen|breakfast club|after school) "
    r"(?:man|woman|lady|guy|staff|worker|person|people|teacher|helper)"
    r"|(?:grown-? ?up|adult|man|woman|lady|someone|somebody|person|people|guy|bloke)s? "
    r"(?:in|at|from) (?:the |our |this |your |my )?(?:school|skool|office|kitchen|reception|nursery|club)"
    r"|(?:man|woman|lady|guy|bloke|chap|fella|person|one|someone|somebody|whoever) (?:who |that )?(?:does"
    r"|teach\w*|takes us|runs|helps"
    r"|works|coaches|cleans|cooks|drives|looks after)"
    r"|(?:man|woman|lady|guy|bloke|chap|fella|person) (?:in charge|(?:with|from|in|at) the (?:\w{1,12} )?"
    r"(?:room|club|choir|band|camera|gym|library|lights))"
    r"|(?:wh?)?ath?ro(?:awes)?|h?athr(?:o|awes|awon)|(?:[dt]|nh|th)iwtor|g?ofalwr"
    r"|(?:dd?|n)irprwy(?! (?:ddioge?lu|arweinydd))"
    r"|g?yrrwr (?:y |ein )?(?:bws|tacsi)"
    r"|g?yrrwr|camera ?m[ae]n|choir ?master|conductor|photographers?|instructors?|ff?otograffydd|g?amerawr"
    r"|arweinydd(?! diogelu)|[cg]h?ynorthwy\w+|(?:[cg]|ngh|ch)ymh?orthydd\w*"
    r"|[cg]h?ogydd\w*|(?:dd?ynes|menyw|fenyw|merched) (?:y )?(?:cinio|ginio|swyddfa)|hyfforddwr\w*"
    r"|g?lanha?wr\w*"
    r"|[yn]+sgrifenyddes|nyrs|aelod(?:au)? o(?:[’'](?:r|ch|n))? staff"
    r"|rhywun (?:yn|o)(?:[’']r| y) (?:ysgol|swyddfa)"
    rf"|{_DYN} sy[’']?n? ?(?:ei )?(?:dysgu|g?w?neud|rhedeg|redeg|gweithio|gyrru|glanhau|coginio|hyfforddi"
    rf"|arwain|tynnu"
    rf"|cadw|gofalu|edrych ar ol|ffilmio|trefnu)|{_DYN} (?:camera|sain)|{_DYN} (?:y )?{_CLWB}"
)
_SOMEONE = lazy_pattern(
    rf"\b(?:the|a|an|my|our|your|his|her|their|this|that|one|some|y|yr|ein|fy|eich|ei|\w{{0,6}}[’']r"
    rf"|gan|new|old"
    rf"|another|other) (?:\w+ )??(?:{_JOB})(?!\w)"
    rf"|(?:\b(?:someone|somebody|whoever) (?:who )?(?:works|teaches|helps|in the office|at (?:the )?school)"
    rf"|\b(?:mae )?athr(?:o|awes) |\bgyrrwr y bws|\bgofalwr|\bhyfforddwr\w*|\brhywun (?:yn|o)(?:[’']r"
    rf"| y) (?:ysgol|swyddfa))"
    rf"|\baelod(?:au)? o[’'](?:r|ch|n) staff\b|\b{_DYN} (?:y |[’']r ){_CLWB}(?!\w)"
    r"|\b(?:the|our|school) (?:cook|kitchen lady)\b",
    re.IGNORECASE,
)
_TITLE = lazy_pattern(
    r"(?<!\bi )(?<!we )(?<!you )(?<!they )(?<!will )(?<!to )(?<!ll )(?<!don't )(?<!might )"
    r"\b(?:sir|syr|miss)\b(?! (?:my|you|him|her|it|them|out|the|school|home|u|mum|dad|mam)\b)",
    re.IGNORECASE,
)
"""How pupils call who teaches them; not where "miss" is a verb."""
_CALLS_OUT = lazy_pattern(
    r"\b(?:sir|syr|miss)\b(?=\W*(?:$|[.!?;,\n]|(?:i|i[’']m|im|ive|my|me|we|our|can|could|please|pls|plz"
    r"|help|there|it|its"
    r"|dad|mum|mam|nan|someone|some1|he|she|they|ga|dw|dwi|ma|mae|fy|fi|os|plis|wnewch|newch)\b))",
    re.IGNORECASE,
)
"""*Sir*, where someone is spoken to."""
_UNKNOWN = lazy_pattern(r"\b(?:mr|mrs|ms|mister)\b\.? ?\w+", re.IGNORECASE)
_TOLD = lazy_pattern(
    r"(?:\b(?:told|tell|telling|asked|ask|showed|show|emailed|rang|phoned|spoke(?:n)? to|said to|talk(?:ed"
    r"|ing)? to|saw|to|with|hit"
    r"|hurt|kicked|pushed|bit|attacked|punched|threatened|wrth|dweud wrth|at|gyda|efo)) $",
    re.IGNORECASE,
)
"""Words before a person who was told, or who was hurt."""
_HELPED = lazy_pattern(
    r"^\W*(?:(?:has|have|had|was|is|were|did|didn[’']?t|doesn[’']?t|don[’']?t|never|also|then|just|wedi"
    r"|yn) ){0,2}"
    r"(?:helped|help|helps|said|says|saw|see|told (?:us|me|them) to|tells us to|came|stopped|know|knows"
    r"|knew|listen\w*"
    r"|believe\w*|care\w*|kind|lovely|nice|great|do(?:es)? (?:nothing|anything)|rang|helpu|gwybod|gweld"
    r"|gwrando|garedig)\b",
    re.IGNORECASE,
)

_KNOWN_ADULT = lazy_pattern(
    r"(?<!\ba )(?<!\ban )(?<!\bsome )(?<!\banother )(?<!\bold )(?<!\byoung )(?<!\bstrange )(?<!\brandom )"
    r"\b(?:wom[ae]n|lady|bloke|guy|fella|chap|man)\b|\bthe (?:person|adult|grown-?up)\b"
    rf"|^\W*(?:\w{{1,12}} )?(?:{either(WORKS_HERE, WELSH_WORKS_HERE)}|dyn|dynes|menyw|boi)\b"
    rf"|\b(?:y|yr|eich|ein|[a-z]{{1,8}}['’]r) (?:{_DYN}|ledi)\b(?! (?:bach|fach|ifanc))"
    rf"|\b{_DYN} (?:y|yr|efo['’]r|gyda['’]r|sy\w{{0,2}})\b"
    rf"|\b(?:the|our|your|that|this|my|y|yr|ein|eich|[a-z]{{1,8}}['’]r|['’]ch) (?:new |old )?"
    rf"{either(WORKS_HERE, WELSH_WORKS_HERE)}\b"
    r"|\b(?:one of the|un o[’']r) (?:TAs?|LSAs?|(?:[cg]|ngh|ch)ymh?orthydd\w*)\b"
    r"|\bin charge\b|\bwho ?ever\b|\bpwy bynnag\b",
    re.IGNORECASE,
)
"""A grown-up that the writer takes for known: *the lady*, *our coach*, *dynes y dderbynfa*; no *a man*."""
_HE = lazy_pattern(
    r"\b(?:he|hes|she|shes|him|his|her|hers|fo|iddo|iddi|[gd]and?d[oi]|gynn[oi]|arn[oi]|honna|hwnna)\b"
    r"|\b(?:mae|ma|dio|ydi|ydy|oedd|nath|naeth|wnaeth|bod|medd|medde)(?: ?['’]| )[oe]\b|(?<=\w )(?:fe|hi)\b"
    r"|\b(?:the|that) (?:\w{1,12} )?one (?:who|that|with|in|from)\b",
    re.IGNORECASE,
)
_ANOTHER = lazy_pattern(
    rf"\b(?:{either(CHILD, KNOWN_FOR, WELSH_CHILD, WELSH_KNOWN_FOR)}|f?friends?|mate|classmate|bully"
    r"|ff?rind\w{0,3}|some(?:one|body)|rhywun|stranger|dog|cat|ci)\b",
    re.IGNORECASE,
)
"""Who *he* may be, said before it: a child, a friend, someone unknown."""


def open_sentences(text: str, *, but: str = "") -> Iterator[str]:
    """Yield each sentence that speaks of someone who works here and of something that was done, beside it or
    in it: whether it says who, its reader sees. `but`: the words for someone who isn't meant."""
    spared = frozenset(re.findall(r"\w+", fold(but).text.lower()))
    sentences = [each for each in SENTENCE.split(fold(text).text) if each.strip()]
    for number, sentence in enumerate(sentences):
        near = " ".join(sentences[max(0, number - 1) : number + 2])
        if _speaks(sentence, spared) and speaks_of_an_act(_without_jobs(near)):
            yield sentence


def speaks_of_staff(text: str) -> bool:
    """Return whether a text speaks of someone who works here: not to them (*sir my dad hits me*), nor of one
    who was told or who helped."""
    said = _CALLS_OUT.sub(" ", fold(text).text)
    return any(_speaks(each, frozenset()) for each in SENTENCE.split(said) if each.strip())


def may_mean_one_of_us(text: str, *, turns_to: bool) -> bool:
    """Return whether a concern may be about someone here that it doesn't name, whatever they did: someone by
    a job or by looks, or a *he* that nothing before it explains. `turns_to`: it also turns to a lead, who
    may be the *she* in it."""
    folded = fold(text).text
    if turns_to and _tells_of_another(folded):
        return False
    said = _CALLS_OUT.sub(" ", folded)
    if any(_speaks(each, frozenset(), _KNOWN_ADULT) for each in SENTENCE.split(said) if each.strip()):
        return True
    first = _HE.search(folded)  # what explains it explains every later one
    return first is not None and not _tells_of_another(folded[: first.start()])


def _tells_of_another(folded: str) -> bool:
    """Whether someone is named who isn't here, or is no grown-up."""
    return bool(KIN.search(folded) or _ANOTHER.search(folded))


def describes_staff(folded: str) -> bool:
    """Return whether a folded text describes someone who works here, or calls them by a title."""
    return bool(_SOMEONE.search(folded) or _UNKNOWN.search(folded))


def leaves_open(text: str, is_named: Callable[[str], bool], *, but: str = "") -> bool:
    """Return whether a text speaks of someone who works here, and no sentence that does says who."""
    return any(not is_named(each) for each in open_sentences(text, but=but))


def _speaks(sentence: str, spared: frozenset[str], *more: re.Pattern[str]) -> bool:
    found = [one for words in (_SOMEONE, _TITLE, _UNKNOWN, *more) for one in words.finditer(sentence)]
    return any(
        one.group().lower().split()[-1] not in spared
        and not _TOLD.search(sentence[: one.start()])
        and not _HELPED.search(sentence[one.end() :])
        for one in found
    )


def _without_jobs(text: str) -> str:
    """Return a text without the words for people: these are signs of an adult, not of an act."""
    return re.sub(
        r"\b(?:teachers?|staff|adults?|grown.?ups?|coach\w*|athro|athrawes)\b", "", text, flags=re.IGNORECASE
    )


_OWN = (
    r"(?:daughters?|sons?|girls?|gurls?|boys?|lads?|lass(?:es|ie)?|kids?|child(?:ren)?|pupils?"
    r"(?! (?:gates?|premium|voice|council|leaders)\b)"
    r"|nieces?|nephews?|grand ?(?:sons?|daughters?|kids"
    r"|child(?:ren)?)|\d+ ?(?:yr|year)s? olds?|year \d+s?|yr \d+s?|little (?:ones?|girl|boy|lad)|toddlers?"
    r"|teens?|teenagers?|twins)"
)
_CHILD = (
    r"(?:(?:my|our|your|her|his|their|the|this|a|an|little|young|some|other|two|these|of|off|with|to|at|near|for"
    rf") (?:[\w']{{1,12}} ){{0,2}}?{_OWN}|(?:fy|ein|ei|eich|i'r|y|o'r|a'r|'r|efo|at|gyda) (?:\w{{1,12}} )?"
    r"(?:merch|mab|ferch|fab|plant|phlant|blant|nith|nai|merched|bechgyn|wyres|[wŵ]yr|disgybl\w{0,5}))"
)
_ONE = (
    r"(?:who|whoever|m[ae]n|wom[ae]n|bloke|guy|fella|lady|person|someone|somebody|admin\w{0,20}|moderator|mods?"
    r"|coach(?! (?:driver|leaves|trip))|sir|miss|m(?:r|rs|s)\.? \w{1,20}|he|she|him|you lot|the one"
    r"|(?:dyn|dynes|un sy\w{0,5}|rhywun|fe|fo|hi))"
)
_ADULT = rf"(?:{_ONE}|teachers?|staff|head|owner|athro|athrawes)"
_BETWEEN = r"[^.!?\n]{0,90}?"
_TOGETHER = lazy_pattern(rf"\b{_ADULT}\b{_BETWEEN}\b{_CHILD}\b", re.IGNORECASE)
_DID = lazy_pattern(
    r"^\W{0,3}(?:\w{2,20}ed|got|left|made|took|hit|kept|put|told|shut|threw|held|caeodd|gadawodd|rhoddodd)\b"
    rf"[^.!?\n]{{0,60}}?\b{_CHILD}\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Something done by no one that is named: *pinned my 7 year old to the wall*."""
_WHY = lazy_pattern(rf"\b(?:why|how come|pam)\b{_BETWEEN}\b{_ONE}\b{_BETWEEN}\b{_CHILD}\b", re.IGNORECASE)
_ASK_THEM = lazy_pattern(
    r"\b(?:ask (?:yourselves|yourself|him|her|them|the \w{1,20}(?: \w{1,20}){0,4}?)|gofynn\w{1,5} (?:iddo"
    r"|iddi|i'r (?:dyn|un|plant|athro)))"
    r" ?(?:(?:\w{1,20} ){0,6}?(?:why|what (?:he|she|they)|pam|be mae)|$|[.!])",
    re.IGNORECASE | re.MULTILINE,
)
_HAS_THEIRS = lazy_pattern(
    rf"\b{_ADULT}\b[^.!?\n]{{0,60}}?\b(?:has|had|have|got|asked for) {_CHILD}(?:'s|s'|s)? "
    r"(?:number|phone|mobile|snap\w{0,5}|insta\w{0,5}|address|pictures?|photos?)\b",
    re.IGNORECASE,
)
_END = lazy_pattern(r"[.!?\n]")
_EVERY_DAY = lazy_pattern(
    r"\b(?:sent (?:the |all the |them )?(?:kids|children|class)? ?home with"
    rf"|told {_CHILD}(?: that)?(?: (?:he|she|they|it))? (?:to bring|could|can|would|will|may)"
    rf"|(?:said|says) {_CHILD}"
    rf"|teach(?:es|ing)?|taught|let {_CHILD} know|lov(?:es|ed) {_CHILD}"
    rf"|(?:and|but|so),? (?:all )?{_CHILD} (?:must|can|will|should|are|were|need|hate)"
    r"|read(?:s|ing)? (?:\w{1,12} )?(?:stories|a story)|dd?ysgu)\b",
    re.IGNORECASE,
)

_THINGS = lazy_pattern(
    r"\b(?:lunch(?:es)?|dinner|breakfast|bus|coats?|gloves?|letters?|homework|spellings?|tests?|bags?|boots"
    r"|shin ?pads|trainers|goals?|races?|match(?:es)?|penalty|scored|medals?|awards?|bins|bells?|story"
    r"|stories|nits|newsletters?|rain|path|medicine|inhaler|caption|glasses|costumes?|songs?|choir|concert|assembly"
    r"|said hello|talk(?:ed|ing)? to|detention|t[âa]n|bws|cinio|c[oô]t|canu|llyfrau?|gwaith cartref)\b",
    re.IGNORECASE,
)
"""Things of any school day, beside which an adult and a child are nothing to wonder at."""


def found_in(text: str) -> Iterator[int]:
    """Yield where, in a folded text, an adult is put beside a child, unless it's kind or ordinary."""
    if is_kind(text):
        signs: tuple[re.Pattern[str], ...] = (_HAS_THEIRS,)
    elif asks(text):
        signs = (_HAS_THEIRS, _ASK_THEM, _WHY)
    else:
        signs = (_HAS_THEIRS, _ASK_THEM, _TOGETHER, _DID)
    for sign in signs:
        for one in sign.finditer(text):
            sentence = _END.split(text[one.start() :], maxsplit=1)[0]
            if not _EVERY_DAY.search(sentence) and not (sign is _TOGETHER and _THINGS.search(sentence)):
                yield one.start()
