"""
Formats and other libraries, one module or package each.
"""
