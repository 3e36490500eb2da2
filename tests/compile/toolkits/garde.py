"""Validation for the toolkits that have none of their own."""

DEPENDENCY = 'garde = { version = "0.23", features = ["derive"] }'

FIELDS = dict(
    name="#[garde(length(chars, min = 1, max = 50))]",
    price="#[garde(range(min = f64::MIN_POSITIVE))]",
    quantity="#[garde(range(min = 0))]",
    other="#[garde(skip)]",
)


def fields(**documented):
    """The attributes of garde, each with one that says the same to the document."""
    return {field: f"{attribute} {documented.get(field, '')}" for field, attribute in FIELDS.items()}
