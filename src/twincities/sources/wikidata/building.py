"""
Records from Wikidata: a city for each place, a partnership for each pair, whichever side states it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from ...dataset.dataset import Dataset
from ...model.city import City
from ...model.claims import Claim
from ...model.edtf import EdtfDate
from ...model.partnership import Partnership
from ...model.parts import Coordinates, Milestone, Population, Source
from ...model.rules import COUNTRY, GEONAMES, SUBDIVISION, URL, WIKIDATA
from . import wikibase
from .gathering import Gathered, Statement
from .terms import dates_of, first_day, gaps_of, is_resumed, last_day, sides_of
from .wikibase import PLACE_KINDS, Value

_WIKIDATA = Source(
    id="wikidata", title="Wikidata", publisher="Wikidata", url="https://www.wikidata.org/", licence="CC0-1.0"
)
_STEPS_UP = 3  # from a town to the country's subdivision; the query asks as many


class Builder:
    """
    The records of everything *gathered*, which also gets the remarks.
    """

    def __init__(self, gathered: Gathered, as_of: EdtfDate | None) -> None:
        self._gathered = gathered
        self._as_of = as_of
        self._by_subject: dict[tuple[str, str], list[Statement]] = {}
        self._statements = sorted(gathered.statements.values(), key=lambda made: made.id)
        for made in self._statements:
            if made.subject is not None and made.property is not None:
                self._by_subject.setdefault((made.subject, made.property), []).append(made)

    def dataset(self) -> Dataset:
        pairs = self._pairs()
        partnerships = [self._partnership(pair, pairs[pair]) for pair in sorted(pairs)]
        cited = {id for tie in partnerships for id in tie.sources} - {_WIKIDATA.id}
        return Dataset(
            cities=[self._city(id) for id in sorted(self._places(pairs), key=wikibase.item_number)],
            partnerships=partnerships,
            sources=[_WIKIDATA, *(self._source(id) for id in sorted(cited))],
            id="wikidata",
            title="Twinned administrative bodies (P190) in Wikidata",
            as_of=self._as_of,
            licence="CC0-1.0",
        )

    # -- ties --------------------------------------------------------------------------------------

    def _pairs(self) -> dict[tuple[str, str], list[Statement]]:
        pairs: dict[tuple[str, str], list[Statement]] = {}
        gathered = self._gathered
        for made in self._statements:
            subject, value = made.subject, made.value
            if made.property != "P190":
                continue
            if made.rank == "deprecated":
                gathered.remark("deprecated", made.id)
            elif not isinstance(subject, str) or not isinstance(value, str) or not WIKIDATA.holds(value):
                gathered.remark("unknown_partners", made.id)
            elif (partner := gathered.redirects.get(value, value)) == subject:
                gathered.remark("self_ties", made.id)
            else:
                pairs.setdefault((min(subject, partner), max(subject, partner)), []).append(made)
        return pairs

    def _partnership(self, pair: tuple[str, str], stated: Sequence[Statement]) -> Partnership:
        notes: dict[str, list[str | None]] = {}
        for made in stated:
            for property, values in made.qualifiers.items():
                if property not in {"P580", "P582", "P585"}:
                    notes.setdefault(property, []).extend(map(_note, values))
        starts, ends = dates_of(stated, "P580"), dates_of(stated, "P582")
        since = min(starts, default=None)
        is_ended = any("P582" in made.qualifiers for made in stated) and not is_resumed(stated)
        until = max(ends, default=None, key=last_day) if is_ended else None
        crossed = since is not None and until is not None and last_day(until) < first_day(since)
        if crossed:
            self._gathered.remark("crossed_dates", pair)
            until = None
        if len(starts) > 1 or len(ends) > 1:
            self._gathered.remark("differing_dates", pair)
        if len(starts) > 1:
            notes["P580"] = [str(start) for start in starts]
        if len(ends) > 1 or (ends and until is None):
            notes["P582"] = [str(end) for end in ends]
        known_until = date.today() if self._as_of is None else last_day(self._as_of)  # noqa: DTZ011  # wherever one is
        lies_ahead = until is not None and first_day(until) > known_until
        gaps = gaps_of(stated)
        later = [start for _, start in gaps]
        others = [("since", "P580", start) for start in starts if start not in {since, *later}]
        others += [("until", "P582", end) for end in ends if until not in {None, end} and end not in dict(gaps)]
        return Partnership(
            cities=pair,
            status="ended" if is_ended and not lies_ahead else None,
            since=since,
            until=until,
            milestones=self._milestones(stated, max(ends, default=None, key=last_day), gaps),
            asserted_by=sides_of(stated),
            claims=[
                Claim(
                    field=field,
                    value=str(moment),
                    sources=[_WIKIDATA.id],
                    asserted_by=sides_of(made for made in stated if moment in made.qualifiers.get(property, ())),
                )
                for field, property, moment in others
            ],
            sources=(_WIKIDATA.id, *sorted({id for made in stated for id in made.references if self._cites(id)})),
            extra=_extra(notes),
        )

    def _milestones(
        self, stated: Sequence[Statement], end: EdtfDate | None, gaps: Sequence[tuple[EdtfDate, EdtfDate]]
    ) -> Iterator[Milestone]:
        for moment in dates_of(stated, "P585", finest=False):
            yield Milestone(kind="attested", date=moment)
        for earlier, later in gaps:
            yield Milestone(kind="ended", date=earlier)
            yield Milestone(kind="resumed", date=later)
        causes = {value for made in stated for value in made.qualifiers.get("P1534", ()) if isinstance(value, str)}
        for cause in sorted(causes):
            if labels := self._labels(cause):
                yield Milestone(kind="ended", date=end, summary=labels)

    # -- sources -----------------------------------------------------------------------------------

    def _cites(self, reference: str) -> bool:
        parts = self._gathered.references.get(reference, {}).values()
        return any(value is not None for values in parts for value in values)

    def _source(self, id: str) -> Source:
        parts = self._gathered.references[id]
        urls = sorted(value for value in parts.get("P854", ()) if isinstance(value, str))
        works = sorted(value for value in parts.get("P248", ()) if isinstance(value, str) and WIKIDATA.holds(value))
        days = sorted(value for value in parts.get("P813", ()) if isinstance(value, EdtfDate))
        right = [url for url in urls if URL.holds(url)]
        for wrong in {*urls} - {*right}:
            self._gathered.remark("unheld_values", (id, wrong))
        for second in (*right[1:], *works[1:], *days[:-1]):
            self._gathered.remark("reference_parts", (id, second))
        return Source(
            id=id,
            title=self._name(works[0]) if works else None,
            url=right[0] if right else None,
            retrieved=days[-1] if days else None,
        )

    # -- cities ------------------------------------------------------------------------------------

    def _places(self, pairs: Iterable[tuple[str, str]]) -> set[str]:
        """
        The ids of twinned places, and of entities given for themselves: not as country or subdivision of another.
        """
        gathered = self._gathered
        named = {
            value
            for made in self._statements
            for value in (made.value if made.property != "P190" else None, *made.qualifiers.get("P1534", ()))
            if value != made.subject  # Singapore's country is itself
        }
        named |= {value for parts in gathered.references.values() for value in parts.get("P248", ())}
        twinned = {id for pair in pairs for id in pair}
        stating = {subject for subject, property in self._by_subject if property == "P190"}
        for id in twinned - {subject for subject, _ in self._by_subject}:
            gathered.remark("only_named", id)
        return twinned | stating | gathered.places | {id for id in gathered.given if id not in named}

    def _city(self, id: str) -> City:
        labels = self._labels(id)
        name = self._name(id)
        shown = {name, *labels.values()}
        aliases = sorted(set(self._gathered.aliases.get(id, ())))
        countries, country_code = self._country(id)
        kinds = self._held(id, "P31", WIKIDATA.holds)
        geonames = self._held(id, "P1566", GEONAMES.holds)
        points = sorted(
            (value for made in self._best(id, "P625") if isinstance(value := made.value, Coordinates)),
            key=lambda point: (point.latitude, point.longitude),
        )
        for point in points[1:]:
            self._gathered.remark("unheld_values", (id, point))
        return City(
            id=id,
            name=name,
            names=labels,
            alt_names=list(dict.fromkeys(text for _, text in aliases if text not in shown)),
            kind=next((kind for known, kind in PLACE_KINDS.items() if known in kinds), None),
            country_code=country_code,
            subdivision_codes=self._subdivisions(id),
            coordinates=points[0] if points else None,
            populations=self._populations(id),
            wikidata_id=id,
            geonames_id=geonames[0] if geonames else None,
            alt_ids=geonames[1:],
            sources=[_WIKIDATA.id],
            extra=_extra(
                {"P17": [] if country_code else countries, "P31": [kind for kind in kinds if kind not in PLACE_KINDS]}
            ),
        )

    def _best(self, id: str, property: str) -> list[Statement]:
        """
        The statements of best rank, except those with an end.
        """
        stated = self._by_subject.get((id, property), ())
        for rank in ("preferred", "normal"):
            if best := [made for made in stated if made.rank == rank]:
                return [made for made in best if "P582" not in made.qualifiers]
        return []

    def _held(self, id: str, property: str, holds: Callable[[str], object]) -> list[str]:
        """
        The valid texts of best rank.
        """
        texts = sorted({value for made in self._best(id, property) if isinstance(value := made.value, str)})
        for text in texts:
            if not holds(text):
                self._gathered.remark("unheld_values", (id, property, text))
        return [text for text in texts if holds(text)]

    def _country(self, id: str) -> tuple[list[str], str | None]:
        countries = self._held(id, "P17", WIKIDATA.holds)
        codes = {code for country in countries for code in self._held(country, "P297", COUNTRY.holds)}
        if countries and len(codes) != 1:
            self._gathered.remark("countries", id)
        return countries, codes.pop() if len(codes) == 1 else None

    def _subdivisions(self, id: str) -> list[str]:
        found: set[str] = set()
        places = {id}
        for _ in range(_STEPS_UP + 1):
            found |= {code for place in places for code in self._held(place, "P300", SUBDIVISION.holds)}
            places = {above for place in places for above in self._held(place, "P131", WIKIDATA.holds)}
        return sorted(found)

    def _populations(self, id: str) -> list[Population]:
        found: list[tuple[tuple[bool, int, int], Population]] = []
        for made in self._by_subject.get((id, "P1082"), ()):
            value = wikibase.inhabitants(made.value)
            if made.rank == "deprecated" or made.value is None:
                continue
            if value is None:
                self._gathered.remark("unheld_values", (made.id, made.value))
                continue
            as_of = max((at for at in made.qualifiers.get("P585", ()) if isinstance(at, EdtfDate)), default=None)
            number = last_day(as_of).toordinal() if as_of else 0
            population = Population(value=value, as_of=as_of)
            found.append(((made.rank != "preferred", -number, -value), population))
        return list(dict.fromkeys(population for _, population in sorted(found, key=lambda one: one[0])))

    def _labels(self, id: str) -> dict[str, str]:
        return dict(sorted(self._gathered.labels.get(id, {}).items()))

    def _name(self, id: str) -> str:
        labels = self._labels(id)
        # "mul" is Wikidata's label for all languages that have no other.
        return labels.get("en") or labels.get("mul") or next(iter(labels.values()), id)


# -- helpers ---------------------------------------------------------------------------------------


def _note(value: Value) -> str | None:
    if isinstance(value, Coordinates):
        return f"{value.latitude} {value.longitude}"
    return None if value is None else str(value)


def _extra(notes: dict[str, list[Any]]) -> dict[str, Any]:
    kept = {
        property: sorted(dict.fromkeys(values), key=lambda value: (value is None, value))
        for property, values in sorted(notes.items())
        if values
    }
    return {"wikidata": kept} if kept else {}
