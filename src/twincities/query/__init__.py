"""
How answers are found: names, filters, indexes and ties, over the records of a data set.
"""
