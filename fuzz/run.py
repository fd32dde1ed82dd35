"""
Look for inputs that break the library: `python fuzz/run.py documents FOLDER -max_total_time=600 -runs=1000000`.

Inputs that reach new lines, and those that break something (`find-…`), are written into FOLDER; a find becomes a test
once it is copied into `fuzz/corpus/documents/`. The rest of the line is libFuzzer's.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import atheris

HERE = Path(__file__).parent
JSON = {"documents", "entities", "answers"}


def mutated(data: bytes, max_size: int, seed: int) -> bytes:
    """
    A change of *data*: every other one is of JSON values where it is JSON, else of bytes.
    """
    from json_mutations import changed

    if seed % 2:
        try:
            text = json.dumps(changed(json.loads(data), seed), ensure_ascii=bool(seed % 3))
            return text.encode("utf-8", "surrogatepass")[:max_size]
        except (ValueError, RecursionError):
            pass
    return bytes(atheris.Mutate(data, max_size))


def main(name: str, folder: Path, options: list[str]) -> None:
    """
    Fuzz the target *name* until libFuzzer's *options* say that it is enough.
    """
    # The inner loops of comparing spellings show the fuzzer little and took most of its time.
    with atheris.instrument_imports(include=["twincities", name], exclude=["twincities.spelling"]):
        check = import_module(name).check
        check((HERE / "corpus" / name / "seed").read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    corpus = [str(folder), str(HERE / "corpus" / name)]
    limits = ["-max_len=8192", "-timeout=20", "-print_final_stats=1"]
    arguments = [sys.argv[0], *corpus, f"-artifact_prefix={folder}/find-", *limits, *options]
    if name in JSON:
        atheris.Setup(arguments, check, custom_mutator=mutated)
    else:
        atheris.Setup(arguments, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
