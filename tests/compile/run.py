#!/usr/bin/env python3
"""What endpoints cost the compiler: versify beside poem-openapi, axum + utoipa and dropshot.

For each toolkit a crate is generated of so many endpoints, GETs with three checked parameters and POSTs with a checked
body in turn, with a model for each body and each two answers. Its dependencies are built first; then `cargo check` and
`cargo build` of that crate alone are measured, in seconds of user CPU. Toolkits take turns, and of several rounds the
least counts: whatever else the machine does only adds.

    tests/compile/run.py                                   # all of them, about half an hour
    tests/compile/run.py --toolkits versify --endpoints 1,200 --rounds 1
"""
import argparse
import importlib
import json
import os
import pathlib
import resource
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve() / "compile"
TOOLKITS = ["versify", "poem_openapi", "axum_utoipa", "dropshot"]
VERBS = ["check", "build"]

MANIFEST = """[package]
name = "{name}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
{dependencies}
[workspace]
"""


class Crate:
    """A crate that is written anew for each measurement."""

    def __init__(self, toolkit):
        self.toolkit = importlib.import_module(f"toolkits.{toolkit}")
        self.name = f"compile-{toolkit.replace('_', '-')}"
        self.folder = TARGET / "crates" / toolkit
        (self.folder / "src").mkdir(parents=True, exist_ok=True)
        dependencies = self.toolkit.DEPENDENCIES.replace("{root}", str(ROOT))
        (self.folder / "Cargo.toml").write_text(MANIFEST.format(name=self.name, dependencies=dependencies))

    def write(self, endpoints):
        (self.folder / "src/main.rs").write_text(self.toolkit.source(endpoints))

    def edit(self):
        """Changes one function, as a user does between two builds."""
        file = self.folder / "src/main.rs"
        file.write_text(file.read_text().replace("price: 0.0", "price: 1.5", 1))

    def cargo(self, *arguments):
        """Runs cargo; how many seconds of user CPU it took."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        environment = dict(os.environ, CARGO_TARGET_DIR=str(TARGET / "target"))
        done = subprocess.run(["cargo", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{self.name}: cargo {' '.join(arguments)}:\n{done.stderr[-4000:]}")
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    def prepare(self):
        self.write(2)
        for verb in VERBS:
            print(f"dependencies of {self.name} ({verb})", file=sys.stderr, flush=True)
            self.cargo(verb)

    def measure(self, endpoints):
        """Seconds of each verb, from nothing and after an edit, and the size of the program in bytes."""
        figures = {}
        for verb in VERBS:
            self.write(endpoints)
            self.cargo("clean", "-p", self.name)
            figures[verb] = self.cargo(verb)
            self.edit()
            figures[f"{verb} after an edit"] = self.cargo(verb)
        figures["bytes"] = (TARGET / "target/debug" / self.name).stat().st_size
        return figures

    def versions(self):
        """The toolkit's own version, as cargo chose it."""
        tree = subprocess.run(
            ["cargo", "tree", "--depth", "1", "--prefix", "none"], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return [line.split(" (")[0] for line in tree.stdout.splitlines()[1:]]


def per_endpoint(figures, counts, kind):
    """The slope from the least to the most endpoints."""
    first, last = str(counts[0]), str(counts[-1])
    return (figures[last][kind] - figures[first][kind]) / (counts[-1] - counts[0])


def table(results, counts):
    """The figures as Markdown: milliseconds for one more endpoint, from one to the most endpoints."""
    kinds = [kind for kind in next(iter(results.values()))[str(counts[0])] if kind != "bytes"]
    lines = [
        "| ms per endpoint | " + " | ".join(kinds) + f" | seconds for {counts[-1]} (check / build) | kB per endpoint |",
        "|---" * (len(kinds) + 3) + "|",
    ]
    for toolkit, figures in results.items():
        most = figures[str(counts[-1])]
        cells = [f"{1000 * per_endpoint(figures, counts, kind):.1f}" for kind in kinds]
        cells.append(f"{most['check']:.1f} / {most['build']:.1f}")
        cells.append(f"{per_endpoint(figures, counts, 'bytes') / 1000:.0f}")
        lines.append(f"| {toolkit.replace('_', '-')} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--toolkits", default=",".join(TOOLKITS))
    parser.add_argument("--endpoints", default="1,50,200,400")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=pathlib.Path, help="a file for all figures, as JSON")
    options = parser.parse_args()
    counts = [int(count) for count in options.endpoints.split(",")]
    crates = {toolkit: Crate(toolkit) for toolkit in options.toolkits.split(",")}
    for crate in crates.values():
        crate.prepare()
    results = {toolkit: {} for toolkit in crates}
    for _ in range(options.rounds):
        for count in counts:
            for toolkit, crate in crates.items():
                figures = crate.measure(count)
                best = results[toolkit].setdefault(str(count), figures)
                best.update({kind: min(best[kind], figure) for kind, figure in figures.items()})
                shown = ", ".join(f"{kind} {figure:.2f}" for kind, figure in figures.items())
                print(f"{toolkit} {count}: {shown}", file=sys.stderr, flush=True)
    if options.out:
        versions = {toolkit: crate.versions() for toolkit, crate in crates.items()}
        options.out.write_text(json.dumps({"figures": results, "versions": versions}, indent=1) + "\n")
    print(table(results, counts))


if __name__ == "__main__":
    main()
