"""`python -m jobclass` is the command `jobclass`."""

from .cli.main import main

main()
