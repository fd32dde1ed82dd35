"""
Show records, answers and data sets to people: words, dates, text and HTML.
"""

from .cards import card
from .html import framed, html_table
from .values import country_in, date_in, number_in, people_in

__all__ = ["card", "country_in", "date_in", "framed", "html_table", "number_in", "people_in"]
