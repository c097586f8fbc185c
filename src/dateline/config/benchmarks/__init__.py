"""Our benchmarks. Figures come from here and never from a timed test; `dateline bench` prints them."""
