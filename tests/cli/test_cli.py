"""
The command line: each command as others run it, what it prints to people and to programs, and how it ends.
"""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import shlex
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wikidata_server import Loopback, results, ring, uri

import twincities as tc
from twincities.cli import main
from twincities.cli.entry import COMMANDS, module_of
from twincities.cli.repeated import repeated_keys
from twincities.display.text import width
from twincities.formats import read

KUOPIO = tc.load()
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, as on a terminal 100 columns wide: its code, output and errors."""
    monkeypatch.setenv("COLUMNS", "100")

    def ran(*words: str) -> tuple[int, str, str]:
        code = main(words)
        output = capsys.readouterr()
        return code, output.out, output.err

    return ran


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some data sets."""
    folder = tmp_path_factory.mktemp("files")
    KUOPIO.write(folder / "kuopio.json")
    KUOPIO.write(folder / "oulu.jsonl")
    KUOPIO.without(KUOPIO.partnership("Kuopio", "Opole")).write(folder / "tampere.json")
    (folder / "list.csv").write_text("Kumppani;Alkaen;Ala\nEssen;1960;sport\n", encoding="utf-8")
    KUOPIO.with_records(tc.City(id="bergen", name="Bergen"), version="2").write(folder / "wikidata.json")
    return folder


@pytest.fixture
def here(files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with these data sets, in which commands are run."""
    shutil.copytree(files, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path


def typed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """Let *data* come on standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def process(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run `python -m twincities` in a process of its own."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", **options.pop("env", {})}
    command = [sys.executable, "-m", "twincities", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False, **options)


# -- help and examples -----------------------------------------------------------------------------

ENDS_WITH_ONE = {"compare"}  # the two data sets of its example differ


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(name: str, run: Run) -> None:
    """The overview lists each command with what it gives; its own help says more and ends with an example."""
    overview = " ".join(run("--help")[1].split())
    assert f" {name} {COMMANDS[name]} " in overview
    assert run("help")[1] == run("--help")[1]
    assert run("help", name)[1] == run(name, "--help")[1]
    code, out, err = run(name, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: twincities {name} ")
    module = import_module(f"twincities.cli.{module_of(name)}")
    assert module.EXAMPLES
    assert out.endswith("example:\n\n  " + "\n  ".join(module.EXAMPLES) + "\n")
    assert all(example.startswith(f"twincities {name}") for example in module.EXAMPLES)


def country(query: str) -> bytes:
    """An answer to each question that a country and the world take."""
    if "SELECT DISTINCT ?item ?code WHERE" in query:
        return results([{"item": uri("entity/Q33"), "code": {"type": "literal", "value": "FI"}}], ["item", "code"])
    if "SELECT DISTINCT ?item WHERE" in query:
        return results([{"item": uri("entity/Q9")}], ["item"])
    return ring(query)


EXAMPLES_NEED = {
    "map": ["altair", "vl_convert"],
    "page": ["altair", "vl_convert"],
    "list": ["pandas", "openpyxl"],
    "calendar": ["icalendar"],
    "fetch": ["urllib3"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_run(name: str, here: Path, run: Run) -> None:
    """Each example of a help text does what it says, also the file that it names."""
    for package in EXAMPLES_NEED.get(name, []):
        pytest.importorskip(package)
    module = import_module(f"twincities.cli.{module_of(name)}")
    for example in module.EXAMPLES:
        _, *words = shlex.split(example)
        if name == "fetch":
            with Loopback(answer=country) as server:
                code, out, err = run(*words, "--endpoint", server.url)
        else:
            code, out, err = run(*words)
        assert code == (name in ENDS_WITH_ONE), err
        assert "Traceback" not in err
        named = [word for word in words if "." in word]
        assert out or err or named
        assert all((here / word).exists() for word in named)


def test_the_page_has_every_command() -> None:
    """docs/cli.md has a heading for each command."""
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f"\n### {name}\n" in page


def test_only_the_command_in_use_is_imported() -> None:
    """A question imports neither the other commands nor the reader of documents, nor any extra."""
    script = "import sys; from twincities.cli import main; main(['partners', 'Opole']); print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True).stdout
    loaded = set(output.splitlines()[-1].split())
    commands = {f"twincities.cli.{module_of(name)}" for name in COMMANDS}
    assert loaded & commands == {"twincities.cli.partners"}
    assert not loaded & {
        "cattrs",
        "rich",
        "pandas",
        "msgspec",
        "pathlib",
        "twincities.formats",
        "twincities.document.reading",
    }


def test_the_version(run: Run) -> None:
    """`--version` is that of the package."""
    assert run("--version") == (0, f"twincities {version('twincities')}\n", "")


# -- show ------------------------------------------------------------------------------------------


def test_without_arguments_the_bundled_city() -> None:
    """Without arguments the command shows Kuopio's fifteen partners and two networks."""
    result = process()
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Kuopio: 15 partners, 2 networks, as of c. 2022")
    partners = [tie.partner.name for tie in KUOPIO.partners("Kuopio")]
    assert len(partners) == 15
    assert all(sum(line.startswith(f"{name}  ") for line in lines) == 1 for name in partners)
    assert sum(line.startswith(("Nordic twin city cooperation", "Kuopio-Shanghai cooperation")) for line in lines) == 2
    assert max(map(len, lines)) <= 100


def test_other_languages(run: Run) -> None:
    """Labels, names and headings come in the language asked for."""
    code, out, err = run("Kuopio", "--lang", "fi")
    assert (code, err) == (0, "")
    for word in ("Kumppani", "Pihkova", "keskeytetty", "Norja", "1940-luku", "Pohjoismainen ystävyyskaupunkiyhteistyö"):
        assert word in out
    assert "suspended" not in out
    assert "Samarbetsnätverket Kuopio–Shanghai" in run("Shanghai", "--lang", "sv")[1]


def test_a_citys_name_in_any_spelling(run: Run) -> None:
    """A city is given by any of its names, with or without the command."""
    code, out, err = run("bodö")
    assert (code, err) == (0, "")
    assert out.startswith("Bodø: 3 partners, 1 network")
    assert run("show", "Q134494") == run("Györ")


def test_a_city_that_is_called_like_a_command(here: Path, run: Run) -> None:
    """Such a city is asked for with the command `show`; the name alone is the command."""
    tc.Dataset(cities=[tc.City(id="map", name="Map"), tc.City(id="path")]).write("own.json")
    assert run("show", "map", "--data", "own.json")[:2] == (0, "Map: 0 partners, 0 networks\n")
    assert run("map", "--data", "own.json")[0] == 2
    assert run("partners", "path", "--data", "own.json")[:2] == (0, "No partners found.\n")


def test_another_data_set(here: Path, run: Run) -> None:
    """`--data` takes a file; without a city the first that it is complete for, else its first, is shown."""
    cities = [tc.City(id="b", name="Bee"), tc.City(id="a", name="Aye")]
    ds = tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=("a", "b"))])
    ds.write("own.json")
    assert run("--data", "own.json")[1].startswith("Bee: 1 partner, 0 networks\n\nPartner")
    ds.with_records(complete_for=["a"], as_of="2020").write("own.json")
    assert run("--data", "own.json")[1].startswith("Aye: 1 partner, 0 networks, as of 2020\n")
    tc.Dataset().write("own.json")
    assert run("--data", "own.json") == (0, "The data set has no cities.\n", "")
    assert run("--data", "own.json", "--json") == (0, "null\n", "")
    assert run("Bee", "--data", "own.json")[0] == 2


def test_a_folder_doesnt_hide_the_bundled_data(here: Path, run: Run) -> None:
    """A folder that is called like a data set isn't taken for a file."""
    (here / "kuopio").mkdir()
    assert run()[0] == 0


# -- questions, for people and for programs --------------------------------------------------------


def answer(run: Run, *words: str) -> Any:
    """What a command gives to programs."""
    code, out, _ = run(*words, "--json")
    assert code == 0
    return json.loads(out)


def test_show_as_json(run: Run) -> None:
    """The city and its networks are records as in documents, the partners rows as `to_dicts` gives them."""
    shown = answer(run, "show", "Bodø", "--lang", "sv")
    assert shown["city"]["id"] == "bodo"
    assert (shown["as_of"], shown["complete"]) == (str(KUOPIO.as_of), False)
    assert shown["partners"] == KUOPIO.partners("Bodø").sort_by("name", lang="sv").to_dicts(lang="sv")
    assert [network["id"] for network in shown["networks"]] == ["nordic"]


def test_partners(run: Run) -> None:
    """Filters, order and language are those of `Dataset.partners`; a filter given twice takes either."""
    words = ("partners", "Kuopio", "--country", "Sweden", "--country", "NO", "--area", "sport", "--status", "active")
    ties = KUOPIO.partners("Kuopio", country=["Sweden", "NO"], area="sport", status="active")
    assert answer(run, *words) == ties.to_dicts()
    assert run(*words)[1] == f"{ties}\n"
    sorted_words = ("--sort", "since", "--reverse", "--direct", "--lang", "fi")
    ties = KUOPIO.partners("Kuopio", direct=True).sort_by("since", reverse=True)
    assert answer(run, "partners", "Kuopio", *sorted_words) == ties.to_dicts(lang="fi")
    on = KUOPIO.partners("Kuopio", on="1975", unsure=True, network="nordic", kind="twinning")
    assert (
        answer(run, "partners", "Kuopio", "--on", "1975", "--unsure", "--network", "nordic", "--kind", "twinning")
        == on.to_dicts()
    )


@pytest.mark.parametrize("ending", ["csv", "tsv", "XLSX"])
def test_the_list_is_written(ending: str, here: Path, run: Run) -> None:
    """`--out` writes what is listed, as `Selection.to_csv` and `to_excel` do."""
    if ending == "XLSX":
        pytest.importorskip("openpyxl")
    words = ("partners", "Kuopio", "--country", "Sweden", "--lang", "FI", "--out", f"a.{ending}")
    assert run(*words) == (0, "", "")
    ties = KUOPIO.partners("Kuopio", country="SE")
    if ending != "XLSX":
        expected = ties.to_csv(lang="fi", delimiter="," if ending == "csv" else "\t")
        assert (here / f"a.{ending}").read_bytes().decode("utf-8-sig") == expected
    else:
        ties.to_excel("b.xlsx", lang="fi")
        assert len(read("a.XLSX").partnerships) == len(read("b.xlsx").partnerships) == len(ties)


def test_what_cant_be_listed_is_told(here: Path, run: Run) -> None:
    """Another ending, and a folder that isn't there, under the name that was given."""
    assert "expected a file name that ends in .csv, .tsv or .xlsx" in run("partners", "Kuopio", "--out", "a.pdf")[2]
    code, _, err = run("partners", "Kuopio", "--out", "none/a.csv")
    assert (code, err) == (2, "twincities: No such file or directory: none/a.csv\n")


def test_the_jubilees_of_a_year(here: Path, run: Run) -> None:
    """Those of `Dataset.anniversaries`, of a city or of all."""
    found = KUOPIO.anniversaries(2030, every=10, city="Kuopio")
    told = answer(run, "anniversaries", "2030", "Kuopio", "--every", "10")
    assert [(row["years"], row["since"], row["cities"]) for row in told] == [
        (jubilee.years, str(jubilee.since), [city.id for city in jubilee.cities]) for jubilee in found
    ]
    assert re.search(r"^50 +1980 +Kuopio – Opole$", run("anniversaries", "2030")[1], re.MULTILINE)
    assert run("anniversaries", "2030", "Shanghai") == (0, "No anniversaries found.\n", "")
    assert run("anniversaries", "soon")[0] == run("anniversaries", "0")[0] == 2


def test_the_agreements_that_end(here: Path, run: Run) -> None:
    """Those of `Dataset.expiring`, earliest first."""
    found = KUOPIO.expiring(2029, after=2020)
    told = answer(run, "expiring", "2029", "--after", "2020")
    assert [(row["ends"], row["period"], row["cities"]) for row in told] == [
        (str(expiry.ends), str(expiry.agreement.period), [city.id for city in expiry.cities]) for expiry in found
    ]
    assert "2029  Nordic cooperation agreement" in run("expiring", "2029")[1]
    assert run("expiring", "2029", "Shanghai") == (0, "No agreements found.\n", "")
    assert run("expiring", "soon")[0] == 2


def test_a_list_of_one_citys_partners_is_validated(here: Path, run: Run) -> None:
    """`--city` says whose partners a table lists; then every error in it is reported."""
    (here / "two.csv").write_text("Partner,Since\nGera,soon\nOpole,5/12/1966\n")
    assert "give the city whose partners these are with --city" in run("validate", "two.csv")[1]
    code, out, err = run("validate", "two.csv", "--city", "Kuopio")
    assert (code, err) == (1, "twincities: 1 file, 2 problems\n")
    assert [line.partition(": expected")[0] for line in out.splitlines()] == [
        "two.csv: line 2, Since",
        "two.csv: line 3, Since",
    ]


def test_where_a_fetch_goes_is_looked_at_first(here: Path, run: Run) -> None:
    """Nothing is fetched for a file that can't be written."""
    pytest.importorskip("urllib3")
    with Loopback(answer=country) as server:
        for out, message in (("finland", "expected a file name that ends in"), ("none/f.json", "No such folder")):
            code, _, err = run("fetch", "--country", "FI", "--out", out, "--endpoint", server.url)
            assert (code, message in err) == (2, True)
        assert run("fetch", "--country", "FI", "--to", "yaml", "--endpoint", server.url)[0] == 2
        assert server.queries == []


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell of POSIX does")
def test_closed_streams_are_no_traceback(here: Path) -> None:
    """What would be written to a stream that the caller closed goes nowhere: not into the answer, not into a traceback."""
    run_it = f"{shlex.quote(sys.executable)} -m twincities"
    out = subprocess.run(
        f"{run_it} convert kuopio - --to csv 2>&-", shell=True, capture_output=True, encoding="utf-8", check=False
    )
    assert out.returncode == 0
    assert out.stdout.startswith("city_1,city_2") or not out.stdout.startswith("twincities:")
    out = subprocess.run(
        f"{run_it} convert kuopio x.json >&-", shell=True, capture_output=True, encoding="utf-8", check=False
    )
    assert (out.returncode, out.stderr) == (0, "")
    assert tc.read("x.json") == KUOPIO


def test_an_empty_answer_isnt_a_no(run: Run) -> None:
    """Where the data set doesn't claim to list all partners, that is said beside the empty answer."""
    assert run("partners", "Kuopio", "--country", "JP") == (0, "No partners found.\n", "")
    code, out, err = run("partners", "Shanghai")
    assert (code, out) == (0, "No partners found.\n")
    assert err == "twincities: Shanghai: The data set doesn't say that it lists all partners.\n"
    assert answer(run, "partners", "Shanghai") == []


def test_search(run: Run) -> None:
    """Names like the text, best first, no more than asked for; nothing found is no error."""
    found = KUOPIO.search("jonkopping")
    assert answer(run, "search", "jonkopping") == [
        {
            "id": match.city.id,
            "name": match.city.name,
            "country_code": match.city.country_code,
            "found": match.label,
            "score": match.score,
        }
        for match in found
    ]
    assert re.search(
        r"^jonkoping +Jönköping +Ruotsi +0\.\d\d +Jönköping$",
        run("search", "jonkopping", "--lang", "fi")[1],
        re.MULTILINE,
    )
    assert len(answer(run, "search", "op", "--limit", "1")) == 1
    assert run("search", "zzzzzzzz") == (0, "No city found.\n", "")
    assert run("search", " ")[0] == run("search", "a", "--limit", "0")[0] == run("search", "a", "--limit", "x")[0] == 2


def test_cousins(here: Path, run: Run) -> None:
    """Partners of partners with the cities that lead there."""
    cousins = KUOPIO.cousins("Gera")
    told = answer(run, "cousins", "Gera")
    assert [(row["id"], row["is_partner"], row["shared"]) for row in told] == [
        (cousin.city.id, cousin.is_partner, [city.id for city in cousin.shared]) for cousin in cousins
    ]
    assert re.search(r"^Pihkova +Venäjä +kyllä +Kuopio$", run("cousins", "Gera", "--lang", "fi")[1], re.MULTILINE)
    tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))]).write(
        "a.json"
    )
    assert run("cousins", "a", "--data", "a.json") == (0, "No partners of partners found.\n", "")


def test_a_city_without_a_country(here: Path, run: Run) -> None:
    """What isn't known is an empty cell."""
    cities = [tc.City(id=id) for id in "abc"]
    ties = [tc.Partnership(cities=("a", "b")), tc.Partnership(cities=("b", "c"))]
    tc.Dataset(cities=cities, partnerships=ties).write("a.json")
    assert run("cousins", "a", "--data", "a.json")[1].splitlines()[-1].split() == ["c", "b"]
    assert run("search", "c", "--data", "a.json")[1].splitlines()[-1].split() == ["c", "c", "1.00", "c"]
    assert run("path", "a", "c", "--data", "a.json")[1].splitlines()[-1].split() == ["b", "c"]


def test_path(here: Path, run: Run) -> None:
    """A chain of ties; none where there is none, and none is needed to the same city."""
    chain = KUOPIO.path("Castrop-Rauxel", "Pskov")
    assert chain is not None
    assert answer(run, "path", "Castrop-Rauxel", "Pskov") == chain.to_dicts()
    assert [line.split() for line in run("path", "Castrop-Rauxel", "Pskov")[1].splitlines()[2:]] == [
        ["Castrop-Rauxel", "Kuopio", "1965"],
        ["Kuopio", "Pskov", "1966"],
    ]
    assert run("path", "Kuopio", "Kuopio") == (0, "That is the same city.\n", "")
    assert run("path", "Kuopio", "Bergen", "--data", "wikidata.json") == (0, "No chain of ties leads there.\n", "")
    assert answer(run, "path", "Kuopio", "Bergen", "--data", "wikidata.json") is None


def test_json_is_utf_8_in_every_terminal() -> None:
    """What programs read has all letters, whatever encoding the terminal is set to."""
    result = subprocess.run(
        [sys.executable, "-m", "twincities", "search", "gyor", "--json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert json.loads(result.stdout)[0]["name"] == "Győr"


# -- map -------------------------------------------------------------------------------------------


def test_map(here: Path, run: Run) -> None:
    """A map goes to a file by its ending, or to standard output."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    code, out, err = run("map", "Opole", "--lang", "fi")
    assert (code, err) == (0, "")
    assert out.startswith("<svg")
    assert run("map", "Opole", "--out", "o.json") == (0, "", "")
    assert json.loads(run("map", "Opole", "--to", "json")[1]) == json.loads((here / "o.json").read_text("utf-8"))
    assert run("map", "Opole", "--out", "o.txt")[0] == 2


def test_a_map_has_the_size_that_is_asked_for(here: Path, run: Run) -> None:
    """A map takes a size, a title, a layout and a centre; of cities without coordinates it says how to get them."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    wanted = ("--width", "1280", "--height", "720", "--title", "Slide", "--centre", "Opole", "--layout", "one")
    out = run("map", "Kuopio", *wanted)[1]
    assert 'width="1280" height="720"' in out
    assert ">Slide</text>" in out
    assert run("map", "Kuopio", "--width", "20")[0] == 2
    bare = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
    bare.write("bare.json")
    code, out, err = run("map", "a", "--data", "bare.json")
    assert (code, "--places geonames" in err) == (0, True)


# -- convert ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["jsonl", "json.gz", "ttl", "graphml", "parquet"])
def test_there_and_back(ending: str, here: Path, run: Run) -> None:
    """If nothing is lost, nothing is reported, and the document comes back."""
    pytest.importorskip({"ttl": "rdflib", "graphml": "networkx", "parquet": "pyarrow"}.get(ending, "json"))
    for words in (("kuopio", f"x.{ending}"), (f"x.{ending}", "back.json")):
        code, out, err = run("convert", *words)
        assert (code, out) == (0, "")
        assert err == "" or (
            ending in words[1] and re.fullmatch(r"twincities: \.ttl doesn't hold .*: see interop/.*\n", err)
        )
    assert tc.read("back.json").cities == KUOPIO.cities


def test_through_standard_input_and_output(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is standard input and output in any format that is one file; JSON and JSON Lines are distinguished."""
    for name, words in [("kuopio.json", ()), ("oulu.jsonl", ()), ("oulu.jsonl", ("--from", ".jsonl"))]:
        typed(monkeypatch, (here / name).read_bytes())
        assert run("convert", "-", "-", *words)[:2] == (0, (here / "kuopio.json").read_text(encoding="utf-8"))
    typed(monkeypatch, KUOPIO.to_json())
    assert run("partners", "Opole", "--data", "-") == run("partners", "Opole")
    code, out, err = run("convert", "kuopio", "-", "--to", "csv", "--lang", "fi")
    assert (code, out.replace("\r\n", "\n")) == (0, KUOPIO.to_csv(lang="fi").replace("\r\n", "\n"))
    assert re.fullmatch(r"twincities: \.csv ei sisällä kaikkea.* sivu interop/rows\.html#what-rows-cant-hold\n", err)
    typed(monkeypatch, b"Partner\nOpole\n")
    assert run("convert", "-", "x.json", "--from", "csv", "--city", "Kuopio") == (0, "", "")
    assert tc.read("x.json").partners("Kuopio").one().partner.name == "Opole"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("convert kuopio - --to parquet", "expected a folder, not -: .parquet is several files"),
        ("convert kuopio - --to /x", "expected an ending such as json, got '/x'"),
        ("convert kuopio x.json --to jsonl", "expected --to only with -: the format of a file is its ending"),
        ("convert kuopio.json x.json --from json", "expected --from only with -: the format of a file is its ending"),
        ("convert kuopio.json x.json --city Oulu", "expected --city with a table only, got it for 'kuopio.json'"),
        (
            "convert x.geojson x.json",
            "a data set can't be read from .geojson: see interop/geojson.html#what-geojson-cant-hold in",
        ),
        ("convert kuopio notes.txt", "expected a file name that ends in one of .json, .jsonl, .csv"),
        ("convert no.json x.json", "No such file or directory: no.json"),
    ],
)
def test_what_cant_be_converted(words: str, message: str, here: Path, run: Run) -> None:
    """An error in reading or writing is one line, and no file is left."""
    code, out, err = run(*words.split())
    assert (code, out) == (2, "")
    assert err.startswith(f"twincities: {message}")
    assert err.count("\n") == 1
    assert not (here / "x.json").exists()


def test_errors_on_standard_input_say_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors in piped data name standard input."""
    typed(monkeypatch, b'{"format": "twincities/1", "title": 1}')
    assert run("--data", "-") == (2, "", "twincities: $.title in standard input: expected text, got 1\n")
    typed(monkeypatch, b"")
    assert run("--data", "-")[0] == 2


# -- validate --------------------------------------------------------------------------------------

BAD = """{"format": "twincities/1", "title": 1, "id": "a", "id": "b",
 "cities": [{"id": "a", "names": {"fi": "A", "sv": "B", "fi": "C"}}, {"id": "b", "country_code": "xx"}]}
"""
BAD_LINES = """{"format": "twincities/1", "id": "a", "id": "b"}

{"city": {"id": "a", "names": {"fi": "A", "fi": "C"}}}
{"city": {"id": "b", "nmae": "B"}}
not JSON
"""


def test_validate(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything wrong with any of the files is a line: file, path, message; keys given twice too."""
    assert run("validate", "kuopio.json", "oulu.jsonl") == (0, "", "twincities: 2 files, 0 problems\n")
    (here / "bad.json").write_text(BAD)
    (here / "bad.jsonl").write_text(BAD_LINES)
    code, out, err = run("validate", "kuopio.json", "bad.json", "bad.jsonl")
    assert (code, err) == (1, "twincities: 3 files, 8 problems\n")
    twice = "the key is given more than once; only the last counts"
    lines = out.splitlines()
    assert lines[0] == "bad.json: $.title: expected text, got 1"
    assert lines[1].startswith("bad.json: $.cities[1].country_code b: expected ")
    assert lines[2:4] == [f"bad.json: $.id: {twice}", f"bad.json: $.cities[0].names.fi: {twice}"]
    assert lines[4].startswith("bad.jsonl: line 4 $.city.nmae b: expected no such key")
    assert lines[5].startswith("bad.jsonl: line 5 $: expected JSON")
    assert lines[6:] == [f"bad.jsonl: line 1 $.id: {twice}", f"bad.jsonl: line 3 $.city.names.fi: {twice}"]
    typed(monkeypatch, BAD.encode())
    code, out, _ = run("validate", "-", "--json")
    assert code == 1
    assert json.loads(out)[2] == {"file": "-", "path": "$.id", "message": twice}


def test_validate_other_formats(here: Path, run: Run) -> None:
    """Whatever can be read can be validated; a file that can't be read at all is wrong use."""
    (here / "x.csv").write_text("City,Partner,Since\nOulu,Halle,196\n")
    code, out, _ = run("validate", "x.csv")
    assert (code, out.count("\n")) == (1, 1)
    assert out.startswith("x.csv: line 2, Since: ")
    assert run("validate", "x.txt")[0] == run("validate", "no.json")[0] == run("validate")[0] == 2
    code, out, err = run("validate", "no.json", "x.csv")
    assert (code, out.count("\n")) == (2, 1)
    assert err == "twincities: No such file or directory: no.json\ntwincities: 2 files, 1 problem, 1 not read\n"


Tree = Any
_keys = st.sampled_from(["a", "b", "c d"])
_scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
# An object is a tuple of pairs, so that a key can stand in it twice.
_trees: st.SearchStrategy[Tree] = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(_keys, inner), max_size=4).map(tuple),
    max_leaves=12,
)


def written(tree: Tree) -> str:
    """The JSON of a tree."""
    if isinstance(tree, tuple):
        return "{" + ", ".join(f"{json.dumps(key)}: {written(value)}" for key, value in tree) + "}"
    return "[" + ", ".join(map(written, tree)) + "]" if isinstance(tree, list) else json.dumps(tree)


def twice_in(tree: Tree, path: str) -> list[str]:
    """The paths of the keys that stand twice in a tree, below the last of each alone."""
    if isinstance(tree, list):
        return [found for index, entry in enumerate(tree) for found in twice_in(entry, f"{path}[{index}]")]
    if not isinstance(tree, tuple):
        return []
    names = [key for key, _ in tree]
    steps = {key: f"{path}['{key}']" if " " in key else f"{path}.{key}" for key in names}
    below = [found for key, value in dict(tree).items() for found in twice_in(value, steps[key])]
    return [steps[key] for key in dict.fromkeys(names) if names.count(key) > 1] + below


@given(_trees)
def test_keys_given_twice_are_found_wherever_they_are(tree: Tree) -> None:
    """Every key that is repeated in its object is reported, in the order of the document, and no other."""
    assert [problem.path for problem in repeated_keys(written(tree).encode())] == twice_in(tree, "$")


def test_deep_and_broken_texts_are_passed_over(here: Path, run: Run) -> None:
    """What isn't JSON, or goes too deep, has no keys; reading the document tells what is wrong with it."""
    for text in (b"{", b"\xff", b"[" * 100_000, b""):
        assert list(repeated_keys(text)) == []
    (here / "x.json.gz").write_bytes(b"no gzip")
    code, out, _ = run("validate", "x.json.gz")
    assert (code, out.count("\n")) == (1, 1)


# -- lint, compare, merge --------------------------------------------------------------------------


def test_lint(here: Path, run: Run) -> None:
    """A finding is a line; the code is 1 where one is at least as grave as asked for."""
    findings = KUOPIO.lint()
    code, out, err = run("lint")
    assert (code, err) == (1, f"twincities: {len(findings)} findings\n")
    assert out == "".join(f"kuopio: {finding}\n" for finding in findings)
    assert run("lint", "--level", "error") == (0, "", "twincities: 0 findings\n")
    codes = {finding.code for finding in findings}
    assert run("lint", *(word for code in codes for word in ("--ignore", code)))[0] == 0
    tc.Dataset(cities=[tc.City(id="a", country_code="UK")]).write("a.json")
    code, out, _ = run("lint", "a.json", "--only", "country-code", "--json")
    assert (code, [(one["path"], one["severity"]) for one in json.loads(out)]) == (
        1,
        [("$.cities[0].country_code", "error")],
    )
    assert run("lint", "--only", "nonsense")[0] == run("lint", "--level", "nonsense")[0] == 2


def test_compare(here: Path, run: Run) -> None:
    """The code is 1 where the two differ: in a city, in a partnership, or in what they say of one."""
    assert run("compare", "kuopio", "kuopio.json")[0] == 0
    code, out, err = run("compare", "kuopio", "tampere.json")
    assert (code, err) == (1, "")
    assert out == f"{tc.compare(KUOPIO, tc.read('tampere.json'))}\n"
    code, out, _ = run("compare", "kuopio", "wikidata.json", "--json")
    told = json.loads(out)
    assert (code, told["cities_only_a"], told["cities_only_b"]) == (1, [], ["bergen"])
    assert told["partnerships"] == tc.compare(KUOPIO, tc.read("wikidata.json")).to_dicts()
    ended = tc.Partnership(cities=("kuopio", "opole"), status="ended")
    KUOPIO.with_records(ended).write("x.json")
    assert run("compare", "kuopio", "x.json")[0] == 1


def test_merge(here: Path, run: Run) -> None:
    """The merged data goes to one file; an open conflict is reported, ends with 1, and nothing is written."""
    assert run("merge", "tampere.json", "wikidata.json", "--out", "both.json") == (0, "", "")
    assert len(tc.read("both.json").partnerships) == 21
    KUOPIO.with_records(tc.Partnership(cities=("kuopio", "opole"), status="ended")).write("x.json")
    code, out, err = run("merge", "kuopio", "x.json", "--out", "y.json")
    assert (code, out) == (1, "")
    assert "twincities: 1 conflict, nothing is written; --prefer first or second decides\n" in err
    assert "Traceback" not in err
    assert not (here / "y.json").exists()
    code, out, err = run("merge", "kuopio", "x.json", "--prefer", "second", "--to", "jsonl")
    assert (code, err) == (0, "")
    assert tc.from_jsonl(out).partnership("kuopio", "opole").status == "ended"
    for name, latitude in (("one.json", 40), ("two.json", 30)):
        place = tc.Coordinates(latitude=latitude, longitude=-90)
        tc.Dataset(cities=[tc.City(id="springfield", coordinates=place)]).write(name)
    code, out, err = run("merge", "one.json", "two.json", "--out", "both.json")
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "twincities: Not decided: springfield in a, springfield in b: the same id, 1,109 km apart",
        "twincities: Kept as another city: springfield is now springfield-2",
    ]


# -- fetch -----------------------------------------------------------------------------------------


def test_fetch(here: Path, run: Run) -> None:
    """Cities are fetched into a file or standard output; progress and remarks stay on standard error."""
    pytest.importorskip("urllib3")
    with Loopback() as server:
        words = ("--endpoint", server.url, "--names", "fi", "--names", "sv", "--contact", "desk@example.org")
        code, out, err = run("fetch", "Q1", "Q5", *words, "--cache", "kept")
        assert code == 0
        assert set(tc.from_json(out).partnerships) == {("Q1", "Q2"), ("Q5", "Q6")}
        assert err.startswith("Wikidata: 1 of 1 pages\ntwincities: ")
        asked = len(server.queries)
        assert run("fetch", "Q1", "Q5", *words, "--cache", "kept", "--out", "x.json")[:2] == (0, "")
        assert len(server.queries) == asked
        assert "(desk@example.org)" in server.headers[0]["User-Agent"]
    assert tc.read("x.json") == tc.from_json(out)
    assert run("fetch") == (2, "", "twincities: expected either cities or a country\n")


# -- data sets -------------------------------------------------------------------------------------


def test_datasets(run: Run) -> None:
    """Each data set that can be named is listed with what is known of it."""
    first = answer(run, "datasets")[0]
    assert first["name"] == "kuopio"
    assert first["as_of"] == str(KUOPIO.as_of)
    assert re.search(rf"^kuopio +{KUOPIO.version} .* {KUOPIO.title}$", run("datasets")[1], re.MULTILINE)


def test_schema(run: Run) -> None:
    """The schema is that which ships with the package."""
    assert json.loads(run("schema")[1])["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def installed(folder: Path, site: Path) -> None:
    """Build a package's wheel and unpack it, as an installer does."""
    build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(site)], cwd=folder, check=True, capture_output=True)
    (wheel,) = site.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)


def test_a_new_package_passes_its_own_tests_at_once(here: Path, run: Run) -> None:
    """What `new-dataset` writes can be installed; its data set is then found by name, and its tests pass."""
    pytest.importorskip("hatchling")
    code, out, err = run("new-dataset", "lake-town", "--city", 'Järvi "kaupunki"', "--folder", ".")
    assert (code, err) == (0, "")
    root = here / "twincities-lake-town"
    assert out == "twincities-lake-town is written; see its README.md for the next steps.\n"
    assert run("validate", str(root / "src/twincities_lake_town/lake-town.json"))[0] == 0
    assert run("lint", str(root / "src/twincities_lake_town/lake-town.json"))[:2] == (0, "")
    (here / "site").mkdir()
    installed(root, here / "site")
    env = {"PYTHONPATH": str(here / "site"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=root,
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert tests.returncode == 0, tests.stdout
    assert "4 passed" in tests.stdout
    shown = process("--data", "lake-town", env=env)
    assert shown.stdout.startswith('Järvi "kaupunki": 1 partner, 0 networks')


def test_a_new_package_may_begin_with_data(here: Path, run: Run) -> None:
    """With `--data` the document is that data set, under the new name."""
    assert run("new-dataset", "oulu", "--data", "oulu.jsonl")[0] == 0
    begun = tc.read("twincities-oulu/src/twincities_oulu/oulu.json")
    assert begun == KUOPIO.with_records(id="oulu")
    assert run("new-dataset", "oulu", "--data", "oulu.jsonl") == (2, "", "twincities: File exists: twincities-oulu\n")


@pytest.mark.parametrize("name", ["Oulu", "a b", "-x", "1a", "a--b", "../a", "", "ä", "kuopio"])
def test_names_that_no_new_data_set_can_have(name: str, here: Path, run: Run) -> None:
    """A name has to be right for packages, and mustn't be taken."""
    code, out, err = run("new-dataset", "--", name)
    assert (code, out) == (2, "")
    assert re.match("twincities: expected a (new )?name", err)
    assert not list(here.glob("twincities-*"))


def test_an_example_or_data(here: Path, run: Run) -> None:
    """A city's name belongs to the example alone."""
    assert run("new-dataset", "oulu", "--data", "oulu.jsonl", "--city", "Oulu")[0] == 2


# -- what goes wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["Kupio"], "unknown city 'Kupio'; did you mean 'Kuopio'?"),
        (["partnrs"], "unknown city 'partnrs'; did you mean the command 'partners'?"),
        (["partnrs", "Kuopio"], "unknown command 'partnrs'; did you mean the command 'partners'?"),
        (["Qwxyz", "County"], "unknown command 'Qwxyz'; a name of several words needs quotes"),
        (["show", "a", "b"], "unrecognized arguments: b; see twincities show --help"),
        (["partners"], "the following arguments are required: CITY; see twincities partners --help"),
        (["partners", "Kuopio", "--coun", "FI"], "unrecognized arguments: --coun FI; see twincities partners --help"),
        (["partners", "Kuopio", "--sort", "x"], "expected a key of country, status, "),
        (["Kuopio", "--lang", "de"], "argument --lang: invalid choice: 'de' (choose from "),
        (["--nonsense"], "unrecognized arguments: --nonsense; see twincities show --help"),
        ([""], "expected a city's name or id, got ''"),
        (["--data", "kupio"], "unknown data set 'kupio'; did you mean 'kuopio'?"),
        (["--data", "no/such/file.json"], "No such file or directory: no/such/file.json"),
        (["--data", "x" * 5000], "unknown data set 'xxx"),
        (["x\x1b[31m\ny"], r"unknown city 'x\x1b[31m\ny'"),
        (["Kuopio", "--x\x1b[31m\ny"], "unrecognized arguments: --x [31m y;"),
    ],
)
def test_wrong_use_is_one_line(words: list[str], message: str, run: Run) -> None:
    """Wrong use is one line on standard error, with code 2."""
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err.startswith(f"twincities: {message}")
    assert err.count("\n") == 1


def test_wrong_use_ends_the_process_so() -> None:
    """The code of the process is that of the command, and there is no traceback."""
    result = process("Kupio")
    message = "twincities: unknown city 'Kupio'; did you mean 'Kuopio'?\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", message)


def test_files_that_cant_be_used(here: Path, run: Run) -> None:
    """A file with errors is reported with the first of them and how to see all; a folder is wrong use."""
    (here / "bad.json").write_text('{"format": "twincities/1", "title": 1}')
    assert run("--data", "bad.json") == (2, "", "twincities: $.title in bad.json: expected text, got 1\n")
    (here / "bad.json").write_text('{"format": "twincities/1", "title": 1, "id": 2}')
    start = "twincities: 2 problems in bad.json; the first at $.id: expected text, got 2; twincities validate FILE lists all\n"
    assert run("--data", "bad.json") == (2, "", start)
    (here / "folder.json").mkdir()
    for other in (str(here), "folder.json", "notes.txt"):
        assert run("--data", other)[0] == 2


def test_a_package_that_breaks(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of a data set's package is one line."""
    info = here / "broken_twins-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.4\nName: broken-twins\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[twincities.datasets]\nbroken = broken_twins:dataset\n")
    (here / "broken_twins.py").write_text("def dataset():\n    return 1 / 0\n")
    monkeypatch.syspath_prepend(str(here))
    code, out, err = run("--data", "broken")
    assert (code, out) == (2, "")
    assert err == "twincities: the data set 'broken' can't be loaded: ZeroDivisionError('division by zero')\n"
    assert any(line.startswith("broken ") for line in run("datasets")[1].splitlines())


def test_a_missing_extra_names_the_command(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a format needs a package that isn't there, the line has the command that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, out, err = run("convert", "kuopio", "x.parquet")
    assert (code, out) == (2, "")
    assert err == "twincities: this needs the package pyarrow: pip install 'twincities[arrow]'\n"


def test_the_module_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`python -m twincities` ends with the code of the command."""
    monkeypatch.setattr(sys, "argv", ["twincities", "Kupio"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("twincities", run_name="__main__")
    assert caught.value.code == 2
    assert "unknown city" in capsys.readouterr().err
    runpy.run_module("twincities.__main__", run_name="imported")  # importing it runs nothing
    assert capsys.readouterr().out == ""


# -- pipes, interrupts, terminals ------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
@pytest.mark.parametrize("words", ["", "--help", "partners --help", "convert kuopio -", "schema"])
def test_a_pipe_that_is_closed_early(words: str) -> None:
    """Whoever reads no further isn't answered with a traceback."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    reader, writer = os.pipe()
    os.close(reader)  # nobody reads at all
    command = [sys.executable, "-m", "twincities", *words.split()]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=env, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of POSIX")
def test_the_first_line_alone() -> None:
    """`| head -1` gets its line."""
    script = f'{{ "{sys.executable}" -m twincities; echo "code $?" >&2; }} | head -1'
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    result = subprocess.run(["sh", "-c", script], capture_output=True, encoding="utf-8", env=env, check=False)
    assert result.stdout.startswith("Kuopio: 15 partners")
    assert result.stderr == "code 0\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_is_one_line() -> None:
    """Ctrl-C ends a command with 130 and a line, without a traceback."""
    script = (
        "import signal, sys, twincities.cli as cli; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "print('ready', flush=True); sys.exit(cli.main(['validate', '-']))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as waiting:
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == b"ready\n"
        time.sleep(0.5)  # until it reads what nobody types
        waiting.send_signal(signal.SIGINT)
        out, err = waiting.communicate(timeout=20)
    assert (waiting.returncode, out, err) == (130, b"", b"twincities: interrupted\n")


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As shells count it: 128 and the number of the signal."""

    class Interrupted(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            signal.raise_signal(signal.SIGINT)
            return b""

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(Interrupted()))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background takes away
    try:
        assert run("validate", "-") == (130, "", "twincities: interrupted\n")
    finally:
        signal.signal(signal.SIGINT, before)


def test_an_output_that_nobody_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If the output is closed, the rest is discarded silently."""
    with (tmp_path / "out").open("w") as file:

        class Closed:
            def write(self, text: str) -> int:
                raise BrokenPipeError

            def flush(self) -> None: ...

            def fileno(self) -> int:
                return file.fileno()

        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", Closed())
            assert main(["Opole"]) == 0
        file.write("what is left")
    assert (tmp_path / "out").read_text() == ""


def test_a_stream_without_an_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the output is no file of the system, such as in a notebook, it is written to as it is."""

    class Notebook:
        def __init__(self) -> None:
            self.text = ""

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None: ...

    notebook = Notebook()
    monkeypatch.setattr(sys, "stdout", notebook)
    assert main(["Opole"]) == 0
    assert notebook.text.startswith("Opole: 1 partner, 0 networks")
    notebook.text = ""
    assert main(["search", "gyor", "--json"]) == 0
    assert json.loads(notebook.text)[0]["id"] == "gyor"


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "", "LANG": "C", "LC_ALL": "C"},
        {"PYTHONIOENCODING": "cp1252"},
    ],
    ids=str,
)
@pytest.mark.parametrize(("words", "code"), [(["--lang", "fi"], 0), (["Gyömrő"], 2)], ids=["fine", "wrong"])
def test_terminals_that_cant_show_a_letter(environment: dict[str, str], words: list[str], code: int) -> None:
    """Letters that a terminal hasn't become question marks; nothing crashes, errors neither."""
    env = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **environment}
    result = subprocess.run([sys.executable, "-m", "twincities", *words], capture_output=True, env=env, check=False)
    assert b"Traceback" not in result.stderr
    assert result.returncode == code
    assert result.stdout.startswith(b"Kuopio") or result.stderr.startswith(b"twincities: unknown city")


def controls(text: str) -> set[str]:
    """The control and format characters of a text, line ends aside."""
    return {char for char in text if not char.isprintable() and char != "\n"}


EVIL = "A\x1b[31mB\x07\u202eC\u2028D\x9bE\tF\nG\rH"


@pytest.fixture
def evil(here: Path) -> str:
    """A file with control characters in every name."""
    activities = [tc.Activity(areas=["x"])]
    tc.Dataset(
        cities=[
            tc.City(id="a", name=EVIL, names={"fi": EVIL}, country_code="UK"),
            tc.City(id="b", name=EVIL),
            tc.City(id="c"),
        ],
        areas=[tc.CooperationArea(id="x", pref_label={"en": EVIL})],
        partnerships=[tc.Partnership(cities=("a", "b"), activities=activities), tc.Partnership(cities=("b", "c"))],
        networks=[tc.CooperationNetwork(id="n", members=("a", "b"), names={"en": EVIL}, activities=activities)],
        title=EVIL,
    ).write("evil.json")
    return "evil.json"


@pytest.mark.parametrize(
    "words",
    ["show a", "show a --lang fi", "partners a", "cousins c", "path a c", "search a31mb"],
)
def test_control_characters_dont_reach_the_terminal(words: str, evil: str, run: Run) -> None:
    """Names and labels with escape sequences or changes of direction are shown without them."""
    code, out, err = run(*words.split(), "--data", evil)
    assert code == 0
    assert "B" in out
    assert controls(out) == controls(err) == set()


def test_control_characters_of_what_is_found(evil: str, run: Run) -> None:
    """What lint, compare and merge tell has no control characters either."""
    for words in (["lint", evil], ["compare", evil, "kuopio"], ["merge", evil, "kuopio", "--out", "x.json"]):
        _, out, err = run(*words)
        assert controls(out) == controls(err) == set()


@pytest.mark.parametrize(
    "document",
    [
        '{"format": "twincities/1", "\\u001b[31mred": 1}',
        '{"format": "twincities/1", "cities": [{"id": "\\u001b[31m", "\\u0007": 1, "names": {"\\u001b": 1}}]}',
        '{"format": "\\u001b[31m"}',
        '{"format": "twincities/1", "\\u001b": 1, "\\u001b": 2}',
    ],
)
def test_control_characters_of_errors_dont_reach_the_terminal(document: str, here: Path, run: Run) -> None:
    """What an error tells of a document has its control characters escaped."""
    (here / "evil.json").write_text(document)
    for words in (["--data", "evil.json"], ["validate", "evil.json"]):
        code, out, err = run(*words)
        assert code in {1, 2}
        assert controls(out) == controls(err) == set()


# -- with rich -------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that says to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[str, str]]:
    """Run a command in a terminal of 256 colours: what it shows on standard output and standard error."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")

    def shown(*words: str) -> tuple[str, str]:
        out, err = Terminal(), Terminal()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            patched.setattr(sys, "stderr", err)
            assert main(words) in {0, 1}
        return out.getvalue(), err.getvalue()

    return shown


Look = Callable[..., tuple[str, str]]
COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*3[0-7]m")


def test_a_terminal_gets_colour(looked_at: Look, here: Path) -> None:
    """On a terminal, headings are bold and statuses have colours if rich is installed."""
    pytest.importorskip("rich")
    shown, _ = looked_at("Kuopio")
    assert re.search(r"\x1b\[31msuspended *\x1b\[0m", shown)
    assert "Nordic twin city cooperation" in shown
    assert re.search(r"\x1b\[1mPartner +Country", shown)
    tc.Dataset(cities=[tc.City(id="a", country_code="UK")]).write("a.json")
    assert COLOUR.search(looked_at("lint", "a.json")[0])
    assert "Jönköping" in looked_at("search", "jonkoping")[0]


def test_no_colour_where_it_isnt_wanted(looked_at: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR is heeded, and JSON has no colours."""
    pytest.importorskip("rich")
    assert "\x1b" not in looked_at("partners", "Kuopio", "--json")[0]
    monkeypatch.setenv("NO_COLOR", "1")
    assert not COLOUR.search(looked_at("Kuopio")[0])


def test_names_arent_markup(looked_at: Look, here: Path) -> None:
    """A name in brackets is shown as it is, and control characters aren't shown."""
    pytest.importorskip("rich")
    cities = [tc.City(id="a", name="[red]Aye"), tc.City(id="b", name="[bold]Bee[/] :smile:\x1b[5m")]
    tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=("a", "b"))]).write("x.json")
    shown, _ = looked_at("a", "--data", "x.json")
    assert "[red]Aye" in shown
    assert "[bold]Bee[/] :smile:" in shown
    assert "\x1b[5m" not in shown


def test_a_terminal_without_rich(looked_at: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rich isn't installed a terminal gets the plain text."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "rich"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "rich", None)
    assert looked_at("partners", "Opole")[0] == f"{KUOPIO.partners('Opole')}\n"


# -- lists, widths and languages -------------------------------------------------------------------


def test_a_list_in_each_format(here: Path, run: Run) -> None:
    """`list` prints a table, and writes CSV, a workbook or a page, with the columns and the delimiter asked for."""
    assert run("list", "Kuopio", "--lang", "fi")[1].split()[:3] == ["Kumppani", "Maa", "Tyyppi"]
    assert run("list", "Kuopio", "--out", "a.csv", "--columns", "partner,since", "--delimiter", ";") == (0, "", "")
    assert Path("a.csv").read_text(encoding="utf-8-sig").splitlines()[:2] == ["Partner;Since", "Alūksne;"]
    assert run("list", "Kuopio", "--out", "a.html", "--title", "Ours") == (0, "", "")
    assert "<h1>Ours</h1>" in Path("a.html").read_text(encoding="utf-8")
    assert run("list", "Kuopio", "--out", "-", "--columns", "partner")[1].startswith("Partner\r\n")
    assert run("list", "Kuopio", "--country", "Japan", "--lang", "sv") == (0, "Inga partner hittades.\n", "")
    assert "ends in .csv, .tsv, .xlsx or .html, got 'a.pdf'" in run("list", "Kuopio", "--out", "a.pdf")[2]
    assert "--delimiter only with .csv" in run("list", "Kuopio", "--out", "a.html", "--delimiter", ";")[2]
    pytest.importorskip("openpyxl")
    assert run("list", "Kuopio", "--lang", "fi", "--out", "a.xlsx") == (0, "", "")
    assert tc.load().partners("Kuopio", direct=True).sort_by("name", lang="fi")[0].partner.id == "aluksne"


def test_all_ties(run: Run) -> None:
    """`ties` lists each tie of the data set once, by both names."""
    assert answer(run, "ties", "--country", "Canada") == KUOPIO.ties(country="CA").to_dicts()
    names = [
        line.split("  ")[0] for line in run("ties", "--country", "SE")[1].splitlines()[2:] if not line.startswith(" ")
    ]
    assert names == sorted(names)


@pytest.mark.parametrize("columns", ["60", "80"])
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize(
    "command",
    [
        "Kuopio",
        "partners Kuopio",
        "list Kuopio",
        "ties",
        "search ku",
        "anniversaries 2030",
        "expiring 2029",
        "cousins Kuopio",
        "path Gera Pskov",
    ],
)
def test_answers_fit_the_terminal(
    command: str, lang: str, columns: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider than the terminal."""
    monkeypatch.setenv("COLUMNS", columns)
    out = run(*command.split(), "--lang", lang)[1]
    assert max(map(width, out.splitlines())) <= int(columns)


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_the_terminal(name: str, columns: int, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Help is wrapped between words, and examples are short enough to stay whole."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run(*filter(None, (name, "--help")))[1].splitlines()
    assert max(map(len, lines)) <= columns


@pytest.mark.parametrize(
    ("command", "lang", "first"),
    [
        ("cousins Gera", "fi", "Kaupunki"),
        ("path Gera Pskov", "sv", "Från"),
        ("anniversaries 2030", "fi", "Vuosia"),
        ("expiring 2029", "sv", "Upphör"),
        ("search kuopio", "fi", "Tunniste"),
        ("datasets", "sv", "Namn"),
        ("search zzzzzzz", "fi", "Kaupunkia ei löytynyt."),
        ("anniversaries 1801", "sv", "Inga jubileer hittades."),
        ("expiring 1801", "fi", "Sopimuksia ei löytynyt."),
        ("path Gera Gera", "sv", "Det är samma stad."),
    ],
)
def test_words_are_in_the_language_asked_for(command: str, lang: str, first: str, run: Run) -> None:
    """Headings and empty answers are in the language asked for."""
    assert run(*command.split(), "--lang", lang)[1].startswith(first)


def test_partners_and_show_have_one_order(run: Run) -> None:
    """Both list by name, in the alphabet of the language."""
    shown = [row["partner"] for row in answer(run, "show", "Kuopio", "--lang", "sv")["partners"]]
    assert shown == [row["partner"] for row in answer(run, "partners", "Kuopio", "--lang", "sv")]


@pytest.mark.parametrize(
    "command", ["map Kuopio", "map Kuopio --to png", "list Kuopio --out - --to xlsx", "list Kuopio --out - --to html"]
)
def test_a_terminal_gets_no_picture(command: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture, a workbook or a page is written to a file or a pipe."""
    pytest.importorskip("altair")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, err = run(*command.split())
    assert (code, out) == (2, "")
    assert "expected a file or a pipe" in err


@pytest.mark.parametrize(
    ("command", "option"),
    [("ties --unsure", "--on with --unsure"), ("list Kuopio --columns x", "--columns among")],
)
def test_errors_name_options(command: str, option: str, run: Run) -> None:
    """What Python calls an argument is an option here."""
    assert option in run(*command.split())[2]


def test_a_page(here: Path, run: Run) -> None:
    """`page` writes a city's page, and says what it lacks; years and versions are checked."""
    words = ("page", "Kuopio", "--lang", "fi", "--no-map", "--out", "k.html")
    full = ("--statement", "/a", "--feedback", "/b", "--version", "sv=k-sv.html", "--years", "2027-2030")
    assert run(*words, *full) == (0, "", "")
    text = Path("k.html").read_text(encoding="utf-8")
    assert 'hreflang="sv"' in text
    assert "50 vuotta, Opole: 2030" in text
    assert "anna --statement" in run(*words)[2]
    assert run(*words, "--fragment", "--out", "-")[1].startswith('<div class="twin-cities"')
    assert "--years pitäisi antaa muodossa 2027 tai 2027-2030, mutta on 'soon'" in run(*words, "--years", "soon")[2]
    assert "--version pitäisi antaa muodossa KIELI=URL, mutta on 'sv'" in run(*words, "--version", "sv")[2]
    for option, url in (("--version", "sv=x:y"), ("--data-url", "x:y"), ("--statement", "x:y"), ("--feedback", "x:y")):
        assert f"{option} pitäisi olla verkko-osoite tai polku, mutta on 'x:y'" in run(*words, option, url)[2]


def test_a_calendar(here: Path, run: Run) -> None:
    """`calendar` writes the dates of a city or of all, with or without alarms."""
    pytest.importorskip("icalendar")
    assert run("calendar", "Kuopio", "--years", "2027-2030", "--lang", "fi", "--out", "k.ics") == (0, "", "")
    text = Path("k.ics").read_text(encoding="utf-8")
    assert "SUMMARY:Kuopio – Opole: 50 vuotta" in text
    assert "TRIGGER:-P30D" in text
    assert "VALARM" not in run("calendar", "--years", "2030", "--no-alarm")[1]
    assert "TRIGGER:-P7D" in run("calendar", "--years", "2030", "--alarm", "7")[1]
    assert run("calendar", "--years", "2030", "--every", "0")[0] == 2


@pytest.mark.parametrize(
    ("lang", "remark"), [("en", "the calendar is empty"), ("fi", "kalenteri on tyhjä"), ("sv", "kalendern är tom")]
)
def test_an_empty_calendar_is_reported(lang: str, remark: str, here: Path, run: Run) -> None:
    """A calendar without dates is written, and a remark says that it has none."""
    pytest.importorskip("icalendar")
    code, out, err = run("calendar", "--years", "1801", "--lang", lang, "--out", "k.ics")
    assert (code, out, err.startswith(f"twincities: {remark}")) == (0, "", True)
    assert Path("k.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_a_city_of_another_bundled_data_set(here: Path, run: Run) -> None:
    """Without --data a city that the usual data set lacks is looked up in the other bundled ones, which is said."""
    code, out, err = run("list", "Tampere", "--lang", "fi", "--columns", "partner")
    assert (code, err) == (0, "twincities: käytetään aineistoa finland; --data finland ohittaa haun\n")
    assert out.splitlines()[0] == "Kumppani"
    assert run("Tampere", "--data", "kuopio")[0] == 2
    assert run("Atlantis")[0] == 2


def test_convert_and_validate_read_what_import_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that a spreadsheet saved as Unicode text, tabs in UTF-16, is converted and validated like any other."""
    table = tmp_path / "partners.txt"
    table.write_bytes("Kumppani\tMaa\nOpole\tPuola\n".encode("utf-16"))
    assert main(["convert", str(table), str(tmp_path / "x.json"), "--city", "Kuopio"]) == 0
    assert tc.read(tmp_path / "x.json").partners("Kuopio").one().partner.country_code == "PL"
    assert main(["validate", str(table), "--city", "Kuopio"]) == 0
    assert "0 problems" in capsys.readouterr().err


CITIES = {"kuopio": ("Kuopio", "FI"), "parnu": ("Pärnu", "EE"), "opole": ("Opole", "PL")}


def test_tables_take_the_same_options_everywhere(here: Path, run: Run) -> None:
    """Convert and validate take every option of import that says how a table is to be read."""
    Path("odd.csv").write_bytes(
        "Kuka|Tila|Maa\nPärnu|kunnossa|k.t.\nOpole (kaupunki)|voimassa|Puola\n".encode("cp1252")
    )
    Path("choices.csv").write_text("column;text;choice\nKuka;Opole (kaupunki);Opole\n")
    options = [
        *("--city", "Kuopio", "--encoding", "cp1252", "--delimiter", "|", "--columns", "partner=Kuka"),
        *("--words", "kunnossa=active", "--unknown", "k.t.", "--choices", "choices.csv", "--lang", "fi"),
        *("--as-of", "2026-11", "--places", "made.json"),
    ]
    tc.Dataset(
        cities=[tc.City(id=id, name=name, country_code=code) for id, (name, code) in CITIES.items()],
        sources=[tc.Source(id="register", title="Register")],
    ).write("made.json")
    assert run("validate", "odd.csv", *options) == (0, "", "twincities: 1 tiedosto, 0 virhettä\n")
    assert run("convert", "odd.csv", "a.json", *options)[0] == 0
    assert run("import", "odd.csv", "--out", "b.json", *options)[0] == 0
    assert Path("a.json").read_text(encoding="utf-8") == Path("b.json").read_text(encoding="utf-8")
    tie = tc.read("a.json").partnership("Kuopio", "Pärnu")
    assert (tie.status, str(tc.read("a.json").as_of)) == ("active", "2026-11")
    assert run("convert", "odd.csv", "a.json")[0] == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_has_every_option(name: str) -> None:
    """docs/cli.md names each option of a command in its section, or in one that the section refers to."""
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^### (\S+)\n(.*?)(?=^###? |\Z)", page, flags=re.MULTILINE | re.DOTALL))
    text = sections[name]
    for other in re.findall(r"\[`(?:\w+)`\]\(#(partners|import)\)", text):
        text += sections[other]
    module = import_module(f"twincities.cli.{module_of(name)}")
    parser = ArgumentParser(add_help=False)
    for add in module.ARGUMENTS:
        add(parser)
    shared = {"--data", "--json", "--lang", "--out", "--to"}
    for option in {option for action in parser._actions for option in action.option_strings} - shared:
        assert option in text


def test_no_half_a_package_is_left(here: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the package can't be written to the end, nothing of it is left."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "oulu.json")

    monkeypatch.setattr(tc.Dataset, "write", fail)
    assert run("new-dataset", "oulu", "--lang", "sv") == (2, "", "twincities: Enheten är full: oulu.json\n")
    assert not (here / "twincities-oulu").exists()
