"""
Lists as offices keep them, made up, one in each of five languages: all that is clear is read, all else is reported.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

import twincities as tc
from twincities.sources.table import TableReading, read_table

FINNISH = """\
Tampereen kaupungin ystävyyskaupungit ja -kunnat, tilanne 1/2026;;;;;
;;;;;
Ystävyyskunta;Valtio;Solmittu;Nykytila;Yhteistyöalat;Huom.
Norrköping;Ruotsi;v. 1956;aktiivinen;kulttuuri, koulutus;
Essen;Saksa;3.6.1956;voimassa;urheilu;
Nižni Novgorod;Venäjä;1995;jäissä;;
Syracuse;Yhdysvallat;noin 1976;ei aktiivista yhteistyötä;;ks. muistio
Łódź / Lodz;Puola;1957;voimassa;;
Miskolc;Unkari;1963?;uinuva;;
Kanton;Kiina;toukokuu 2008;ei tiedossa;;
Olomouc;Tšekki;1986-;aktiivinen;;
Yhteensä 8 kpl;;;;;
"""
SWEDISH = """\
sep=;
Vänort;Land;Vänort sedan;Läget idag;Typ av samarbete;Invånare
Bodø;Norge;1940-talet;aktiv;vänort;ca 53 000
Jönköping;Sverige;sedan 1945;vilande;vänort;drygt 140.000
Svendborg;Danmark;okänt;avslutat;vänort;59 000
Pskov;Ryssland;den 12 maj 1966;pausat;vänort;
Castrop-Rauxel;Tyskland;1990;avbrutet;partnerstad;73 000 (2022)
Tartu (Dorpat);Estland;1992;aktiv;vänort;
Källa: stadens webbplats;;;;;
"""
GERMAN = """\
Stadt\tLand\tPartnerstadt seit\tStatus\tForm
Tampere\tFinnland\t1961\taktiv\tStädtepartnerschaft
Mulhouse\tFrankreich\tseit 1981\tin Kraft\tPartnerschaft
Wolgograd\tRussische Föderation\t27. Mai 1988\tauf Eis gelegt\tPartnerschaft
Akron\tVereinigte Staaten\t1997\tnicht mehr aktiv\tPartnerschaft
Łódź\tPolen\t1970er Jahre\truht\tPartnerschaft
Arras*\tFrankreich\tAnfang der 1960er\tbeendet\tFreundschaft
Taiyuan\tVR China\tk. A.\taktiv\tProjektpartnerschaft
* ruht seit 2022\t\t\t\t
Insgesamt: 7\t\t\t\t
"""
FRENCH = """\
Ville jumelée|Pays|Depuis|Statut|Nature
Fribourg|l'Allemagne|1959|en cours|jumelage
Kuopio|Finlande|1er mai 1979|actif|jumelage
Tver|Russie|1991|suspendu|jumelage
Charlottesville|États-Unis|vers 2006|en sommeil|accord de coopération
Bistrita|Roumanie|années 1990|rompu|amitié
Douroula|Burkina Faso|non renseigné|n.c.|projet
Man et Neuchâtel|Côte d'Ivoire|1975|actif|jumelage
"""
ENGLISH = """\
Twin towns and sister cities of Coventry (last updated March 2026),,,,,
Twin town,Country,Year twinned,State of the link,Type of link,Notes
Volgograd,Russian Federation,1944,Suspended,Twinning,first of all
Kiel,Germany,1947,Active,twin city,
Dresden,GDR,c. 1956,Active,twinning,
Ostrava,Czechoslovakia,1959,Inactive,twinning,
Jinan,P.R. China,5/12/1983,Active,Friendship agreement,
Cork,the Republic of Ireland,n/a,Dormant,partner city,
"Arnhem, Netherlands",,1958,Active,twinning,
Total: 7,,,,,
"""
CITIES = {FINNISH: "Tampere", SWEDISH: "Kuopio", GERMAN: "Chemnitz", FRENCH: "Besançon", ENGLISH: "Coventry"}


def read(text: str) -> TableReading:
    """The reading of one of the lists."""
    return read_table(io.StringIO(text), city=CITIES[text])


def ties(reading: TableReading, city: str) -> dict[str, tuple[str | None, str, str | None, str | None]]:
    """What was read of each partner: country, start, status and kind."""
    return {
        tie.partner.name: (tie.partner.country_code, str(tie.since), tie.status, tie.kind)
        for tie in reading.dataset.partners(city)
    }


def wrong(reading: TableReading) -> list[tuple[int, str, str]]:
    """Line, column and text of all that is open."""
    found = [*reading.unresolved, *reading.problems]
    return sorted((problem.line, problem.column, problem.text) for problem in found)


def test_a_finnish_list() -> None:
    """A title, inflected words, "v. 1956", "uinuva", a total."""
    reading = read(FINNISH)
    assert ties(reading, "Tampere") == {
        "Norrköping": ("SE", "1956", "active", "twinning"),
        "Essen": ("DE", "1956-06-03", "active", "twinning"),
        "Nižni Novgorod": ("RU", "1995", "suspended", "twinning"),
        "Syracuse": ("US", "1976~", "dormant", "twinning"),
        "Miskolc": ("HU", "1963?", "dormant", "twinning"),
        "Kanton": ("CN", "2008-05", None, "twinning"),
        "Olomouc": ("CZ", "1986", "active", "twinning"),
    }
    assert wrong(reading) == [
        (8, "Ystävyyskunta", "Łódź / Lodz"),
        (12, "Ystävyyskunta", "Yhteensä 8 kpl"),
    ]
    (tie,) = reading.dataset.partners("Tampere", area="koulutus")
    assert tie.partner.name == "Norrköping"
    assert reading.unread == ("Huom.",)
    assert reading.remarks == (
        "line 1 stands above the headings: 'Tampereen kaupungin ystävyyskaupungit ja -kunnat, tilanne 1/…'",
    )


def test_a_swedish_list() -> None:
    """A line for the delimiter, decades, people as they are said; words that offices use differently are reported."""
    reading = read(SWEDISH)
    found = ties(reading, "Kuopio")
    assert found == {
        "Bodø": ("NO", "194X", None, "twinning"),
        "Jönköping": ("SE", "1945", None, "twinning"),
        "Svendborg": ("DK", "None", None, "twinning"),
        "Pskov": ("RU", "1966-05-12", None, "twinning"),
        "Castrop-Rauxel": ("DE", "1990", None, None),
    }
    assert reading.unread == ("Läget idag",)
    assert wrong(reading) == [
        (7, "Typ av samarbete", "partnerstad"),
        (8, "Vänort", "Tartu (Dorpat)"),
        (9, "Vänort", "Källa: stadens webbplats"),
    ]
    people = {city.name: city.populations for city in reading.dataset.cities.values() if city.populations}
    assert people["Bodø"] == (tc.Population(value=53000, qualifier="about"),)
    assert people["Jönköping"] == (tc.Population(value=140000, qualifier="over"),)
    assert people["Castrop-Rauxel"] == (tc.Population(value=73000, as_of="2022"),)
    with_status = read_table(io.StringIO(SWEDISH), {"status": "Läget idag"}, city="Kuopio")
    assert [tie.status for tie in with_status.dataset.partners("Kuopio")] == [
        *("active", "dormant", "ended", "suspended", None),
    ]
    assert (7, "Läget idag", "avbrutet") in wrong(with_status)


def test_a_german_list() -> None:
    """ "Stadt" is the partner where nothing else is; footnotes are reported, and so is a part of a decade."""
    reading = read(GERMAN)
    assert ties(reading, "Chemnitz") == {
        "Tampere": ("FI", "1961", "active", "twinning"),
        "Mulhouse": ("FR", "1981", "active", "twinning"),
        "Wolgograd": ("RU", "1988-05-27", "suspended", "twinning"),
        "Akron": ("US", "1997", None, "twinning"),
        "Łódź": ("PL", "197X", None, "twinning"),
        "Taiyuan": ("CN", "None", "active", "project"),
    }
    assert wrong(reading) == [
        (5, "Status", "nicht mehr aktiv"),
        (6, "Status", "ruht"),
        (7, "Partnerstadt seit", "Anfang der 1960er"),
        (7, "Stadt", "Arras*"),
        (9, "Stadt", "* ruht seit 2022"),
        (10, "Stadt", "Insgesamt: 7"),
    ]


def test_a_french_list() -> None:
    """Bars between cells, articles, "1er mai", accents; two names in a cell are reported."""
    reading = read(FRENCH)
    assert ties(reading, "Besançon") == {
        "Fribourg": ("DE", "1959", "active", "twinning"),
        "Kuopio": ("FI", "1979-05-01", "active", "twinning"),
        "Tver": ("RU", "1991", "suspended", "twinning"),
        "Charlottesville": ("US", "2006~", "dormant", None),
        "Bistrita": ("RO", "199X", "ended", "friendship"),
        "Douroula": ("BF", "None", None, "project"),
    }
    assert wrong(reading) == [(5, "Nature", "accord de coopération"), (8, "Ville jumelée", "Man et Neuchâtel")]


def test_an_english_list() -> None:
    """Former names of countries, a state that fell apart, American dates, a country in the cell of the name."""
    reading = read(ENGLISH)
    assert ties(reading, "Coventry") == {
        "Volgograd": ("RU", "1944", "suspended", "twinning"),
        "Kiel": ("DE", "1947", "active", "twinning"),
        "Dresden": ("DE", "1956~", "active", "twinning"),
        "Jinan": ("CN", "None", "active", "friendship"),
        "Cork": ("IE", "None", "dormant", None),
        "Arnhem": ("NL", "1958", "active", "twinning"),
    }
    assert wrong(reading) == [
        (6, "Country", "Czechoslovakia"),
        (7, "Year twinned", "5/12/1983"),
        (8, "Type of link", "partner city"),
        (10, "Twin town", "Total: 7"),
    ]


@pytest.mark.parametrize("text", CITIES, ids=["fi", "sv", "de", "fr", "en"])
def test_an_office_decides_in_a_table(text: str, tmp_path: Path) -> None:
    """What is open is written to a table; filled in and read back, nothing is open any more, and choices stay."""
    path = tmp_path / "choices.csv"
    reading = read(text)
    assert reading.write_choices(path) == len({problem[1:3] for problem in wrong(reading)})
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
    answers = {"Czechoslovakia": "CZ", "Łódź / Lodz": "Łódź", "Tartu (Dorpat)": "keep", "partner city": "twinning"}
    for row in rows:
        row["choice"] = answers.get(row["text"], "skip")
    filled = io.StringIO(newline="")
    writer = csv.DictWriter(filled, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(filled.getvalue(), encoding="utf-8-sig")
    again = read_table(io.StringIO(text), city=CITIES[text], choices=path)
    assert wrong(again) == []
    names = {city.name for city in again.dataset.cities.values()}
    assert names >= {city.name for city in reading.dataset.cities.values()}
    assert ("Tartu (Dorpat)" in names, "Ostrava" in names, "Łódź" in names) == (
        *(text == SWEDISH, text == ENGLISH, text in {FINNISH, GERMAN}),
    )
    assert again.write_choices(path) == 0
    assert wrong(read_table(io.StringIO(text), city=CITIES[text], choices=path)) == []


@pytest.mark.parametrize("text", CITIES, ids=["fi", "sv", "de", "fr", "en"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    """UTF-8 and UTF-16 are read, with a byte order mark or without, and give the same."""
    reading = read_table(io.BytesIO(text.encode(encoding)), city=CITIES[text])
    assert reading.dataset == read(text).dataset
    assert wrong(reading) == wrong(read(text))


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_refused(encoding: str) -> None:
    """UTF-32 is refused by name, not read as something else."""
    with pytest.raises(tc.DatasetError, match=r"expected UTF-8 or UTF-16, got (UTF-32|another encoding)"):
        read_table(io.BytesIO(ENGLISH.encode(encoding)), city="Coventry")


def test_an_old_encoding_is_read_by_asking() -> None:
    """What isn't UTF-8 is refused with how it would read in Windows-1252, and read where that is said."""
    content = FRENCH.encode("cp1252")
    with pytest.raises(tc.DatasetError, match=r"if 'Ville jumelée\|Pays\|Depuis.*give encoding= as cp1252"):
        read_table(io.BytesIO(content), city="Besançon")
    reading = read_table(io.BytesIO(content), city="Besançon", encoding="cp1252")
    assert reading.dataset == read(FRENCH).dataset
    with pytest.raises(tc.QueryError, match="expected encoding= as a name such as cp1252"):
        read_table(io.BytesIO(content), city="Besançon", encoding="klingon")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Partnerstadt seit", "since"),
        ("Yhteistyö vuodesta", "since"),
        ("Voimassa alkaen", "since"),
        ("Status since", "status_since"),
        ("Tila alkaen", "status_since"),
        ("Suspended since", None),
        ("Keskeytetty asti", None),
        ("Väkiluku vuodesta", None),
        ("Sopimus asti", "until"),
    ],
)
def test_a_start_is_of_what_the_heading_names(heading: str, field: str | None) -> None:
    """The start of a status or of another fact isn't that of the tie; a column about more than a date isn't read."""
    reading = read_table([{"Partner": "Opole", heading: "2022"}], city="Kuopio")
    (tie,) = reading.dataset.partnerships.values()
    dates = {name: str(date) for name in ("since", "until", "status_since") if (date := getattr(tie, name))}
    assert dates == ({field: "2022"} if field else {})
    assert reading.unread == (() if field else (heading,))


@pytest.mark.parametrize(
    ("heading", "population"),
    [
        ("Einwohner (2020)", (127, "2020")),
        ("Population [31.12.2021]", (127, "2021-12-31")),
        ("Väkiluku (as.)", (127, None)),
        ("Väkiluku (tuhatta)", None),
        ("Population (2021, thousands)", None),
        ("Einwohner (in Tsd.)", None),
    ],
)
def test_the_heading_dates_populations(heading: str, population: tuple[int, str | None] | None) -> None:
    """A date in the heading is that of its numbers; numbers of thousands aren't read as people."""
    reading = read_table([{"Partner": "Opole", heading: "127"}], city="Kuopio")
    found = [(one.value, one.as_of and str(one.as_of)) for one in reading.dataset.cities["opole"].populations]
    assert found == ([population] if population else [])
    assert reading.unread == (() if population else (heading,))


@pytest.mark.parametrize(
    "heading", ["Vänorter (vilande)", "Partner (former)", "Alkaen (noin)", "Since (uncertain)", "Sedan (ca)"]
)
def test_brackets_that_change_a_heading(heading: str) -> None:
    """A status or a doubt in the heading of a column is true of its cells: the column isn't read without it."""
    reading = read_table([{"Twin": "Opole", heading: "1980"}], city="Kuopio")
    assert reading.unread == (heading,)
