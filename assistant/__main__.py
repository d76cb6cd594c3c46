"""`python -m assistant` is the `policy` command."""

from assistant.cli import main

main()
