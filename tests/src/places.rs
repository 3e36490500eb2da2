//! Whether the place of a fault is one of the input.

use serde_json::Value;

/// Steps that an answer adds to the places of the input: what the members of unions are called, and keys.
fn is_label(step: &str, labels: &[&str]) -> bool {
    step == "[key]" || labels.contains(&step)
}

/// Checks each fault of an answer to `input`: its place exists, or something is missing from an object that does.
///
/// # Errors
/// The first fault whose place does not exist, or what makes the answer no list of faults.
pub fn check(answer: &Value, root: &str, input: &Value, labels: &[&str]) -> Result<(), String> {
    let faults =
        answer.get("detail").and_then(Value::as_array).ok_or_else(|| format!("no list of faults: {answer}"))?;
    if faults.is_empty() {
        return Err("422 without a fault".to_owned());
    }
    for fault in faults {
        let steps = fault.get("loc").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let Some((first, steps)) = steps.split_first() else { return Err(format!("no place: {fault}")) };
        let missing = fault.get("type") == Some(&Value::from("missing"));
        if first != root || !exists(steps, input, missing, labels) {
            return Err(format!("no such place: {fault}"));
        }
    }
    Ok(())
}

fn exists(steps: &[Value], at: &Value, missing: bool, labels: &[&str]) -> bool {
    let Some((step, rest)) = steps.split_first() else { return !missing };
    let below = match step {
        Value::String(key) => at.get(key.as_str()),
        step => step.as_u64().and_then(|index| usize::try_from(index).ok()).and_then(|index| at.get(index)),
    };
    if below.is_some_and(|below| exists(rest, below, missing, labels)) {
        return true;
    }
    if missing && rest.is_empty() && below.is_none() {
        // A body that is absent, or null where several values are embedded, has no parts.
        return at.is_null() || if step.is_string() { at.is_object() } else { at.is_array() };
    }
    step.as_str().is_some_and(|step| is_label(step, labels)) && exists(rest, at, missing, labels)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places() {
        let input = json!({"a": [{"b": 1}], "c": null});
        for (loc, kind, good) in [
            (json!(["body"]), "x", true),
            (json!(["body", "a", 0, "b"]), "x", true),
            (json!(["body", "a", 1]), "x", false),
            (json!(["body", "a", 1]), "missing", true),
            (json!(["body", "a", 0, "c"]), "missing", true),
            (json!(["body", "a", 0, "b"]), "missing", false),
            (json!(["body", "a", "b"]), "missing", false),
            (json!(["body", "d"]), "x", false),
            (json!(["body", "d", "e"]), "missing", false),
            (json!(["body", "a", "int", 0]), "x", true),
            (json!(["body", "a", 0, "b", "[key]"]), "x", true),
            (json!(["query", "a"]), "x", false),
            (json!([]), "x", false),
        ] {
            let answer = json!({"detail": [{"type": kind, "loc": loc}]});
            assert_eq!(check(&answer, "body", &input, &["int"]).is_ok(), good, "{answer}");
        }
        assert!(check(&json!({"detail": []}), "body", &input, &[]).is_err());
        assert!(check(&json!({"detail": "text"}), "body", &input, &[]).is_err());
    }
}
