"""The History page: what was done."""
