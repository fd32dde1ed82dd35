"""
The package `twincities-world`: the ties of the world as Wikidata states them on a day, with notes on what is new.

    python tools/make_world.py world --cache answers --old previous.jsonl.gz

If interrupted, the same command continues where it stopped. It writes `world.jsonl.gz`, `lint.txt`, `notes.md` if there
is an older data set, and the package in `twincities-world` to the folder.
"""

from __future__ import annotations

import re
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import twincities as tc

README = """\
# twincities-world

The twin cities of the world as Wikidata stated them (P190) on {day}, for `twincities`. CC0-1.0.

```python
import twincities as tc

ds = tc.load("world")
```

Nobody has checked it: compare it with a city's own list before you rely on it.
"""


def command(*words: str | Path, to: Path | None = None, may_end_with: int = 0) -> None:
    """Run a command of the library; its output goes to a file."""
    ran = subprocess.run(  # noqa: S603  # our own command
        [sys.executable, "-m", "twincities", *map(str, words)],
        stdout=None if to is None else subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode > may_end_with:
        sys.exit(ran.returncode)
    if to is not None:
        to.write_text(ran.stdout, encoding="utf-8")


def main() -> None:
    """Fetch, look, compare, and make the package."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--old", type=Path, help="the data set of an earlier day")
    parser.add_argument("--endpoint")
    parser.add_argument("--contact")
    given = parser.parse_args()
    folder: Path = given.folder
    folder.mkdir(parents=True, exist_ok=True)
    world = folder / "world.jsonl.gz"
    options = [
        word for name in ("endpoint", "contact") if (value := getattr(given, name)) for word in (f"--{name}", value)
    ]
    command("fetch", "--world", "--out", world, "--cache", given.cache, *options)
    command("lint", world, "--level", "warning", to=folder / "lint.txt", may_end_with=1)
    if given.old is not None:
        command("compare", given.old, world, "--markdown", to=folder / "notes.md", may_end_with=1)
    command("new-dataset", "world", "--data", world, "--folder", folder)
    package = folder / "twincities-world"
    day = str(tc.read(world).version)
    inner = package / "src" / "twincities_world"
    (inner / "world.json").unlink()
    (inner / "world.jsonl.gz").write_bytes(world.read_bytes())
    project = package / "pyproject.toml"
    text = re.sub(
        r'^version = ".*"$', f'version = "{day.replace("-", ".")}"', project.read_text("utf-8"), flags=re.MULTILINE
    )
    project.write_text(text.replace("readme =", 'license = "CC0-1.0"\nreadme =', 1), encoding="utf-8")
    (package / "README.md").write_text(README.format(day=day), encoding="utf-8")
    print(f"{package} has the world of {day}")


if __name__ == "__main__":
    main()
