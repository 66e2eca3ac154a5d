"""What to read and when: the Prefect flow, its sources, and the command line."""

import os

# No telemetry from Prefect's server or client; both read these variables when they are first imported.
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
