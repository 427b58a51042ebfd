"""Short forms of first names that British schools meet, written for this project."""

from collections.abc import Iterable, Iterator, Mapping

_GROUPS = """
abigail abi abbie abby gail|alexander alex alec sandy xander|alexandra alex lexi sandra|
alfred alfie alf fred|alice ali|amelia amy millie mia|andrew andy drew|anthony tony ant|
archibald archie|arthur art artie|barnaby barney|beatrice bea trixie|benjamin ben benji|bethany beth|
caitlin cait katie|cameron cam|catherine cath cathy kate katie|charles charlie chaz|
charlotte lottie charlie lotte|christopher chris kit|dafydd dai daf dafs|catrin cati cadi trin|
rhiannon rhi non|angharad angie anghi|elin el|ioan io|llinos lin|tudur tud|iorwerth iori|idris id|
eirlys eir|zofia zosia|katarzyna kasia|aleksandra ola|jakub kuba|daniel dan danny|david dave davy dai|
diane di|diana di|dianne di|deborah deb debs debbie|
dominic dom|edward ed eddie ted teddy ned|eleanor ellie nell nora|
elizabeth liz lizzie beth eliza libby betsy|emily em emmy|emma em|evangeline eva evie|
florence flo flossie|frances fran frankie|francis frank frankie|frederick fred freddie freddy|
gabriel gabe|george georgie|georgina georgie|geraint ger|grace gracie|gruffudd gruff gruffydd guto|
gwendoline gwen|gwenllian gwen gwenni llio|gwenno gwen|harrison harry|henry harry hal|imogen immy|
isabella bella izzy|isabelle izzy bella belle|isobel izzy|jacob jake|james jim jimmy jamie|
jennifer jen jenny|jessica jess jessie|joanna jo|john johnny jack|jonathan jon jonny|joseph joe joey|
joshua josh|katherine kate kathy katie kat|kenneth ken|laurence larry|leonard len leo|lewis lew|
llewelyn llew lyn|louis lou|louisa lou|lucas luke luc|madeleine maddie maddy|madison maddie|
margaret maggie meg peggy|matilda tilly tilda|matthew matt matty|maximilian max|megan meg|
michael mike mick mickey|mohammed mo|muhammad mo|myfanwy myf|natasha tash|nathan nath nate|
nathaniel nat nate|nicholas nick nicky|nicola nicky|oliver ollie oli|olivia liv livvy|patrick pat paddy|
penelope penny|peter pete|philip phil pip|philippa pippa|rebecca becca becky bex|richard rich rick dick|
robert rob bob bobby robbie|rosalind ros rosie|rose rosie|rosemary rosie|samantha sam sammy|
samuel sam sammy|sebastian seb|sophia sophie soph|steffan steff|stephen steve|susan sue susie|
tabitha tabby|theodore theo ted teddy|thomas tom tommy|timothy tim|tomos tom twm|victoria vicky tori|
vincent vince|violet vi|william will bill billy wil liam|winifred winnie|zachary zac zach zak
"""


def groups_in(text: str) -> Iterator[list[str]]:
    """Yield the names of each group: a bar stands between two."""
    return (line.split() for line in text.replace("\n", "").split("|"))


def others_by_name(pairs: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, frozenset[str]]:
    """Return for each name the others of its groups."""
    found: dict[str, set[str]] = {}
    for name, others in pairs:
        found.setdefault(name, set()).update(others)
    return {name: frozenset(others - {name}) for name, others in found.items()}


SHORT = others_by_name((whole, short) for whole, *short in groups_in(_GROUPS))
"""A first name -> its short forms."""
