"""
Checks for texts that aren't the name of one city: totals, notes, sentences, several names, footnotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Mapping
from functools import cache
from itertools import count

from ...errors import shown
from ...model.office_words import headings, unknown_words
from ...model.vocabulary import PartnershipKind, PartnershipStatus, country_names, unclear_countries
from ...query.filters import labelled_words
from ...query.names import fold

_JOINERS = {"\u200c", "\u200d"}  # they shape letters in Persian and the scripts of India
# In addition to letters and marks; an apostrophe comes in many shapes, some of them letters.
_IN_NAMES = set(" \u00a0-.'’‘ʻʼ`´·‐‑–")
_TWO = re.compile(
    r"[,;/&+\n|]| [-–—] "
    r"|\s(?:ja|sekä|tai|vai|eli|och|samt|eller|resp\.|og|und|u\.|sowie|oder|bzw\.|and|or|alias|aka|et|y|e|o|i|és|oraz|lub|ve|un|ir|и|та)\s"
    # Names of partners that were, marks of others that aren't named, and a code of a country or state.
    r"|^(?:entinen|ent\.|ex|f\.? ?d\.|tidigare|ehem(?:alige|\.)|former(?:ly)?|ancienne)\s"
    r"|(?:^|\s)(?:ym|yms|jne|etc|m\. ?fl|m\. ?m|osv|usw|u\. ?a)\.$"
    r"|[^\W\d_](?-i:[a-zß-öø-ÿ.][ \u00a0](?![IVX]{2}$)[A-Z]{2}$)",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r".+ (?:yhteensä|totalt|insgesamt|gesamt|sammanlagt|zusammen|in total|au total)"
    r"|(?:kaikki )?(?:yhteensä|summa|totalt|sammanlagt|insgesamt|gesamt(?:zahl|summe)?|summe|anzahl|zusammen|total(?:s| général)?"
    r"|keskiarvo|medelvärde|medeltal|durchschnitt|mittelwert|moyenne|average|mean|grand total|sum|subtotal|välisumma|yht|ensemble|lukumäärä|antal|nombre|number|loppusumma)\b[\s:=]*[\d\s.,]*"
    r"(?:kpl|st|stk|stück|pcs|kaupunkia|städer|städte|cities|villes)?\.?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(\s*]*(?:stand|tilanne|päivitetty|uppdaterad|publicerad|aktualisiert|zuletzt geändert|last updated|updated|as of"
    r"|mise? à jour|màj|senast|sidan|lähde|lähteet|källa|källor|quellen?|sources?|source\(s\)|huom(?:\.|autus|io)?|hinweis"
    r"|anmerkung(?:en)?|bemerkung|anm\.|obs|note|nb|n\.b\.|remarque|attention|kontaktperson|ansprechpartner(?:in)?"
    r"|yhteyshenkilö|contact|lisätietoja|tel|puh|e-?mail|s-posti|fortsetzung|jatkuu|forts|continued|suite|seite|sivu|sida|page)"
    r"\b\W*(?:[\d:]|\w+\s\w+\s\w+).*"
    r"|(?:lähde|lähteet|källor|quellen|huom|huomautus|hinweis|anmerkung|bemerkung|obs|nb|lisätietoja|yhteyshenkilö)\b(?:\W.*)?",
    re.IGNORECASE | re.DOTALL,
)

_NONE = re.compile(
    r"(?:ei(?: mitään| yhtään| ystävyys\w+| kumppan\w+| ole\b.*)?|ing(?:a|en|et)(?: .*)?|nej|saknas|nein|keine?n?(?: \w+)?"
    r"|none|nil|aucune?(?: \w+)?|néant|no(?: .*)?)\.?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"europ[ae]|eurooppa|aasia|asi[ae]n?|asie|afri[ck]a|afrikka|afrique|(?:pohjois-|etelä-|nord|süd|syd|north |south |latin )?ameri[ck]a"
    r"|(?:väli-|latinalainen )?amerikka|amérique|oseania|oceani[ae]n?|ozeanien|océanie|pohjoismaat|norden|nordic countries|baltian? maat|baltikum"
    r"|muut(?: maat| maanosat)?|muu maailma|övriga(?: länder)?|andra länder|andere(?: länder)?|übrige|weitere|others?|autres(?: pays)?|ulkomaat|kotimaa",
    re.IGNORECASE,
)
_SHORT = 5  # letters: "Over" and "Live" are names as well as statuses
_CODE = 3  # letters of a code: "CAN", "Mex."
_ALSO_STATES = {"georgia"}
# Before a country's name they make a place's: "Ciudad de México", "New Britain", "Port Sudan".
_OF = {
    "de",
    "del",
    "da",
    "do",
    "di",
    "of",
    "san",
    "new",
    "nueva",
    "nuevo",
    "north",
    "south",
    "east",
    "west",
    "mount",
    "port",
    "puerto",
    "little",
    "so",
    "la",
}
_QUOTES = set("'’‘`´")
_WITH_COUNTRY = re.compile(
    r"(?P<name>[^,/()\n]+?)\s*(?:(?P<bracket>\()|[,/]|\s[-–—]\s)\s*(?P<country>[^,/()\n]+)(?(bracket)\))"
)
_DITTO = {
    *("ditto", "dito", "do.", "d:o", "dto.", "idem", "id.", "s.o.", "siehe oben", "sama", "samoin"),
    *('"', "''", "”", "“", "„", "〃", "״", "´´", "``"),
}
_ASIDES = ((_TOTAL, "a total"), (_NOTE, "a note"))


def is_unknown(text: str) -> bool:
    """
    Check if a text means not known: "ei tiedossa", "n/a", "?", "-".
    """
    return not text[:1].isdigit() and _plain(text) in _unknown()


def is_ditto(text: str) -> bool:
    """
    Check if a text means the cell above: a ditto mark, "dito", "idem".
    """
    return text.strip("-–— ").casefold() in _DITTO


@cache
def _unknown() -> frozenset[str]:
    return frozenset(map(_plain, unknown_words()))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text.casefold())  # with its marks: "n/a" isn't NA, which is Namibia


@cache
def _of_lists() -> frozenset[str]:
    """
    Headings of lists and of their parts, folded.
    """
    return words_of_ties().union(map(fold, headings()["partner"]))


@cache
def words_of_ties() -> frozenset[str]:
    return frozenset({*labelled_words(PartnershipKind), *labelled_words(PartnershipStatus)})


@cache
def _headings_of_partners() -> frozenset[str]:
    return frozenset(word.casefold() for word in headings()["partner"] if len(word) > _SHORT)


def _scripts(text: str) -> set[str]:
    """
    The scripts of the letters of a text, as the names of the letters begin: a Greek omicron isn't an o.
    """
    if text.isascii():
        return set()
    starts = (unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha())
    return {start for start in starts if start not in {"MODIFIER", "FULLWIDTH", "FEMININE", "MASCULINE"}}  # "Mª", "Nº"


@cache
def _words_for_places() -> frozenset[str]:
    return frozenset(word.casefold() for word in headings()["place"])


def without_invisible(text: str) -> str:
    """
    A text without invisible characters, such as zero-width spaces and marks of direction.
    """
    return "".join(char for char in text if char in _JOINERS or char == "\n" or not _is_invisible(char)).strip()


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} or char in "\u115f\u1160\u3164\uffa0\u2800\ufffd"


@cache
def _countries() -> Mapping[str, str]:
    codes = {fold(name): code for code, names in country_names().items() for name in names if len(name) > _CODE}
    unclear = set(map(fold, unclear_countries()))
    return {name: code for name, code in codes.items() if name not in unclear} | {"usa": "US", "uk": "GB"}


def country_called(text: str) -> str | None:
    """
    The code of the country with this name, codes excluded; `None` if there is none.
    """
    return _countries().get(fold(text))


def name_and_country(text: str) -> tuple[str, str] | None:
    """
    The name and the country's code in a cell with both, such as "Akron, USA" or "Gera (Saksa)"; `None` if it has others.
    """
    found = _WITH_COUNTRY.fullmatch(text)
    if found is None or (code := country_called(found["country"])) is None or fold(found["country"]) in _ALSO_STATES:
        return None
    name = found["name"]
    return None if country_called(name) or check_name(name) else (name, code)


def check_name(text: str, *, has_country: bool = True) -> str | None:
    """
    The reason why a text isn't the name of one city; `None` if it may be. A country's name may be, if *has_country*.
    """
    for char in text:
        if char not in _JOINERS and char != "\n" and _is_invisible(char):
            left = without_invisible(text)
            what = f"the invisible character U+{ord(char):04X}"
            return f"expected a name, got {what} next to {shown(left)}" if left else f"expected a name, got only {what}"
    if (plain := _read_wrongly(text)) is not None:
        return f"expected a name, got {shown(text)}, which is {shown(plain)} in a wrong encoding: save the file as 'CSV UTF-8'"
    if not has_country and _GROUP.fullmatch(text):  # Norden is a town as well
        return f"expected the name of a city, got a part of the world or of a list: {shown(text)}"
    if not has_country and country_called(text):
        return f"expected the name of a city, got a country: {shown(text)}"
    if is_unknown(text):
        return f"expected a name, got {shown(text)}, which means not known"
    if is_ditto(text):
        return f"expected a name, got {shown(text)}, which means the cell above"
    for pattern, what in (*_ASIDES, (_NONE, "a text that means none")):
        if pattern.fullmatch(text):
            return f"expected the name of a city, got {what}: {shown(text)}"
    words = text.split()
    last = fold(words[-1])
    if not has_country and len(words) > 1 and _is_country_after(words[-2].casefold(), words[-1]):
        return f"expected only the name of a city, got its country too: {shown(text)}"
    if (
        fold(text) in _of_lists()
        or (len(words) > 1 and words[0].casefold() in _headings_of_partners())
        or text.casefold() in _words_for_places()
        or (len(words) > 1 and len(last) > _SHORT and last in _of_lists() and not re.search(r"\(| [-–—] ", text))
    ):
        return f"expected the name of a city, got a heading: {shown(text)}"
    if len(words) > 2 and all(word.islower() for word in words[1:]):
        return f"expected the name of a city, got words that aren't a name: {shown(text)}"
    if re.match(r"https?://|www\.|\S+\.[a-z]{2,3}$", text):
        return f"expected the name of a city, got an address: {shown(text)}"
    if text[-1] in "!?:" or ":" in text or len(text) > 80 or len(words) > 8 or (text[-1] == "." and len(text) > 20):
        return f"expected the name of a city, got a sentence or a note: {shown(text)}"
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        return f"expected only a name, got quotes: {shown(text)}"
    if re.search(r"[(){}\[\]<>]", text) and not _TWO.search(re.sub(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>", "", text)):
        return f"expected only a name, got brackets: {shown(text)}"
    if _TWO.search(text):
        return f"expected one name, got several, or a name and more: {shown(text)}"
    if len(scripts := _scripts(text)) > 1 and "LATIN" in scripts:
        return f"expected one name, got one in two scripts: {shown(text)}"
    for char in text:
        category = unicodedata.category(char)
        if category == "Nd":
            return f"expected the name of a city, got a digit: {shown(text)}"
        if category[0] not in "LM" and char not in _IN_NAMES and char not in _JOINERS:
            return f"expected the name of a city, got {shown(char)} in {shown(text)}"
    if not any(unicodedata.category(char)[0] == "L" for char in text):
        return f"expected the name of a city, got {shown(text)}"
    return None


def _is_country_after(before: str, last: str) -> bool:
    return before not in _OF and last != "Island" and country_called(last) is not None


def _read_wrongly(text: str) -> str | None:
    """
    The text of UTF-8 that was read as Windows-1252, such as "GieÃŸen"; `None` for any other text.
    """
    if text.isascii():
        return None
    try:
        return text.encode("cp1252").decode()
    except UnicodeError:
        return None


def is_aside(text: str) -> str | None:
    """
    The kind of a text that isn't a name if nothing else is in its row: a total, a note; `None` if it may be one.
    """
    return next((what for pattern, what in _ASIDES if pattern.fullmatch(text)), None)


def unused(id: str, taken: Container[str]) -> str:
    """
    An id, with a number from 2 if it is taken.
    """
    return id if id not in taken else next(new for number in count(2) if (new := f"{id}-{number}") not in taken)
