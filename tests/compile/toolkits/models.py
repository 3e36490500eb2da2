"""The models of the generated crates: one for the answers of two endpoints, one for the body of the second."""


def models(endpoints, answer, body, name="", price="", quantity="", other=""):
    """`answer` and `body` stand above the structs, the others above the fields that they name."""
    text = ""
    for pair in range((endpoints + 1) // 2):
        text += f"""
{answer}
struct Out{pair} {{
    id: i64,
    q: Option<String>,
    limit: u32,
    name: String,
    price: f64,
    tags: Vec<String>,
}}
"""
        if 2 * pair + 1 < endpoints:
            text += f"""
{body}
struct In{pair} {{
    {name}
    name: String,
    {price}
    price: f64,
    {quantity}
    quantity: i32,
    {other}
    tags: Vec<String>,
    {other}
    description: Option<String>,
}}
"""
    return text


def read(pair):
    """The value that a GET answers with."""
    return f"Out{pair} {{ id, q, limit, name: String::new(), price: 0.0, tags: Vec::new() }}"


def created(pair):
    """The value that a POST answers with."""
    fields = "id: 1, q: new.description, limit: new.quantity as u32, name: new.name, price: new.price, tags: new.tags"
    return f"Out{pair} {{ {fields} }}"


def endpoints(count, get, post):
    """GETs and POSTs in turn."""
    return "".join((post if index % 2 else get)(index // 2) for index in range(count))


def names(count):
    """The names of the functions."""
    return [f"{'post' if index % 2 else 'get'}{index // 2}" for index in range(count)]
