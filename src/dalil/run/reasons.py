"""Why a step runs or does not: what of all that it depends on and has made is not what it was when it last ran."""

import json
import tomllib
from collections.abc import Container, Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from dalil.project import Project
from dalil.run.pipeline import Plan
from dalil.run.steps import Step
from dalil.run.unchanged import content

# Where pytask keeps the contents of what a task used and made.
_LOCK = "pytask.lock"


def reasons_of(plan: Plan) -> dict[str, list[str]]:
    """Say for each step of a run, in their order, why it would run; nothing for one that would not."""
    known = _known(plan.project)
    found: dict[str, list[str]] = {}
    running: dict[Path, str] = {}
    for step in _in_order(plan.steps):
        entry = known.get(f"{plan.run}/{step.name}")
        reasons = ["it has not run before"] if entry is None else list(_reasons(step, entry, plan.project, running))
        waits = dict.fromkeys(running[path] for path in step.uses if path in running)
        reasons += [f"{earlier} runs before it" for earlier in waits]
        found[step.name] = reasons
        if reasons:
            running |= dict.fromkeys(step.makes, step.name)
    return {step.name: found[step.name] for step in plan.steps}


def _known(project: Project) -> dict[str, Mapping[str, Any]]:
    """The tasks that have run, by name; none where that cannot be read."""
    try:
        tasks = tomllib.loads((project.root / _LOCK).read_text(encoding="utf-8"))["task"]
        return {task["id"]: task for task in tasks}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _in_order(steps: list[Step]) -> Iterator[Step]:
    """Go through steps so that each comes after those that make what it uses."""
    named = {step.name: step for step in steps}
    maker = {path: step.name for step in steps for path in step.makes}
    before = {step.name: {maker[path] for path in step.uses if path in maker} for step in steps}
    return map(named.__getitem__, TopologicalSorter(before).static_order())


def _reasons(step: Step, entry: Mapping[str, Any], project: Project, made_anew: Container[Path]) -> Iterator[str]:
    """Compare what a step uses, is given and has made with what was kept of it."""
    used, made = entry.get("depends_on", {}), entry.get("produces", {})
    for path in dict.fromkeys(step.uses):
        name = project.name(path)
        if path == step.noted:
            yield from _differences(step)
        elif path not in made_anew and (reason := _reason(path, used.get(name), project)):
            yield f"{name} {reason}"
    for path in step.makes:
        if reason := _reason(path, made.get(project.name(path)), project):
            yield f"{project.name(path)} {reason}"


def _reason(path: Path, before: str | None, project: Project) -> str:
    # A run that was interrupted goes on from what it has made.
    path = path if path.exists() else project.seen(path)
    if not path.exists():
        return "is not there"
    return "is new" if before is None else "was changed" if content(path) != before else ""


def _differences(step: Step) -> Iterator[str]:
    """Compare what a step is given with what it was given, by kind and name."""
    assert step.noted
    if not step.noted.exists():
        yield "it is not known what it was given"
        return
    before = json.loads(step.noted.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(step.given()))
    for kind in sorted({*before, *now}):
        old, new = before.get(kind, {}), now.get(kind, {})
        for name in sorted({*old, *new}):
            if name not in old or name not in new:
                yield f"{kind}: {name} is {'new' if name in new else 'used no more'}"
            elif old[name] != new[name]:
                yield f"{kind}: {name} was changed"
