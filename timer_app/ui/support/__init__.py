"""What pages share that is not a widget: services, messages, background work, the session's driver."""
