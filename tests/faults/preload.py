"""All that the Pythons of `loaded` have loaded already: the program but its windows, and what tests run in them."""

import importlib
import pkgutil

import timer_app.ui.desktop.single_instance

for module in pkgutil.walk_packages(timer_app.__path__, f"{timer_app.__name__}."):
    if not module.name.startswith((f"{timer_app.__name__}.ui.", f"{timer_app.__name__}.__main__")):
        importlib.import_module(module.name)
