"""What the words of a concern say by themselves: whether someone may be in danger, which people here they
name, and whether it may happen to the one who writes, in words that no list of danger has: *i just want
it all 2 stop*, *its happening again*, *pls dont reply he reads my phone*. It never makes anything less
urgent: what it finds is added to what people say.

The last is turned round on purpose, as in `staff_words`: no list says what is told. Someone young, by
how they write, speaks of themselves, and what they say is neither kind nor a question nor about a thing
that people write of to a school (`everyday_topics.txt`): a cry for help is seldom about anything but
oneself. Only a remark with no weight at all, of which the commonest words of loss, force, night and body
decide, stays a remark.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

from schoolgate.patterns import lazy_pattern
from schoolgate.people import staff_words
from schoolgate.people.named import Names
from schoolgate.rulebook import Book
from schoolgate.screening.folding import fold, words_of
from schoolgate.triage import URGENT, Lane, Lists, Reason, packaged, tells_now, triage

LONGEST = 60
"""Words of a text that is read so. A longer one has things in it that lists know."""
_KIN = (
    r"(?:step ?)?(?:dad(?:dy)?|mum(?:my)?|mam(?:i)?|father|mother|uncle|aunt(?:ie|y)?|brother|sister|bro"
    r"|sis|nan"
    r"|gran(?:dad|ny)?|cousin|boyfriend|bf|stepdad|stepmum|stepbro|nain|taid|nhad|mrawd|llystad)"
)
_OF_ONESELF = lazy_pattern(
    r"\b(?:i'?m|i'?ve|i'?ll|i'?d|me|my|myself|dwi\w?|dw i|fi|fy|mod|nesh ?i|nes i|sai'?n?|o'?n i|'?swn i)\b"
    r"|\bi (?!ddod\b|weld\b|fynd\b|gael\b|bawb\b|chi\b|gyd\b|ti\b|mewn\b|fyny\b|lawr\b|ffwrdd\b)\w",
    re.IGNORECASE,
)
"""A child speaks of themselves. In Welsh *i* is "to" as well."""
_AT_HOME = lazy_pattern(
    rf"(?:^|[.!?,;\n] ?|\b(?:and|but|when|wen|cos|n|a|ond|pan|ma"
    rf"|mae) ){_KIN}(?:'?s)?\b(?! and i\b) \w",
    re.IGNORECASE,
)
"""*dad locks the fridge*: whose dad it is needs no word."""
_GOES_ON = lazy_pattern(
    r"\b(?:it'?s|it is|it|he'?s|she'?s|they'?re|mae'?n|ma'?n) (?:all )?(?:happen\w*|started|starting"
    r"|start|still"
    r" (?:going|happening)|back|digwydd|dechrau|doing it|dod) (?:\w+ )?(?:again|eto|to me|on)\b"
    r"|\b(?:he|she|they|someone|some1|sum1)(?:'?s|'?re| is| are| was)? (?:says?|said|saying|keeps? saying"
    r"|going to|gonna|will|has|have"
    r")?(?: (?:he|she|they|hed|theyd)(?:'?ll|'?d| will| would)?)?(?: (?:gonna|going to|has"
    r"|have))? ?(?:sen[dt]|post(?:ed)?|show(?:ed|n)?"
    r"|shared?|leak(?:ed)?|tell|told|put) (?:it|them|that|my|me|everything) .{0,12}\b(?:every\w*|all"
    r"|whole|group|online|on snap\w*|on insta\w*)\b"
    r"|\b(?:wedi|di|am|yn|'n) (?:gyrru|anfon|hala|rhannu|dangos|roi|rhoi|ddangos|yrru) (?:\w+ ){0,2}(?:fe"
    r"|fo|o|nhw|nhw|llun\w*) "
    r"(?:\w+ )?i (?:bawb|'r)"
    r"|\b(?:do ?n'?t|dnt|peidi\w+|paid)(?: [âa])? (?:reply|answer|message|msg|text|write|ateb"
    r"|tecsti\w*) .{0,24}\b(?:he|she|they|dad|mum|mam"
    r"|mae o|mae e|ma hi|mae hi|maen nhw)(?:'?s|'?ll|'?n)?\b|\b(?:he|she|they|dad|mum|mam|mae o'n|mae e'n"
    r"|mae hi'n|ma hi'n)(?:'?s)? "
    r"(?:reads?|checks?|reading|checking|darllen|tsiecio|edrych ar) (?:\w+ )?(?:phone|messages|msgs"
    r"|ff[oô]n|negeseuon)"
    r"|\b(?:he|she|they|someone|some1|dad|mum|mam)(?:'?s|'?re| is| are) (?:here|outside|downstairs|coming"
    r"|in my \w+)(?: \w+)? (?:again|now)\b"
    r"|\b(?:mae?) (?:\w+ )?(?:o|e|fo|fe|hi|nhw)(?:'n)? (?:yma|tu allan|lawr grisiau|dod"
    r"|yn dod) (?:\w+ )?(?:eto|nawr|rwan)\b"
    r"|\b(?:packed (?:a|my)|(?:wedi |di )?pacio) bag\b"
    r"|\basking for a friend\b|\bgofyn (?:dros|ar ran) ffrind\b"
    r"|\b(?:come|get|fetch|pick|dewch|dere|tyrd|tyd)\b(?: \w+){0,2} (?:me|my house|mine|n[oô]l fi"
    r"|fy n[oô]l|t[yŷ] ni) (?:\w+ )?(?:now|tonight"
    r"|asap|quick|please|pls|nawr|rwan|heno|plis)\b"
    r"|\b(?:is it|is that|ydi o|ydy e|ydio|ydi e'n|yw e'n) (?:\w+ )?(?:normal|ok|okay|bad|wrong|weird"
    r"|iawn) (?:if|wen|when|that|os|bod|pan)"
    rf" (?:\w+ ){{0,2}}(?:{_KIN}|teacher|sir|miss|coach|tutor|he|she|someone|athro|athrawes|rhywun)\b",
    re.IGNORECASE,
)
"""Something goes on that only the writer and the reader know of; a threat; an answer that isn't safe."""
_YOUNG = lazy_pattern(
    r"(?:^|[.!?]\s+)[a-z]|(?<!['’])\b(?:u|ur|r|n|b|2|4|pls|plz|cos|cuz|coz|wen|nite|tmrw|idk|tbh|lol|omg"
    r"|wud|cud|gonna|wanna"
    r"|every1|any1|no1|some1|sum1|im|ive|dont|cant|wont|didnt|wasnt|isnt|hes|shes|its|havent|doesnt"
    r"|wouldnt|couldnt"
    r"|dwi'm|sdim|isio|ishe|isho|neud|deud|gweud|wbod|nath|naeth|sai'n)\b",
)
"""Written as young people do: a sentence without its capital, letters for words, no apostrophes."""
_WEIGHS = lazy_pattern(
    r"\b(?:not|no|none|never|no ?one|nobody|nowhere|nothing|no1|dont|cant|wont|didnt|wasnt|isnt|havent"
    r"|doesnt|wouldnt|couldnt|\w+n't"
    r"|without|stop\w*|end(?:s|ed)?|over|any ?more|forever|everything|every1|everyone|every ?time|bye+"
    r"|goodbye|gone|done|left|away|alone"
    r"|enough|tired|hate\w*|sick|disappear|happier|better off|pointless|empty|numb|pretend\w*|fake"
    r"|scratch\w*|bleed\w*|blood|hurt\w*"
    r"|pain|burn\w*|cut\w*|pills?|tablets?|took|swallow\w*|eat\w*|food|hungry|starv\w*|fat|thin|skinny"
    r"|weigh\w*|threw up|sleep\w*"
    r"|asleep|wake|dark|night|nite|bed(?:room)?|room|door|lock\w*|hid\w*|money|quid|\u00a3|owe\w*|bag"
    r"|fault|wish|wanted to|want (?:it|to|2)"
    r"|secret|promis\w*|special|older|happen\w*|again|after(?:wards)?|lets?|makes?|made|forc\w*|wants?"
    r"|wearing|watch\w*|look\w* at|touch\w*"
    r"|follow\w*|wait\w*|outside|said|says|tell\w*|told|late|scared|cry\w*|cries|sorry|bridge|scar\w*"
    r"|sleeves|preg\w*|fight|hit\w*"
    r"|drink\w*|smok\w*|weed|drugs|police|run|leave|leaving|floor|llawr"
    r"|dd?im|dwi'?m|di'?m|neb|sneb|byth|heb|dim|sdim|methu|peidi\w*|stopi?o|diwedd|p?b?opeth|digon|blino"
    r"|casau|sal|diflannu|gwaed|waed"
    r"|brifo|frifo|llosgi|torri|tabledi|byta|fyta|bwyta|tew|dew|cysgu|gysgu|deffro|tywyll\w*|nos|gwely"
    r"|llofft|stafell|drws|cloi|cau|pres|arian"
    r"|bai|cyfrinach|addo|gaddo|sbeshal|eto|ar ol|neud|gwneud|gofyn|wisgo|gwylio|dilyn|disgwyl|tu allan"
    r"|dweud|deud|gweud|ofn|crio|llefain"
    r"|sori|ymladd|taro|hitio|yfed|heddlu|unman|sai|well|credu|coll\w*|gadael|adael)\b",
    re.IGNORECASE,
)
"""A no, an end, someone who makes, a body, a door, a night. A remark that has none of them is only a
remark."""
_ASIDE = lazy_pattern(
    r"\b(?:haha\w*|omg|lmao|funn(?:y|iest)|hilarious|laugh\w*|chwerthin|can'?t wait|methu aros"
    r"|methu disgwyl|good (?:morning|afternoon"
    r"|evening)|bore da|(?:killed|kills?|killing|lladd) (?:me|us|fi) ?(?:if|when|bob|haha|lol|os|$)|(?:im"
    r"|dwi'?n) dead (?:proud|on)"
    r"|dwi'?n marw$|im dying$|so fun|nervous|nerfus|(?:come|coming|dod|came|going) (?:to|2|i) (?:watch"
    r"|see|wylio|weld)"
    r"|next (?:year|term)|(?:f|b)lwyddyn nesa\w*|at the back|in the (?:middle|background|front)"
    r"|practi[sc]\w+|ymarfer\w*|(?<!im )(?<!i'm )late|hwyr"
    r"|log(?:ged)? ?(?:in|on)|mewngofnodi|scored|won|spider\w*|pry cop|uchder|heights|tooth|deintydd"
    r"|dentist|appointment|apwyntiad)\b",
    re.IGNORECASE,
)
"""A laugh, looking forward, a game, an appointment: there is nothing behind it."""
_OF_A_GAME = lazy_pattern(
    r"\b(?:lost|won|lose|winning|losing|beaten?|drew|colli|collon|ennill|enillon)"
    r" (?:\w{1,20} ){0,2}\d{1,2} ?- ?\d{1,2}\b"
    r"|\b(?:im|i'm|i am|dwi wedi|dwi 'di) (?:so |literally |actually )?(?:dead|marw)"
    r"(?: (?:lol|haha\w{0,9}|lmao|x{1,3}))?\W{0,9}$",
    re.IGNORECASE,
)
"""A score, or *im dead* as its last words: of laughing, where no one else is spoken of."""
_OF_SOMEONE = lazy_pattern(
    r"\b(?:he|she|they|him|her|them|dad|mum|mam|if|when|wen|tell|told|said|says|inside|tonight|tablets|pills"
    r"|blood|knife|alone|scared|hurts?|wish|nobody|no1|os|pan|deud|dweud|fo|hi|nhw)\b",
    re.IGNORECASE,
)
_OF_A_PICTURE = lazy_pattern(
    r"\b(?:on (?:the|my|his|her) (?:far )?(?:left|right)|eyes shut|off sick|made (?:me|us|them) (?:wear"
    r"|do|smile|laugh)|want to (?:do|be|join|go)"
    r"|(?:do ?n'?t|did ?n'?t|dont|didnt) (?:even )?(?:get|know|see|remember|notice) (?:it|that|this|you"
    r"|him|her)\b|without stopping|lost it|(?:said|says) "
    r"(?:hi|hello|well done|(?:she|he|they)(?:'?s|'?re| is| are) (?:coming|going|bringing))|(?:feet|legs?"
    r"|arms?) hurts?"
    r"|no ?one noticed|work\w* in|yn gweithio)\b",
    re.IGNORECASE,
)
"""How people speak about themselves in a picture, or on a day out."""
_PARENT = lazy_pattern(
    r"\b(?:my|our|fy|ein) (?:[\w']{1,12} ){0,2}?(?:sons?|daughters?|girls?|boys?|lads?|kids?"
    r"|child(?:ren)?|little (?:one"
    r"|girl|boy)s?|two|twins|eldest|youngest|husband|wife|hubby|grand\w+|nephews?|nieces?|mab|m?merch"
    r"|mhlant|plant"
    r"|[gn]?g?[wŵ]r|ngwraig|wyres|wyrion)\b"
    r"|\bas an? (?:parent|governor|grand\w*|former \w+|ex \w+)\b",
    re.IGNORECASE,
)
"""A grown-up writes: a father, a grandmother."""
_YEARS = lazy_pattern(
    r"\b(?:19|20)\d\d\b|\b(?:years|yrs) ago\b|\byears? \d|\byr ?\d|\by\d|\bblwyddyn \d", re.IGNORECASE
)

_LOVED = lazy_pattern(r"\b(?:love[sd]?|caru|garu) (?:me|fi|u)\b|\blike me\b", re.IGNORECASE)
"""What isn't praise."""


def tells_of_oneself(text: str) -> bool:
    """Return whether a text may tell of what happens to the one who writes it, in words that no list has."""
    folded = fold(text).text
    words = words_of(folded).plain
    if not 2 < len(words) <= LONGEST:
        return False
    if _GOES_ON.search(folded) and not _PARENT.search(folded):
        return True
    if not _YOUNG.search(folded):
        return False
    if not (_OF_ONESELF.search(folded) or _AT_HOME.search(folded)):
        return False
    if (
        staff_words.is_kind(_LOVED.sub(" ", folded))
        or staff_words.asks(folded)
        or _ASIDE.search(folded)
        or (_OF_A_GAME.search(folded) and not _OF_SOMEONE.search(folded))
        or _PARENT.search(folded)
        or _YEARS.search(folded)
    ):
        return False
    if not _WEIGHS.search(_OF_A_PICTURE.sub(" ", folded)):
        return False
    return _topics().isdisjoint(
        each for word in words for each in (word, word.removesuffix("s"), word.removesuffix("es"))
    )


@lru_cache(maxsize=1)
def _topics() -> frozenset[str]:
    text = resources.files(__package__).joinpath("everyday_topics.txt").read_text("utf-8")
    return frozenset(
        fold(word).text for line in text.splitlines() if not line.startswith("#") for word in line.split()
    )


_A_CHILDS = lazy_pattern(
    r"\b(?:i'?m|i am|dw ?i'?n|dwi yn|rwy'?n|rydw i'n) (?:only |just |nearly |almost |yn )?(?:[6-9]|1[0-7]"
    r"|(?:twelve|thirteen"
    r"|fourteen|fifteen|sixteen|eleven|ten|nine|eight|seven))\b(?! ?(?:minutes?|mins|miles?|weeks?|months"
    r"|of|am|pm|th|%|times"
    r"|munud|milltir|wythnos|mis))"
    r"|\b(?:i'?m|i am|we'?re|dw ?i|dwi|rwyf|rydw i) (?:in|yn|ym) (?:year|yr|y|reception|blwyddyn"
    r"|mlwyddyn) ?\d{0,2}\b(?! (?:at the back|of))"
    r"|\b(?:my|our) (?:form )?(?:tutor|teacher|head of year|form)\b|\b(?:fy|ein) (?:athro|athrawes"
    r"|nhiwtor|tiwtor)\b"
    r"|\b(?:athro|athrawes|tiwtor|dosbarth) (?:fi|ni)\b",
    re.IGNORECASE,
)
_OF_THEIR_HOME = lazy_pattern(
    rf"\bmy (?:\w+ )?{_KIN}\b|\b{_KIN} fi\b|\bfy (?:mam|nhad|nain|nhaid|mrawd|chwaer"
    rf"|llys\w+)\b",
    re.IGNORECASE,
)


def may_be_a_childs(text: str, *, of_danger: bool = False) -> bool:
    """Return whether a text is plainly a child's: who says how old they are, what year they are in or who
    teaches them, speaks of home as the young write, or of themselves alone. `of_danger`: by lists it
    may tell of danger."""
    folded = fold(text).text
    if _PARENT.search(folded):
        return False
    young = bool(_YOUNG.search(folded))
    return (
        bool(_A_CHILDS.search(folded))
        or (young and of_danger and bool(_OF_ONESELF.search(folded)))
        or (young and bool(_OF_THEIR_HOME.search(folded) or _AT_HOME.search(folded)))
        or tells_of_oneself(text)
    )


_lists: list[Callable[[], Lists]] = []


@dataclass(frozen=True)
class Hurt:
    """Who was hurt or threatened and did nothing, by the reporter's own clear word: `people` by their ids,
    `who` in the reporter's words."""

    people: frozenset[int] = frozenset()
    who: str = ""


NO_ONE = Hurt()


@dataclass(frozen=True)
class Words:
    """What was found. `named`: the ids of the people here that it names; `roles`: the keys of
    the roles that it names by title; `not_found`: it was said, or the words say, that it's
    about a person here, but no one was found who could be meant; `untold`: no one was found, and it may
    be about one. `hurt`, `hurt_roles`: those of them who were only hurt or threatened."""

    danger: bool
    named: frozenset[int]
    roles: frozenset[str] = frozenset()
    not_found: bool = False
    untold: bool = False
    hurt: frozenset[int] = frozenset()
    hurt_roles: frozenset[str] = frozenset()


def read_with(lists: Callable[[], Lists]) -> None:
    """Register where the federation's own lists of words come from. Called once, at start-up."""
    _lists.append(lists)


def read_words(*texts: str, who: str = "", hurt: Hurt = NO_ONE, book: Book, on: date) -> Words:
    """Return what the texts of a concern say by themselves. `who`: the answer to who it is about."""
    return words_among(Names(book, on=on), *texts, who=who, hurt=hurt)


def words_among(names: Names, *texts: str, who: str = "", hurt: Hurt = NO_ONE) -> Words:
    """Return the same among people who were looked up once."""
    answered = names.answered(who) if who.strip() else frozenset()
    harmed = hurt.people | (names.answered(hurt.who) if hurt.who.strip() else frozenset())
    roles = names.roles_of_concern("\n".join(texts), who)
    hurt_roles = names.roles_of_concern("", hurt.who)
    return Words(
        danger=speaks_of_danger(*texts, who, hurt.who, in_concern=True),
        named=names.complained_of(*texts, who) | answered | harmed,
        roles=roles | hurt_roles,
        not_found=not answered if who.strip() else names.leave_open(*texts, but=hurt.who),
        untold=not (answered or hurt.who.strip()) and names.may_mean_another(*texts),
        hurt=harmed - answered,
        hurt_roles=hurt_roles | names.held_only_by(roles, harmed),
    )


def speaks_of_danger(*texts: str, in_concern: bool = False) -> bool:
    """Return whether words of danger are found that are enough to tell people at any hour. `in_concern`:
    someone reported a concern with them, who seldom does so of nothing: then also what only reads like
    danger, and what no list has that they may tell of themselves."""
    lists = lists_here()
    return any(_certain(one, lists, in_concern=in_concern) for one in texts if one)


def reasons_of_danger(text: str) -> list[Reason]:
    """Return all in a text for which someone may be in danger, also what can wait for the morning."""
    return [one for one in triage(text, lists=lists_here()).why if one.lane in URGENT]


def lists_here() -> Lists:
    """Return the lists of words as the federation has edited them."""
    return next((find() for find in _lists), None) or packaged()


def _certain(text: str, lists: Lists, *, in_concern: bool = False) -> bool:
    why = [(one.lane, one.kind) for one in triage(text, lists=lists).why]
    return tells_now(why) or (in_concern and ((Lane.DANGER, "learned") in why or tells_of_oneself(text)))
