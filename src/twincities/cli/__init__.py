"""
The command line, `twincities` or `python -m twincities`: `entry` picks a command, and each command has a module of its name.
"""

from .entry import main

__all__ = ["main"]
