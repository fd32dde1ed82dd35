"""
Make `src/twincities/data/cldr-names.json`: the names of countries and languages in English, Finnish and Swedish.

    python tools/make_cldr_names.py

Needs Babel, which contains the Unicode Common Locale Data Repository (CLDR).
"""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_cldr_version, get_global

LANGUAGES = ("en", "fi", "sv")
TARGET = Path(__file__).parent.parent / "src" / "twincities" / "data" / "cldr-names.json"
# Territories of CLDR that no place is in: groups of countries, pseudo-locales and "unknown".
NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
NOTICE = "Unicode CLDR, Copyright © 1991-2026 Unicode, Inc.; Unicode-3.0, https://www.unicode.org/license.txt"
# Names in these languages are understood, in addition to the three that are printed.
UNDERSTOOD = ("de", "fr")
# Prefixes of the full names of states in English.
TITLES = {
    "Republic of": (
        "AL AM AO AT AZ BA BB BG BI BJ BW BY CG CI CL CM CO CR CU CV CY DJ EC EE FI FJ GA GE GH GM GN GQ GT GW GY HN HR HT HU ID IE "
        "IN IQ IS KE KI KR KZ LR LT LV MD MG MH MK ML MT MU MV MW MZ NA NE NI NR PA PE PH PL PW PY RO RS RW SC SD SG SI "
        "SL SM SN SR SS SV TD TJ TN TR TT UG UZ VU YE ZA ZM ZW"
    ),
    "Kingdom of": "BE BH BT DK ES KH LS MA NL NO SA SE SZ TH TO",
    "State of": "ER IL KW LY PS QA",
    "Principality of": "AD LI MC",
    "Federal Republic of": "DE NG SO",
    "Federative Republic of": "BR",
    "Federal Democratic Republic of": "ET NP",
    "Islamic Republic of": "AF IR MR PK",
    "People's Republic of": "BD CN",
    "People's Democratic Republic of": "DZ",
    "Democratic Republic of": "ST TL",
    "Democratic Socialist Republic of": "LK",
    "Socialist Republic of": "VN",
    "Bolivarian Republic of": "VE",
    "Plurinational State of": "BO",
    "United Republic of": "TZ",
    "Independent State of": "PG WS",
    "Grand Duchy of": "LU",
    "Sultanate of": "OM",
    "Union of the": "KM",
    "Commonwealth of": "AU BS DM MP",
    "Arab Republic of": "EG",
    "Hashemite Kingdom of": "JO",
    "Eastern Republic of": "UY",
    "Oriental Republic of": "UY",
    "Co-operative Republic of": "GY",
    "Collectivity of": "BL",
}
# Further names of ISO 3166-1, everyday names, and former names of one present country.
ALSO = {
    "AE": ["UAE", "U.A.E.", "VAE", "V.A.E.", "Emirates"],
    "AF": ["Islamic Emirate of Afghanistan"],
    "AR": ["Argentine Republic"],
    "AX": ["Åland"],
    "BA": [
        *(
            "Bosnia",
            "Bosnia-Hercegovina",
            "Bosnia-Herzegovina",
            "Bosnien",
            "Bosnia-Hertsegovina",
            "Bosnien Hercegovina",
        ),
        *("Bosnie", "Bosnie-Herzégovine", "Bosnia ja Herzegovina", "B. u. Herz."),
    ],
    "BF": ["Upper Volta, Republic of", "Upper Volta", "Haute-Volta", "Obervolta"],
    "BJ": ["Dahomey"],
    "BN": ["Brunei Darussalam"],
    "BO": ["Bolivia, Plurinational State of"],
    "BQ": ["Bonaire, Sint Eustatius and Saba", "Bonaire, Saint Eustatius and Saba"],
    "BR": ["Brasil"],
    "BW": ["Bechuanaland"],
    "BY": [
        *("Weißrussland", "Byelorussia", "Belorussia", "Bielorussia", "Belorussland", "Vitryssland", "Biélorussie"),
        *("Republik Belarus", "White Russia"),
    ],
    "BZ": ["British Honduras"],
    "CC": ["Cocos Islands", "Keeling Islands"],
    "CD": [
        "Zaire, Republic of",
        *("Democratic Republic of the Congo", "Congo, Democratic Republic of the", "DR Congo", "D.R. Congo", "DRC"),
        *("Congo-Kinshasa", "DR Kongo", "Demokratische Republik Kongo", "République démocratique du Congo", "RDC"),
        *("RD Congo", "Zaire", "Zaïre"),
    ],
    "CG": ["Republic of the Congo", "Congo Republic", "Congo-Brazzaville", "République du Congo", "Republik Kongo"],
    "CH": ["Swiss Confederation", "SUI"],
    "CI": ["Ivory Coast", "Republic of Côte d'Ivoire"],
    "CN": [
        *("PRC", "P.R. China", "PR China", "China, People's Republic of", "Mainland China", "Kiinan kansantasavalta"),
        *("VR China", "Volksrepublik China", "Folkrepubliken Kina", "RP Chine", "République populaire de Chine"),
    ],
    "CV": ["Cabo Verde", "Cape Verde", "Republic of Cabo Verde"],
    "CY": ["Kypros"],
    "CZ": [
        *(
            "Czech Republic",
            "Czech Rep.",
            "Tshekki",
            "Tsekki",
            "Tšekin tasavalta",
            "Tschechische Republik",
            "Tschechei",
        ),
        *("Tschech. Republik", "Tschechische Rep.", "Tjeckiska republiken", "République tchèque", "Rép. tchèque"),
    ],
    "DE": [
        *("BRD", "DDR", "GDR", "RFA", "RDA", "East Germany", "West Germany", "German Democratic Republic", "FRG"),
        *("Itä-Saksa", "Länsi-Saksa", "Östtyskland", "Västtyskland", "Ostdeutschland", "Westdeutschland", "GER"),
        *("Bundesrepublik Deutschland", "Saksan liittotasavalta", "Förbundsrepubliken Tyskland"),
    ],
    "DK": ["DEN"],
    "EE": ["Eesti"],
    "ES": ["España"],
    "ET": ["Abyssinia"],
    "FK": ["Falkland Islands (Malvinas)"],
    "FM": ["Federated States of Micronesia", "Micronesia, Federated States of"],
    "FO": ["Faroes", "Faeroe Islands", "Färöarna (Danmark)"],
    "FR": ["French Republic"],
    "GA": ["Gabonese Republic"],
    "GB": [
        *("UK", "U.K.", "Britain", "Great Britain", "Iso-Britannia", "Britannia", "Yhdistynyt kuningaskunta"),
        *("United Kingdom of Great Britain and Northern Ireland", "Großbritannien", "Vereinigtes Königreich"),
        *("Storbritannien", "Förenade kungariket", "Grande-Bretagne", "Royaume-Uni"),
    ],
    "GM": ["Gambia"],
    "GR": ["Hellenic Republic", "Hellas", "GRE"],
    "GW": ["Guinea Bissau"],
    "HK": ["Hong Kong Special Administrative Region of China", "Hong Kong", "Hongkong", "Hong Kong, China"],
    "HM": ["Heard Island and McDonald Islands"],
    "HR": ["CRO"],
    "HU": ["Magyarország"],
    "IE": ["Eire", "Éire", "Ireland, Republic of"],
    "IN": ["Bharat"],
    "IR": ["Iran, Islamic Republic of", "Persia"],
    "IT": ["Italian Republic", "Italia"],
    "KG": ["Kyrgyz Republic", "Kirghizia", "Kirgisien", "Kirgistan"],
    "KH": ["Kampuchea"],
    "KI": ["Gilbert Islands", "Independent and Sovereign Republic of Kiribati"],
    "KN": ["Federation of Saint Kitts and Nevis", "Saint Christopher and Nevis"],
    "KP": [
        *("Korea, Democratic People's Republic of", "Korea, North", "Democratic People's Republic of Korea", "DPRK"),
        *("DPR Korea", "People's Democratic Republic of Korea"),
    ],
    "KR": [
        "Korea, Republic of",
        "Korea, South",
        "Republic of Korea",
        "Republik Korea",
        "Etelä Korea",
        "Süd Korea",
        "ROK",
    ],
    "LA": ["Lao People's Democratic Republic", "Lao PDR", "Lao"],
    "LB": ["Lebanese Republic"],
    "LK": ["Ceylon"],
    "LS": ["Basutoland"],
    "LT": ["Lithuanie"],
    "LY": ["Libyan Jamahiriya", "Libyan Arab Jamahiriya"],
    "MD": ["Moldova, Republic of", "Moldavia", "Moldawien", "Moldavien", "Moldavie", "Republik Moldau"],
    "MF": ["Saint Martin (French part)"],
    "MK": [
        *("Macedonia", "Makedonia", "Makedonien", "Mazedonien", "Macédoine", "Republic of Macedonia", "FYROM", "ARYM"),
        *("Former Yugoslav Republic of Macedonia", "Macedonia, the former Yugoslav Republic of", "EJR Mazedonien"),
    ],
    "MM": [
        "Republic of Myanmar",
        "Burma, Socialist Republic of the Union of",
        "Burma",
        "Birma",
        "Republic of the Union of Myanmar",
    ],
    "MO": ["Macao Special Administrative Region of China", "Macao", "Macau"],
    "MW": ["Nyasaland"],
    "MX": ["United Mexican States"],
    "NA": ["South West Africa"],
    "NL": ["Holland", "Hollanti", "Hollande", "Netherlands, Kingdom of the", "NED"],
    "PN": ["Pitcairn"],
    "PS": [
        "State of Palestine",
        *("Palestine", "Palestine, State of", "Palestiina", "Palestina", "Palästina", "Palestinian Territory"),
        *(
            "Palestinian Territory, Occupied",
            "Palästinensische Gebiete",
            "Territoires palestiniens",
            "Palestinian Authority",
            "Palestinian National Authority",
        ),
    ],
    "PT": ["Portuguese Republic", "POR"],
    "RE": ["Reunion"],
    "RO": ["Rumania", "Roumania"],
    "RW": ["Rwandese Republic"],
    "RU": [
        *("Russian Federation", "Venäjän federaatio", "Ryska federationen", "Russische Föderation", "Rußland"),
        "Fédération de Russie",
    ],
    "SH": ["Saint Helena, Ascension and Tristan da Cunha"],
    "SK": ["Slovak Republic", "Slowakische Republik", "Slovakian tasavalta", "République slovaque"],
    "ST": ["Sao Tome and Principe"],
    "SX": ["Sint Maarten (Dutch part)"],
    "SY": ["Syrian Arab Republic"],
    "SZ": ["Swaziland", "Swazimaa", "Swasiland"],
    "TF": ["French Southern and Antarctic Territories", "French Southern Territories"],
    "TG": ["Togolese Republic"],
    "TH": ["Siam"],
    "TL": ["Timor-Leste", "East Timor", "Itä-Timor", "Östtimor", "Osttimor", "Timor oriental"],
    "TR": ["Turkey", "Republic of Turkey"],
    "TT": ["Trinidad"],
    "TW": ["Taiwan, Province of China"],
    "TZ": ["Tanzania, United Republic of", "Tanganyika"],
    "UA": ["The Ukraine"],
    "UM": ["United States Minor Outlying Islands"],
    "US": [
        *("United States of America", "U.S.A.", "U.S.", "The States", "Amerikka", "Amerikan yhdysvallat"),
        *("Förenta staterna", "Vereinigte Staaten von Amerika", "Etats Unis", "États-Unis d'Amérique"),
    ],
    "VA": ["Holy See", "Holy See (Vatican City State)", "Vatican", "Vatikan", "Vatikanstaten"],
    "VC": ["Saint Vincent"],
    "VE": ["Venezuela, Bolivarian Republic of"],
    "VG": ["Virgin Islands, British"],
    "VI": ["Virgin Islands, U.S.", "Virgin Islands of the United States"],
    "VN": ["Viet Nam"],
    "VU": ["New Hebrides"],
    "WS": ["Western Samoa"],
    "XK": ["Kosova"],
    "ZA": ["RSA"],
    "ZM": ["Northern Rhodesia"],
    "ZW": ["Southern Rhodesia"],
}
# Names of several countries or of a part of one: refused, with these suggestions.
UNCLEAR = {
    "KR KP": ["Korea", "Corea", "Corée"],
    "CG CD": ["Congo", "Kongo", "The Congo"],
    "VG VI": ["Virgin Islands"],
    "CN TW": ["Republic of China", "Republik China"],
    "GB": [
        *("England", "Englanti", "Angleterre", "Scotland", "Skotlanti", "Skottland", "Schottland", "Écosse", "Wales"),
        *("Pays de Galles", "Northern Ireland", "Pohjois-Irlanti", "Nordirland", "Irlande du Nord"),
    ],
    "CZ SK": [
        *("Czechoslovakia", "Tšekkoslovakia", "Tjeckoslovakien", "Tschechoslowakei", "Tchécoslovaquie", "ČSSR", "CSSR"),
    ],
    "RS ME": ["Serbia and Montenegro", "Serbien und Montenegro", "Serbia ja Montenegro", "Serbien-Montenegro"],
    "RS HR SI BA MK ME XK": ["Yugoslavia", "Jugoslavia", "Jugoslavien", "Jugoslawien", "Yougoslavie"],
    "RU UA BY": [
        *("Soviet Union", "USSR", "U.S.S.R.", "Neuvostoliitto", "Sovjetunionen", "Sovjet", "Sowjetunion", "UdSSR"),
        *("URSS", "U.R.S.S.", "Union soviétique"),
    ],
    "ZW ZM": ["Rhodesia", "Rhodesien"],
}


def names(table: str, code: str) -> list[str]:
    """
    The name of a code in each language, or the English one if a language has none.
    """
    found = [getattr(Locale(language), table).get(code) for language in LANGUAGES]
    return [name or found[0] for name in found]


def main() -> None:
    """
    Write the table.
    """
    english = Locale("en")
    territories = {
        code: names("territories", code)
        for code in sorted(english.territories)
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NOT_COUNTRIES
    }
    for alias, codes in sorted(get_global("territory_aliases").items()):
        # Alpha-3 codes; an alias of several codes is a former country.
        if re.fullmatch(r"[A-Z]{3}", alias) and len(codes) == 1 and codes[0] in territories:
            territories[codes[0]].append(alias)
    for code, labels in territories.items():
        more = [Locale(language).territories.get(code) for language in UNDERSTOOD]
        more += [f"{title} {labels[0]}" for title, codes in TITLES.items() if code in codes.split()]
        labels += [name for name in dict.fromkeys(filter(None, [*more, *ALSO.get(code, [])])) if name not in labels]
    languages = {
        code: names("languages", code) for code in sorted(english.languages) if re.fullmatch(r"[a-z]{2,3}", code)
    }
    table = {
        "notice": NOTICE,
        "cldr": get_cldr_version(),
        "babel": version("babel"),
        "order": list(LANGUAGES),
        "territories": territories,
        "unclear": UNCLEAR,
        "languages": languages,
    }
    lines = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows = (f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
            lines.append(f' "{key}": {{\n' + ",\n".join(rows) + "\n }")
        else:
            lines.append(f' "{key}": {json.dumps(value, ensure_ascii=False)}')
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
