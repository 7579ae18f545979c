"""The desktop around the window: media keys, one instance, the screen kept awake, crashes."""
