"""
The format twincities/1, written and read.
"""
