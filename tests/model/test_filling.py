"""Instances filled a field at a time are those that a constructor makes."""

from __future__ import annotations

import copy
import pickle

import attrs
import pytest

import twincities as tc
from twincities.model.filling import filled

OPOLE, GERA = tc.City(id="opole", name="Opole"), tc.City(id="gera", name="Gera")
MADE = [tc.Cousin(OPOLE, (GERA,), False), tc.Cousin(GERA, (), True)]


def test_filled_instances_are_those_of_the_constructor() -> None:
    """They are equal, have the same class, hash and print alike, and are copied and pickled alike."""
    found = filled(tc.Cousin, [OPOLE, GERA], [(GERA,), ()], [False, True])
    assert found == MADE
    assert [type(one) for one in found] == [tc.Cousin, tc.Cousin]
    assert [*map(hash, found)] == [*map(hash, MADE)]
    assert [*map(repr, found)] == [*map(repr, MADE)]
    assert pickle.loads(pickle.dumps(found)) == MADE
    assert copy.deepcopy(found) == MADE


def test_filled_instances_are_frozen() -> None:
    """No field can be set or deleted afterwards, nor can a field be added."""
    (coordinates,) = filled(tc.Coordinates, [1.0], [2.0])
    for name in ("latitude", "other"):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(coordinates, name, 3.0)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del coordinates.latitude
    assert coordinates == tc.Coordinates(latitude=1, longitude=2)


def test_the_class_stays_frozen() -> None:
    """Filling changes nothing about instances of the constructor."""
    filled(tc.Cousin, [OPOLE], [()], [True])
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        MADE[0].is_partner = True  # type: ignore[misc]
    assert filled(tc.Cousin, [], [], []) == []
