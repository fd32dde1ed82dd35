"""
Twin cities: typed, frozen records of cities and their partnerships, questions to ask of them, and bundled data.

    import twincities as tc

    ds = tc.load()
    ds.partners("Kuopio", country="Sweden")

`import twincities` imports no other module and reads no file: each name is imported from its module at first use.
"""

from __future__ import annotations

TYPE_CHECKING = False  # true to type checkers; importing it from `typing` would take longer than all else here
if TYPE_CHECKING:
    from ._version import __version__ as __version__
    from .dataset.dataset import Dataset as Dataset
    from .dataset.selection import Selection as Selection
    from .display.options import DisplayOptions as DisplayOptions
    from .display.options import display_options as display_options
    from .document.reading import from_dict as from_dict
    from .document.reading import from_json as from_json
    from .document.reading import from_jsonl as from_jsonl
    from .errors import AmbiguousCityError as AmbiguousCityError
    from .errors import DatasetError as DatasetError
    from .errors import DatasetWarning as DatasetWarning
    from .errors import FetchError as FetchError
    from .errors import FormatVersionError as FormatVersionError
    from .errors import InvalidDateError as InvalidDateError
    from .errors import InvalidRecordError as InvalidRecordError
    from .errors import MergeConflictError as MergeConflictError
    from .errors import MissingDependencyError as MissingDependencyError
    from .errors import Problem as Problem
    from .errors import QueryError as QueryError
    from .errors import SelectionError as SelectionError
    from .errors import TwinCitiesError as TwinCitiesError
    from .errors import UnknownAreaError as UnknownAreaError
    from .errors import UnknownCityError as UnknownCityError
    from .errors import UnknownCountryError as UnknownCountryError
    from .errors import UnknownDatasetError as UnknownDatasetError
    from .errors import UnknownKindError as UnknownKindError
    from .errors import UnknownNameError as UnknownNameError
    from .errors import UnknownNetworkError as UnknownNetworkError
    from .errors import UnknownPartnershipError as UnknownPartnershipError
    from .errors import UnknownSourceError as UnknownSourceError
    from .errors import UnknownStatusError as UnknownStatusError
    from .formats import read as read
    from .lint.findings import Finding as Finding
    from .model.city import City as City
    from .model.claims import Claim as Claim
    from .model.claims import Stated as Stated
    from .model.cooperation import CooperationArea as CooperationArea
    from .model.cooperation import CooperationNetwork as CooperationNetwork
    from .model.edtf import EdtfDate as EdtfDate
    from .model.edtf import EdtfInterval as EdtfInterval
    from .model.edtf import Precision as Precision
    from .model.frozen import FrozenDict as FrozenDict
    from .model.partnership import Partnership as Partnership
    from .model.parts import Activity as Activity
    from .model.parts import Agreement as Agreement
    from .model.parts import Contact as Contact
    from .model.parts import Coordinates as Coordinates
    from .model.parts import Link as Link
    from .model.parts import Milestone as Milestone
    from .model.parts import Organisation as Organisation
    from .model.parts import Population as Population
    from .model.parts import Source as Source
    from .model.vocabulary import MilestoneKind as MilestoneKind
    from .model.vocabulary import PartnershipKind as PartnershipKind
    from .model.vocabulary import PartnershipStatus as PartnershipStatus
    from .model.vocabulary import PlaceKind as PlaceKind
    from .model.vocabulary import Qualifier as Qualifier
    from .model.vocabulary import Stage as Stage
    from .model.vocabulary import country_name as country_name
    from .model.vocabulary import language_name as language_name
    from .model.vocabulary import word_label as word_label
    from .query.answers import Anniversary as Anniversary
    from .query.answers import Cousin as Cousin
    from .query.answers import Event as Event
    from .query.answers import Expiry as Expiry
    from .query.answers import Match as Match
    from .query.names import fold as fold
    from .query.ties import Tie as Tie
    from .reconcile.comparing import compare as compare
    from .reconcile.comparison import Comparison as Comparison
    from .reconcile.conflicts import Conflict as Conflict
    from .reconcile.differences import Difference as Difference
    from .reconcile.matches import CityMatch as CityMatch
    from .reconcile.merging import merge as merge
    from .sources.bundled import datasets as datasets
    from .sources.bundled import load as load
    from .sources.bundled import load_all as load_all
    from .sources.plugins import DatasetInfo as DatasetInfo

_NAMES = {
    "dataset.dataset": "Dataset",
    "dataset.selection": "Selection",
    "display.options": "DisplayOptions display_options",
    "document.reading": "from_dict from_json from_jsonl",
    "errors": "AmbiguousCityError DatasetError DatasetWarning FetchError FormatVersionError InvalidDateError InvalidRecordError MergeConflictError MissingDependencyError Problem QueryError SelectionError TwinCitiesError UnknownAreaError UnknownCityError UnknownCountryError UnknownDatasetError UnknownKindError UnknownNameError UnknownNetworkError UnknownPartnershipError UnknownSourceError UnknownStatusError",
    "formats": "read",
    "lint.findings": "Finding",
    "model.city": "City",
    "model.claims": "Claim Stated",
    "model.cooperation": "CooperationArea CooperationNetwork",
    "model.edtf": "EdtfDate EdtfInterval Precision",
    "model.frozen": "FrozenDict",
    "model.partnership": "Partnership",
    "model.parts": "Activity Agreement Contact Coordinates Link Milestone Organisation Population Source",
    "model.vocabulary": "MilestoneKind PartnershipKind PartnershipStatus PlaceKind Qualifier Stage country_name language_name word_label",
    "query.answers": "Anniversary Cousin Event Expiry Match",
    "query.names": "fold",
    "query.ties": "Tie",
    "reconcile.comparing": "compare",
    "reconcile.comparison": "Comparison",
    "reconcile.conflicts": "Conflict",
    "reconcile.differences": "Difference",
    "reconcile.matches": "CityMatch",
    "reconcile.merging": "merge",
    "sources.bundled": "datasets load load_all",
    "sources.plugins": "DatasetInfo",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOME)  # noqa: PLE0605  # type checkers read the imports above


def __getattr__(name: str) -> object:
    home = "_version" if name == "__version__" else _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from ._collector import collector_paused

    with collector_paused():  # an import makes many objects that stay
        module = import_module(f".{home}", __name__)
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
