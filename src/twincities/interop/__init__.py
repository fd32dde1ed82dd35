"""
Other formats and libraries, each with its own module or package.
"""
