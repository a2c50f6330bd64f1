"""Names as people write them -> the things of a release that they may mean, and why."""
