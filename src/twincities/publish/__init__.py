"""
Lists, pages and calendars for people who read no data.
"""

from .lists import LIST_COLUMNS, list_html, list_rows, write_list_excel

__all__ = ["LIST_COLUMNS", "list_html", "list_rows", "write_list_excel"]
