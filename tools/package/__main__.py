"""`python -m tools.package`: build what Terraform deploys, into `build/`."""

import argparse
import sys
import time
from pathlib import Path

from local.settings import ROOT
from tools.package import archive, bytecode
from tools.package.build import Built, PackageTooLarge, build
from tools.package.dependencies import LAMBDA, LOCAL, DependenciesMissing

_WITHOUT_BYTECODE = (
    "Without .pyc files, so that cold starts take longer: there is no Python 3.13 on this machine to make them with."
)


def main() -> int:
    """The exit code: 0 when everything is built."""
    options = _arguments()
    started = time.monotonic()
    is_lambda = options.platform == "lambda"
    compiler = bytecode.for_lambda() if is_lambda else bytecode.running()
    if compiler is None:
        print(_WITHOUT_BYTECODE, file=sys.stderr)
    try:
        built = build(options.out, LAMBDA if is_lambda else LOCAL, compiler, ROOT / ".cache" / "layer")
    except (DependenciesMissing, PackageTooLarge) as error:
        print(error, file=sys.stderr)
        return 1
    _tell(built, time.monotonic() - started)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.package", description="Build the layer and the functions.")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="the folder for the zips (default: build)")
    parser.add_argument(
        "--platform",
        choices=["lambda", "local"],
        default="lambda",
        help="lambda: Python 3.13 on arm64; local: this interpreter, for an emulator that runs functions itself",
    )
    return parser.parse_args()


def _tell(built: Built, seconds: float) -> None:
    for name, file in {"layer": built.layer, **built.functions}.items():
        print(
            f"{name:<24} {_kilobytes(file.stat().st_size)} zipped, {_kilobytes(archive.unzipped_bytes(file))} unzipped"
        )
    print(f"Built in {seconds:.1f} s." if built.changed else "Nothing has changed.")


def _kilobytes(size: int) -> str:
    return f"{size / 1024:>9,.1f} KB"


if __name__ == "__main__":
    sys.exit(main())
