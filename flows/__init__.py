"""When and what: the Prefect flow, its sources, and the command line."""

import os

# Nothing is sent home, by Prefect's server or its client; both read this when they are first imported.
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
