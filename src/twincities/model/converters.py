"""
Converters: they make what constructors are given into the types of fields, and refuse what has the wrong type.

Readers of documents check types themselves, so rules that hold for every record are in `rules`, not here.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NewType, TypeVar

from ..errors import Problem, RefusedError, placed, shown, step
from .frozen import EMPTY, freeze_json, frozen
from .rules import ID, TEXT, unicode_text
from .vocabulary import MilestoneKind, PartnershipKind, PartnershipStatus, PlaceKind, Qualifier, Stage, to_word

V = TypeVar("V")
# Plain types to checkers; distinct types to what reads annotations at run time, such as Hypothesis.
if TYPE_CHECKING:
    Id = str
    Pair = tuple[str, str]
    Members = tuple[str, ...]
else:
    Id = NewType("Id", str)
    Pair = NewType("Pair", tuple[str, str])
    Members = NewType("Members", tuple[str, ...])


# -- texts and ids ---------------------------------------------------------------------------------


def to_text(value: str) -> str:
    """
    *value*, which has to be Unicode text.
    """
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {shown(value)}")
    if not value.isascii():
        for _, message in unicode_text(value):
            raise ValueError(message)
    return value if type(value) is str else str.__str__(value)  # numpy has its own string type


def to_optional_text(value: str | None) -> str | None:
    """
    *value*, which has to be text or `None`.
    """
    return None if value is None else to_text(value)


def to_id(value: str) -> Id:
    """
    *value*, which has to be text; a rule checks its form.
    """
    return to_text(value)


def _to_reference(value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected an id, got {shown(value)}")
    text = to_text(value)
    for _, message in () if ID.holds(text) else ID(text):
        raise ValueError(message)
    return text


def to_optional_id(value: str | None) -> str | None:
    """
    *value*, which has to be an id or `None`.
    """
    return None if value is None else _to_reference(value)


# -- lists -----------------------------------------------------------------------------------------


def to_items(value: Iterable[Any], kind: type[V]) -> tuple[V, ...]:
    """
    *value* as a tuple of *kind*, in the order given. An instance of a subclass is refused: a document has no place for
    what it adds.
    """

    def checked(item: Any) -> V:
        if type(item) is not kind:
            raise TypeError(f"expected {kind.__name__}, got {shown(item)}")
        return item

    return _to_tuple(value, checked, kind.__name__)


def to_texts(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of texts.
    """
    return _to_tuple(value, to_text, "texts")


def to_ids(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as a tuple of ids.
    """
    return _to_tuple(value, _to_reference, "ids")


def to_members(value: Iterable[str]) -> Members:
    """
    *value* as a tuple of ids; a rule counts them.
    """
    return to_ids(value)


def to_pair(value: Iterable[str]) -> Pair:
    """
    *value* as two ids in alphabetical order.
    """
    ids = to_ids(value)
    if len(ids) != 2:
        raise ValueError(f"expected the ids of two cities, got {len(ids)}")
    first, second = sorted(ids)
    return first, second


def to_pair_or_none(value: Iterable[str]) -> tuple[str, ...]:
    """
    *value* as two ids in alphabetical order, or none.
    """
    ids = to_ids(value)
    return to_pair(ids) if ids else ids


def _to_tuple(value: Iterable[Any], convert: Callable[[Any], V], noun: str) -> tuple[V, ...]:
    if type(value) not in (tuple, list) and (
        isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable)
    ):
        raise TypeError(f"expected a list of {noun}, got {shown(value)}")
    items = tuple(value)
    try:
        return tuple([convert(item) for item in items])
    except (ValueError, TypeError):
        found, problems = _sift(enumerate(items), int, convert)
        raise RefusedError("list", problems, tuple(found.get(index) for index in range(len(items)))) from None


def _sift(
    entries: Iterable[tuple[Any, Any]], convert_key: Callable[[Any], Any], convert: Callable[[Any], V]
) -> tuple[dict[Any, V], list[Problem]]:
    """
    The entries of a list or mapping that convert, and the problems of the others.
    """
    found: dict[Any, V] = {}
    problems: list[Problem] = []
    for key, item in entries:
        try:
            found[convert_key(key)] = convert(item)
        except RefusedError as error:
            problems += placed(error.problems, step(key))
            found[key] = error.readable
        except (ValueError, TypeError) as error:
            problems.append(Problem(step(key if isinstance(key, (str, int)) else shown(key)), str(error)))
    return found, problems


# -- mappings --------------------------------------------------------------------------------------


def to_text_by_key(value: Mapping[str, str]) -> Mapping[str, str]:
    """
    *value* as a read-only mapping from text to text.
    """
    return _to_mapping(value, to_text, "{'fi': 'Kuopio'}")


def to_texts_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of texts.
    """
    return _to_mapping(value, to_texts, "{'fi': ['teatteri']}")


def to_ids_by_key(value: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """
    *value* as a read-only mapping from text to tuples of ids.
    """
    return _to_mapping(value, to_ids, "{'since': ['kuopio-page']}")


def to_role(value: Mapping[str, str] | str | None) -> Mapping[str, str]:
    """
    *value* as a read-only mapping from text to text. The language of a plain string is undetermined, `und`.
    """
    if value is None:
        return EMPTY
    if not isinstance(value, str):
        return to_text_by_key(value)
    for _, message in TEXT(value):
        raise ValueError(message)
    return frozen({"und": to_text(value)})


def to_json_object(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """
    *value* as a read-only mapping from names to frozen JSON values.
    """
    if not isinstance(value, Mapping):
        raise TypeError(f"expected a mapping, got {shown(value)}")
    return frozen(freeze_json(value))


def _to_mapping(value: Mapping[str, Any], convert: Callable[[Any], V], example: str) -> Mapping[str, V]:
    if type(value) is not dict and not isinstance(value, Mapping):  # which takes long to ask
        raise TypeError(f"expected a mapping such as {example}, got {shown(value)}")
    try:
        return frozen({to_text(key): convert(item) for key, item in value.items()})
    except (ValueError, TypeError):
        found, problems = _sift(value.items(), to_text, convert)
        raise RefusedError("mapping", problems, frozen(found)) from None


# -- numbers ---------------------------------------------------------------------------------------


def to_float(value: float) -> float:
    """
    *value* as a float; a truth value isn't a number.
    """
    if not isinstance(value, float) and not is_whole(value):
        from numbers import Real

        if isinstance(value, bool) or not isinstance(value, Real):
            raise TypeError(f"expected a number, got {shown(value)}")
    try:
        return float(value)
    except OverflowError:
        raise ValueError(f"expected a number in range, got {shown(value)}") from None


def is_whole(value: object) -> bool:
    """
    Say whether *value* is a whole number: an int or one of numpy's, but not a truth value.
    """
    if isinstance(value, int):
        return not isinstance(value, bool)
    from numbers import Integral

    return isinstance(value, Integral)


def to_integer(value: int) -> int:
    """
    *value*, which has to be a whole number.
    """
    if not is_whole(value):
        raise TypeError(f"expected a whole number, got {shown(value)}")
    return int(value)


# -- words of closed lists; mypy takes only named functions as converters ------------------------------


def to_place_kind(value: PlaceKind | str | None) -> PlaceKind | None:
    """
    *value* as a `PlaceKind`.
    """
    return None if value is None else to_word(value, PlaceKind)


def to_partnership_kind(value: PartnershipKind | str | None) -> PartnershipKind | None:
    """
    *value* as a `PartnershipKind`.
    """
    return None if value is None else to_word(value, PartnershipKind)


def to_status(value: PartnershipStatus | str | None) -> PartnershipStatus | None:
    """
    *value* as a `PartnershipStatus`.
    """
    return None if value is None else to_word(value, PartnershipStatus)


def to_stage(value: Stage | str | None) -> Stage | None:
    """
    *value* as a `Stage`.
    """
    return None if value is None else to_word(value, Stage)


def to_milestone_kind(value: MilestoneKind | str | None) -> MilestoneKind | None:
    """
    *value* as a `MilestoneKind`.
    """
    return None if value is None else to_word(value, MilestoneKind)


def to_qualifier(value: Qualifier | str) -> Qualifier:
    """
    *value* as a `Qualifier`.
    """
    return to_word(value, Qualifier)
