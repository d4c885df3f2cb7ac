"""`python -m local.stack up | down | status | logs | clean`."""

from local.stack.commands import main

main()
