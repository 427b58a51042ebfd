"""Made pupils, the ways to write their names, and clean posts, all the same in every run. No name is a real
child's: given names and surnames are put together by a seed."""

import random
from collections.abc import Callable

from schoolgate.screening import Listed

FIRST = """
Oliver Amelia George Isla Harry Ava Noah Mia Jack Ivy Leo Lily Oscar Freya Arthur Florence Muhammad Grace
Charlie Willow Henry Rosie Theodore Sophia Freddie Ella Alfie Poppy Archie Evie Thomas Charlotte Joshua
Daisy William Emily James Sienna Max Phoebe Lucas Elsie Isaac Sofia Edward Alice Finley Matilda Samuel
Maya Rhys Cerys Ioan Megan Gethin Ffion Dylan Sian Osian Carys Macsen Nia Tomos Eleri Idris Mali Emrys
Beca Gruffydd Lowri Iestyn Catrin Siân Zoë Chloë Renée José Łukasz Zofia Aisha Yusuf Fatima Arjun Priya
Wei Jakub Olena Anaïs Björn Søren Aoife Niamh Eoin Elizabeth Benjamin Alexander Rose May Will Joy Hope
Mark Robin Holly Summer Victoria Daniel Joseph Zachary Harriet Lottie Nathaniel Beatrice Penelope
""".split()  # noqa: SIM905
LAST = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker White Edwards Green Hall Wood
Harris Lewis Martin Jackson Clarke Clark Turner Hill Cooper Morris Ward Moore King Watson Baker Harrison
Morgan Allen James Scott Phillips Watts Parker Bennett Young Price Griffiths Llewellyn Prosser Bevan Pugh
Pritchard Gittins Vaughan Cadwaladr Rees O'Brien O'Connor D'Souza MacDonald McCarthy Evans-Hughes Smith-
Jones Parry-Williams Lloyd-George Nowak Kowalska Khan Begum Nguyễn Müller García Fernández Øvergård Björk
Çelik Novák Obi Adeyemi Okafor Chen Zhang Silva Ferreira Lane Day Field Pool Marsh Hunt Swan Pearl Bell
Stone Rivers Forest Ellery Whitcombe Thistlewood Bramhall Ogden Pemberton Quigley Ramsbottom Featherstone
Hollingsworth Satterthwaite Cartwright Arkwright Butterworth Entwistle Fazackerley Greenhalgh Winterbottom
""".split()  # noqa: SIM905
PLAIN_LAST = [last for last in LAST if last.isascii() and last.isalpha()]


def pupils(number: int = 5_000, *, seed: int = 14) -> list[Listed]:
    """Return a school's pupils, in classes of 28; every 20th is called something else."""
    made = random.Random(seed)
    found = []
    for key in range(1, number + 1):
        known_as = made.choice(FIRST) if key % 20 == 0 else ""
        year = 1 + key % 13
        form = f"{year}{'ABCDEFGHJKLMN'[key // 13 % 13]}"
        found.append(Listed(key, made.choice(FIRST), made.choice(LAST), known_as, form, f"Year {year}"))
    return found


def _typing_error(made: random.Random, word: str) -> str:
    at = made.randrange(1, len(word) - 1)
    what = made.randrange(4)
    if what == 0:
        return word[:at] + word[at + 1 :]
    if what == 1:
        return word[:at] + made.choice("aeioustrn") + word[at:]
    if what == 2:
        return word[:at] + made.choice("bcdfghk") + word[at + 1 :]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _bare(word: str) -> str:
    from schoolgate.screening.folding import fold

    return fold(word).text


VARIANTS: dict[str, Callable[[random.Random, str, str], str]] = {
    "plain": lambda _made, first, last: f"{first} {last}",
    "upper": lambda _made, first, last: f"{first} {last}".upper(),
    "lower": lambda _made, first, last: f"{first} {last}".lower(),
    "possessive": lambda _made, first, last: f"{first} {last}’s",
    "accent lost": lambda _made, first, last: _bare(f"{first} {last}"),
    "first and initial": lambda _made, first, last: f"{first} {last[0]}.",
    "initial and last": lambda _made, first, last: f"{first[0]}. {last}",
    "surname first": lambda _made, first, last: f"{last}, {first}",
    "hashtag": lambda _made, first, last: f"#{first}{last}".replace("-", "").replace("'", ""),
    "handle": lambda _made, first, last: f"@{first}_{last}".replace("-", "").replace("'", "").lower(),
    "hyphen lost": lambda _made, first, last: f"{first} {last.replace('-', ' ')}",
    "apostrophe lost": lambda _made, first, last: f"{first} {last.replace(chr(39), '')}",
    "no-break space": lambda _made, first, last: f"{first}\u00a0{last}",
    "nickname": lambda _made, first, last: f"{first} {last}",
    "middle name": lambda made, first, last: f"{first} {made.choice(FIRST)} {last}",
    "typing error": lambda made, first, last: f"{first} {_typing_error(made, last)}",
}
"""Sixteen ways in which a name is written."""
AROUND = (
    "Well done to {name} for a great week.", "We are so proud of {name} and the whole team!",
    "The prize went to {name} on Tuesday.", "Llongyfarchiadau i {name} am ennill y wobr.",
)  # fmt: skip


def named_lines(variant: str, *, number: int = 60, seed: int = 41) -> list[tuple[str, Listed]]:
    """Return sentences that name a pupil in one of the ways, with the pupil."""
    from schoolgate.screening.nicknames import SHORT

    made, found = random.Random(f"{seed} {variant}"), []
    every = pupils()
    while len(found) < number:
        pupil = made.choice(every)
        first, last = pupil.first, pupil.last
        if variant == "nickname":
            short = sorted(SHORT.get(first.lower(), ()))
            if not short:
                continue
            first = made.choice(short).title()
        if variant == "typing error" and len(last) < 5:
            continue
        if (
            variant in ("hyphen lost", "apostrophe lost")
            and not {"-", "'"} & set(last)
            and made.random() < 0.9
        ):
            continue
        found.append((made.choice(AROUND).format(name=VARIANTS[variant](made, first, last)), pupil))
    return found


CLEAN = """
Our sports day is on Friday and families are welcome on the field from half past nine.
Year 4 planted a hundred bulbs in the school garden this morning.
A school trip needs a coat, a packed lunch and a smile.
Thank you to everyone who came to the summer fair: we raised £840 for new books.
The library is open at lunch every day, so come in and borrow a story.
Please remember that school closes at noon on the last day of term.
Mrs Bramley read a chapter to each class and answered their questions.
Our choir sang in the hall and the audience joined in with the last song.
Bring a warm coat tomorrow because the forecast says snow.
We had a day of science, with rockets, slime and a very loud volcano.
The breakfast club starts at eight and has places left.
Mae’r plant wedi mwynhau’r Eisteddfod yn fawr iawn.
Diolch i bawb a ddaeth i’r ffair haf ddydd Sadwrn.
Cofiwch ddod â dillad nofio yfory.
Bore coffi yn y neuadd am ddeg o’r gloch, croeso i bawb.
The new climbing frame is ready, thanks to the Friends of the School.
Parents can book a meeting with a teacher from Monday.
We welcomed a visitor from the fire service, who showed us a real hose.
A young team went to the tournament and came home with smiles.
World Book Day is in March: dress as a character from a book you love.
Our governors meet on Wednesday and the minutes are on the website.
The winners of the poster competition have their work in the entrance hall.
Reading at home for ten minutes a day makes a great difference.
Our school council chose a new bench for the playground.
The kitchen has a new menu with more fruit and less sugar.
Nursery children made pancakes and counted every flip.
A field of poppies filled the corridor for Remembrance.
Miss Adair and the eco club collected four bags of litter.
Well done to all who took part in the spelling bee.
The bus leaves from the front gate and comes back by three.
""".strip().split("\n")


def clean_posts(number: int = 1_000, *, seed: int = 7, length: int = 445) -> list[str]:
    """Return posts without a pupil, of about this length."""
    made, found = random.Random(seed), []
    for _ in range(number):
        post = ""
        while len(post) < length:
            post = f"{post} {made.choice(CLEAN)}".strip()
        found.append(post)
    return found
