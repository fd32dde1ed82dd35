"""
Find contradictions, doubtful codes and gaps in a valid data set.

A finding is based on the data set only, never on the clock. What isn't known (a date marked `?`, `~` or `%`, a missing
`as_of`) is never a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .._progress import reached, working
from ..errors import QueryError, shown
from ..model.arguments import as_items
from ..model.city import City
from ..model.cooperation import CooperationNetwork, members_of
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.fields import Shape, fields_of
from ..model.partnership import Partnership
from ..model.vocabulary import MilestoneKind, PartnershipStatus, Stage, country_name, country_names
from ..query.whole import Whole, as_whole, lists_of
from . import lives
from .duplicates import sharing_ids, sharing_names
from .findings import Code, Finding, Found, Severity, at_paths
from .territories import current_subdivisions, former_subdivisions, is_country, kilometres_outside, subdivisions_release

MARGIN_KM = 50.0
"""The kilometres that a city may lie outside the boxes of its country, which are coarse and lack islands."""
FIRST_YEAR = 1900
"""Ties between municipalities began later: the first was Keighley's with Poix-du-Nord, in 1920."""


Codes = str | Iterable[str] | None


def lint(dataset: Whole, *, only: Codes = None, ignore: Codes = ()) -> tuple[Finding, ...]:
    """
    Find what looks doubtful in *dataset*, in the order of paths.

    Args:
        dataset: The data set to check.
        only: A `Code`, or several, to check (default: all).
        ignore: A `Code`, or several, not to check.

    Raises:
        QueryError: *dataset* isn't a data set, or a word in *only* or *ignore* isn't a `Code`.
    """
    lists = lists_of(as_whole(dataset))
    codes = (set(Code) if only is None else _codes(only, "only")) - _codes(ignore or (), "ignore")
    found = []
    with working("checking"):
        for number, code in enumerate(codes):
            reached(number, len(codes))
            for severity, path, message in CHECKS[code](dataset):
                name, index = path[2:].split("]", 1)[0].split("[")
                about = _about(lists[name][int(index)], dataset)
                found.append(Finding(code=code, severity=severity, path=path, about=about, message=message))
    return tuple(sorted(found, key=lambda one: (_order(one.path), one.code, one.message)))


def _about(record: Any, dataset: Whole) -> str:
    """
    The name and the id of a record.
    """
    if isinstance(record, Partnership):
        return " – ".join(_about(dataset.cities[id], dataset) for id in record.cities)
    name = record.name if isinstance(record, City) else next(iter(record.names.values()), record.id)
    return name if name == record.id else f"{name} ({record.id})"


def _codes(words: str | Iterable[object], name: str) -> set[Code]:
    given = as_items([words] if isinstance(words, str) else words, object, f"codes as {name}=")
    unknown = [word for word in given if word not in tuple(Code)]
    if unknown:
        raise QueryError(f"expected {name}= as one of {', '.join(Code)}, got {shown(unknown[0])}")
    return {Code(str(word)) for word in given}


def _order(path: str) -> list[str | int]:
    # Numbers are at odd places, so that texts and numbers are never compared.
    return [int(part) if place % 2 else part for place, part in enumerate(re.split(r"\[([0-9]+)\]", path))]


# -- cities ----------------------------------------------------------------------------------------


def _country_codes(dataset: Whole) -> Found:
    for path, city in at_paths(dataset, "cities"):
        code = city.country_code
        if code is None or is_country(code):
            continue
        if code in country_names():
            message = f"{code} isn't in ISO 3166-1: the code is reserved or user-assigned, for {country_name(code)}"
            yield Severity.NOTE, f"{path}.country_code", message
        else:
            meant = [other for other, names in country_names().items() if code in names]
            hint = f"; did you mean {meant[0]}?" if meant else ""
            yield Severity.ERROR, f"{path}.country_code", f"{code} isn't a code of ISO 3166-1{hint}"


def _subdivision_codes(dataset: Whole) -> Found:
    for path, city in at_paths(dataset, "cities"):
        for index, code in enumerate(city.subdivision_codes):
            if code not in current_subdivisions():
                instead = former_subdivisions().get(code)
                hint = f"; it was replaced by {instead.replace(' ', ', ')}" if instead else ""
                message = f"{code} isn't a current code of ISO 3166-2 (as of CLDR {subdivisions_release()}){hint}"
                yield Severity.WARNING, f"{path}.subdivision_codes[{index}]", message


def _points(dataset: Whole) -> Found:
    for path, city in at_paths(dataset, "cities"):
        code, point = city.country_code, city.coordinates
        if code is None or point is None:
            continue
        outside = kilometres_outside(code, point.latitude, point.longitude)
        if outside is None or outside <= MARGIN_KM:
            continue
        turned = kilometres_outside(code, point.longitude, point.latitude)
        hint = "; latitude and longitude may be swapped" if turned is not None and turned <= MARGIN_KM else ""
        message = (
            f"the point is about {outside:,.0f} km outside the coarse bounds of {country_name(code)}: "
            f"{MARGIN_KM:.0f} km are allowed, and small islands may be missing{hint}"
        )
        yield Severity.WARNING, f"{path}.coordinates", message


def _duplicates(dataset: Whole) -> Found:
    cities = tuple(dataset.cities.values())
    found: set[tuple[int, int]] = set()
    for earlier, later, field, id in sharing_ids(cities):
        found.add((earlier, later))
        message = f"{id} is also an id of {cities[earlier].name} ({cities[earlier].id})"
        yield Severity.ERROR, f"$.cities[{later}].{field}", message
    for one, other, name, apart in sharing_names(cities):
        earlier, later = sorted((one, other))
        if (earlier, later) in found or _is_related(cities[one], cities[other]):
            continue
        found.add((earlier, later))
        what = f"may be the same place as {cities[earlier].name} ({cities[earlier].id}): both are called {shown(name)}"
        if apart is None:
            yield Severity.NOTE, f"$.cities[{later}]", f"{what}, in one country, with a point missing"
        else:
            yield Severity.WARNING, f"$.cities[{later}]", f"{what}, {apart:.1f} km apart"


def _is_related(one: City, other: City) -> bool:
    return one.id in (*other.part_of, *other.succeeded_by) or other.id in (*one.part_of, *one.succeeded_by)


# -- ties and networks -----------------------------------------------------------------------------


def _one_sided(dataset: Whole) -> Found:
    complete = set(dataset.complete_for)
    for path, tie in at_paths(dataset, "partnerships"):
        if len(tie.asserted_by) != 1 or tie.status is PartnershipStatus.ENDED:
            continue
        (stating,) = tie.asserted_by
        silent = tie.other(stating)
        message = f"only {dataset.cities[stating].name} is known to assert the tie, not {dataset.cities[silent].name}"
        if silent in complete:
            message += ", for which the data set is complete"
        yield Severity.WARNING if silent in complete else Severity.NOTE, f"{path}.asserted_by", message


def _early_starts(dataset: Whole) -> Found:
    limit = EdtfDate(str(FIRST_YEAR))
    founded: dict[str, EdtfDate] = {}
    for city in dataset.cities.values():
        for milestone in city.milestones:
            if milestone.kind is MilestoneKind.FOUNDED and milestone.date and milestone.stage is not Stage.PLANNED:
                founded[city.id] = min(milestone.date, founded.get(city.id, milestone.date))
    for path, record in at_paths(dataset, "partnerships", "networks"):
        for id in members_of(record) if founded else ():
            if record.since is not None and record.since.is_before(founded.get(id)):
                message = f"a start in {record.since} is before {dataset.cities[id].name} was founded, in {founded[id]}"
                yield Severity.ERROR, f"{path}.since", message
        if record.since is not None and record.since.is_before(limit):
            message = f"a start in {record.since} is before {FIRST_YEAR}, when municipalities had no such ties"
            yield Severity.WARNING, f"{path}.since", message


def _future_starts(dataset: Whole) -> Found:
    for path, record in at_paths(dataset, "partnerships", "networks"):
        if dataset.as_of is not None and dataset.as_of.is_before(record.since):
            message = f"a start in {record.since} is after the as-of date of the data set, {dataset.as_of}"
            yield Severity.ERROR, f"{path}.since", message


def _statuses(dataset: Whole) -> Found:
    for path, tie in at_paths(dataset, "partnerships"):
        if tie.status_since is not None and tie.status_since.is_before(tie.since):
            message = f"a status since {tie.status_since} is before the start in {tie.since}"
            yield Severity.ERROR, f"{path}.status_since", message


def _ended(dataset: Whole) -> Found:
    as_of = dataset.as_of
    if as_of is None:
        return
    for path, tie in at_paths(dataset, "partnerships"):
        if tie.status not in {None, PartnershipStatus.ENDED} and tie.until is not None and tie.until.is_before(as_of):
            message = f"the tie is {tie.status} as of {as_of}, but ended in {tie.until}"
            yield Severity.WARNING, f"{path}.status", message
    for path, record in at_paths(dataset, "partnerships", "networks"):
        run_out = not isinstance(record, Partnership) and _run_out(record, as_of)
        for index, activity in enumerate(record.activities):
            if activity.stage is Stage.ONGOING and ((over := _over(activity.period, as_of)) or run_out):
                ended = (
                    f"its period {activity.period} is over" if over else "all agreements of the network have expired"
                )
                message = f"the activity is ongoing as of {as_of}, but {ended}"
                yield Severity.WARNING, f"{path}.activities[{index}].stage", message


def _run_out(network: CooperationNetwork, as_of: EdtfDate) -> bool:
    return bool(network.agreements) and all(_over(agreement.period, as_of) for agreement in network.agreements)


def _over(period: EdtfInterval | None, as_of: EdtfDate) -> bool:
    return period is not None and period.is_before(as_of)


# -- sources ---------------------------------------------------------------------------------------


def _unsourced(dataset: Whole) -> Found:
    if not dataset.sources:
        return
    for path, record in at_paths(dataset, "cities", "partnerships", "networks"):
        if not (record.sources or any(record.field_sources.values()) or _parts_sourced(record)):
            yield (
                Severity.NOTE,
                path,
                "no source is given for the record or any part of it, though the data set has sources",
            )


def _parts_sourced(record: Any) -> bool:
    parts = (field.name for field in fields_of(type(record)) if field.holds_records and field.shape is Shape.LIST)
    return any(part.sources or _parts_sourced(part) for name in parts for part in getattr(record, name))


CHECKS: Mapping[Code, Callable[[Whole], Found]] = {
    Code.CONTINUED: lives.continued,
    Code.CONTRADICTION: lives.contradictions,
    Code.COUNTRY_CODE: _country_codes,
    Code.DUPLICATE_CITY: _duplicates,
    Code.EARLY_START: _early_starts,
    Code.ENDED_BUT_ACTIVE: _ended,
    Code.FUTURE_START: _future_starts,
    Code.LIFE_AFTER_END: lives.after_end,
    Code.MISSING_SOURCES: _unsourced,
    Code.NETWORK_WITHOUT_TIES: lives.networks_without_ties,
    Code.ONE_SIDED_TIE: _one_sided,
    Code.OUTSIDE_COUNTRY: _points,
    Code.PART_AND_WHOLE: lives.parts_and_wholes,
    Code.STATUS_BEFORE_START: _statuses,
    Code.SUBDIVISION_CODE: _subdivision_codes,
    Code.SUCCESSOR: lives.successors,
    Code.UNSETTLED: lives.unsettled,
    Code.UNSOURCED_CLAIM: lives.unsourced_claims,
}
