"""
Checks of claims, of the course of ties, and of cities that were merged.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model.claims import own_value
from ..model.edtf import EdtfDate
from ..model.partnership import Partnership
from ..model.vocabulary import MilestoneKind, PartnershipStatus, Stage
from ..query.lives import lives
from ..query.whole import Whole
from .findings import Found, Severity, at_paths

_IN_FORCE = {
    MilestoneKind.SIGNED,
    MilestoneKind.RENEWED,
    MilestoneKind.REACTIVATED,
    MilestoneKind.SUSPENDED,
    MilestoneKind.ATTESTED,
}
_MANY = 16  # claims


def contradictions(dataset: Whole) -> Found:
    """
    Ties and networks whose dates, milestones and status contradict each other.
    """
    for path, record in at_paths(dataset, "partnerships", "networks"):
        if len(record.claims) > _MANY:  # too many combinations to check
            continue
        if not lives(record, dataset.as_of):
            facts = ", ".join(f"{name}={value}" for name, value in _course(record) if value is not None)
            yield Severity.ERROR, path, f"its dates, milestones and status contradict each other: {facts}"


def _course(record: Any) -> Iterator[tuple[str, object]]:
    for name in ("since", "until", "status", "status_since"):
        yield name, getattr(record, name, None)
    for milestone in record.milestones:
        if milestone.kind is not None and milestone.stage is not Stage.PLANNED:
            yield str(milestone.kind), milestone.date
    for agreement in record.agreements:
        yield "signed", agreement.signed


def unsettled(dataset: Whole) -> Found:
    """
    Fields that have claims but no value of the record's own.
    """
    for path, record in at_paths(dataset, "cities", "partnerships", "networks"):
        seen = set()
        for index, claim in enumerate(record.claims):
            if claim.field not in seen and own_value(record, claim.field) is None:
                seen.add(claim.field)
                values = " or ".join(str(stated.value) for stated in record.stated(claim.field))
                yield (
                    Severity.NOTE,
                    f"{path}.claims[{index}]",
                    f"{claim.field} is {values}: the record has no value of its own",
                )


def unsourced_claims(dataset: Whole) -> Found:
    """
    Claims without a source.
    """
    for path, record in at_paths(dataset, "cities", "partnerships", "networks"):
        for index, claim in enumerate(record.claims):
            if not claim.sources:
                message = f"no source is given for the claim that {claim.field} is {claim.value}"
                yield Severity.NOTE, f"{path}.claims[{index}]", message


def after_end(dataset: Whole) -> Found:
    """
    Events after the end of a tie or network that wasn't resumed.
    """
    for path, record in at_paths(dataset, "partnerships", "networks"):
        until = record.until
        if until is None:
            continue
        later = [(where, kind, date) for where, kind, date in _dated(record) if until.is_before(date)]
        if not any(kind == "resumed" for _, kind, _ in later):
            for where, kind, date in later:
                message = f"{kind} in {date}, after the end in {until}: if it went on, add a milestone 'resumed'"
                yield Severity.WARNING, f"{path}.{where}", message


def _dated(record: Any) -> Iterator[tuple[str, str, EdtfDate]]:
    for index, milestone in enumerate(record.milestones):
        counts = milestone.kind in _IN_FORCE or milestone.kind is MilestoneKind.RESUMED
        if milestone.date is not None and counts and milestone.stage is not Stage.PLANNED:
            yield f"milestones[{index}].date", str(milestone.kind), milestone.date
    for index, agreement in enumerate(record.agreements):
        if agreement.signed is not None:
            yield f"agreements[{index}].signed", "signed", agreement.signed


def _is_over(tie: Partnership) -> bool:
    return tie.status is PartnershipStatus.ENDED or tie.until is not None


def successors(dataset: Whole) -> Found:
    """
    Ties of former cities that aren't ended, and ties of their successors that don't continue them.
    """
    ties = dataset.partnerships
    all_former = {city.id: city for city in dataset.cities.values() if city.succeeded_by}
    for path, tie in at_paths(dataset, "partnerships"):
        for id in filter(all_former.get, tie.cities):
            former, partner = all_former[id], tie.other(id)
            names = " and ".join(dataset.cities[new].name for new in former.succeeded_by)
            if not _is_over(tie):
                message = f"{former.name} became {names}, but the tie isn't ended"
                yield Severity.WARNING, path, message
            for new in former.succeeded_by:
                later = ties.get((new, partner)) if new != partner else None
                if later is not None and not later.continues:
                    one, other = dataset.cities[new].name, dataset.cities[partner].name
                    message = f"{one} also has a tie with {other}, which isn't recorded as continuing this one"
                    yield Severity.NOTE, path, message


def continued(dataset: Whole) -> Found:
    """
    Ties that aren't ended though others continue them.
    """
    for path, tie in at_paths(dataset, "partnerships"):
        if tie.continues:
            first, second = tie.continues
            earlier = dataset.partnerships.get((first, second))
            if earlier is not None and not _is_over(earlier):
                names = " – ".join(dataset.cities[id].name for id in earlier.cities)
                yield Severity.WARNING, f"{path}.continues", f"the tie {names}, which it continues, isn't ended"


def parts_and_wholes(dataset: Whole) -> Found:
    """
    Ties with both a city and a part of it.
    """
    parts = {city.id: city for city in dataset.cities.values() if city.part_of}
    for path, tie in at_paths(dataset, "partnerships"):
        for id in filter(parts.get, tie.cities):
            part, partner = parts[id], tie.other(id)
            for whole in part.part_of:
                if whole != partner and (whole, partner) in dataset.partnerships:
                    both = f"{dataset.cities[whole].name} and with its part {part.name}"
                    message = f"{dataset.cities[partner].name} has ties with {both}: are they the same?"
                    yield Severity.NOTE, path, message


def networks_without_ties(dataset: Whole) -> Found:
    """
    Networks of a kind that ties have, though no two members have a tie.
    """
    pairs = dataset.partnerships
    for path, network in at_paths(dataset, "networks"):
        members = network.members
        if network.kind is not None and not any(
            (one, other) in pairs for place, one in enumerate(members) for other in members[:place]
        ):
            message = f"no two members have a tie, though the kind is {network.kind}: `partners` and `path` don't use networks"
            yield Severity.NOTE, path, message
