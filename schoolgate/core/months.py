"""Names of months as people and programs write them, in the languages in which schools get lists and mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_NAMES: Final = (
    ("january jan", "ionawr ion", "stycznia styczeń sty", "janvier janv", "januar jan jänner", "enero ene",
     "januari gennaio janeiro ianuarie"),
    ("february feb", "chwefror chwef", "lutego luty lut", "février févr fév", "februar", "febrero",
     "februari febbraio fevereiro februarie"),
    ("march mar", "mawrth", "marca marzec", "mars", "märz mär", "marzo",
     "maart março martie"),
    ("april apr", "ebrill ebr", "kwietnia kwiecień kwi", "avril avr", "april", "abril abr",
     "aprile aprilie"),
    ("may", "mai", "maja maj", "mai", "mai", "mayo",
     "mei maggio maio"),
    ("june jun", "mehefin meh", "czerwca czerwiec cze", "juin", "juni", "junio",
     "giugno junho iunie"),
    ("july jul", "gorffennaf gorff", "lipca lipiec lip", "juillet juil", "juli", "julio",
     "luglio julho iulie"),
    ("august aug", "awst", "sierpnia sierpień sie", "août", "august", "agosto ago",
     "augustus agosto"),
    ("september sep sept", "medi", "września wrzesień wrz", "septembre", "september", "septiembre setiembre",
     "settembre setembro septembrie"),
    ("october oct", "hydref hyd", "października październik paź", "octobre", "oktober okt", "octubre",
     "ottobre outubro octombrie"),
    ("november nov", "tachwedd tach", "listopada listopad lis", "novembre", "november", "noviembre",
     "noiembrie novembro"),
    ("december dec", "rhagfyr rhag", "grudnia grudzień gru", "décembre déc", "dezember dez", "diciembre dic",
     "dicembre dezembro decembrie"),
)  # fmt: skip
"""English, Welsh, Polish, French, German, Spanish; then what Dutch, Italian, Portuguese and Romanian write
otherwise."""
MONTHS: Final[Mapping[str, int]] = {
    name: number for number, each in enumerate(_NAMES, 1) for words in each for name in words.split()
}
"""The name of a month in lower case -> its number."""
