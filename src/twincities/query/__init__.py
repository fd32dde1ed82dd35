"""
Find answers in the records of a data set: names, filters, indexes, ties, and when they were in force.
"""
