"""Words that mean the same to whoever asks, and words that say nothing. Data; all without accents."""

from collections.abc import Mapping

_GROUPS: Mapping[str, str] = {
    "pupil": "student students pupils child children kid kids learner learners girl boy",
    "expupil": "ex-pupil alumni alumnus alumna",
    "parent": "mum mam dad mother father carer guardian mums dads",
    "colleague": "coworker workmate teacher teachers staff",
    "picture": "photo photos photograph photographs image images pic pics selfie snap",
    "account": "profile page",
    "delete": "remove removing deleting",
    "journalist": "reporter journalists newspaper bbc",
    "phone": "mobile smartphone telephone sms",
    "email": "e-mail mail gmail outlook",
    "facebook": "instagram twitter snapchat tiktok",
    "criticise": "criticize complain complaining moan rant slag",
    "logo": "badge crest emblem",
    "friend": "befriend friends friending",
    "monitor": "monitoring spy spied spying",
    "attack": "bully bullied bullying harass harassed harassing abuse abused troll trolled threaten "
    "threatened",
    "wikipedia": "wiki encyclopaedia encyclopedia",
    "candidate": "applicant applicants candidates interviewee",
    "password": "passwords passcode",
    "hack": "hacked hijacked hijack",
    "fake": "spoof impersonate impersonating pretend pretending genuine",
    "answer": "reply respond replying responding",
    "write": "post posting posts tweet tweeting writing",
    "leave": "permission consent",
    "leaving": "leaver leavers retire retiring resign",
    "colleagues": "",
    "worried": "worry concern concerned worrying safeguarding",
    "wifi": "wi-fi network internet",
    "computer": "laptop pc desktop chromebook",
    "group": "groups groupchat",
    "copyright": "copyrighted",
    "blog": "blogging blogger",
    "child protection": "",
}
_PHRASES: Mapping[str, str] = {
    "former pupil": "expupil", "former pupils": "expupil", "former student": "expupil",
    "former students": "expupil", "ex pupil": "expupil", "ex pupils": "expupil", "ex student": "expupil",
    "ex students": "expupil", "past pupil": "expupil", "past pupils": "expupil", "past student": "expupil",
    "old pupil": "expupil", "old pupils": "expupil", "old student": "expupil", "pupil who left": "expupil",
    "used to teach": "expupil", "i taught": "expupil", "cyn ddisgybl": "expupil",
    "cyn ddisgyblion": "expupil",
    "friend request": "friend accept", "group chat": "group chat", "e mail": "email", "wi fi": "wifi",
    "my own child": "family", "my son": "family", "my daughter": "family", "my niece": "family",
    "my nephew": "family", "my cousin": "family", "retweet": "pass share", "re post": "pass share",
    "social media": "", "take down": "delete", "told off": "told", "previous school": "before school worked",
    "last school": "before school worked", "old school": "before school worked",
    "no longer work": "left worked", "left my job": "left worked", "data breach": "data got out",
    "leaving my job": "leaving", "leave my job": "leaving", "good news": "news",
}  # fmt: skip
ALIKE: Mapping[str, str] = {
    **_PHRASES,
    **{word.replace("-", " "): meant for meant, words in _GROUPS.items() for word in words.split()},
}
"""a word or phrase -> what is meant"""

_SMALL = """
    a about also am an and any anybody anyone are as at be been by can could did do does for from get had has
    have he her here him his how i id if ill im in into is it its ive just let like may me mine my of off on
    or our ours s she should so some somebody someone that the their them there they this to up us was we
    what when where which who with would you your yours not ok okay want wants allowed put
    y yr yn o i ar a ac ei eu fy mae ydy oes gan am at un dros wedi hwn hon neu beth sut pryd pwy ga gaf
"""
SMALL_WORDS = frozenset(_SMALL.split())
