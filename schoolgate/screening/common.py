"""Words of the two languages of Welsh schools, for telling them apart and for telling words from names.

Welsh: the commonest word forms of "geiriau mwyaf aml" (Uned Technolegau Iaith, Bangor; Apache-2.0).
English: written for this project.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from schoolgate.screening.folding import fold

ENGLISH = frozenset(
    """
    a about above after afternoon again all already also always am an and animal another any are around
    art as ask at autumn away back ball band be beautiful because become been before began being best
    better big birthday book books both bring brought bus but by bye cake came can card care change child
    children choir class classes clean clear clothes club code coffee cold collect come coming community
    congratulations could council cross dance dancing date day days dear did different do doing done door
    down drama dress drink drop during each early east eat end enjoy enjoyed even evening event ever every
    everyone exam fair fall family fantastic far fast father feel few field film find first food football
    for forest found free friday friend friends from full fun game games garden gate gave get getting girl
    give given go goal going gold good great green ground group grow guest had half hall hand happy has
    have head headteacher hear heard held hello help her here high him his history hold holiday home hope
    hour house how i idea if in inside into is it its join joined july june just keep kept kind know lane
    last late lead learn learned learning leave left lesson letter library life light like line list
    little live local long look looked looking lost lot love lovely lunch made make making many march
    match maths may me meet meeting mile monday money month more morning most mother mr mrs much music my
    name near need never new news next nice night no north not note november now nursery october of off
    office old on once one only open or order our out outside over own page paper parent parents park part
    party past people person photo picture place plant play played playground playing please point pool
    possible post pound present primary prize pupil pupils put quick race rain raised reach read reading
    ready really red remember reminder return right river road room rose round run running safe said same
    sale saturday saw say school science sea season second secondary see seen send september set she shop
    should show shown side sing singing site six small snow so some something song soon south special
    sport sports spring staff stage star start stay still stone stop story street strong summer sun sunday
    support sure swim swimming table take taken talk taught teacher teachers team teams tell term test
    than thank thanks that the their them then there these they thing things think this those thought
    three through thursday ticket time times to today together told tomorrow took top town trip tree trees
    try tuesday two under uniform until up us use used very village visit visited visitors wait walk
    walking wall want warm was water way we wear weather website wednesday week weeks welcome well went
    were west what when where which while white who why wild will win winter with without won wonderful
    wood word words work worked working world would write writing year years yellow yes yesterday yet you
    young your yourself brilliant black blue brown pearl penny costume lost hill day bell king page price
    field miller cook baker summer joy hope faith grace robin daisy holly ivy lily poppy
    """.split()  # noqa: SIM905 - a list of words is read more easily so
)

WELSH_EXTRA = frozenset(
    """
    bore da prynhawn nos diolch llongyfarchiadau ysgol plant disgyblion dosbarth blwyddyn athro athrawes
    athrawon rhieni heddiw yfory ddoe dydd llun mawrth mercher iau gwener sadwrn sul wythnos tymor gwyliau
    croeso pob lwc gwych ardderchog bendigedig hyfryd hapus nadolig llawen pasg cymraeg cymru cinio trip
    taith parc mor tim gem pel droed canu cor cyngerdd ie plis iawn chi ni nhw roedd oedd mae bydd dewch
    cofiwch gwisg tocynnau neuadd eisteddfod urdd mwynhau mwynhaodd gwaith cartref darllen llyfr llyfrau
    ffrindiau
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=1)
def welsh() -> Mapping[str, int]:
    """Return the commonest Welsh word forms, each with how often it was met."""
    lines = resources.files(__package__).joinpath("welsh.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    found = {word: int(count) for word, count in rows}
    return dict.fromkeys(WELSH_EXTRA, 1) | found


@lru_cache(maxsize=1)
def ordinary() -> frozenset[str]:
    """Return words that are not a mistyped name, also as they are compared: "ôl" is "ol"."""
    return ENGLISH | frozenset(welsh()) | frozenset(fold(word).text for word in welsh())
