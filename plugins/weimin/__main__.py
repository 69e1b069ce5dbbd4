"""`python -m weimin` is the same as `weimin`."""

import sys

from weimin.cli.main import main

sys.exit(main())
