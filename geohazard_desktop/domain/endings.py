"""What comes to an end without being deleted, and in which fields that stands: 住户 move away, 安置点 are closed.

Danger zones and hazard points have states and registers of their own (lifecycle.py).
"""

from collections.abc import Mapping

# By layer the field with the first day that it no longer counts, and the one that says why.
ENDED_ON: Mapping[str, str] = {"household": "moved_out_on", "shelter": "closed_on"}
REASON: Mapping[str, str] = {"household": "moved_out_reason", "shelter": "closed_reason"}
