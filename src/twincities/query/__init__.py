"""
Names, filters, indexes, ties and their lives: everything by which answers are found in the records of a data set.
"""
