"""
The data set `jyvaskyla` for twincities, in jyvaskyla.json.
"""
