"""`make clean` removes what belongs to this folder, and nothing else, whatever the folder is called."""

import shutil
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).resolve().parent.parent / "Makefile"


@pytest.mark.parametrize(
    "name", ["simple", "un dossier à part", "a; touch perdu; b", "$(touch perdu)", 'l\'été "2026" *']
)
def test_clean_removes_only_what_is_of_this_folder(tmp_path, name):
    here = tmp_path / name
    here.mkdir()
    shutil.copy(MAKEFILE, here)
    # What a path cut at its spaces, or read by a shell, would lead to.
    others = [*("dossier", "à", "part", "été", "b", "à garder"), ".venv-à-garder", "variable"]
    for folder in (*others, ".venv", "var"):
        (here / folder).mkdir()
    in_memory = Path(f"/dev/shm/passe-relais{str(here).replace('/', '-')}")  # noqa: S108
    beside = Path(f"{in_memory}-à-garder")
    for folder in (in_memory, beside):
        folder.mkdir()
    try:
        subprocess.run(["make", "clean"], cwd=here, check=True, capture_output=True)
        assert {path.name for path in here.iterdir()} == {*others, "Makefile"}
        assert (in_memory.exists(), beside.exists()) == (False, True)
    finally:
        for folder in (in_memory, beside):
            shutil.rmtree(folder, ignore_errors=True)
