"""From a finished edition to a live site: safely, and making only what changed.

``docs/build.md`` tells the whole story.
"""

from .folder import ClashError
from .inputs import below, configurations, fingerprint, project_inputs, tools
from .manifest import NAME, Manifest, ManifestError, read_manifest
from .memory import Memory, recall
from .plan import Group, Step
from .publish import Engine, Origins, Progress, Summary, VerificationError, publish
from .verify import Problem
from .work import Work
from .workspace import BusyError, ForeignError, Workspace

__all__ = [
    "NAME",
    "BusyError",
    "ClashError",
    "Engine",
    "ForeignError",
    "Group",
    "Manifest",
    "ManifestError",
    "Memory",
    "Origins",
    "Problem",
    "Progress",
    "Step",
    "Summary",
    "VerificationError",
    "Work",
    "Workspace",
    "below",
    "configurations",
    "fingerprint",
    "project_inputs",
    "publish",
    "read_manifest",
    "recall",
    "tools",
]
