"""A build hook for hatchling: a package that ships BPF has its `# ebpf:generate` lines run when it is built.

    [build-system]
    requires = ["hatchling", "ebpf[clang]"]

    [tool.hatch.build.hooks.ebpf]
    paths = ["src"]              # files and folders to look for the lines in; by default the whole project

What the lines write (modules, objects) goes into the wheel and the sdist, also where version control ignores it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.plugin import hookimpl

from ebpf.bind import generate
from ebpf.bind.generate import GenerateError

#: What a generated file may be, beside files of the package.
_WRITTEN = (".py", ".o")


class EbpfBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Runs the lines; fails the build, with what a command said, if one fails."""

    PLUGIN_NAME = "ebpf"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        paths = self.config.get("paths", ["."])
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise TypeError("tool.hatch.build.hooks.ebpf: paths must be a list of strings")
        found = [
            one for path in generate.python_files(root / path for path in paths) for one in generate.directives(path)
        ]
        written = {one.file.parent / f"*{suffix}" for one in found for suffix in _WRITTEN}
        for outcome in generate.run(found):
            one = outcome.directive
            place = f"{one.file.relative_to(root)}:{one.line}"
            if outcome.status:
                raise GenerateError(
                    f"{place}: {' '.join(one.words)}: exit status {outcome.status}\n{outcome.output}".rstrip()
                )
            self.app.display_info(f"ebpf: {place}: {outcome.output.strip() or 'done'}")
            # What bpf2py says that it wrote, or kept: --output-dir may name any folder.
            told = re.findall(r"(?m)^(?:wrote|kept) (.+)$", outcome.output)
            written |= {Path(os.path.normpath(one.file.parent / name)) for name in told}
        inside = sorted(path.relative_to(root).as_posix() for path in written if path.is_relative_to(root))
        build_data.setdefault("artifacts", []).extend(f"/{name}" for name in inside)


@hookimpl  # type: ignore[untyped-decorator]
def hatch_register_build_hook() -> type[EbpfBuildHook]:
    return EbpfBuildHook
