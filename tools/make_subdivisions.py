"""
Make `src/twincities/data/subdivisions.json`: the current codes of ISO 3166-2, and replacements for former ones.

    npm pack cldr-core@48.2.0 && tar xzf cldr-core-48.2.0.tgz
    python tools/make_subdivisions.py package

Needs the folder of the npm package cldr-core: supplemental data of the Unicode Common Locale Data Repository (CLDR).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src" / "twincities" / "data" / "subdivisions.json"
NOTICE = "Unicode CLDR, Copyright © 2004-2026 Unicode, Inc.; Unicode-3.0, https://www.unicode.org/license.txt"


def iso(code: str) -> str:
    """
    A code of CLDR as ISO writes it: fi15 becomes FI-15; a country stays as it is.
    """
    return code if code.isupper() else f"{code[:2]}-{code[2:]}".upper()


def main() -> None:
    """
    Write the table.
    """
    folder = Path(sys.argv[1]) / "supplemental"
    containment = json.loads((folder / "subdivisionContainment.json").read_text(encoding="utf-8"))["supplemental"]
    groups = containment["subdivisionContainment"].values()
    current = sorted({iso(code) for group in groups for code in group["_contains"]})
    alias = json.loads((folder / "aliases.json").read_text(encoding="utf-8"))["supplemental"]["metadata"]["alias"]
    # Some that CLDR replaces by a country code are still current in ISO 3166-2.
    former = {
        iso(code): [other for other in map(iso, entry["_replacement"].split()) if other in current or other.isalpha()]
        for code, entry in sorted(alias["subdivisionAlias"].items())
        if iso(code) not in current
    }
    by_country: dict[str, list[str]] = {}
    for code in current:
        country, _, own = code.partition("-")
        by_country.setdefault(country, []).append(own)
    head = {"notice": NOTICE, "cldr": containment["version"]["_cldrVersion"]}
    lines = [f' "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in head.items()]
    for key, table in {
        "current": {country: " ".join(codes) for country, codes in by_country.items()},
        "former": {code: " ".join(codes) for code, codes in former.items() if codes},
    }.items():
        rows = (f'  "{name}": {json.dumps(value)}' for name, value in table.items())
        lines.append(f' "{key}": {{\n' + ",\n".join(rows) + "\n }")
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
