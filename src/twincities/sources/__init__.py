"""
Sources of data sets, one module each.
"""
