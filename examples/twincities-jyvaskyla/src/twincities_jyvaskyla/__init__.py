"""
The data set `jyvaskyla` for twincities: jyvaskyla.json, beside this file.
"""
