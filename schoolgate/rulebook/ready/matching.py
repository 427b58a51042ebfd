"""Which ready rules a clause may say, by its own words."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from schoolgate.patterns import lazy_pattern
from schoolgate.rulebook.clauses import IN_NO_CASE, split
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.declared.contacts import CONTACT
from schoolgate.rulebook.ready.declared.own_accounts import OWN
from schoolgate.rulebook.ready.exceptions import made_in
from schoolgate.rulebook.ready.model import (
    ReadyRule,
)
from schoolgate.rulebook.situations.networks import NETWORKS

MOST_OFFERED = 3
NOTHING: Collection[str] = ()
OF_DATA = "personaldata"
"""*Personal* before *data* and the like."""
UNLIKE = 5
"""What a word of another subject takes from a rule."""
HELD = 4
"""What it counts that a rule has the exception that a sentence makes."""
_WORD = re.compile(r"[^\W\d_]++|\d++")
_NOT_DOING = lazy_pattern(r"(?<=\bnot )[a-z]{3,20}ing\b|(?<=\bor )[a-z]{3,20}ing\b")
"""What an entry of a list forbids (*not discussing pupils, or posting photos*), which counts as the verb."""
_TIED = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]++")
"""Two words that one hyphen makes one: *half-term*, *cyn-ddisgyblion*."""
_PERMITS = lazy_pattern(
    r"\b(?:is|are|be) (?:accepted|acceptable|permitted|allowed|welcome|fine|free to|encouraged)\b"
    r"|\b(?:may|can)\b(?! (?:not|only|never)\b)|\b(?:caniateir|derbynnir|mae croeso)\b",
    re.IGNORECASE,
)
_LIMITS = lazy_pattern(
    r"\b(?:not|never|no|none|nobody|only|unless|until|without|except|cannot|nor|neither|forbidden|prohibited"
    r"|discouraged|avoid|refrain|ni|na|nad|nid|peidio|byth|oni|unig)\b|n['’]t\b",
    re.IGNORECASE,
)
_TELLS = lazy_pattern(
    r"\b(?:must|should|shall|will|are|is) (?:be )?(?:report|inform|notif|told|tell|refer|pass)\w*\b"
    r"|(?:, (?:then )?|\band (?:then )?)(?:call|ring|phone|tell|inform|notify) (?:the|your|our)\b",
    re.IGNORECASE,
)
"""How a sentence says that someone is told: that forbids nothing."""
_BANS = lazy_pattern(
    r"\b(?:must|may|should|shall|will|can|do|does)(?: not|n['’]t)(?! only)\b|\bcannot\b|\bmust never\b"
    rf"|\b(?:{IN_NO_CASE})\b",
    re.IGNORECASE,
)
_ASKS_BY_A_BAN = lazy_pattern(
    r"\b(?:without|unless|until|except\w*|before|but|other than|only|rather than|instead|more than"
    r"|longer than|later than|fewer than|less than|un\w+ed|left|and (?:must|should|will|is|are)"
    r"|if|when|where|not an?|the same person|ignore\w*|fail)\b|[;:]|, not\b",
    re.IGNORECASE,
)
"""How a ban asks for the opposite, or stands beside something else."""
_CASE = lazy_pattern(r"^(?:if|where|when|os|pan|lle) [^,;.]{5,200}+,", re.IGNORECASE)
_RECOMMENDS = lazy_pattern(
    r"^it is (?:strongly )?(?:recommended|suggested|advised) (?!not\b)"
    r"|^(?:we|governors) (?:strongly )?recommend\b",
    re.IGNORECASE,
)
"""How a sentence recommends something: no ready rule says that, and advice stops nothing."""
_RESERVES = lazy_pattern(
    r"\breserves? (?:the|our|its) right\b|\b(?:has|have) the right to\b|\bmay result in\b", re.IGNORECASE
)
"""How a sentence says what someone may do, or what may come of something."""
_MUST_BE = lazy_pattern(
    r"\b(?:must|shall|should|will)\b|\b(?:is|are) (?:removed|deleted|hidden)\b", re.IGNORECASE
)
_BUT = re.compile(r", but (?=(?:\w+ ){1,4}(?:must|should|may|will|do|is|are)\b)|; ")
_IF = lazy_pattern(r"^(?:if|where|when)\b", re.IGNORECASE)
_SUCH = lazy_pattern(r"^(?:such|this|that|these|those|they|it)\b", re.IGNORECASE)
_THEY = lazy_pattern(r"^(?:(?:if|where|when) )?(?:they|them|it|these|those)\b", re.IGNORECASE)
_THESE = lazy_pattern(
    r"\b(?:these|those|such) (?:\w+ )?(?:communications?|messages?|contacts?|conversations?)\b"
    r"|^in (?:such|these|those|that|this) cases?\b|\bonly (?:\w+ ){1,5}(?:do|does) (?:this|so)\W*$",
    re.IGNORECASE,
)
_OF_DATA = lazy_pattern(r"\bpersonal(?:ly)?(?= (?:\w{1,20} )?(?:information|data|details?|numbers?)\b)")
_WHO = lazy_pattern(r"\b(staff|people|those|anyone|everyone|someone|colleagues?) with access\b")
"""How a clause names people: that they have access is no rule on access."""
_FOR_EXAMPLE = lazy_pattern(
    r"\((?:e\.?g\.?|i\.?e\.?|for example|such as|including|(?:a|the|one) way of|that is|meaning)\b[^()]*\)",
    re.IGNORECASE,
)
"""Examples and what a word means, which a sentence isn't about by themselves."""
_REFERENCES = lazy_pattern(
    r"\b(?:professional|personal|character|job|employment) references?\b|\breferences? (?:for|on behalf of)\b"
)
"""How one person speaks for another, which names no school."""
_FIRST_NAME = lazy_pattern(r"\bfirst names? and (?:the )?(?:initials?|year groups?|class)\b")
"""How a pupil is named who isn't called one."""
_FRIENDS_OF = lazy_pattern(r"\bfriends (?:of|committee|association|group)\b")
"""Those who raise money for a school."""
_PHONES = lazy_pattern(r"\b(?:phone|telephone|mobile|text|sms) contact\b")
"""How people ring or text one another."""
_SCHOOLS_OWN = ("googleclassroom", "hwb", "microsoftteams", "noticeboard")
_BY_NAME = "|".join(one for one in NETWORKS if one not in (*_SCHOOLS_OWN, "threads", "x"))
_NETWORK = lazy_pattern(rf"\b(?:{_BY_NAME}|twitter)\b")
"""A network that people have accounts on, by a name that means nothing else."""
_SITE = lazy_pattern(r"\b(?:sites?|webspace)\b(?! manager)")
_CALLED = lazy_pattern(
    r"(?<!live[ -])\b(?:pages?|profiles?|feeds?|streams?|channels?"
    r"|[st]h?ianel(?:i|au)?|(?:t|d|th|nh)udalen(?:nau)?|ff?r(?:wd|ydiau))\b"
)
"""What some policies call an account, in English and Welsh."""
_NO_ACCOUNT = lazy_pattern(
    r"\bpages? \d{1,3}\b|\b(?:high|low)[ -]profile\b|\brais(?:es?|ed|ing) (?:the|our|its) profile\b"
    r"|\bfeeds? (?:back|into)\b|\bchannels? of\b"
    r"|\b(?:proper|usual|normal|formal|correct|appropriate|right) channels?\b"
)
"""The same words of something else."""
_ADDS = lazy_pattern(
    rf"\badd(?:s|ed|ing)?(?= (?:[\w'’]{{1,20}} ){{1,5}}"
    rf"(?:as (?:an? )?(?:friend|contact|follower)|on (?:{_BY_NAME})))"
)
"""How people become friends there: *add a pupil on Snapchat*."""
_ASKED_TO_BE = lazy_pattern(
    r"\b(?:accept|declin|refus|reject|ignor)\w{0,3} (?:[\w'’]{1,20} ){0,2}(?:requests?|invitations?)\b"
    rf"(?=[^.;]{{0,80}}\b(?:profiles?|accounts?|pages?|social media|{_BY_NAME})\b)"
)
"""How a friend's request is called that isn't: *decline requests from parents on their personal profiles*."""
_ABOUT = lazy_pattern(
    r"\b(?:post|posts|posting|write|writes|writing|tweet|tweets|tweeting|blog|blogs|blogging) about\b"
)
"""How it is said that someone is discussed."""
OF_NETWORKS = " facebook social media "
"""What a network is, in the words that ready rules have for it."""
_CORE = lazy_pattern(r"\b(?:core|key|main) messages?\b", re.IGNORECASE)
"""Messages that no one sends to anyone."""
_OTHERS_ACT = lazy_pattern(
    r"^(?:the |all )?(?:pupils?|students?|children|learners|parents?|carers?)"
    r"(?:(?: ?/ ?| and | or )(?:pupils?|students?|children|learners|parents?|carers?))?"
    r" (?:must|should|shall|may|will|can)(?: not| never| only)? (?!be\b|not\b|never\b|have\b)\w+"
    rf"|^(?:{IN_NO_CASE}),? (?:must|should|shall|may|will|can|do) (?:the |all |any |an? )?"
    r"(?:pupils?|students?|children|learners|parents?|carers?) (?!be\b)\w+"
    r"|^(?:parental|pupils?[’']?|parents?[’']?) requirements? include\b",
    re.IGNORECASE,
)
"""How a sentence begins on what pupils or parents do themselves: ready rules are on what the school does."""


_PARENTS = r"(?:parents?|carers?|guardians?|families)"
_PUPILS = r"(?:pupils?|students?|children|young people|learners?)"
_AND = r"(?:,? (?:and|or|nor) |, |/)(?:(?:any|the|our|current|their|by|from|with|to) ){0,2}"
_BOTH = lazy_pattern(
    rf"\b(?P<parents>{_PARENTS}(?:{_AND}{_PARENTS})?)(?P<join>{_AND})(?P<pupils>{_PUPILS}(?:{_AND}{_PUPILS})?)\b"
    rf"|\b(?P<pupils_first>{_PUPILS}(?:{_AND}{_PUPILS})?)(?P<joined>{_AND})"
    rf"(?P<parents_last>{_PARENTS}(?:{_AND}{_PARENTS})?)\b",
    re.IGNORECASE,
)
"""How a sentence names pupils and parents together: it says the same of each."""
_SOMEONE_DOES = lazy_pattern(
    r"^(?P<who>(?:the|our|each|a) (?:[\w’'-]+ ){1,5}?)"
    r"(?P<what>(?:manages|approves|posts|decides|keeps|checks|reads|publishes|answers|reviews|monitors|sets"
    r"|removes|deletes|reports|runs|holds|changes|trains|opens|closes|writes) .+)$",
    re.IGNORECASE,
)
_AND_NEVER = lazy_pattern(r",? (?:and|but) (?=never\b|not\b)", re.IGNORECASE)
"""Where a sentence on how pupils are named goes on to another ban (*by their first name only, and never
beside a picture*)."""
_NEXT_DUTY = lazy_pattern(r"(?:,? and|,) (?=\w{3,12}s (?:all|the|each|every|any|our|on|new|it)\b)")
"""Where the next thing begins that someone does."""
_PARENTS_OF = lazy_pattern(
    rf"\b(?:an?|the|any|our) (?:pupil|child|student)[’']s (?={_PARENTS}\b|family\b)"
    rf"|\b(?:pupils|children|students)[’']s? (?={_PARENTS}\b)",
    re.IGNORECASE,
)
"""Whose parents a sentence means: it is about them, not the pupil."""
_NOR_FORMER = lazy_pattern(
    rf",? (?:and|or|nor) (?:(?:with|to|from|by|any|their) ){{0,2}}(?:former|ex|past)[ -]{_PUPILS}\b[^,.;]*",
    re.IGNORECASE,
)
"""How a sentence names former pupils beside those of today: it says its own of each."""
_ACCOUNT = (
    r"(?:accounts?|profiles?|pages?|channels?|feeds?|sites?|social media|presence|blogs?|webspace"
    r"|cyfrif(?:on)?|gyfrif(?:on)?|tudalen(?:nau)?)"
)
_OF_THE_SCHOOL = lazy_pattern(
    rf"\b(?:school[’']s|schools[’']|official|academy[’']s|college[’']s|trust[’']s|our)"
    rf" (?:own )?(?:\w+ ){{0,2}}{_ACCOUNT}\b"
    rf"|\b(?:school|academy|college) (?:(?:official|social media|twitter|facebook|instagram) )?"
    r"(?:accounts?|pages?|channels?|sites?)\b"
    r"|^we (?!expect|ask|require|advise|encourage|remind|want|recommend)"
    r"(?:\w+ ){0,3}?(?!expect|ask|require|allow|permit|accept|want)\w+\b(?! staff| employees| teachers)"
    r"|^the (?:school|academy|college|trust) (?:will|does|must|shall|should|can|cannot|may|never)\b",
    re.IGNORECASE,
)
"""How a sentence is about the school's accounts, or what the school does itself."""
_BUT_THERE = lazy_pattern(
    rf",? (?:except|other than|apart from|unless it is) (?:on|for) (?:the |our )?(?:\w+ ){{0,2}}{_ACCOUNT}\b",
    re.IGNORECASE,
)
"""How a sentence leaves the school's own accounts out: it's about all others."""
_KEEPS_OFF = lazy_pattern(
    r"\b(?:keep\w*|kept|declin\w*|refus\w*|stop\w*|prevent\w*|ban\w*|breach\w*|disciplin\w*|misconduct|caution"
    r"|careful\w*|avoid\w*|beidio|peidi\w*|remov\w+ (?:\w+ ){0,3}(?:references?|mentions?)|confidential\w*"
    r"|separat\w*|respect\w*|inappropriate|unacceptable|gross)\b",
    re.IGNORECASE,
)
"""How a sentence forbids without a word of denial."""
_SCHOOL_WILL_NOT = lazy_pattern(
    r"^(?:the|our) (?:school|academy|college|trust|nursery|pre-?school)(?:[’']s)? (?:\w+ ){0,2}?"
    r"(?:accounts? |pages? )?(?:will|does|do|must|shall|should|can|may) (?:not|never) (?:follow|accept)\b"
    r"|^(?:the|our) (?:school|academy|college|trust|nursery|pre-?school) (?:cannot|never) follows?\b",
    re.IGNORECASE,
)
"""How a sentence says which people the school's accounts don't follow."""
_SCHOOL_ACTS = lazy_pattern(
    r"^(?:the|our) (?:school|academy|college|trust)(?:[’']s)? (?:\w+ ){0,2}?(?:accounts? |pages? )?"
    r"(?:will|does|do|must|shall|should|may|can|cannot|never)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = lazy_pattern(
    rf"\b(?:own|personal(?:ly)?|private(?:ly)?|their|themselves|(?:staff|employee|teacher)s?[’']s?)"
    rf" (?:\w+ ){{0,3}}?(?:{_ACCOUNT}|capacity|use|time|posts?|lives|life|phones?|devices?)\b"
    r"|\bin a (?:personal|private)\b|\bpersonally\b|\bthemselves\b|\boutside (?:of )?(?:work|school)\b"
    r"|\bpersono?l\b|\bbreifat\b|\bpreifat\b",
    re.IGNORECASE,
)
"""How it is about people's own."""
_OF_BOTH = lazy_pattern(
    r"\b(?:official|professional|school(?:[’']s)?|parents?|pupils?|students?|children|swyddogol|proffesiynol"
    r"|ysgol|rhieni|disgyblion)\b",
    re.IGNORECASE,
)
"""How a heading is on more, or on others, than staff's own accounts."""
_PLACE = lazy_pattern(
    r"\b(?:nursery|pre-?school|playgroup|kindergarten|after-?school club|(?:the|our|this) setting)\b"
)
"""What some policies call the school."""
_TAKEN_OFF = lazy_pattern(r"\b(?:take|takes|taken|taking) (?:\w+ ){0,2}?off\b")
_TRAINEES = lazy_pattern(r"\bstaff, students(?=,? (?:and|or|&) volunteers\b)|\bstudents on placement\b")
"""Students who work at a nursery."""
_THEMSELVES = lazy_pattern(
    r"^when (?:they |you |staff )?(?:are )?(?:use|using) (?:[\w’'-]+ ){2,4}?"
    r"(?:themselves|personally|privately|for personal use|in a (?:personal|private) capacity)\b",
    re.IGNORECASE,
)
"""How a sentence begins that is about people's own accounts."""
_THEIRS = frozenset(("own", "personal"))
"""What a heading on people's own accounts lends to the clauses below it."""


def nearest(says: str, heading: str = "") -> list[ReadyRule]:
    """Return the ready rules that this clause may say, the likeliest first; none where none is near. Below a
    heading on people's own accounts a clause needn't repeat that it's about them."""
    return [*_nearest(says, of_people(heading))]


def of_people(heading: str) -> bool:
    """Return whether a heading is about people's own accounts alone."""
    return _OF_PEOPLE.search(heading) is not None and _OF_BOTH.search(heading) is None


@lru_cache(maxsize=1000)
def _nearest(says: str, theirs: bool) -> tuple[ReadyRule, ...]:
    """A page asks it of each clause of a policy, and it takes a hundredth of a second."""
    found = _points(says, ready_rules().values(), theirs=theirs)
    likely = [(-points, place, ready) for place, (points, ready) in enumerate(found) if points]
    return tuple(ready for *_rank, ready in sorted(likely, key=lambda one: one[:2]))[:MOST_OFFERED]


def may_say(says: str, some: Collection[ReadyRule], heading: str = "") -> bool:
    """Return whether this clause may say one of these ready rules, however many others are nearer."""
    return any(points for points, _ready in _points(says, some, theirs=of_people(heading)))


def _points(says: str, some: Collection[ReadyRule], *, theirs: bool) -> list[tuple[int, ReadyRule]]:
    parts = split(says) or [says]
    limits = _forbidding(parts)
    spoken_of, meant = _spoken_of(parts), _meant(parts)

    def lent(ready: ReadyRule, sentence: str) -> Collection[str]:
        before = meant.get(sentence, NOTHING)
        own = ready.group == OWN and (theirs or _THEMSELVES.match(sentence))
        return _THEIRS.union(before) if own else before

    return [
        (
            max(
                (
                    _likeness(ready, one, spoken_of.get(one, NOTHING), lent(ready, one))
                    for one in (limits if _forbids(ready) and ready.bans else parts)
                ),
                default=0,
            ),
            ready,
        )
        for ready in some
    ]


def _likeness(
    ready: ReadyRule, sentence: str, spoken_of: Collection[str], meant: Collection[str] = NOTHING
) -> int:
    """Return how near a sentence is to a ready rule: where the rule has the exception that the sentence makes
    that counts for it, and the words of the exception don't count against it. `meant`: the words of the
    sentences before that say what it calls *these messages*."""
    if _demands(ready) and _only_bans(sentence):
        return 0
    if _forbids(ready) and not ready.parents and _OTHERS_ACT.search(sentence):
        return 0
    if _forbids(ready) and _TELLS.search(sentence) and not _LIMITS.search(sentence):
        return 0
    if _RECOMMENDS.match(sentence) or (_forbids(ready) and ready.bans and _limits_the_case_alone(sentence)):
        return 0
    if ready.modality is Modality.MUST and _RESERVES.search(sentence) and not _MUST_BE.search(sentence):
        return 0
    if _is_elsewhere(ready, sentence) or _bans_nothing(ready, sentence):
        return 0
    variants = _variants(ready, sentence)
    if ready.never:
        variants = [one for one in variants if not re.search(ready.never, one, re.IGNORECASE)]
    if not variants:
        return 0
    whole = max(score(ready, _words(one).union(meant), spoken_of) for one in variants)
    phrase = made_in(ready, sentence)[1]
    if not phrase:
        return whole
    ban = score(ready, _words(sentence.replace(phrase, " ")).union(meant), spoken_of)
    return max(whole, ban + HELD if ban else 0)


def _variants(ready: ReadyRule, sentence: str) -> Sequence[str]:
    """Return a sentence, and one for each of several people, duties or bans in it."""
    if _forbids(ready) and ready.group == CONTACT:
        return _of_each_group(sentence)
    if ready.modality is Modality.MUST and ready.roles:
        return _of_each_duty(sentence)
    if _forbids(ready) and ready.points == {"naming"}:
        return sentence, *_AND_NEVER.split(sentence)[:1]
    return (sentence,)


def _of_each_group(sentence: str) -> tuple[str, ...]:
    """Return a sentence, and where it names pupils and parents together one about each."""
    if _LIMITS.search(sentence):
        alone = without_former(_PARENTS_OF.sub("", sentence))
        if alone != sentence:
            return (sentence, alone)
    found = _BOTH.search(sentence)
    if found is None or not _LIMITS.search(sentence) or _SCHOOL_ACTS.match(sentence):
        return (sentence,)
    before, after = sentence[: found.start()], sentence[found.end() :]
    each = (found["parents"] or found["parents_last"], found["pupils"] or found["pupils_first"])
    return (sentence, *(f"{before}{one}{after}" for one in each))


def _of_each_duty(sentence: str) -> tuple[str, ...]:
    """Return a sentence, and where it names several things that someone does one about each: *The head
    approves all requests and posts all tweets*."""
    found = _SOMEONE_DOES.match(sentence)
    if found is None:
        return (sentence,)
    each = [one for one in _NEXT_DUTY.split(found["what"]) if one]
    return (sentence, *(f"{found['who']} {one}" for one in each)) if len(each) > 1 else (sentence,)


def without_former(sentence: str) -> str:
    """Return a sentence without its words about former pupils beside the current ones."""
    return _NOR_FORMER.sub("", sentence)


def _limits_the_case_alone(sentence: str) -> bool:
    """Whether what a sentence denies is its case (*If no one is named, the page is no matter of ours*)."""
    return _LIMITS.search(sentence) is not None and _LIMITS.search(_CASE.sub(" ", sentence)) is None


def _is_elsewhere(ready: ReadyRule, sentence: str) -> bool:
    """Whether it is about people's own accounts, and the sentence about the school's alone."""
    return (
        ready.group == OWN
        and _OF_THE_SCHOOL.search(_BUT_THERE.sub("", sentence)) is not None
        and _OF_PEOPLE.search(sentence) is None
    )


def _bans_nothing(ready: ReadyRule, sentence: str) -> bool:
    """Whether a rule forbids something to people, and the sentence forbids nothing (*comments are hidden if
    they are rude*), or only says what the school itself does."""
    if not (_forbids(ready) and ready.bans) or ready.parents:
        return False
    if ready.group == OWN:
        return not (_LIMITS.search(sentence) or _KEEPS_OFF.search(sentence))
    return ready.group == CONTACT and _SCHOOL_WILL_NOT.match(sentence) is not None


def _spoken_of(sentences: Sequence[str]) -> dict[str, Collection[str]]:
    """Return the words of the sentence before, for each that speaks of something by *they* or *it* alone."""
    return {one: _words(before) for before, one in pairwise(sentences) if _THEY.search(one)}


def _meant(sentences: Sequence[str]) -> dict[str, Collection[str]]:
    """Return the words of the sentences before, for each that calls what they name *these messages* or the
    like."""
    found: dict[str, Collection[str]] = {}
    for before, one in pairwise(sentences):
        if _THESE.search(one):
            found[one] = _words(before).union(found.get(before, NOTHING))
    return found


def _forbids(ready: ReadyRule) -> bool:
    """Whether it forbids something to all, not to all but those with a role."""
    return ready.modality is Modality.MUST_NOT and all(one.agrees for one in ready.roles.values())


def _demands(ready: ReadyRule) -> bool:
    """Whether it asks for something to be done, and no sentence that only forbids says the same."""
    return ready.modality is Modality.MUST and not _LIMITS.search(ready.says)


def _only_bans(sentence: str) -> bool:
    """Whether a sentence forbids something and asks for nothing by that (*not left for more than a day*)."""
    return bool(_BANS.search(sentence)) and not _ASKS_BY_A_BAN.search(sentence)


def _forbidding(sentences: Sequence[str]) -> list[str]:
    """Return the sentences of a clause that may forbid something: none that only permits (*Such friendships
    are accepted, but ...*), nor the one that it speaks of."""
    found: list[str] = []
    for one in sentences:
        permits, *others = _BUT.split(one)
        if _LIMITS.search(permits) or _IF.match(one) or not _PERMITS.search(permits):
            found.append(one)
            continue
        if _SUCH.match(one):
            found = found[:-1]
        found += others
    return found


def likely(says: str) -> list[ReadyRule]:
    """Return the ready rules that a person looks at first for this clause: the nearest, then those of which
    most of the subjects are named."""
    words = _words(says)
    near = nearest(says)

    def named(ready: ReadyRule) -> float:
        groups, unlike = _groups(ready.key)
        return sum(bool(group & words) for group in groups) / len(groups) - len(unlike & words)

    rest = [one for one in ready_rules().values() if one not in near and named(one) > 0]
    return [*near, *sorted(rest, key=named, reverse=True)][:MOST_OFFERED]


@lru_cache(maxsize=200)
def _words(sentence: str) -> frozenset[str]:
    """Return the words of a sentence, without accents (*caniatâd*), each also without the ending of a plural
    (*looks*, *newspapers*). A network's name also has the words for all of them; personal data aren't what is
    a person's own, as a personal account is."""
    said = _NO_ACCOUNT.sub(" ", unaccented(_CORE.sub(" ", _FOR_EXAMPLE.sub(" ", sentence))))
    said = _FIRST_NAME.sub(r"\g<0> pupil", _TRAINEES.sub("staff", said))
    said = _TAKEN_OFF.sub(r"\g<0> remove", _PLACE.sub(r"\g<0> school", said))
    said = _FRIENDS_OF.sub(" ", _PHONES.sub("direct messages", _REFERENCES.sub(" testimonial ", said)))
    said = _SITE.sub(r"\g<0> account accounts page pages ", _CALLED.sub(r"\g<0> accounts ", said))
    said = _ABOUT.sub(r"\g<0> discuss", _ASKED_TO_BE.sub(r"\g<0> friend", said))
    said = _NETWORK.sub(rf"\g<0>{OF_NETWORKS}", _ADDS.sub("friend", said))
    found = {*_TIED.findall(said), *_WORD.findall(_WHO.sub(r"\1", _OF_DATA.sub(OF_DATA, said)))}
    listed = {one.group() for one in _NOT_DOING.finditer(said)}
    found |= {verb for one in listed for verb in (one[:-3], f"{one[:-3]}e")}
    return frozenset(found | {word[:-1] for word in found if len(word) > 3 and word.endswith("s")})


def unaccented(text: str) -> str:
    """Return a text in lower case without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def score(ready: ReadyRule, words: Collection[str], spoken_of: Collection[str] = NOTHING) -> int:
    """Return how many of these words speak of what a ready rule is about; 0 where they leave one of its
    subjects out, or speak as much of another one, as do those of what they speak of."""
    groups, unlike = _groups(ready.key)
    hits = [len(group.intersection(words)) for group in groups]
    other = len(unlike.intersection((*words, *spoken_of))) * UNLIKE
    points = sum(hits) + len(hits) - other
    return points if all(hits) and points > len(hits) else 0


@cache
def _groups(key: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    ready = ready_rules()[key]
    groups = tuple(frozenset(unaccented(group).split()) for group in ready.words)
    return groups, frozenset(unaccented(ready.unlike).split())
