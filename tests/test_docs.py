"""Each command, act, surface, error code, setting and make target has its line in the docs."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import dateline
from dateline.config.cli import COMMANDS
from dateline.errors import DatelineError

ROOT = Path(__file__).parents[1]
DOCS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def error_codes() -> set[str]:
    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if (
            ".migrations" not in module.name
            and "__main__" not in module.name
            and not module.name.startswith("dateline.config")
        ):
            importlib.import_module(module.name)

    def below(kind: type[DatelineError]) -> set[type[DatelineError]]:
        return {kind}.union(*(below(child) for child in kind.__subclasses__()))

    return {kind.code for kind in below(DatelineError)}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme_and_its_help_has_an_example(command):
    from click.testing import CliRunner

    from dateline.config.cli import dateline as house

    assert f"`{command}`" in README
    told = CliRunner().invoke(house, [command, "--help"])
    assert told.exit_code == 0
    assert "Example" in told.output


def test_every_error_code_is_explained():
    missing = sorted(code for code in error_codes() if f"`{code}`" not in DOCS["docs/errors.md"])
    assert not missing, f"add to docs/errors.md: {missing}"


@pytest.mark.django_db
def test_every_surface_and_act_is_named_in_its_contract():
    from dateline.press.surfaces import surfaces
    from dateline.story.models import ActKind

    assert [s.name for s in surfaces() if f"`{s.name}`" not in DOCS["docs/contracts/public-folder.md"]] == []
    assert [a.value for a in ActKind if f"| {a.value} |" not in DOCS["docs/acts.md"]] == []


def test_every_key_of_newsroom_toml_is_explained():
    from dateline.story.newsroom import KEYS, SECTION_KEYS

    text = DOCS["docs/contracts/newsroom-toml.md"]
    assert [key for key in KEYS | SECTION_KEYS if f"`{key}`" not in text and f"[{key}]" not in text] == []


def test_every_link_within_the_docs_leads_somewhere():
    broken = []
    for name, text in {"README.md": README, **DOCS}.items():
        for target in re.findall(r"\]\(([^)#\s]+)", text):
            if "://" not in target and not ((ROOT / name).parent / target).exists():
                broken.append(f"{name}: {target}")
    assert broken == []


def test_make_targets_named_in_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = {"setup", "run", "test", "check", "fix", "golden", "bench", "docs"}
    named = asked | set(re.findall(r"`make ([a-z-]+)", README))
    assert [target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_ci_runs_what_the_readme_says():
    run = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make check && make test" in README
    assert [line for line in run.splitlines() if line.startswith("make ")] == ["make check", "make test"]
