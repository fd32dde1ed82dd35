"""
Write ties as QuickStatements commands for Wikidata (P190), and report what is withheld or needs a decision.

Nothing is sent. Commands are of version 1, with tabs: both directions of a tie, start (P580) and end (P582) with the known
precision, and one reference (S854, S813, S1476) per line.
Grammar: https://www.wikidata.org/wiki/Help:QuickStatements; times: https://www.wikidata.org/wiki/Help:Dates
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ...errors import QueryError, printable, shown
from ...model.city import City
from ...model.edtf import EdtfDate
from ...model.partnership import Partnership
from ...model.parts import Milestone, Source
from ...model.rules import WIKIDATA
from ...model.vocabulary import MilestoneKind, PartnershipKind, PartnershipStatus, Stage
from ...query.in_force import is_over
from ...query.whole import Whole, as_whole
from .existing import Existing, Stated, disagreement
from .remarks import QuickStatements, Remark, general_remarks
from .values import host_of, is_wikimedia, time_value, url_value

KINDS = tuple(kind for kind in PartnershipKind if kind not in {PartnershipKind.CONTACT, PartnershipKind.PROJECT})
"""The kinds written by default; P190 is for partnerships that both governments acknowledge."""
_LONGEST = 1500  # characters of a URL or a title in Wikibase
# Licences that don't allow texts to become CC0 (https://www.wikidata.org/wiki/Wikidata:Licensing).
_RESTRICTED = re.compile(r"(?:^|[-\s])(?:SA|NC|ND)(?:$|[-\s])|ODbL|GFDL|GPL", re.IGNORECASE)


def to_quickstatements(
    data: Any,
    wikidata: Any = None,
    *,
    kinds: Iterable[str] | None = None,
    unreferenced: bool = False,
    summary: str | None = None,
) -> QuickStatements:
    """
    Convert the ties of a data set to QuickStatements; with *wikidata*, only what Wikidata lacks.

    A tie is written if both cities have a Wikidata id, and if a source of the tie, its start or its end has a URL outside
    Wikimedia and a suitable licence. If Wikidata contradicts *data*, nothing is written and a remark asks for a decision.

    Args:
        data: A data set, or the `Comparison` of one with Wikidata's.
        wikidata: The current statements of Wikidata: a data set read by `twincities.sources.wikidata`, or entity documents
            (one or several dicts, bytes or texts), which show each statement.
        kinds: The kinds of partnership to write, in addition to ties of unknown kind; all but contact and project by
            default.
        unreferenced: Also write ties without a source that can be cited.
        summary: The edit summary of each line.

    Raises:
        QueryError: *data* isn't a data set, *wikidata* isn't one or entity documents, a kind is unknown, or *summary* can't
            be part of a line.
        DatasetError: *wikidata* has bytes or text that isn't JSON.
    """
    if not isinstance(data, Whole) and isinstance(getattr(data, "a", None), Whole):
        data, wikidata = data.a, data.b if wikidata is None else wikidata
    as_whole(data)
    if summary is not None and (
        not isinstance(summary, str) or not summary.isprintable() or re.search(r"\||\*/", summary)
    ):
        raise QueryError(f"expected a summary on one line without | and */, got {shown(summary)}")
    try:
        wanted = {None, *map(PartnershipKind, KINDS if kinds is None else [kinds] if isinstance(kinds, str) else kinds)}
    except (TypeError, ValueError):
        raise QueryError(f"expected kinds of {', '.join(PartnershipKind)}, got {shown(kinds)}") from None
    existing = None if wikidata is None else Existing(wikidata)
    writer = _Writer(data, existing or Existing(()), wanted, unreferenced)
    ending = f" /* {summary} */\n" if summary else "\n"
    text = "".join(line + ending for line in sorted(writer.lines(), key=_pair_of))
    general = general_remarks(data, writer.licences, existing)
    return QuickStatements(text, (*general, *writer.remarks))


def _pair_of(line: str) -> tuple[int, int]:
    subject, _, object, *_ = line.split("\t")
    return int(subject[1:]), int(object[1:])


class _Withheld(Exception):  # noqa: N818  # not an error: the action and the reason of a remark on a tie that isn't written
    pass


class _Writer:
    """
    Writes the lines of one data set, and collects remarks.
    """

    def __init__(
        self, whole: Whole, existing: Existing, kinds: set[PartnershipKind | None], unreferenced: bool
    ) -> None:
        self._whole = whole
        self._existing = existing
        self._kinds = kinds
        self._unreferenced = unreferenced
        as_of = None if whole.as_of is None else whole.as_of.latest
        self._as_of = as_of or date.today()  # noqa: DTZ011  # the local day
        self.licences: set[str] = set()
        self.remarks: list[Remark] = []

    def lines(self) -> Iterator[str]:
        for tie in self._whole.partnerships.values():
            try:
                yield from self._lines_of(tie)
            except _Withheld as withheld:
                self._remark(tie, *withheld.args)
        self._report_missing()

    def _remark(self, tie: Partnership, action: str, reason: str) -> None:
        cities = (self._whole.cities[id] for id in tie.cities)
        about = " – ".join(f"{city.label('en')} ({city.wikidata_id or 'no item'})" for city in cities)
        self.remarks.append(Remark(action, printable(about), printable(reason)))

    # -- lines -------------------------------------------------------------------------------------

    def _lines_of(self, tie: Partnership) -> Iterator[str]:
        first, second = (self._whole.cities[id] for id in tie.cities)
        one, other = first.wikidata_id, second.wikidata_id
        if tie.kind not in self._kinds:
            raise _Withheld("withheld", f"its kind is {tie.kind}")
        if one is None or other is None:
            raise _Withheld("withheld", "a city has no Wikidata id")
        if one == other:
            raise _Withheld("withheld", f"both cities have the item {one}")
        for city in (first, second):
            claimed = [claim.value for claim in city.claims if claim.field == "wikidata_id"]
            if others := [id for id in (*city.alt_ids, *claimed) if WIKIDATA.holds(id)]:
                reason = f"{city.label('en')} is also {', '.join(others)}: check that the right one is meant"
                self._remark(tie, "note", reason)
        references = list(self._references(tie))
        if not references and not self._unreferenced:
            raise _Withheld("withheld", "no source of the tie has a URL that may be cited")
        since, until = self._certain(tie, "since", tie.since), self._until(tie)
        existing = self._agreeing(first, second, since, until)
        for subject, object in ((one, other), (other, one)):
            there = existing.get(subject)
            line, parts = f"{subject}\tP190\t{object}", []
            if since is not None and not (there and there.starts):
                parts.append(f"P580\t{time_value(since)}")
            if until is not None and not (there and there.ends):
                parts.append(f"P582\t{until if isinstance(until, str) else time_value(until)}")
            new = [text for url, text in references if there is None or url not in there.urls]
            if there is None or parts or new:
                yield "\t".join([line, *parts, *new[:1]])
                yield from (f"{line}\t{text}" for text in new[1:])

    # -- references and dates ----------------------------------------------------------------------

    def _references(self, tie: Partnership) -> Iterator[tuple[str, str]]:
        """
        The URL and the text of a reference for each source of the tie, its start and its end.
        """
        fields = [tie.field_sources.get(name, ()) for name in ("since", "until")]
        for id in dict.fromkeys([*tie.sources, *(id for ids in fields for id in ids)]):
            source = self._whole.sources[id]
            if source.url is None:
                continue
            name = source.title or source.id
            if is_wikimedia(source.url):
                self._remark(tie, "note", f"{name} is a page of Wikimedia, which can't be a source")
            elif not host_of(source.url):
                self._remark(tie, "note", f"{name} is left out: its URL has no host that can be read")
            elif source.licence is not None and _RESTRICTED.search(source.licence):
                self._remark(tie, "note", f"{name} is left out: its licence is {source.licence}")
            elif len(url := url_value(source.url)) > _LONGEST:
                self._remark(tie, "note", f"{name} is left out: its URL is too long for Wikidata")
            else:
                if source.licence not in {None, "CC0-1.0"}:
                    self.licences.add(str(source.licence))
                retrieved = None if source.retrieved is None else time_value(source.retrieved)
                if source.retrieved is not None and retrieved is None:
                    reason = f"the retrieval {source.retrieved} of {name} isn't certain, and isn't written"
                    self._remark(tie, "note", reason)
                parts = [f'S854\t"{url}"', retrieved and f"S813\t{retrieved}", self._title(tie, source)]
                yield url, "\t".join(filter(None, parts))

    def _title(self, tie: Partnership, source: Source) -> str | None:
        title, language = source.title, source.language
        if title is None:
            return None
        if language is None or re.search(r'["|\t\r\n]|/\*', title) or len(title) > _LONGEST:
            reason = "it has no language, is too long, or has characters that end a value"
            self._remark(tie, "note", f"the title {shown(title)} is left out: {reason}")
            return None
        code = language.lower()
        return f'S1476\t{code.partition("-")[0] if re.search(r"[0-9]", code) else code}:"{title.strip()}"'

    def _until(self, tie: Partnership) -> EdtfDate | str | None:
        """
        The end of a tie; `somevalue` if it has ended at an unknown time.
        """
        broken_off = _happened(tie, MilestoneKind.ENDED)
        is_ended = tie.status is PartnershipStatus.ENDED
        has_ended = is_ended or bool(broken_off and not tie.status and is_over(tie, self._whole.as_of, self._as_of))
        others = [claim.value for claim in tie.claims if claim.field == "status"]
        if others and PartnershipStatus.ENDED in {tie.status, *others}:
            values = " or ".join(filter(None, [tie.status, *others]))
            self._remark(tie, "review", f"status is disputed ({values}), and isn't written")
            if tie.until is None:
                return None
        if tie.status is PartnershipStatus.SUSPENDED:
            self._remark(tie, "note", "it is suspended, which no qualifier can express")
        if broken_off and _happened(tie, MilestoneKind.RESUMED):
            self._remark(tie, "note", "it was broken off and resumed, which no qualifier can express")
        given = tie.until
        if given is None and has_ended:
            dates = [milestone.date for milestone in broken_off if milestone.date is not None]
            given = tie.status_since if is_ended else None
            given = given or max(dates, key=lambda moment: moment.sort_key, default=None)
        end = self._certain(tie, "until", given)
        if end is not None and not has_ended and end.latest is not None and end.latest > self._as_of:
            self._remark(tie, "note", f"its end {end} is in the future, and isn't written")
            return None
        return "somevalue" if end is None and has_ended else end

    def _certain(self, tie: Partnership, field: str, moment: EdtfDate | None) -> EdtfDate | None:
        others = [claim for claim in tie.claims if claim.field == field and not _agrees(moment, claim.value)]
        if others:
            values = " or ".join([*([str(moment)] if moment else []), *(claim.value for claim in others)])
            self._remark(tie, "review", f"{field} is disputed ({values}), and isn't written")
            return None
        if moment is None:
            return None
        if time_value(moment) is None:
            self._remark(tie, "note", f"{field} {moment} isn't certain, and isn't written")
            return None
        if str(moment).endswith("XX") and "-" not in str(moment):
            self._remark(tie, "note", f"{field} {moment} is written as Wikidata's century, which begins a year later")
        return moment

    # -- existing statements -----------------------------------------------------------------------

    def _agreeing(
        self, first: City, second: City, since: EdtfDate | None, until: EdtfDate | str | None
    ) -> dict[str, Stated]:
        """
        The existing statements of both items about each other, by item.
        """
        existing = self._existing
        pair = str(first.wikidata_id), str(second.wikidata_id)
        if frozenset(pair) not in existing.pairs:
            for one in (pair[0], *first.alt_ids):
                for other in (pair[1], *second.alt_ids):
                    if frozenset((one, other)) in existing.pairs:
                        reason = f"Wikidata states it of {one} and {other}: a town and its municipality?"
                        raise _Withheld("review", reason)
        found = {
            item: existing.stated[item, other] for item, other in (pair, pair[::-1]) if (item, other) in existing.stated
        }
        for item, stated in found.items():
            if conflict := disagreement(item, stated, since, until):
                raise _Withheld("review", conflict)
        return found

    def _report_missing(self) -> None:
        """
        Report ties that only Wikidata states, of cities for which the data set claims to be complete.
        """
        existing = self._existing
        ours = {id: city for city in self._whole.cities.values() for id in (city.wikidata_id, *city.alt_ids) if id}
        complete = set(self._whole.complete_for)
        for items in sorted(sorted(pair, key=_item_order) for pair in existing.pairs):
            known = tuple(city.id for city in map(ours.get, items) if city is not None)
            if complete.isdisjoint(known) or (len(known) == 2 and known in self._whole.partnerships):
                continue
            names = {item: ours[item].label("en") if item in ours else existing.names.get(item, item) for item in items}
            about = " – ".join(f"{name} ({item})" for item, name in names.items())
            reason = "only Wikidata states it, and the data set claims to be complete; removals are never written"
            self.remarks.append(Remark("review", printable(about), reason))


def _happened(tie: Partnership, kind: MilestoneKind) -> list[Milestone]:
    return [made for made in tie.milestones if made.kind is kind and made.stage is not Stage.PLANNED]


def _agrees(moment: EdtfDate | None, other: str) -> bool:
    """
    Check if a date that another source states differs only in precision.
    """
    stated = EdtfDate(other)
    return moment is not None and (stated.is_within(moment) or moment.is_within(stated))


def _item_order(item: str) -> tuple[int, str]:
    return (int(item[1:]), "") if WIKIDATA.holds(item) else (0, item)
