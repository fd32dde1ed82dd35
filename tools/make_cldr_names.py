"""
Make `src/twincities/data/cldr-names.json`: the names of countries and languages in English, Finnish and Swedish.

    python tools/make_cldr_names.py

Needs Babel, which carries the Unicode Common Locale Data Repository (CLDR).
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
# Groups of countries, pseudo-locales and "unknown": territories of CLDR that no place is in.
NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
NOTICE = "Unicode CLDR, Copyright © 1991-2026 Unicode, Inc.; Unicode-3.0, https://www.unicode.org/license.txt"
# Short forms that people type and CLDR keeps apart from the names.
ALSO = {
    "GB": ["UK", "Britain", "Great Britain", "Iso-Britannia"],
    "US": ["United States of America", "Amerikka"],
    "CN": ["People's Republic of China"],
    "RU": ["Russian Federation"],
    "CZ": ["Czech Republic", "Tshekki", "Tšekin tasavalta"],
    "TR": ["Turkey"],
    "NL": ["Holland", "Hollanti"],
    "CI": ["Ivory Coast"],
    "CV": ["Cabo Verde"],
    "MK": ["Macedonia", "Makedonia"],
    "SZ": ["Swaziland"],
    "KR": ["Korea"],
}


def names(table: str, code: str) -> list[str]:
    """
    The name of a code in each language; the English one where a language has none.
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
        # Alpha-3 codes; an alias of several is a country that fell apart.
        if re.fullmatch(r"[A-Z]{3}", alias) and len(codes) == 1 and codes[0] in territories:
            ALSO.setdefault(codes[0], []).insert(0, alias)
    for code, more in ALSO.items():
        territories[code] += [name for name in more if name not in territories[code]]
    languages = {
        code: names("languages", code) for code in sorted(english.languages) if re.fullmatch(r"[a-z]{2,3}", code)
    }
    table = {
        "notice": NOTICE,
        "cldr": get_cldr_version(),
        "babel": version("babel"),
        "order": list(LANGUAGES),
        "territories": territories,
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
