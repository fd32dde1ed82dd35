"""
Read dates as people type them in English, Finnish, Swedish, German and French, if they have a single meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

from ..errors import shown
from ..model.edtf import EdtfDate

_MONTHS = (
    "january jan januari januar janvier janv tammikuu",
    "february feb februari februar février fevrier févr helmikuu",
    "march mar mars märz maerz mrz maaliskuu",
    "april apr avril avr huhtikuu",
    "may maj mai toukokuu",
    "june jun juni juin kesäkuu",
    "july jul juli juillet juil heinäkuu",
    "august aug augusti août aout elokuu",
    "september sep sept septembre syyskuu",
    "october oct oktober okt octobre lokakuu",
    "november nov novembre marraskuu",
    "december dec dezember dez décembre decembre déc joulukuu",
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_CASES = ("", "ta", "n", "ssa")  # the endings of Finnish months
_NAMES = (name + case for name, case in product(_MONTH_NUMBER, _CASES) if not case or name.endswith("kuu"))
_MONTH = "|".join(sorted(_NAMES, key=len, reverse=True))


def _year_first(found: re.Match[str]) -> str:
    year, month, day = found["year"], found["month"], found["day"]
    if found[2] == "." and day is None and month == "1":
        raise ValueError(f"expected a year and a month, got {shown(found.string)}, which may have been {year}.10")
    if found[2] == "/" and day is None and int(month) == (int(year) + 1) % 100:
        raise ValueError(f"expected a year and a month, got {shown(found.string)}, which may be two years")
    if day is None and int(month) > 12 and len(month) == 2:
        raise ValueError(f"expected one date; the end has a column of its own, got {shown(found.string)}")
    return _edtf(year, month, day)


def _edtf(year: str, month: str | int, day: str | int | None) -> str:
    return f"{year}-{month:0>2}" + (f"-{day:0>2}" if day else "")


def _numbers(found: re.Match[str]) -> str:
    return _edtf(found["year"], found["month"], found.groupdict().get("day"))


def _named_month(found: re.Match[str]) -> str:
    name = found["month"].casefold()
    number = _MONTH_NUMBER.get(name) or _MONTH_NUMBER[name[: name.index("kuu") + 3]]
    return _edtf(found["year"], number, found.groupdict().get("day"))


def _either_first(found: re.Match[str]) -> str:
    first, second = int(found["first"]), int(found["second"])
    day_first, month_first = _edtf(found["year"], second, first), _edtf(found["year"], first, second)
    if first <= 12 and second <= 12 and first != second:
        expected = f"expected year, month and day in this order ({month_first} or {day_first})"
        raise ValueError(f"{expected}, got {shown(found.string)}, which can be read as both")
    return day_first if second <= 12 else month_first


def _decade(found: re.Match[str]) -> str:
    decade = found["decade"]
    if decade.endswith("0"):
        expected = f"expected {decade}X for ten years or {decade[:2]}XX for a hundred"
        raise ValueError(f"{expected}, got {shown(found.string)}, which can be read as both")
    return f"{decade}X"


def _day_number(found: re.Match[str]) -> str:
    day = date(1899, 12, 30) + timedelta(int(found["days"]))
    raise ValueError(f"expected a date, got {shown(found.string)}, which is {day} if a workbook counted its days")


def _refused(expected: str) -> Callable[[re.Match[str]], str]:
    def refuse(found: re.Match[str]) -> str:
        raise ValueError(f"expected {expected}, got {shown(found.string)}")

    return refuse


_TEN_YEARS = r"(?:'?s|-?luku|-?luvulla|-?luvulta|-?tale[nt]|-?tal|-?ern?(?:[ -]jahren?)?)"
_PART_BEFORE = (
    r"(?:the )?(?:(?:very )?early|late|mid|beginning|end|anfang|ende|mitte|début|fin|milieu|i?\s*början|i?\s*slutet"
    r"|i?\s*mitten|tidigt|sent|alku[a-zåäö]*|loppu[a-zåäö]*)\b"
)
_PART_AFTER = r" (?:alku|alussa|alusta|alkupuol[a-zåäö]+|loppu|lopulla|lopussa|loppupuol[a-zåäö]+|puoliväl[a-zåäö]+|taittee[a-zåäö]+)"
_SEASON = (
    r"(?:kevä[a-zåäö]+|kesä(?!kuu)[a-zåäö]*|syks[a-zåäö]+|talv[a-zåäö]+|vår[a-zåäö]*|sommar[a-zåäö]*|höst[a-zåäö]*|vinter[a-zåäö]*|frühjahr|frühling|sommer|herbst"
    r"|spring|summer|autumn|fall|winter|printemps|été|automne|hiver)"
)
_DAY = r"(?P<day>\d{1,2})(?:\.|st|nd|rd|th|er|:e)?"
_YEAR = r"(?P<year>\d{4})"
# Forms that people type, and the functions that give their EDTF text.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), edtf)
    for pattern, edtf in (
        (rf"{_YEAR}(?:[.,]0)?", lambda found: found["year"]),  # decimals in columns of floats
        (r"\d{2}(?:\dX|XX)", lambda found: found[0].upper()),
        (rf"{_YEAR}([-./])(?P<month>\d{{1,2}})(?:\2(?P<day>\d{{1,2}})(?:[ T]00:00(?::00(?:\.0+)?)?)?)?", _year_first),
        (rf"(?P<day>\d{{1,2}})\. ?(?P<month>\d{{1,2}})\. ?{_YEAR}", _numbers),
        (rf"(?P<month>\d{{1,2}})[-./]{_YEAR}", _numbers),
        (rf"(?P<first>\d{{1,2}})([-/])(?P<second>\d{{1,2}})\2{_YEAR}", _either_first),
        (rf"{_DAY}[ -]?(?P<month>{_MONTH})\.?[ -]?{_YEAR}", _named_month),
        (rf"(?P<month>{_MONTH})\.? {_DAY},? {_YEAR}", _named_month),
        (rf"(?P<month>{_MONTH}) {_DAY} päivänä {_YEAR}", _named_month),
        (rf"(?P<month>{_MONTH})\.?,?[ -]{_YEAR}", _named_month),
        (rf"(?:the )?(?P<decade>\d{{3}})0{_TEN_YEARS}", _decade),
        (r"(?:dans )?(?:les )?années (?P<decade>\d{3})0", _decade),
        (r"\d{4} ?(?:-|to|until|bis|till|à|/) ?\d{4}", _refused("one date; the end has a column of its own")),
        (r"(\d{4}) (?:or|tai|eller|oder|ou) (\d{4})", lambda found: f"[{found[1]},{found[2]}]"),
        (r"\d{4} ?[-/] ?\d{2}", _refused("one year")),
        (
            rf"(?:the )?'?\d0{_TEN_YEARS}|(?:dans )?(?:les )?années '?\d0",
            _refused("a decade with its century, such as 198X"),
        ),
        (
            rf"{_PART_BEFORE}.*\d\d.*|.*\d\d.*{_PART_AFTER}",
            _refused("a year or a decade, such as 197X, not a part of it"),
        ),
        (
            rf"{_SEASON} (?:of )?\d{{4}}|\d{{4}} {_SEASON}",
            _refused("a year or a month, such as 1969 or 1969-04, not a season"),
        ),
        (r"'?\d{2}", _refused("a year of four digits")),
        (r"(?P<days>[1-7]\d{4})(?:[.,]\d+)?", _day_number),
        (r"\d{1,2}([-./]) ?\d{1,2}\1 ?'?\d{2}", _refused("a year of four digits")),
        (r"(?:before|ennen|före|vor|avant|after|jälkeen|efter|nach|après)\b.*", _refused("a date")),
    )
)
_START = (
    r"vuodesta|vuodelta|sedan(?: år)?|från(?: och med)?(?: år)?|fr\.? ?o\.? ?m\.?|seit(?: de[mn])?|ab|since|from"
    r"|depuis|dès|à partir de|signed|solmittu|alkaen"
)
_SINCE = re.compile(
    rf"(?:{_START}|vuonna|vuoden|v\.|år|en|im jahre?|im|in|vom|am|den|le|on)(?: |(?<=\.))(?=\S)", re.IGNORECASE
)
_SINCE_AFTER = re.compile(
    r"(?: (?:alkaen|lähtien|onwards)|,? ?-(?: ?(?:heute|today|present|now|nyt|nykyhetki|idag|nu|aujourd'hui|\.\.\.))?|\.\.\.)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:(?:c|ca|n|env|approx)\.?|about|circa|cirka|noin|omkring|runt|kring|um|etwa|ungefähr|rund|vers|environ|around"
    r"|autour de|approximately|~) ?(?=\d|vuonna|v\.|år)",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(r" (?:tienoilla|paikkeilla|suunnilleen|ungefär)$", re.IGNORECASE)
_UNSURE = re.compile(
    r"(?:ehkä|kanske|vermutlich|wahrscheinlich|vielleicht|probably|possibly|perhaps|maybe|luultavasti|troligen"
    r"|peut-être|probablement) ",
    re.IGNORECASE,
)
_UNSURE_AFTER = re.compile(
    r" ?\((?:\?|incertain|uncertain|epävarma|osäkert|osäker|unsicher|fraglich)\)$", re.IGNORECASE
)
_WEEKDAYS = (
    "monday maanantai maanantaina måndag måndagen montag lundi",
    "tuesday tiistai tiistaina tisdag tisdagen dienstag mardi",
    "wednesday keskiviikko keskiviikkona onsdag onsdagen mittwoch mercredi",
    "thursday torstai torstaina torsdag torsdagen donnerstag jeudi",
    "friday perjantai perjantaina fredag fredagen freitag vendredi",
    "saturday lauantai lauantaina lördag lördagen samstag sonnabend samedi",
    "sunday sunnuntai sunnuntaina söndag söndagen sonntag dimanche",
)
_WEEKDAY_NUMBER = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_QUALIFIER = re.compile(r" ?([?~%])$")
# Words for no end.
_OPEN = {
    *("toistaiseksi", "voimassa toistaiseksi", "tills vidare", "until further notice", "jusqu'à nouvel ordre"),
    *("unbefristet", "unbegrenzt", "bis auf weiteres", "obegränsad giltighetstid", "durée indéterminée", "sine die"),
    *("heute", "present", "today", "ongoing", "jatkuu", "pågår", "nu", "nyt", "open", "open-ended", "en cours", "idag"),
}


def is_start(text: str) -> bool:
    """
    Check if a text says that something begins: "since 1972", "1972-".
    """
    plain = re.sub(r"[\u2010-\u2015]", "-", text.strip())
    return bool(re.match(rf"(?:{_START})\b", plain, re.IGNORECASE) or _SINCE_AFTER.search(plain))


def is_open(text: str) -> bool:
    """
    Check if a text means that there is no end.
    """
    return text.strip().casefold() in _OPEN


def _stripped(text: str) -> tuple[str, str]:
    """
    Strip the words around a date; return the rest, and the EDTF marks that the words stand for.
    """
    marks, before = "", None
    while before != text:
        before = text
        if text[:1] == "(" and text[-1:] == ")":
            text = text[1:-1].strip()
        for pattern, mark in _AROUND:
            # A pattern that ends with `$` is for the end of a text, any other for the start.
            if pattern.search(text) if pattern.pattern.endswith("$") else pattern.match(text):
                text, marks = pattern.sub("", text, count=1), marks + mark
        text = text.strip()
    return text, marks


_AROUND = (
    (_UNSURE, "?"),
    (_UNSURE_AFTER, "?"),
    (_ABOUT, "~"),
    (_ABOUT_AFTER, "~"),
    (_SINCE, ""),
    (_SINCE_AFTER, ""),
)


def date_of(text: str) -> EdtfDate:
    """
    Read a date; a `ValueError` says what was expected, or that the text has several meanings.
    """
    plain = re.sub(r"[\u2010-\u2015]", "-", re.sub(r"\s+", " ", text)).strip()
    marked = _QUALIFIER.search(plain)
    bare, marks = _stripped(plain[: marked.start()] if marked else plain)
    if not marked and (marked := _QUALIFIER.search(bare)):
        bare = bare[: marked.start()]
    marks += marked[1] if marked else ""
    first, _, rest = bare.partition(" ")
    weekday = _WEEKDAY_NUMBER.get(first.rstrip(",.").casefold())
    if weekday is not None:
        bare, _ = _stripped(rest)
    mark = "%" if "%" in marks or {"?", "~"} <= set(marks) else marks[:1]
    for pattern, edtf in _FORMS:
        if found := pattern.fullmatch(bare):
            moment = EdtfDate(edtf(found) + mark)
            if weekday is not None and (moment.earliest is None or moment.earliest.weekday() != weekday):
                raise ValueError(f"expected a date on that day of the week, got {shown(text)}")
            return moment
    return EdtfDate(bare + mark if marks and bare[:1].isdigit() else text)
