"""
Twin cities: typed, frozen records for cities and their partnerships, questions to ask of them, and bundled data.

    import twincities as tc

    ds = tc.load()
    ds.partners("Kuopio", country="Sweden")

Names come from their modules when first used: `import twincities` alone imports nothing and reads nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # what checkers take for true; importing `typing` would take longer than all else here
if TYPE_CHECKING:
    from .answers import Anniversary as Anniversary
    from .answers import Cousin as Cousin
    from .answers import Event as Event
    from .answers import Expiry as Expiry
    from .answers import Match as Match
    from .bundled import datasets as datasets
    from .bundled import load as load
    from .bundled import load_all as load_all
    from .dataset import Dataset as Dataset
    from .edtf import EdtfDate as EdtfDate
    from .edtf import EdtfInterval as EdtfInterval
    from .edtf import Precision as Precision
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
    from .lint import Finding as Finding
    from .model import Activity as Activity
    from .model import Agreement as Agreement
    from .model import City as City
    from .model import Contact as Contact
    from .model import CooperationArea as CooperationArea
    from .model import CooperationNetwork as CooperationNetwork
    from .model import Coordinates as Coordinates
    from .model import Link as Link
    from .model import Milestone as Milestone
    from .model import Organisation as Organisation
    from .model import Partnership as Partnership
    from .model import Population as Population
    from .model import Source as Source
    from .names import fold as fold
    from .options import DisplayOptions as DisplayOptions
    from .options import display_options as display_options
    from .plugins import DatasetInfo as DatasetInfo
    from .reconcile import CityMatch as CityMatch
    from .reconcile import Comparison as Comparison
    from .reconcile import Conflict as Conflict
    from .reconcile import Difference as Difference
    from .reconcile import compare as compare
    from .selection import Selection as Selection
    from .serial import from_dict as from_dict
    from .serial import from_json as from_json
    from .serial import from_jsonl as from_jsonl
    from .serial import read as read
    from .ties import Tie as Tie
    from .values import FrozenDict as FrozenDict
    from .vocabulary import MilestoneKind as MilestoneKind
    from .vocabulary import PartnershipKind as PartnershipKind
    from .vocabulary import PartnershipStatus as PartnershipStatus
    from .vocabulary import PlaceKind as PlaceKind
    from .vocabulary import Qualifier as Qualifier
    from .vocabulary import Stage as Stage
    from .vocabulary import country_name as country_name
    from .vocabulary import language_name as language_name
    from .vocabulary import word_label as word_label

_NAMES = {
    "answers": "Anniversary Cousin Event Expiry Match",
    "bundled": "datasets load load_all",
    "dataset": "Dataset",
    "edtf": "EdtfDate EdtfInterval Precision",
    "errors": "AmbiguousCityError DatasetError DatasetWarning FetchError FormatVersionError InvalidDateError "
    "InvalidRecordError MergeConflictError MissingDependencyError Problem QueryError SelectionError TwinCitiesError "
    "UnknownAreaError UnknownCityError UnknownCountryError UnknownDatasetError UnknownKindError UnknownNameError "
    "UnknownNetworkError UnknownPartnershipError UnknownSourceError UnknownStatusError",
    "lint": "Finding",
    "model": "Activity Agreement City Contact CooperationArea CooperationNetwork Coordinates Link Milestone "
    "Organisation Partnership Population Source",
    "names": "fold",
    "options": "DisplayOptions display_options",
    "plugins": "DatasetInfo",
    "reconcile": "CityMatch Comparison Conflict Difference compare",
    "selection": "Selection",
    "serial": "from_dict from_json from_jsonl read",
    "ties": "Tie",
    "values": "FrozenDict",
    "vocabulary": "MilestoneKind PartnershipKind PartnershipStatus PlaceKind Qualifier Stage country_name "
    "language_name word_label",
}
_HOME = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOME)  # noqa: PLE0605  # checkers read the imports above


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from .collector import collector_paused

    with collector_paused():  # what an import makes is kept
        module = import_module(f".{_HOME[name]}", __name__)
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
