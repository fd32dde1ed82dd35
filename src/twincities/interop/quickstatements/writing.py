"""
Ties as QuickStatements commands for Wikidata (P190), with what is withheld and what a person has to decide beside them.

The text is for a person to review and to run; nothing is sent. Commands are of version 1, with tabs: both directions of a
tie, start (P580) and end (P582) with the precision that is known, a reference (S854, S813, S1476) a line.
Grammar: https://www.wikidata.org/wiki/Help:QuickStatements; times: https://www.wikidata.org/wiki/Help:Dates
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import attrs

from ...errors import QueryError, printable, shown
from ...model.city import City
from ...model.edtf import EdtfDate
from ...model.partnership import Partnership
from ...model.parts import Source
from ...model.rules import WIKIDATA
from ...model.vocabulary import PartnershipKind, PartnershipStatus
from ...query.whole import Whole
from .existing import Existing, Stated, disagreement
from .values import is_wikimedia, item_number, time_value, url_value

__all__ = ["KINDS", "QuickStatements", "Remark", "to_quickstatements"]

KINDS = tuple(kind for kind in PartnershipKind if kind not in {PartnershipKind.CONTACT, PartnershipKind.PROJECT})
"""The kinds that are written unless asked otherwise; P190 is about partnerships that both governments acknowledge."""
_FRESH = timedelta(days=7)
_LONGEST = 1500  # characters of a URL or a title that Wikibase takes
# Licences whose texts may not become CC0 (https://www.wikidata.org/wiki/Wikidata:Licensing).
_RESTRICTED = re.compile(r"(?:^|[-\s])(?:SA|NC|ND)(?:$|[-\s])|ODbL|GFDL|GPL", re.IGNORECASE)


@attrs.frozen
class Remark:
    """
    A tie, or a part of one, that isn't written, or that a person has to look at.
    """

    action: str
    """`withheld` (not written), `review` (a person decides), `note` (written without this)."""
    about: str
    """The cities with their items, or the data set."""
    reason: str

    def __str__(self) -> str:
        return f"{self.action}: {self.about}: {self.reason}"


@attrs.frozen
class QuickStatements:
    """
    Commands to review, and a report of everything that isn't among them.
    """

    text: str
    """The commands, a line each; empty where there is nothing to do."""
    remarks: tuple[Remark, ...]

    @property
    def report(self) -> str:
        """
        The remarks, a line each.
        """
        return "".join(f"{remark}\n" for remark in self.remarks)

    def __str__(self) -> str:
        return self.text


def to_quickstatements(
    data: Any,
    wikidata: Any = None,
    *,
    kinds: Iterable[str] | None = None,
    unreferenced: bool = False,
    summary: str | None = None,
) -> QuickStatements:
    """
    The ties of a data set as QuickStatements: with *wikidata*, only what it lacks.

    A tie is written where both cities have a Wikidata id and a source of the tie, its start or its end has a URL that isn't
    Wikimedia's own and a licence that allows it. Where Wikidata says something else than *data*, nothing is written and the
    report asks.

    Args:
        data: A data set, or the `Comparison` of one with Wikidata's.
        wikidata: What Wikidata states now: a data set as `twincities.sources.wikidata` reads it, or its entity documents
            (dicts, bytes or text, one or several), which show each statement.
        kinds: The kinds of partnership to write; all but contact and project unless given, and those of no stated kind.
        unreferenced: Also write ties that have no source with a URL.
        summary: The edit summary of each line.

    Raises:
        QueryError: *data* isn't a data set, *wikidata* neither that nor entities, a kind is unknown, or *summary* can't stand in a line.
    """
    if not isinstance(data, Whole) and isinstance(getattr(data, "a", None), Whole):
        data, wikidata = data.a, data.b if wikidata is None else wikidata
    if not isinstance(data, Whole):
        raise QueryError(f"expected a Dataset, got {shown(data)}")
    if summary is not None and (not isinstance(summary, str) or re.search(r"[|\t\r\n]|\*/", summary)):
        raise QueryError(f"expected a summary on one line without | and */, got {shown(summary)}")
    try:
        wanted = {None, *(KINDS if kinds is None else map(PartnershipKind, kinds))}
    except ValueError as error:
        raise QueryError(f"expected kinds of {', '.join(PartnershipKind)}: {error}") from None
    writer = _Writer(data, None if wikidata is None else Existing(wikidata), wanted, unreferenced)
    lines = [line for _, line in sorted(writer.lines(), key=lambda one: one[0])]
    end = f" /* {summary} */\n" if summary else "\n"
    return QuickStatements("".join(line + end for line in lines), (*writer.about_all(), *writer.remarks))


class _Reason(Exception):  # noqa: N818  # not an error: why a tie isn't written
    def __init__(self, action: str, reason: str) -> None:
        super().__init__(reason)
        self.action = action


class _Writer:
    """
    One data set on its way into lines.
    """

    def __init__(self, whole: Whole, there: Existing | None, kinds: set[PartnershipKind | None], bare: bool) -> None:
        self._whole = whole
        self._there = there
        self._kinds = kinds
        self._bare = bare
        self._today = date.today()  # noqa: DTZ011  # wherever one is
        self._as_of = whole.as_of.latest if whole.as_of is not None and whole.as_of.latest else self._today
        self.remarks: list[Remark] = []
        self._licences: set[str] = set()

    def lines(self) -> Iterator[tuple[tuple[int, int, int], str]]:
        """
        The lines, each behind the numbers that sort them: subject, object, reference.
        """
        for tie in self._whole.partnerships.values():
            first, second = (self._whole.cities[id] for id in tie.cities)
            try:
                yield from self._of_tie(tie, first, second)
            except _Reason as reason:
                self._remark(reason.action, tie, str(reason))
        if self._there is not None:
            self._only_there(self._there)

    def about_all(self) -> Iterator[Remark]:
        """
        Remarks about the whole: licences, networks, the age of the copy of Wikidata.
        """
        licence = self._whole.licence
        if licence is not None and "CC0-1.0" not in licence.split():
            reason = f"its licence is {licence}; Wikidata takes CC0 and the public domain alone"
            yield Remark("note", "the data set", printable(reason))
        if self._licences:
            reason = (
                f"sources under {', '.join(sorted(self._licences))} are cited: single facts, never a list as a whole"
            )
            yield Remark("note", "the data set", printable(reason))
        tied = {frozenset(pair) for pair in self._whole.partnerships}
        for network in self._whole.networks.values():
            members = network.members
            if any(frozenset((a, b)) not in tied for a in members for b in members if a < b):
                reason = "members without a tie of their own aren't written as twinned"
                yield Remark("note", printable(network.label()), reason)
        if self._there is not None:
            as_of = self._there.as_of
            latest = None if as_of is None else as_of.latest
            old = latest is None or self._today - latest > _FRESH
            reason = f"compared with a copy as of {as_of or 'an unknown day'}"
            yield Remark("note", "Wikidata", f"{reason}; fetch a fresh one before a batch" if old else reason)

    def _remark(self, action: str, tie: Partnership, reason: str) -> None:
        names = (
            f"{city.label('en')} ({city.wikidata_id or 'no item'})"
            for city in map(self._whole.cities.get, tie.cities)
            if city
        )
        self.remarks.append(Remark(action, printable(" – ".join(names)), printable(reason)))

    def _of_tie(self, tie: Partnership, first: City, second: City) -> Iterator[tuple[tuple[int, int, int], str]]:
        if tie.kind not in self._kinds:
            raise _Reason("withheld", f"its kind is {tie.kind}")
        items = first.wikidata_id, second.wikidata_id
        if items[0] is None or items[1] is None:
            raise _Reason("withheld", "a city has no Wikidata id")
        if items[0] == items[1]:
            raise _Reason("withheld", f"both cities have the item {items[0]}")
        for city in (first, second):
            if others := [id for id in city.alt_ids if WIKIDATA.holds(id)]:
                self._remark(
                    "note", tie, f"{city.label('en')} is also {', '.join(others)}: see that the right one is meant"
                )
        references = list(self._references(tie))
        if not references and not self._bare:
            raise _Reason("withheld", "no source of the tie has a URL that may be cited")
        since, until = self._since(tie), self._until(tie)
        stated = self._stated(first, second, (since, until))
        for subject, object in (items, items[::-1]):
            yield from self._directed(subject, object, since, until, references, stated.get(subject))  # type: ignore[arg-type]

    def _directed(
        self,
        subject: str,
        object: str,
        since: EdtfDate | None,
        until: EdtfDate | str | None,
        references: list[tuple[str, str]],
        there: Stated | None,
    ) -> Iterator[tuple[tuple[int, int, int], str]]:
        line = f"{subject}\tP190\t{object}"
        parts = []
        if since is not None and not (there and there.starts):
            parts.append(f"P580\t{time_value(since)}")
        if until is not None and not (there and there.ends):
            parts.append(f"P582\t{until if isinstance(until, str) else time_value(until)}")
        new = [text for url, text in references if there is None or url not in there.urls]
        if there is not None and not parts and not new:
            return
        at = item_number(subject), item_number(object)
        yield (*at, 0), "\t".join([line, *parts, *new[:1]])
        for place, text in enumerate(new[1:], 1):
            yield (*at, place), f"{line}\t{text}"

    # -- references and dates ----------------------------------------------------------------------

    def _references(self, tie: Partnership) -> Iterator[tuple[str, str]]:
        """
        The URL and the parts of a reference for each source of the tie, its start and its end.
        """
        fields = [tie.field_sources.get(name, ()) for name in ("since", "until")]
        for id in dict.fromkeys([*tie.sources, *(id for ids in fields for id in ids)]):
            source = self._whole.sources[id]
            if source.url is None:
                continue
            if is_wikimedia(source.url):
                self._remark("note", tie, f"{source.title or source.id} is Wikimedia's own, which is no source there")
            elif source.licence is not None and _RESTRICTED.search(source.licence):
                self._remark("note", tie, f"{source.title or source.id} is left out: its licence is {source.licence}")
            elif len(url := url_value(source.url)) > _LONGEST:
                self._remark("note", tie, f"the URL of {source.title or source.id} is longer than Wikidata takes")
            else:
                if source.licence not in {None, "CC0-1.0"}:
                    self._licences.add(str(source.licence))
                yield url, "\t".join([f'S854\t"{url}"', *self._retrieved(source), *self._title(tie, source)])

    def _retrieved(self, source: Source) -> Iterator[str]:
        if source.retrieved is not None and (value := time_value(source.retrieved)) is not None:
            yield f"S813\t{value}"

    def _title(self, tie: Partnership, source: Source) -> Iterator[str]:
        title, language = source.title, source.language
        if title is None:
            return
        if language is None or re.search(r'["|\t\r\n]|/\*', title) or len(title) > _LONGEST:
            self._remark("note", tie, f"the title {shown(title)} is left out: no language, or signs that end a value")
            return
        code = language.lower()
        yield f'S1476\t{code if not re.search(r"[0-9]", code) else code.partition("-")[0]}:"{title.strip()}"'

    def _since(self, tie: Partnership) -> EdtfDate | None:
        return self._certain(tie, "since", tie.since)

    def _until(self, tie: Partnership) -> EdtfDate | str | None:
        """
        The end; `somevalue` where the tie is over and nobody says since when.
        """
        over = tie.status is PartnershipStatus.ENDED
        if tie.status is PartnershipStatus.SUSPENDED:
            self._remark("note", tie, "it is suspended, which no qualifier says")
        given = tie.until if tie.until is not None or not over else tie.status_since
        end = self._certain(tie, "until", given)
        if end is not None and not over and end.latest is not None and end.latest > self._as_of:
            self._remark("note", tie, f"its end {end} lies ahead, and isn't written")
            return None
        return "somevalue" if end is None and over else end

    def _certain(self, tie: Partnership, field: str, moment: EdtfDate | None) -> EdtfDate | None:
        others = [claim for claim in tie.claims if claim.field == field and not _agrees(moment, claim.value)]
        if others:
            values = " or ".join([*([str(moment)] if moment else []), *(claim.value for claim in others)])
            self._remark("review", tie, f"{field} is disputed ({values}), and isn't written")
            return None
        if moment is None:
            return None
        if time_value(moment) is None:
            self._remark("note", tie, f"{field} {moment} isn't certain, and isn't written")
            return None
        if str(moment).endswith("XX") and "-" not in str(moment):
            self._remark("note", tie, f"{field} {moment} is written as Wikidata's century, which begins a year later")
        return moment

    # -- what Wikidata states already --------------------------------------------------------------

    def _stated(
        self, first: City, second: City, ours: tuple[EdtfDate | None, EdtfDate | str | None]
    ) -> dict[str, Stated]:
        """
        The statements of both items of each other, where they agree with *ours*.

        Raises:
            _Reason: They don't, or which is meant isn't clear.
        """
        there = self._there
        if there is None:
            return {}
        one, other = first.wikidata_id or "", second.wikidata_id or ""
        if frozenset((one, other)) not in there.pairs:
            for here in (one, *first.alt_ids):
                for beyond in (other, *second.alt_ids):
                    if frozenset((here, beyond)) in there.pairs:
                        reason = f"Wikidata states it of {here} and {beyond}: a town and its municipality?"
                        raise _Reason("review", reason)
        stated = {pair[0]: there.stated[pair] for pair in ((one, other), (other, one)) if pair in there.stated}
        for item, side in stated.items():
            if reason := disagreement(item, side, *ours):  # type: ignore[assignment]
                raise _Reason("review", reason)
        return stated

    def _only_there(self, there: Existing) -> None:
        """
        Report ties that Wikidata alone states of cities whose partners the data set lists all.
        """
        ours = {id: city for city in self._whole.cities.values() for id in (city.wikidata_id, *city.alt_ids) if id}
        complete = set(self._whole.complete_for)
        for items in sorted(sorted(pair, key=_sort_key) for pair in there.pairs):
            known = tuple(city.id for city in map(ours.get, items) if city is not None)
            if complete.isdisjoint(known) or (len(known) == 2 and known in self._whole.partnerships):
                continue
            names = (
                f"{ours[item].label('en') if item in ours else there.names.get(item, item)} ({item})" for item in items
            )
            reason = "Wikidata alone states it, and the data set lists all partners; a removal is never written"
            self.remarks.append(Remark("review", printable(" – ".join(names)), reason))


def _agrees(moment: EdtfDate | None, other: str) -> bool:
    """
    True where a date that another source states is the same, only finer or coarser.
    """
    stated = EdtfDate(other)
    return moment is not None and (stated.is_within(moment) or moment.is_within(stated))


def _sort_key(item: str) -> tuple[int, str]:
    return (item_number(item), "") if WIKIDATA.holds(item) else (0, item)
