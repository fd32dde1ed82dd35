"""
The doors to other tools, one module each.
"""
