"""The windows. Pages show snapshots and send intents; what they show is worked out elsewhere."""
