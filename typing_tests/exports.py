"""
Types of exports, charts and sources. Checked by mypy, never executed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_type

import rdflib
from hypothesis.strategies import SearchStrategy

import twincities as tc
from twincities import charts, lint, reconcile, strategies
from twincities.display import card
from twincities.interop import arrow, frames, geojson, graph, parquet, rdf, rows
from twincities.sources import gazetteer, table, wikidata

ds = tc.load()
ties = ds.partners("Kuopio")

# -- rows, frames and files ------------------------------------------------------------------------

assert_type(ds.to_dicts(lang="fi"), list[dict[str, Any]])
assert_type(ds.to_csv("x.csv", delimiter=";"), str)
assert_type(rows.TIE_COLUMNS, tuple[str, ...])
assert_type(rows.partnership_rows(ds), list[dict[str, Any]])
assert_type(ds.to_pandas(), dict[str, Any])
assert_type(ds.to_polars(), dict[str, Any])
ds.to_excel("x.xlsx")
assert_type(frames.polars_frames(ds), dict[str, Any])
assert_type(ds.to_arrow(), dict[str, Any])
assert_type(arrow.from_arrow(ds.to_arrow()), tc.Dataset)
assert_type(parquet.read_parquet("folder"), tc.Dataset)
assert_type(ds.to_geojson(), dict[str, Any])
assert_type(geojson.city_feature(ds.cities["kuopio"]), dict[str, Any])
assert_type(ties.__geo_interface__, dict[str, Any])

# -- graphs and linked data ------------------------------------------------------------------------

assert_type(graph.from_networkx(ds.to_networkx()), tc.Dataset)
assert_type(graph.measures(ds), graph.Measures)
assert_type(graph.measures(ds).modularity, float | None)
assert_type(ds.to_rdf(), rdflib.Graph)
assert_type(rdf.from_rdf("x.ttl"), tc.Dataset)
assert_type(rdf.context(), dict[str, Any])

# -- charts and cards ------------------------------------------------------------------------------

assert_type(ds.chart, charts.Charts)
assert_type(ties.chart, charts.Charts)
assert_type(card(ds, lang="fi"), str)
assert_type(tc.display_options, tc.DisplayOptions)
assert_type(tc.display_options.lang, str)

# -- sources ---------------------------------------------------------------------------------------

reading = table.read_table("x.csv", {"partner": "Ystävyyskaupunki"}, city="Kuopio", places=ds)
assert_type(reading, table.TableReading)
assert_type(reading.dataset, tc.Dataset)
assert_type(reading.checked(), tc.Dataset)
assert_type(reading.unresolved[0].candidates, tuple[table.Candidate, ...])
assert_type(reading.problems, tuple[table.CellProblem, ...])
assert_type(gazetteer.geonames(), tc.Dataset)
assert_type(wikidata.from_entities(b"{}", report=print), tc.Dataset)
assert_type(wikidata.from_sparql("{}"), tc.Dataset)
assert_type(wikidata.fetch(["Q1757"], langs=["fi"]), tc.Dataset)
assert_type(wikidata.cities_query("Q1757"), str)


class Places:
    """
    A gazetteer of one's own.
    """

    cities: Mapping[str, tc.City] = {}
    sources: Mapping[str, tc.Source] = {}

    def city(self, name: str, country: str | None = None) -> tc.City:
        """
        No city.
        """
        raise tc.UnknownCityError(name)

    def search(self, text: str, *, limit: int | None = None) -> Sequence[tc.Match]:
        """
        No match.
        """
        return ()


assert_type(table.read_table("x.csv", places=Places()), table.TableReading)

# -- data sets side by side ------------------------------------------------------------------------

assert_type(tc.datasets(), tc.Selection[tc.DatasetInfo])
assert_type(tc.load_all(prefer="first"), tc.Dataset)
compared = tc.compare(ds, ds)
assert_type(compared, tc.Comparison)
assert_type(compared.matches, tuple[tc.CityMatch, ...])
assert_type(compared.only_a[0].verdict, str)
assert_type(compared.both[0].differences, tuple[tc.Difference, ...])
assert_type(compared.both[0].differences[0].verdict, reconcile.Verdict)
assert_type(compared.to_csv(), str)
assert_type(ds.merge(ds, prefer="second"), tc.Dataset)
findings = ds.lint(only=["one-sided-tie"])
assert_type(findings, tc.Selection[tc.Finding])
assert_type(findings[0].severity, lint.Severity)
assert_type(findings[0].code, lint.Code)
try:
    ds.merge(ds)
except tc.MergeConflictError as conflict:
    assert_type(conflict.conflicts, tuple[object, ...])
except tc.DatasetError as refused:
    assert_type(refused.problems, tuple[tc.Problem, ...])
except tc.AmbiguousCityError as ambiguous:
    assert_type(ambiguous.candidates, tuple[str, ...])

# -- strategies ------------------------------------------------------------------------------------

assert_type(strategies.datasets(min_cities=2), SearchStrategy[tc.Dataset])
assert_type(strategies.cities(), SearchStrategy[tc.City])
assert_type(strategies.edtf_dates(min_year=1900), SearchStrategy[tc.EdtfDate])

# Mistakes that a checker has to find: an unused ignore would be an error.
ds.to_csv(delimiter=5)  # type: ignore[arg-type]
tc.compare(ds)  # type: ignore[call-arg]
ds.lint(only=5)  # type: ignore[arg-type]
table.read_table("x.csv", places=5)  # type: ignore[arg-type]
ds.merge(ds, prefer="third")  # type: ignore[arg-type]
tc.display_options.lang = 5  # type: ignore[assignment]
ds.cities["kuopio"].names["fi"] = "x"  # type: ignore[index]
