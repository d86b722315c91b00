"""Product data: defaults and EXAMPLE sets, loaded with importlib.resources."""
