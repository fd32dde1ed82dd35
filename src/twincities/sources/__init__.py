"""
Where data sets come from, one module each.
"""
