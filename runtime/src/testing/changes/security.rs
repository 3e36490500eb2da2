//! Servers, and what is asked of callers.

use serde_json::Value;

use super::{
    Report, became,
    document::{Document, entries, items},
};

/// A server that is gone.
pub(super) fn servers(before: Document<'_>, after: Document<'_>, report: &mut Report) {
    let url = |server: &Value| server.get("url").and_then(Value::as_str).map(str::to_owned);
    let now: Vec<String> = items(after.get("servers")).filter_map(url).collect();
    for gone in items(before.get("servers")).filter_map(url).filter(|known| !now.contains(known)) {
        report.add(format!("server {gone}"), "removed");
    }
}

/// What an operation asks for, each entry with its scopes.
fn asked<'d>(document: Document<'d>, operation: &'d Value) -> Vec<&'d Value> {
    items(operation.get("security").or_else(|| document.get("security"))).collect()
}

/// What was not asked for and is now.
///
/// Several entries are alternatives in OpenAPI. FastAPI's documents, and ours, list what is asked for together in the
/// same way: so an entry that is new is a change, too.
pub(super) fn requirement(
    label: &str,
    (before_document, before): (Document<'_>, &Value),
    (after_document, after): (Document<'_>, &Value),
    report: &mut Report,
) {
    let before = asked(before_document, before);
    for now in asked(after_document, after) {
        for (scheme, scopes) in entries(Some(now)) {
            let known: Vec<&Value> = before.iter().filter_map(|entry| entry.get(scheme)).collect();
            if known.is_empty() {
                report.add(label, format!("asks for the security scheme `{scheme}` now"));
                continue;
            }
            let had = |scope: &&Value| known.iter().any(|scopes| items(Some(scopes)).any(|other| other == *scope));
            for scope in items(Some(scopes)).filter(|scope| !had(scope)).filter_map(Value::as_str) {
                report.add(label, format!("asks `{scheme}` for the scope `{scope}` now"));
            }
        }
    }
    let optional = |entry: &&Value| entry.as_object().is_some_and(serde_json::Map::is_empty);
    let now = asked(after_document, after);
    if before.iter().any(&optional) && !now.is_empty() && !now.iter().any(optional) {
        report.add(label, "security was optional, and is not any more");
    }
}

/// Schemes that mean something else now.
pub(super) fn schemes(before: Document<'_>, after: Document<'_>, report: &mut Report) {
    let all = before.get("components").and_then(|components| components.get("securitySchemes"));
    for (name, scheme) in entries(all) {
        // One that is gone is asked for by nobody.
        let Some(now) = after.component("securitySchemes", name) else { continue };
        let subject = format!("security scheme `{name}`");
        let text = |node: &Value, pointer: &str| node.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        for keyword in ["type", "scheme", "in", "name", "openIdConnectUrl"] {
            let (was, is) = (text(scheme, &format!("/{keyword}")), text(now, &format!("/{keyword}")));
            if was != is {
                report.add(&*subject, became(keyword, was, is));
            }
        }
        for (flow, node) in entries(scheme.get("flows")) {
            let Some(flow_now) = now.get("flows").and_then(|flows| flows.get(flow)) else {
                report.add(&*subject, format!("the flow `{flow}` is removed"));
                continue;
            };
            for keyword in ["authorizationUrl", "tokenUrl"] {
                let (was, is) = (text(node, &format!("/{keyword}")), text(flow_now, &format!("/{keyword}")));
                if was != is {
                    report.add(&*subject, became(keyword, was, is));
                }
            }
            let scopes = flow_now.get("scopes");
            for (scope, _) in entries(node.get("scopes")) {
                if scopes.is_none_or(|scopes| scopes.get(scope).is_none()) {
                    report.add(&*subject, format!("the scope `{scope}` is removed"));
                }
            }
        }
    }
}
