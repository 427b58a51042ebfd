"""A full name is found however its letters are written: accents, joinings, scripts and capitals of every kind
that lists of pupils have."""

import unicodedata

from schoolgate.screening import Kind, Listed, NameIndex, Strength, screen

NAMES = """
Siân Llywelyn-Hughes|Ffion ap Gwilym|Łukasz Wójcik|Søren Øvergård|Zoë O’Connor|Renée D'Souza
José García Fernández|Çağla Şahin|Björn Müller|Ægir Þórsson|Đức Trần|Nguyễn Thị Hoa|Ștefan Țurcanu
Anaïs Brontë|Ìfẹ́ Adébáyọ̀|Олена Шевченко|Ελένη Παπαδοπούλου|محمد الأحمد|דוד כהן|प्रिया शर्मा|ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ
นภา ศรีสุข|李 明华|さくら 田中
"""
EACH = NAMES.strip().replace("\n", "|").split("|")
LISTED = [Listed(number, *name.split(" ", 1)) for number, name in enumerate(EACH)]


def ways(name: str) -> dict[str, str]:
    apart = unicodedata.normalize("NFD", name)
    return {
        "as it is": name,
        "letters and accents apart": apart,
        "without accents": "".join(each for each in apart if not unicodedata.combining(each)),
        "in capitals": name.upper(),
        "with blanks for hyphens": name.replace("-", " "),
        "with other blanks": name.replace(" ", "\u00a0"),
        "with other hyphens and apostrophes": name.replace("-", "\u2011").replace("'", "’"),
    }


def test_a_full_name_is_found_in_every_script_with_every_accent_and_joining():
    index, missed = NameIndex(LISTED), []
    for number, name in enumerate(EACH):
        for way, written in ways(name).items():
            hits = screen(f"Well done {written} on Saturday.", index).hits
            if not any(
                hit.kind is Kind.PUPIL and hit.strength is Strength.STOP and number in hit.of for hit in hits
            ):
                missed.append((name, way))
    assert missed == []
