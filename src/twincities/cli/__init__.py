"""
The command line, `twincities` or `python -m twincities`: `entry` runs the command, and each command is a module.
"""

from .entry import main

__all__ = ["main"]
