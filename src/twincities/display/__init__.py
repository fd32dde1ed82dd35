"""
How records print: words, dates, text and HTML.
"""
