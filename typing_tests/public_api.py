"""
Types of the public API. Checked by mypy, never executed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_type

import twincities as tc

ds = tc.load()
assert_type(ds, tc.Dataset)
assert_type(ds.cities, Mapping[str, tc.City])
assert_type(ds.cities["kuopio"], tc.City)
assert_type(ds.partnerships["kuopio", "opole"], tc.Partnership)
assert_type(ds.areas, Mapping[str, tc.CooperationArea])
assert_type(ds.networks, Mapping[str, tc.CooperationNetwork])
assert_type(ds.sources, Mapping[str, tc.Source])
assert_type(ds.as_of, tc.EdtfDate | None)
assert_type(ds.complete_for, tuple[str, ...])

city = ds.city("Györ", country="HU")
assert_type(city, tc.City)
assert_type(city.name, str)
assert_type(city.names, Mapping[str, str])
assert_type(city.label("fi"), str)
assert_type(city.coordinates, tc.Coordinates | None)
assert_type(city.population, int | None)
assert_type(city.kind, tc.PlaceKind | None)
assert_type(city.extra, Mapping[str, Any])

# The constructors take what people have at hand; the fields have one type.
partnership = tc.Partnership(
    cities=["opole", "kuopio"],
    kind="twinning",
    status="active",
    since="1980",
    activities=[tc.Activity(areas=["culture"], stage="ongoing", period="2013/2018")],
    milestones=[tc.Milestone(kind="reactivated", date="2013", summary={"en": "Resumed"})],
)
assert_type(partnership.cities, tuple[str, str])
assert_type(partnership.status, tc.PartnershipStatus | None)
assert_type(partnership.since, tc.EdtfDate | None)
assert_type(partnership.activities, tuple[tc.Activity, ...])
assert_type(partnership.other("kuopio"), str)

ties = ds.partners(city, country=["SE", "NO"], area="education", on=1985, unsure=True)
assert_type(ties, tc.Selection[tc.Tie])
assert_type(ties[0], tc.Tie)
assert_type(ties[1:], tc.Selection[tc.Tie])
assert_type(ties.where(status="active").sort_by("since"), tc.Selection[tc.Tie])
assert_type("Opole" in ties, bool)
assert_type(ties[0].until, tc.EdtfDate | None)
assert_type(ties.events()[0].cities, tuple[tc.City, ...])
assert_type(ties.group_by("country"), dict[Any, tc.Selection[tc.Tie]])
assert_type(ties.count_by("area"), dict[Any, int])
assert_type(ties.one(), tc.Tie)
assert_type(ties.first(), tc.Tie | None)
assert_type(ties.complete, bool)
assert_type(ties.events(), tc.Selection[tc.Event])
assert_type(ties.to_dicts(), list[dict[str, Any]])
assert_type(ties.to_csv(), str)
for tie in ties:
    assert_type(tie.partner, tc.City)
    assert_type(tie.distance_km, float | None)
    assert_type(tie.areas, tuple[tc.CooperationArea, ...])
    assert_type(tie.in_force("1985"), bool | None)

assert_type(ds.search("gyor", limit=3), tc.Selection[tc.Match])
assert_type(ds.cousins("Kuopio"), tc.Selection[tc.Cousin])
assert_type(ds.path("Gera", "Pskov"), tc.Selection[tc.Tie] | None)
assert_type(ds.network("nordic"), tc.CooperationNetwork)
assert_type(ds.anniversaries(2030), tc.Selection[tc.Anniversary])
assert_type(ds.expiring("2029"), tc.Selection[tc.Expiry])
assert_type(ds.with_records(city, partnership), tc.Dataset)
assert_type(ds.without(partnership), tc.Dataset)
assert_type(ds.to_json(), bytes)
assert_type(ds.to_dict(), dict[str, Any])
assert_type(tc.read("world.json"), tc.Dataset)
assert_type(tc.from_json(b"{}"), tc.Dataset)
assert_type(tc.EdtfInterval("2022/2029").end, tc.EdtfDate | None)
assert_type(tc.EdtfDate("1940").precision, tc.Precision)


def bare(found: tc.Selection) -> str | None:
    """A bare selection is one of ties."""
    assert_type(found, tc.Selection[tc.Tie])
    return found[0].partner.country_code


assert_type(bare(ties), str | None)
assert_type(ties.where(lambda tie: tie.since is not None, country="SE"), tc.Selection[tc.Tie])
assert_type(ties.sort_by("since", lambda tie: tie.partner.name), tc.Selection[tc.Tie])
assert_type(ties.group_by("status"), dict[Any, tc.Selection[tc.Tie]])
assert_type(ds.search("gyor").where(lambda match: match.score > 0.5), tc.Selection[tc.Match])
assert_type(ds.cousins("Kuopio").sort_by(lambda cousin: cousin.city.name), tc.Selection[tc.Cousin])
assert_type(ds.expiring("2029").count_by(lambda expiry: expiry.ends.year), dict[int | None, int])
assert_type(ties.group_by(lambda tie: tie.partner.kind), dict[tc.PlaceKind | None, tc.Selection[tc.Tie]])
assert_type(ties.count_by(lambda tie: tie.networks), dict[tuple[tc.CooperationNetwork, ...], int])
assert_type(ds.anniversaries(2030).to_dicts(), list[dict[str, Any]])
assert_type(ds.lint().to_csv(), str)
words = tc.Selection(["a", "b"])
assert_type(words.first(), str | None)

# Mistakes that a checker has to find: an unused ignore would be an error.
city.name = "Raab"  # type: ignore[misc]
tc.City("gyor")  # type: ignore[call-arg]
tc.City(id=5)  # type: ignore[arg-type]
tc.Partnership(cities=("a", "b"), since=1980.5)  # type: ignore[arg-type]
tc.Partnership(cities=("a", "b"), activities=["culture"])  # type: ignore[list-item]
ds.cities["kuopio"] = city  # type: ignore[index]
ds.partners("Kuopio", area=5)  # type: ignore[arg-type]
words.to_dicts()  # type: ignore[misc]
_ = words.chart  # type: ignore[misc]
ds.search("gyor").to_networkx()  # type: ignore[misc]
ds.cousins("Kuopio").where(country="FI")  # type: ignore[call-arg]
ties.sort_by("sincee")  # type: ignore[call-overload]
ties.group_by("sincee")  # type: ignore[call-overload]
