"""The library of template commitments: promises that others could check, each with the way there.

Pure values. A standard is named with its version, so a template is read again when the standard changes.
"""

from businesses.library.accessibility import ACCESSIBILITY
from businesses.library.complaints import COMPLAINTS
from businesses.library.consent import CONSENT
from businesses.library.energy import ENERGY
from businesses.library.local_food import LOCAL_FOOD
from businesses.library.training import TRAINING
from businesses.library.values import TOPICS, HowTo, Template, Topic
from businesses.library.wages import WAGES
from businesses.library.waste import WASTE

__all__ = ["LIBRARY", "TOPICS", "HowTo", "Template", "Topic", "by_topic"]

LIBRARY: tuple[Template, ...] = (
    *ENERGY, *WASTE, *LOCAL_FOOD, *WAGES, *ACCESSIBILITY, *CONSENT, *COMPLAINTS, *TRAINING,
)  # fmt: skip


def by_topic(templates: tuple[Template, ...]) -> dict[Topic, list[Template]]:
    """Templates under their topics, in the order of TOPICS; a topic without any is left out."""
    held = {topic: [each for each in templates if each.topic == topic] for topic in TOPICS}
    return {topic: found for topic, found in held.items() if found}
