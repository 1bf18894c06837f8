"""Use-cases of everything counted. Each receives a session and the clock, and never commits."""

from __future__ import annotations

from pledges.service.door import check_in, note_spending, undo_check_in
from pledges.service.promises import change, confirm, erase_contact, may_change, own, pledge, withdraw
from pledges.service.proofs import countersign_till, enter_slip, give_proof, proof_for, proofs_for
from pledges.service.spending import forget_receipts, report_spending
from pledges.service.stall import enter_sheet, new_sheet, stall
from pledges.service.till_files import count_till_file, keep_till_file
from pledges.service.tills import apply_correction, confirm_till, declare_till, resolve_till
from pledges.service.totals import roll_up

__all__ = [
    "apply_correction",
    "change",
    "check_in",
    "confirm",
    "confirm_till",
    "count_till_file",
    "countersign_till",
    "declare_till",
    "enter_sheet",
    "enter_slip",
    "erase_contact",
    "forget_receipts",
    "give_proof",
    "keep_till_file",
    "may_change",
    "new_sheet",
    "note_spending",
    "own",
    "pledge",
    "proof_for",
    "proofs_for",
    "report_spending",
    "resolve_till",
    "roll_up",
    "stall",
    "undo_check_in",
    "withdraw",
]
