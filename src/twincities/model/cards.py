"""
The mixin of the records that notebooks show as cards.
"""

from __future__ import annotations

__all__ = ["HasCard"]


class HasCard:
    """
    A record that notebooks show as a card; the one place where `model` reaches up, to `display`.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        from ..display.cards import card

        return card(self)
