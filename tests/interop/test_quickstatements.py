"""
QuickStatements: each fact in the line that the servers read, and a reason for each that isn't written.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from generators import datasets
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.interop.quickstatements import to_quickstatements

T = "https://example.org/t"
V = "https://example.org/v"
A, B = tc.City(id="a", wikidata_id="Q1"), tc.City(id="b", wikidata_id="Q2")
U = f'S854\t"{T}"'


def made(
    cities: tuple[tc.City, ...] = (A, B),
    pair: tuple[str, str] = ("a", "b"),
    sources: tuple[tc.Source, ...] = (tc.Source(id="t", url=T),),
    as_of: str | None = "2026-05-01",
    **tie: Any,
) -> tc.Dataset:
    """A data set of one tie, which all its sources state."""
    tie = {"sources": [source.id for source in sources], **tie}
    return tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=pair, **tie)], sources=sources, as_of=as_of)


def both_ways(*rests: str) -> list[str]:
    """The lines of Q1 about Q2, and those of Q2 about Q1."""
    return [
        "\t".join(filter(None, (start, rest)))
        for start in ("Q1\tP190\tQ2", "Q2\tP190\tQ1")
        for rest in (rests or ("",))
    ]


def milestone(kind: str, date: str | None = None, stage: str | None = None) -> tc.Milestone:
    """A milestone of this kind."""
    return tc.Milestone(kind=kind, date=date, stage=stage)


PAGE = tc.Source(
    id="t", url="https://example.org/twins", retrieved="2026-03-04", title="Ystävyyskaupungit", language="fi"
)


@pytest.mark.parametrize(
    ("facts", "rests", "reported"),
    [
        (
            {"sources": (PAGE,)},
            ['S854\t"https://example.org/twins"\tS813\t+2026-03-04T00:00:00Z/11\tS1476\tfi:"Ystävyyskaupungit"'],
            "",
        ),
        ({"since": "1940"}, [f"P580\t+1940-00-00T00:00:00Z/9\t{U}"], ""),
        ({"since": "194X"}, [f"P580\t+1940-00-00T00:00:00Z/8\t{U}"], ""),
        ({"since": "19XX"}, [f"P580\t+1950-00-00T00:00:00Z/7\t{U}"], "century"),
        ({"since": "1982-06"}, [f"P580\t+1982-06-00T00:00:00Z/10\t{U}"], ""),
        (
            {"since": "1982-06-11", "until": "2008"},
            [f"P580\t+1982-06-11T00:00:00Z/11\tP582\t+2008-00-00T00:00:00Z/9\t{U}"],
            "",
        ),
        (
            {"since": "1985-XX-XX", "until": "1991-04-XX"},
            [f"P580\t+1985-00-00T00:00:00Z/9\tP582\t+1991-04-00T00:00:00Z/10\t{U}"],
            "",
        ),
        ({"since": "0836"}, [f"P580\t+0836-00-00T00:00:00Z/9\t{U}"], ""),
        ({"since": "1972?", "until": "2008"}, [f"P582\t+2008-00-00T00:00:00Z/9\t{U}"], "since 1972? isn't certain"),
        ({"since": "1965~"}, [U], "since 1965~ isn't certain"),
        ({"status": "ended", "since": "1970"}, [f"P580\t+1970-00-00T00:00:00Z/9\tP582\tsomevalue\t{U}"], ""),
        ({"status": "suspended", "since": "1965"}, [f"P580\t+1965-00-00T00:00:00Z/9\t{U}"], "suspended"),
        ({"status": "dormant"}, [U], ""),
        ({"milestones": (milestone("ended", "1975"),)}, [f"P582\t+1975-00-00T00:00:00Z/9\t{U}"], ""),
        ({"milestones": (milestone("ended"),)}, [f"P582\tsomevalue\t{U}"], ""),
        ({"milestones": (milestone("ended", "1975", stage="planned"),)}, [U], ""),
        (
            {"status": "ended", "milestones": (milestone("ended", "1999-05"), milestone("ended", "1975"))},
            [f"P582\t+1999-05-00T00:00:00Z/10\t{U}"],
            "",
        ),
        (
            {"since": "1969", "milestones": (milestone("ended", "1975"), milestone("resumed", "1990"))},
            [f"P580\t+1969-00-00T00:00:00Z/9\t{U}"],
            "it was broken off and resumed, which no qualifier can express",
        ),
        ({"status": "active", "milestones": (milestone("ended", "1975"),)}, [U], ""),
        ({"until": "2030"}, [U], "its end 2030 is in the future"),
        (
            {"since": "1972", "sources": (tc.Source(id="t", url=T), tc.Source(id="v", url=V))},
            [f"P580\t+1972-00-00T00:00:00Z/9\t{U}", f'S854\t"{V}"'],
            "",
        ),
        ({"sources": (tc.Source(id="t", title="A letter"),)}, None, "withheld"),
        ({"sources": (tc.Source(id="t", url="https://fi.wikipedia.org/wiki/X"),)}, None, "page of Wikimedia"),
        ({"sources": (tc.Source(id="t", url="https://dumps.wikimedia.your.org/x"),)}, None, "page of Wikimedia"),
        ({"sources": (tc.Source(id="t", url="https://[example.org"),)}, None, "no host that can be read"),
        ({"sources": (tc.Source(id="t", url=T, title="List", licence="CC-BY-SA-4.0"),)}, None, "CC-BY-SA-4.0"),
        (
            {"sources": (tc.Source(id="t", url="https://example.org/a|b?q=%22c%22"),)},
            ['S854\t"https://example.org/a%7Cb?q=%22c%22"'],
            "",
        ),
        ({"sources": (tc.Source(id="t", url=T, title='Our "twins"', language="en"),)}, [U], "title"),
        ({"sources": (tc.Source(id="t", url=T, title="Our\ttwins", language="en"),)}, [U], "title"),
        ({"sources": (tc.Source(id="t", url=T, title="Twins", language="pt-BR"),)}, [f'{U}\tS1476\tpt-br:"Twins"'], ""),
        ({"sources": (tc.Source(id="t", url=T, title="Twins", language="es-419"),)}, [f'{U}\tS1476\tes:"Twins"'], ""),
        ({"sources": (tc.Source(id="t", url=T, title="Twins"),)}, [U], "title"),
        (
            {"sources": (tc.Source(id="t", url=T, retrieved="2026-03"),)},
            [f"{U}\tS813\t+2026-03-00T00:00:00Z/10"],
            "",
        ),
        ({"cities": (A, tc.City(id="b"))}, None, "withheld: a (Q1) – b (no item)"),
        ({"cities": (A, tc.City(id="b", wikidata_id="Q1"))}, None, "both cities have the item Q1"),
        ({"cities": (A, tc.City(id="b", wikidata_id="Q2", alt_ids=["Q4"]))}, [U], "Q4"),
        ({"kind": "project"}, None, "withheld"),
        ({"kind": "contact"}, None, "withheld"),
        ({"kind": "friendship"}, [U], ""),
        ({"status": "dormant", "milestones": [milestone("ended", "1975")], "as_of": None}, [U], ""),
    ],
)
def test_a_tie_is_its_lines(facts: dict[str, Any], rests: list[str] | None, reported: str) -> None:
    """A tie is written in both directions with what is certain; everything that isn't written is in the report."""
    found = to_quickstatements(made(**facts))
    assert found.text.splitlines() == ([] if rests is None else both_ways(*rests))
    assert reported in found.report
    assert bool(found.report) == bool(reported)


def test_a_source_of_the_start_carries_the_tie() -> None:
    """Sources of start and end are references of the tie; those of other fields aren't."""
    sources = (tc.Source(id="t"), tc.Source(id="v", url=V), tc.Source(id="z", url="https://example.org/z"))
    tie = tc.Partnership(
        cities=("a", "b"), since="1972", sources=["t"], field_sources={"since": ["v"], "status": ["z"]}, status="active"
    )
    ds = tc.Dataset(cities=[A, B], partnerships=[tie], sources=sources)
    assert to_quickstatements(ds).text.splitlines() == both_ways(
        f'P580\t+1972-00-00T00:00:00Z/9\tS854\t"{V}"',
    )


def test_what_may_be_asked_otherwise() -> None:
    """Ties without references, of weaker kinds, and an edit summary are options."""
    bare = made(sources=())
    assert to_quickstatements(bare, unreferenced=True).text.splitlines() == both_ways()
    assert to_quickstatements(made(kind="contact"), kinds=["contact"]).text.splitlines() == both_ways(U)
    signed = to_quickstatements(made(), summary="per example.org").text
    assert signed.splitlines() == [f"{line} /* per example.org */" for line in both_ways(U)]
    assert to_quickstatements(made(kind="contact"), kinds="contact").text.splitlines() == both_ways(U)
    for wrong in ("a|b", "a\nb", "a */ b", "a\u2028b", "a\ud800"):
        with pytest.raises(tc.QueryError, match="expected a summary on one line"):
            to_quickstatements(bare, summary=wrong)
    for kinds in (["marriage"], "marriage", 5):
        with pytest.raises(tc.QueryError, match=r"expected kinds of twinning, .*, got "):
            to_quickstatements(bare, kinds=kinds)  # type: ignore[arg-type]
    with pytest.raises(tc.QueryError, match="expected a Dataset"):
        to_quickstatements({})


def test_lines_are_in_the_order_of_numbers() -> None:
    """Lines are sorted by subject, then object, as numbers."""
    cities = [tc.City(id=id, wikidata_id=id) for id in ("Q1", "Q2", "Q10")]
    ties = [tc.Partnership(cities=pair, sources=["t"]) for pair in (("Q10", "Q2"), ("Q2", "Q1"))]
    ds = tc.Dataset(cities=cities, partnerships=ties, sources=[tc.Source(id="t", url=T)])
    starts = [line.split("\t")[0::2][:2] for line in to_quickstatements(ds).text.splitlines()]
    assert starts == [["Q1", "Q2"], ["Q2", "Q1"], ["Q2", "Q10"], ["Q10", "Q2"]]


def test_disputed_dates_are_left_to_a_person() -> None:
    """A date that another source contradicts isn't written but reported for review; a finer or coarser one is no dispute."""
    disputed = to_quickstatements(made(since="1972", claims=[tc.Claim(field="since", value="1967")]))
    assert disputed.text.splitlines() == both_ways(U)
    assert "review: a (Q1) – b (Q2): since is disputed (1972 or 1967)" in disputed.report
    for value in ("1972-05-03", "197X"):
        agreed = to_quickstatements(made(since="1972", claims=[tc.Claim(field="since", value=value)]))
        assert agreed.text.splitlines() == both_ways(f"P580\t+1972-00-00T00:00:00Z/9\t{U}")


@pytest.mark.parametrize(
    ("facts", "reported"),
    [
        (
            {"status": "ended", "claims": [tc.Claim(field="status", value="active")]},
            "status is disputed (ended or active)",
        ),
        ({"claims": [tc.Claim(field="status", value="ended")]}, "status is disputed (ended)"),
        ({"sources": (tc.Source(id="t", url=T, retrieved="2026-03?"),)}, "the retrieval 2026-03? of t isn't certain"),
        (
            {"cities": (tc.City(id="a", wikidata_id="Q1", claims=[tc.Claim(field="wikidata_id", value="Q7")]), B)},
            "a is also Q7",
        ),
    ],
)
def test_what_is_in_doubt_is_reported(facts: dict[str, Any], reported: str) -> None:
    """A disputed status, an uncertain retrieval, another id that a source claims: nothing is written of it, and said."""
    found = to_quickstatements(made(**facts))
    assert found.text.splitlines() == both_ways(U)
    assert reported in found.report


def test_networks_arent_expanded() -> None:
    """Members of a network without a tie of their own aren't twinned."""
    ds = tc.Dataset(cities=[A, B], networks=[tc.CooperationNetwork(id="n", members=["a", "b"], names={"en": "N"})])
    found = to_quickstatements(ds)
    assert found.text == ""
    assert "N: members without a tie" in found.report


# -- with what Wikidata states ---------------------------------------------------------------------


def time(text: str, precision: int) -> dict[str, Any]:
    """A time as Wikidata has it."""
    value = {"time": text, "precision": precision, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}
    return {"snaktype": "value", "datavalue": {"type": "time", "value": value}}


def statement(to: str, *, rank: str = "normal", url: str = "", **qualifiers: dict[str, Any]) -> dict[str, Any]:
    """A statement of P190."""
    snak = {"snaktype": "value", "datavalue": {"type": "wikibase-entityid", "value": {"id": to}}}
    cited = [{"snaktype": "value", "datavalue": {"type": "string", "value": url}}]
    references = [{"hash": "a", "snaks": {"P854": cited}}] if url else []
    return {
        "mainsnak": snak,
        "rank": rank,
        "qualifiers": {property: [value] for property, value in qualifiers.items()},
        "references": references,
    }


def entity(id: str, *statements: dict[str, Any]) -> dict[str, Any]:
    """An entity with statements of P190."""
    return {"id": id, "claims": {"P190": list(statements)}}


def year(number: int) -> dict[str, Any]:
    """A year as Wikidata has it."""
    return time(f"+{number}-00-00T00:00:00Z", 9)


SINCE = "P580\t+1972-00-00T00:00:00Z/9"


@pytest.mark.parametrize(
    ("there", "facts", "lines", "reported"),
    [
        ([entity("Q1", statement("Q2"))], {"since": "1972"}, both_ways(f"{SINCE}\t{U}"), ""),
        (
            [entity("Q1", statement("Q2", P580=year(1972))), entity("Q2", statement("Q1", P580=year(1972)))],
            {"since": "1972"},
            both_ways(U),
            "",
        ),
        ([entity("Q1", statement("Q2", url=T)), entity("Q2", statement("Q1", url=T))], {}, [], ""),
        (
            [entity("Q1", statement("Q2", url=T)), entity("Q2", statement("Q1"))],
            {},
            [f"Q2\tP190\tQ1\t{U}"],
            "",
        ),
        (
            [entity("Q1", statement("Q2", P580=year(1973)))],
            {"since": "1972"},
            [],
            "Q1 states since 1973, the data set 1972",
        ),
        ([entity("Q1", statement("Q2", P580=year(1982)))], {"since": "1982-06-11"}, [], "the data set 1982-06-11"),
        (
            [entity("Q1", statement("Q2", P580=time("+1982-06-11T00:00:00Z", 11)))],
            {"since": "1982"},
            [],
            "Q1 states since 1982-06-11",
        ),
        ([entity("Q1", statement("Q2", P582=year(2010)))], {"status": "active"}, [], "ended: 2010"),
        ([entity("Q1", statement("Q2", rank="deprecated"))], {}, [], "deprecated rank"),
        ([entity("Q1", statement("Q2"), statement("Q2"))], {}, [], "states it 2 times"),
        (
            [entity("Q1", statement("Q2")), entity("Q2", statement("Q1"))],
            {"until": "2008"},
            both_ways(f"P582\t+2008-00-00T00:00:00Z/9\t{U}"),
            "",
        ),
        (
            [entity("Q1", statement("Q2", P580=year(1970), P582=year(2005)))],
            {"since": "2015"},
            [],
            "a new term needs a statement of its own",
        ),
        (
            [entity("Q1", statement("Q2", P580=time("+1971-00-00T00:00:00Z", 8)))],
            {"since": "197X"},
            [f"Q1\tP190\tQ2\t{U}", f"Q2\tP190\tQ1\tP580\t+1970-00-00T00:00:00Z/8\t{U}"],
            "",
        ),
    ],
)
def test_only_what_wikidata_lacks(there: Any, facts: dict[str, Any], lines: list[str], reported: str) -> None:
    """Existing statements are completed; if they contradict the data set, nothing is written and the tie is up for review."""
    for form in (there, json.dumps({"entities": {one["id"]: one for one in there}}).encode()):
        found = to_quickstatements(made(**facts), form)
        assert found.text.splitlines() == lines
        rest = [str(remark) for remark in found.remarks if remark.about != "Wikidata"]
        assert [remark for remark in rest if reported in remark] == rest
        assert bool(rest) == bool(reported)


def test_a_town_and_its_municipality_are_asked_about() -> None:
    """Where Wikidata ties an alternative id of ours, a person decides which is meant."""
    ds = made(cities=(A, tc.City(id="b", wikidata_id="Q2", alt_ids=["Q4"])))
    found = to_quickstatements(ds, [entity("Q1", statement("Q4"))])
    assert found.text == ""
    assert "a town and its municipality?" in found.report


def test_what_only_wikidata_has_is_never_removed() -> None:
    """A tie that the data set denies is a question, not a removal."""
    ds = tc.Dataset(cities=[A], complete_for=["a"])
    found = to_quickstatements(ds, [entity("Q1", statement("Q7"))])
    assert found.text == ""
    assert "review: a (Q1) – Q7 (Q7): only Wikidata states it" in found.report


def test_a_data_set_read_from_wikidata_is_taken_too() -> None:
    """What Wikidata states may be a data set, or the second side of a comparison; an old copy is reported."""
    there = tc.Dataset(
        cities=[tc.City(id="Q1", wikidata_id="Q1"), tc.City(id="Q2", wikidata_id="Q2")],
        partnerships=[tc.Partnership(cities=("Q1", "Q2"), since="1972", asserted_by=["Q1"])],
        as_of="2026-01-01",
    )
    ds = made(since="1972")
    found = to_quickstatements(ds, there)
    assert found.text.splitlines() == [f"Q1\tP190\tQ2\t{U}", f"Q2\tP190\tQ1\t{SINCE}\t{U}"]
    assert "fetch a fresh one before a batch" in found.report
    assert to_quickstatements(tc.compare(ds, there)) == found


@pytest.mark.parametrize(
    ("documents", "place"),
    [
        (5, ""),
        (Path("Q1.json"), ""),
        ("{}", ""),
        ([None], ""),
        ({"entities": []}, ""),
        ({"id": "Q1", "claims": []}, " (at 'Q1')"),
        (entity("Q1", {}), " (at 'Q1')"),
        (entity("x", statement("Q2")), " (at 'x')"),
        (entity("Q1", statement("Q2 P31")), " (at 'Q1')"),
        (entity("Q1", statement("Q2", P580=time("1972", 9))), " (at 'Q1')"),
        (entity("Q1", statement("Q2", P580=time("+1972-00-00T00:00:00Z", "year"))), " (at 'Q1')"),  # type: ignore[arg-type]
    ],
)
def test_what_is_no_entity_document_is_refused(documents: Any, place: str) -> None:
    """The entity that can't be read is named, whatever is wrong with it."""
    with pytest.raises(tc.QueryError) as caught:
        to_quickstatements(made(), documents)
    assert str(caught.value).startswith("expected a Dataset or Wikidata's entity documents, got ")
    assert str(caught.value).endswith(place)


def test_licences_other_than_cc0_are_named() -> None:
    """The licence of the data and of each source that is cited is in the report."""
    ds = made(sources=(tc.Source(id="t", url=T, licence="CC-BY-4.0"),)).with_records(licence="CC-BY-4.0")
    found = to_quickstatements(ds)
    assert found.text
    assert found.report.count("CC-BY-4.0") == 2
    assert "its licence is" not in to_quickstatements(ds.with_records(licence="CC0-1.0 AND CC-BY-4.0")).report


_LINE = re.compile(
    r"Q[0-9]+\tP190\tQ[0-9]+(\tP58[02]\t(somevalue|\+[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z/([7-9]|1[01])))*"
    r'(\tS854\t"[^\t"| ]+"(\tS813\t\+[^\t]+/([7-9]|1[01]))?(\tS1476\t[a-z-]+:"[^\t"|]+")?)?'
)


@given(datasets(), st.booleans())
def test_every_line_is_one_that_servers_read(ds: tc.Dataset, bare: bool) -> None:
    """For any data set each line is well formed, each pair is written in both directions, and no city is tied to itself."""
    lines = to_quickstatements(ds, unreferenced=bare).text.splitlines()
    assert all(_LINE.fullmatch(line) for line in lines)
    pairs = {tuple(line.split("\t")[0:3:2]) for line in lines}
    assert pairs == {pair[::-1] for pair in pairs}
    assert all(first != second for first, second in pairs)
