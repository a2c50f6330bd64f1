"""`python -m contrats`: the same as the command `contrats`."""

from contrats.cli import main

main(prog_name="contrats")
