"""
Lists, pages and calendars for readers.
"""

from .calendar import calendar_bytes
from .lists import LIST_COLUMNS, list_html, list_rows, write_list_excel
from .page import page_html, write_page

__all__ = ["LIST_COLUMNS", "calendar_bytes", "list_html", "list_rows", "page_html", "write_list_excel", "write_page"]
