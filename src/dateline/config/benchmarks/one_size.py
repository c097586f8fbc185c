"""`python -m dateline.config.benchmarks.one_size DATA SIZE`: prints the figures of one size as JSON."""

import json
import sys
from pathlib import Path

from dateline.config.benchmarks.newsroom import newsroom_figures

if __name__ == "__main__":
    figures = newsroom_figures(Path(sys.argv[1]), int(sys.argv[2]), lambda line: print(line, file=sys.stderr))  # noqa: T201
    json.dump(figures, sys.stdout)
