"""
Anniversaries, and agreements that expire.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..model.cooperation import CooperationNetwork, members_of
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.partnership import Partnership
from .answers import Anniversary, Expiry
from .in_force import in_force
from .whole import Whole


def anniversaries_of(
    whole: Whole, year: int, every: int, city: str | None = None, *, unsure: bool = False
) -> list[Anniversary]:
    """
    The partnerships and networks that began a multiple of *every* years before *year* and are in force in it: of the city
    with this id or of all, with the uncertain ones if *unsure*.
    """
    on, found = EdtfDate(f"{year:04d}"), []
    for start in range(year - every, 0, -every):
        for record, origin, since, is_certain in whole._index.begun.get(start, ()):
            ids = members_of(record)
            if not (is_certain or unsure) or (city is not None and city not in ids):
                continue
            alive = in_force(record, whole.as_of, on)
            if alive or (unsure and alive is None):
                cities, before = (tuple(map(whole.cities.__getitem__, each)) for each in (ids, members_of(origin)))
                certain = is_certain and bool(alive)
                found.append(Anniversary(record, year - start, cities, since, origin, before, certain))
    return sorted(found, key=lambda a: (-a.years, [city.name for city in a.cities]))


def expiries_of(whole: Whole, latest: date | None, earliest: date | None, city: str | None = None) -> list[Expiry]:
    """
    The agreements, of the city with this id or of all, that end by the day *latest* and after *earliest*; `None` is no bound.
    Those of ties and networks that were certainly over before are left out.
    """
    found = []
    for record, ids in _records_of(whole, city):
        for agreement in record.agreements:
            ends = agreement.period.end if agreement.period is not None else None
            if ends is None or ends.latest is None or (latest is not None and ends.latest > latest):
                continue
            if earliest is not None and ends.latest <= earliest:
                continue
            if in_force(record, whole.as_of, EdtfInterval(f"{ends}/..")) is not False:
                found.append(Expiry(agreement, record, ends, tuple(whole.cities[id] for id in ids)))
    # By their last days: of two that end in 2029 the one without a month may have until December.
    return sorted(found, key=lambda e: (e.ends.latest, e.ends, [city.name for city in e.cities]))


def _records_of(whole: Whole, city: str | None) -> Iterator[tuple[Partnership | CooperationNetwork, tuple[str, ...]]]:
    index = whole._index
    for partnership in whole.partnerships.values() if city is None else index.ties_of(city)[0]:
        yield partnership, partnership.cities
    for network in whole.networks.values() if city is None else index.networks_of.get(city, ()):
        yield network, network.members
