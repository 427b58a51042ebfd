"""What the name under which a stranger writes tells is asked about; an ordinary name is not."""

from schoolgate.screening.folding import fold
from schoolgate.screening.writers_name import find_in_writers_name

TELLING = (
    "Kayleigh 8C 57 bus stop 9", "Kayleigh 8C", "kayleigh 8c", "Kayleigh 10R", "kayleigh_8c",
    "Mali, Year 5", "Mali yr 5", "Mali Y5", "Mali Bl. 5", "Mali Blwyddyn 5", "Mali (Beech class)",
    "Mali Dosbarth Derw", "Mali bws 12", "Mali 57 bus", "Mali, bus stop by the Co-op", "Mali safle 9",
    "Mali safle bws Tesco", "Mali 12 Heol Elm", "Mali Stryd y Bont", "Alfie's nan, 4 Orchard Court",
    "Sam of Mill Lane", "Sam at no. 7", "Sam 3.40 back gate", "Sam half past three",
    "Sam home alone till 6", "Sam 4pm", "Sam o'r gloch", "Sam aged 9", "Sam (9)", "sam im 11",
    "Sam 9 oed", "sam 11 yrs", "Sam 07700 900123", "Sam +44 7700 900123", "Sam, flat 4",
    "Kayleigh lives on Ferry Road", "Sam fflat 4",
)  # fmt: skip
ORDINARY = (
    "Kayleigh", "Amina Khan", "J. Smith", "Tom Lane", "Sarah Jane Lane", "Kayleigh's mum", "Mam Mali",
    "Nerys", "Lane Street", "PC Tom Close", "sam1985", "@tom_1985", "@sam7b.bsky.social",
    "john.smith.12345678", "Dai Bws", "Mrs Court", "@llanidloesfc", "Year of the Bus",
    "Friends of Oakwood School", "Ferry Lane Stores", "Station House Surgery", "Y Stryd Fawr",
    "Cwmni Bysiau Llani", "Bus Users Wales", "Ysgol Maes y Bryn", "Class act", "Ffion ap Rhys",
    "O'Neill", "Anne-Marie D'Arcy", "Clwb Rygbi Llani 1889", "The Bus Shelter Café", "user_48213377",
    "Deian 2", "J T", "Room for Rent", "2nd Boroughbridge Scouts", "10,000 Maniacs", "Dilys & Co.",
)  # fmt: skip


def is_asked(name):
    return any(find_in_writers_name(fold(name).text))


def test_who_signs_with_a_class_a_bus_a_street_a_time_or_a_number_is_asked_about():
    """Before, 5 of 37."""
    assert [name for name in TELLING if not is_asked(name)] == []
    assert [name for name in ORDINARY if is_asked(name)] == []
