"""What a promise is about: the topics of the library of template commitments, by which a business's word is counted."""

from __future__ import annotations

from enum import StrEnum

N_ = str
"""Marks a message for the catalogue."""


class Topic(StrEnum):
    """What a template is about. Source: DOMAIN.md, Beyond shops."""

    ENERGY = "energy"
    WASTE = "waste"
    LOCAL_FOOD = "local_food"
    WAGES = "wages"
    ACCESSIBILITY = "accessibility"
    CONSENT = "consent"
    COMPLAINTS = "complaints"
    TRAINING = "training"


OTHER = "other"
"""A promise that names no topic."""
TOPICS = {
    Topic.ENERGY: N_("Energy"),
    Topic.WASTE: N_("Waste"),
    Topic.LOCAL_FOOD: N_("Local and fair food"),
    Topic.WAGES: N_("Wages and contracts"),
    Topic.ACCESSIBILITY: N_("Accessibility"),
    Topic.CONSENT: N_("Consent of those affected"),
    Topic.COMPLAINTS: N_("Complaint channels"),
    Topic.TRAINING: N_("Training"),
}
"""Each topic's name, in the order in which they are shown."""
