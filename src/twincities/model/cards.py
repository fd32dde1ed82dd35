"""
The mixin of objects that notebooks show as cards.
"""

from __future__ import annotations


class HasCard:
    """
    An object that notebooks show as a card. Only here does `model` import from `display`, above it.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        from ..display.cards import card

        return card(self)
