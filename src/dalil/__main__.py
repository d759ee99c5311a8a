"""The package as a program: ``python -m dalil``, the same as the command ``dalil``."""

import sys

from dalil.run.command_line import main

if __name__ == "__main__":
    sys.exit(main())
