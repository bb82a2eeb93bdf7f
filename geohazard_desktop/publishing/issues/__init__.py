"""The issue register: codes, versions, what must be printed again, receipts."""
