"""
Messages in other languages: every text of the command line has its translations, and a translation says the same.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from english_words import english_in

import twincities as tc
from twincities._data import read_data
from twincities.cli.entry import COMMANDS, module_of
from twincities.cli.output import in_options
from twincities.display.messages import translated
from twincities.model.vocabulary import LANGUAGES

MESSAGES = {
    english: translations
    for section in json.loads(read_data("messages.json")).values()
    for english, translations in section.items()
}


@pytest.mark.parametrize("english", MESSAGES)
def test_a_message_has_every_language(english: str) -> None:
    """A translation into each other language, with the fields of the English text and no words of it."""
    translations = MESSAGES[english]
    assert len(translations) == len(LANGUAGES) - 1
    fields = re.findall(r"\{\w+\}|%\(\w+\)s|--[a-z-]+", english.replace(".to_dicts()", "--json"))
    for translation in translations:
        assert sorted(re.findall(r"\{\w+\}|%\(\w+\)s|--[a-z-]+", translation)) == sorted(fields)
        assert english_in(translation) == []
        assert translation.strip()


def test_a_section_has_what_others_lack() -> None:
    """No text stands in two sections."""
    sections = json.loads(read_data("messages.json")).values()
    assert len(MESSAGES) == sum(map(len, sections))


def texts_of(name: str) -> set[str]:
    """Every text of a command's help."""
    module = import_module(f"twincities.cli.{module_of(name)}")
    parser = argparse.ArgumentParser(add_help=False)
    for add in module.ARGUMENTS:
        add(parser)
    texts = {action.help for action in parser._actions if action.help}
    texts |= {action.metavar for action in parser._actions if isinstance(action.metavar, str)}
    return texts | {" ".join(block.split()) for block in (module.__doc__ or "").split("\n\n")} | {COMMANDS[name]}


@pytest.mark.parametrize("lang", LANGUAGES[1:])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_translated(name: str, lang: str) -> None:
    """Nothing of a command's help is left in English."""
    same = {"A", "B", "ID", "N", "URL", "TEXT", "DATA", "STATUS"}  # in another language too
    for text in texts_of(name) - same:
        found = translated(text, lang)
        assert found != text
        assert english_in(found) == []


@pytest.mark.parametrize(
    ("english", "lang", "expected"),
    [
        ("unknown city 'Kupio'; did you mean 'Kuopio'?", "fi", "tuntematon kaupunki 'Kupio'; tarkoititko 'Kuopio'?"),
        ("1 file, 2 problems", "sv", "1 fil, 2 fel"),
        ("line 3, Since: expected a number, got 'x'", "sv", "rad 3, Since: ska vara ett tal, men är 'x'"),
        (
            "'a; b': expected a number, got a list of 1,200",
            "fi",
            "'a; b': pitäisi olla luku, mutta on luettelo, pituus 1\xa0200",
        ),
        ("something else: 1 file", "fi", "something else: 1 tiedosto"),
        ("something else, got 'x'; 1 file", "fi", "something else, got 'x'; 1 tiedosto"),
        ("unknown city 'x'", "de", "unknown city 'x'"),
        ("unknown city 'x'", "sv-FI", "okänd ort 'x'"),
    ],
)
def test_clauses_are_translated(english: str, lang: str, expected: str) -> None:
    """As many clauses as are known together; values stay, numbers are written as the language does, the rest is English."""
    assert translated(english, lang) == expected


def test_long_lists_take_little_time() -> None:
    """A text of very many clauses is passed through."""
    text = ", ".join(f"name {number}" for number in range(200))
    assert translated(text, "fi") == text


ROOT = Path(tc.__file__).parent
ROOMS = ("cli", "document", "lint", "model", "query", "reconcile", "dataset/questions.py", "formats.py")
# What the command line can't ask for, or says in other words.
PYTHON_ONLY = (
    *("a function", "from --prefer", "a dict as areas", "twincities.formats.read takes others", "a shipped vocabulary"),
    *("PartnershipStatus.ACTIVE", "list of 5", "a City", "Coordinates", "a mapping", "areas as a whole number"),
    *("expected 5, got", "a list of pair", "its period 5 is over", "pair other than itself", "than the record's own"),
    *("JSON as bytes or text", "ties, as partners()", "a Dataset, got"),
    *("text as areas", "a 5 as areas", "pair as areas", "text to fold", "an EdtfDate or", "a code as text"),
)
# What may be filled in, by the expression in the source; else a number.
SAMPLES = {
    "again": "got since '1985' again; list all its sources in one claim",
    "expected": "text",
    "form": "TAG=URL",
    "hint": "",
    "kind": "a lone surrogate",
    "key": "'x'",
    "name": "areas",
    "noun": "pair",
    "option": "--words",
    "self._noun": "a date",
    "ended": "its period 2010/2015 is over",
    "tie.status": "active",
    "network.kind": "twinning",
    "values": "1972 or 1973",
    "or_none": ", or none",
}


def expectations() -> Iterator[str]:
    """The texts in the source that begin with "expected", and the findings of lint, with samples of what is filled in."""
    paths = [path for room in ROOMS for path in [ROOT / room, *(ROOT / room).rglob("*.py")] if path.suffix == ".py"]
    for path in paths:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node] if id(node) not in inner else []
            texts = [str(part.value) if isinstance(part, ast.Constant) else sample(part) for part in parts]
            text = "".join(filter(None, texts))
            if id(node) not in docs and (
                text.startswith("expected ") or (path.parent.name == "lint" and " is" in text)
            ):
                yield in_options(text)


def sample(node: ast.AST) -> str:
    """What a field of a text may hold."""
    if not isinstance(node, ast.FormattedValue):
        return ""
    name = ast.unparse(node.value)
    if name in SAMPLES:
        return SAMPLES[name]
    return "'v'" if re.match(r"(short|shown|_came)\(|got$|text$", name) else "5"


@pytest.mark.parametrize("text", sorted(set(expectations())))
def test_expectations_are_translated(text: str) -> None:
    """What is wrong is said in Finnish and Swedish too, wherever the command line may meet it."""
    if not any(part in text for part in PYTHON_ONLY):
        for lang in LANGUAGES[1:]:
            assert english_in(translated(text, lang)) == []


@pytest.mark.parametrize("lang", LANGUAGES[1:])
@pytest.mark.parametrize("date", ["0000", "198X-05", "1980-13", "198x", "1972-1973", "1XXX", "1980?-05", "x"])
def test_a_wrong_date_inside_a_set_or_an_interval_is_translated(date: str, lang: str) -> None:
    """What is wrong with a date is said in the same language where it stands in an interval or a set."""
    for kind, text in ((tc.EdtfDate, date), (tc.EdtfInterval, f"{date}/1990"), (tc.EdtfDate, f"[1900,{date}]")):
        with pytest.raises(tc.InvalidDateError) as caught:
            kind(text)
        assert english_in(translated(str(caught.value), lang)) == []
