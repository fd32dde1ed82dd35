"""
Unite two records of the same thing: fill gaps, join lists, and let a judge decide contradictions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import chain
from typing import Any

import attrs

from ..errors import step
from ..model.city import City
from ..model.cooperation import CooperationArea
from ..model.frozen import EMPTY, FrozenDict
from ..model.parts import Coordinates
from ..model.provenance import PROVENANCE, sources_of
from .conflicts import Conflict, Judge, as_json, listed, note_of, typed
from .differences import Verdict, bare, verdict
from .weighing import Weighing, joined

SAME_PLACE_KM = 10.0
"""Two points of a city at most this many kilometres apart don't conflict: one is its hall, the other its centre."""

# The value of these fields that gives way goes into a list.
_LISTS: Mapping[type, Mapping[str, str]] = {
    City: {"name": "alt_names", "names": "alt_names", "wikidata_id": "alt_ids", "geonames_id": "alt_ids"},
    CooperationArea: {"pref_label": "alt_labels"},
}


def united(a: Any, b: Any, judge: Judge) -> Any:
    """
    The union of *a* and *b*, which have the same id and refer to ids of one data set.
    """
    if a == b and not (getattr(a, "extra", None) and typed(a.extra) != typed(b.extra)):
        return a
    return _Uniting(a, b, judge).record()


class _Uniting:
    """
    The union of two records in progress: its fields so far, and their sources.
    """

    def __init__(self, a: Any, b: Any, judge: Judge) -> None:
        self.a, self.b, self.judge = a, b, judge
        self.fields: dict[str, Any] = {"sources": joined(a.sources, b.sources)}
        self.cited: dict[str, tuple[str, ...]] = {}
        # Values that give way to a list: the list, the language (or nothing), the value.
        self.moved: list[tuple[str, str, str]] = []
        self.decided: list[FrozenDict[str, Any]] = []
        self.weighing = Weighing(a, b)

    def record(self) -> Any:
        """
        The united record.
        """
        for name in (field.name for field in attrs.fields(type(self.a)) if field.name not in PROVENANCE):
            self.fields[name] = self._field(name, getattr(self.a, name), getattr(self.b, name))
        if "until" in self.fields:
            self._fix_period()
        if hasattr(self.a, "claims"):
            self.fields["claims"] = self.weighing.claims(self.fields, self.cited)
        self.fields["extra"] = self._extra()
        self.fields["field_sources"] = self._field_sources()
        return type(self.a)(**self.fields)

    def _field(self, name: str, x: Any, y: Any) -> Any:
        if name == "name":  # that of a city without a name is its id
            return self._one(name, *(None if value == self.a.id else value for value in (x, y)))
        if name == "status_since" and self.a.status != self.b.status:
            return self._status_since(x, y)
        if name == "alt_labels":
            return self._labels(x, y)
        if name == "continues":  # a pair, or none
            return self._one(name, x or None, y or None) or ()
        if isinstance(x, FrozenDict):
            return {key: self._one(name + step(key), x.get(key), y.get(key)) for key in {**x, **y}}
        if isinstance(x, tuple):
            return self._parts(name, x, y) if attrs.has(type((*x, *y, None)[0])) else self._words(name, x, y)
        return self._one(name, x, y)

    # -- sources -----------------------------------------------------------------------------------

    def _keep(self, path: str, *sides: Any) -> None:
        """
        Cite *sides* for the value at *path*.
        """
        self.cited[path] = joined(*(sources_of(side, path) for side in sides))

    def _decide(self, path: str, x: Any, y: Any) -> bool:
        """
        True if the first side wins. If the other's value can't become a claim, it goes into `extra["conflicts"]`; a side
        with such a note has weighed both.
        """
        notes = note_of(self.a, path, x, y), note_of(self.b, path, y, x)
        if notes.count(None) == 1:
            first, earlier, rule = notes[1] is None, notes[0] or notes[1], ""
        else:
            cited = sources_of(self.a, path), sources_of(self.b, path)
            decision, rule = self.judge(Conflict(self.a, path, x, y, *cited))
            first, earlier = decision == "first", None
        if not self.weighing.can_claim(path):
            (kept, side), (other, loser) = self._ordered(x, y, first)
            note = {"field": path, "kept": as_json(kept), "other": as_json(other), "rule": rule}
            note = dict(earlier or {**note, "kept_sources": sources_of(side, path)})
            note["other_sources"] = joined(listed(note.get("other_sources", ())), sources_of(loser, path))
            self.decided.append(FrozenDict(note))
        return first

    def _ordered(self, x: Any, y: Any, first: bool) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
        """
        The value and the record that win, and those that give way.
        """
        pairs = (x, self.a), (y, self.b)
        return pairs if first else (pairs[1], pairs[0])

    def _field_sources(self) -> Mapping[str, tuple[str, ...]]:
        whole = set(self.fields["sources"])
        cited = {path: self._in_order(ids) for path, ids in self.cited.items() if set(ids) != whole}
        given = [side.field_sources for side in (self.a, self.b)]
        for path in joined(*given):
            # Fields that the records leave empty, or parts that aren't cited one by one here.
            if path not in self.cited and not any(known.startswith(f"{path}.") for known in self.cited):
                cited[path] = joined(*(side.get(path, ()) for side in given))
        return cited

    def _in_order(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """
        Sources in the order of the record's own, whichever records were united first.
        """
        return joined((id for id in self.fields["sources"] if id in ids), ids)

    # -- single values -----------------------------------------------------------------------------

    def _one(self, path: str, x: Any, y: Any) -> Any:
        """
        The value that stays at *path*: that of the side that has weighed the other's, else the more precise, else the one
        that the judge prefers. The other becomes a claim, or goes into a list.
        """
        found = verdict(x, y)
        if found is not Verdict.SAME and self.weighing.can_claim(path):
            a_knows, b_knows = self.weighing.knowing(path, x, y)
            if a_knows is not b_knows:
                return self._weighed(path, x, y, a_knows)
        if found is Verdict.SAME:
            if x is not None:
                self._keep(path, self.a, self.b)
            return x
        if isinstance(x, Coordinates) and isinstance(y, Coordinates) and x.distance_km(y) <= SAME_PLACE_KM:
            found = Verdict.FINER_A  # the same place: the first's point stays
        if found is Verdict.OTHER:
            first = self._move(path, y) or self._decide(path, x, y)
            if not self._has_list(path) and self.weighing.can_claim(path):
                self.weighing.give_way(path, *((y, self.b) if first else (x, self.a)))
        else:
            first = found in {Verdict.ONLY_A, Verdict.FINER_A}
        self._keep(path, self.a if first else self.b)
        return x if first else y

    def _weighed(self, path: str, x: Any, y: Any, first: bool) -> Any:
        """
        The value, perhaps none, of the side that has weighed the other's.
        """
        (value, side), (other, loser) = self._ordered(x, y, first)
        if value is not None:
            self._keep(path, side)
        if other is not None and not self._move(path, other):
            self.weighing.give_way(path, other, loser)
        return value

    def _has_list(self, path: str) -> bool:
        return path.partition(".")[0] in _LISTS.get(type(self.a), EMPTY)

    def _move(self, path: str, value: Any) -> bool:
        """
        Move a value that gives way into a list, if its field has one.
        """
        name, _, key = path.partition(".")
        into = _LISTS.get(type(self.a), EMPTY).get(name)
        if into is not None:
            self.moved.append((into, key, value))
        return into is not None

    def _status_since(self, x: Any, y: Any) -> Any:
        """
        The date of the status that stays.
        """
        (value, side), (other, loser) = self._ordered(x, y, self.a.status == self.fields["status"])
        if other != value:
            self.weighing.give_way("status_since", other, loser)
        if value is not None:
            self._keep("status_since", *((side, loser) if other == value else (side,)))
        return value

    def _fix_period(self) -> None:
        """
        Keep the period of one record if its start is after the end of the other: of the record that has weighed the other's
        period, else the one that the judge prefers.
        """
        since, until = self.fields["since"], self.fields["until"]
        if until is None or not until.is_before(since):
            return
        a_knows, b_knows = self.weighing.claiming("since", "until")
        if a_knows is b_knows:
            first = self._decide("until", *(f"{side.since or ''}/{side.until or ''}" for side in (self.a, self.b)))
        else:
            first = a_knows
        side, loser = (self.a, self.b) if first else (self.b, self.a)
        for name in ("since", "until"):
            value, other = getattr(side, name), getattr(loser, name)
            self.fields[name] = value
            self.cited.pop(name)
            if value is not None:
                self._keep(name, side)
            if other != value:
                self.weighing.give_way(name, other, loser)

    # -- lists -------------------------------------------------------------------------------------

    def _words(self, name: str, x: tuple[str, ...], y: tuple[str, ...]) -> tuple[str, ...]:
        """
        The union of two lists of texts or ids, with the values moved here, and without those of single fields.
        """
        moved = [value for into, _, value in self.moved if into == name]
        single = _singles(name, self.fields.__getitem__) - (_singles(name, partial(getattr, self.a)) & set(x))
        words = tuple(word for word in joined(x, moved, y) if word not in single)
        if words:
            self._keep(name, *([self.a] if x else []), *([self.b] if moved or y else []))
        return words

    def _labels(
        self, x: Mapping[str, tuple[str, ...]], y: Mapping[str, tuple[str, ...]]
    ) -> Mapping[str, tuple[str, ...]]:
        labels: dict[str, tuple[str, ...]] = {}
        preferred = self.fields["pref_label"]
        for lang in joined(x, (lang for _, lang, _ in self.moved), y):
            moved = [value for _, key, value in self.moved if key == lang]
            all_labels = joined(x.get(lang, ()), moved, y.get(lang, ()))
            labels[lang] = tuple(label for label in all_labels if label != preferred.get(lang))
            sides = *([self.a] if x.get(lang) else []), *([self.b] if moved or y.get(lang) else [])
            if sides:
                self._keep(f"alt_labels.{lang}", *sides)
        return {lang: found for lang, found in labels.items() if found}

    def _parts(self, name: str, x: tuple[Any, ...], y: tuple[Any, ...]) -> tuple[Any, ...]:
        """
        The union of two lists of smaller records; those that differ only in their sources become one.
        """
        sides = [(self.a, x), (self.b, y)]
        self._keep(name, *(side for side, parts in sides if parts))
        found: dict[Any, tuple[Any, tuple[str, ...]]] = {}
        for side, parts in sides:
            for part in parts:
                # A part without sources has those of its record, which are about to change.
                sources = part.sources or sources_of(side, name)
                known = found.setdefault(bare(part), (part, sources))
                found[bare(part)] = _cited_by_both(known[0], part), joined(known[1], sources)
        if not all(sources for _, sources in found.values()):
            self.cited[name] = ()  # else a part without sources would get those of the others
        whole = set(self.cited[name])
        return tuple(_sourced(part, () if set(ids) == whole else self._in_order(ids)) for part, ids in found.values())

    # -- other tools' fields -----------------------------------------------------------------------

    def _extra(self) -> Mapping[str, Any]:
        x, y = self.a.extra, self.b.extra
        extra = {**y, **x}
        for key in extra:
            if key != "conflicts" and key in x and key in y and typed(x[key]) != typed(y[key]):
                extra[key] = x[key] if self._decide("extra" + step(key), x[key], y[key]) else y[key]
        notes = chain(*(listed(side.get("conflicts", ())) for side in (x, y)), self.decided)
        conflicts = tuple({typed(note): note for note in notes}.values())
        return {**extra, "conflicts": conflicts} if conflicts else extra


def _singles(name: str, value: Callable[[str], Any]) -> set[Any]:
    """
    The values of the single fields that have the list *name* for others.
    """
    values = [value(field) for field, into in _LISTS[City].items() if into == name]
    return {each for one in values for each in (one.values() if isinstance(one, Mapping) else (one,))}


def _cited_by_both(one: Any, other: Any) -> Any:
    """
    *one* with the sources that *other*, which is otherwise the same, has for its organisations.
    """
    organisations = getattr(one, "organisations", ())
    if not organisations or one is other:
        return one
    pairs = zip(organisations, other.organisations, strict=True)
    return attrs.evolve(one, organisations=[_sourced(x, joined(x.sources, y.sources)) for x, y in pairs])


def _sourced(part: Any, sources: tuple[str, ...]) -> Any:
    return part if part.sources == sources else attrs.evolve(part, sources=sources)
