//! [`Operations`]: paths, parameters, bodies, answers.

use serde_json::Value;

use super::{
    Direction, Report, Side, became,
    document::{Document, entries, is_set, items, methods, template},
    schema::Schemas,
    security, shown,
};

/// All operations of two documents.
pub(super) struct Operations<'d> {
    pub(super) before: Document<'d>,
    pub(super) after: Document<'d>,
    pub(super) side: Side,
}

/// The two states of one operation.
struct Pair<'d> {
    label: String,
    before: &'d Value,
    after: &'d Value,
    /// The names of the path's parameters, by position.
    names: (Vec<&'d str>, Vec<&'d str>),
    /// Parameters that stand at the path.
    shared: (Option<&'d Value>, Option<&'d Value>),
}

impl<'d> Operations<'d> {
    pub(super) fn compare(&self, report: &mut Report) {
        let paths: Vec<(String, &'d str, &'d Value)> = entries(self.after.get("paths"))
            .map(|(path, item)| (template(path).0, path.as_str(), self.after.resolve(item)))
            .collect();
        for (path, item) in entries(self.before.get("paths")) {
            let (normal, names) = template(path);
            let found = paths.iter().find(|(other, ..)| *other == normal);
            let (path_now, item_now) = found.map_or(("", &Value::Null), |(_, path, item)| (*path, *item));
            let item = self.before.resolve(item);
            for (method, before) in methods(item) {
                let label = format!("{} {path}", method.to_uppercase());
                match item_now.get(method) {
                    None => report.add(label, "removed"),
                    Some(after) => self.operation(
                        &Pair {
                            label,
                            before,
                            after,
                            names: (names.clone(), template(path_now).1),
                            shared: (item.get("parameters"), item_now.get("parameters")),
                        },
                        report,
                    ),
                }
            }
        }
        let webhooks = Operations { side: Side::Client, ..*self };
        for (name, item) in entries(self.before.get("webhooks")) {
            let now = self.after.get("webhooks").and_then(|all| all.get(name)).unwrap_or(&Value::Null);
            webhooks.path_item(&format!("webhook {name}"), item, now, report);
        }
    }

    fn path_item(&self, label: &str, before: &'d Value, after: &'d Value, report: &mut Report) {
        let (before, after) = (self.before.resolve(before), self.after.resolve(after));
        for (method, operation) in methods(before) {
            let label = format!("{label} {}", method.to_uppercase());
            match after.get(method) {
                None => report.add(label, "removed"),
                Some(now) => self.operation(
                    &Pair {
                        label,
                        before: operation,
                        after: now,
                        names: Default::default(),
                        shared: (before.get("parameters"), after.get("parameters")),
                    },
                    report,
                ),
            }
        }
    }

    fn operation(&self, pair: &Pair<'d>, report: &mut Report) {
        let id = |operation: &'d Value| operation.get("operationId").and_then(Value::as_str);
        if let (Some(before), now) = (id(pair.before), id(pair.after))
            && Some(before) != now
        {
            let now = now.map(str::to_owned);
            report.add(&*pair.label, became("operationId", Some(before.to_owned()), now));
        }
        self.parameters(pair, report);
        self.body(pair, report);
        self.answers(pair, report);
        if self.side == Side::Service {
            security::requirement(&pair.label, (self.before, pair.before), (self.after, pair.after), report);
        }
        let callbacks = Operations { side: Side::Client, ..*self };
        for (name, before) in entries(pair.before.get("callbacks")) {
            let now = pair.after.get("callbacks").and_then(|all| all.get(name)).unwrap_or(&Value::Null);
            let (before, now) = (self.before.resolve(before), self.after.resolve(now));
            for (expression, item) in entries(Some(before)) {
                let label = format!("{}, callback {name} {expression}", pair.label);
                callbacks.path_item(&label, item, now.get(expression).unwrap_or(&Value::Null), report);
            }
        }
    }

    fn schemas(&self, direction: Direction) -> Schemas<'d> {
        Schemas::new(self.before, self.after, direction)
    }

    fn parameters(&self, pair: &Pair<'d>, report: &mut Report) {
        let before = parameters(self.before, pair.before, pair.shared.0);
        let after = parameters(self.after, pair.after, pair.shared.1);
        let renamed = |name: &str| -> Option<&'d str> {
            let position = pair.names.0.iter().position(|known| *known == name)?;
            pair.names.1.get(position).copied()
        };
        let mut known = Vec::new();
        for parameter in &before {
            let (place, name) = (parameter.place, parameter.name);
            let subject = format!("{}, {place} parameter `{name}`", pair.label);
            let now = if place == "path" { renamed(name).unwrap_or(name) } else { name };
            let Some(after) = after.iter().find(|other| other.is(place, now)) else {
                report.add(subject, "removed");
                continue;
            };
            known.push((place, after.name));
            if now != name {
                report.add(&*subject, format!("is called `{now}` now"));
            }
            self.parameter(&subject, parameter.node, after.node, report);
        }
        if self.side == Side::Client {
            return;
        }
        for parameter in &after {
            let is_new = !known.iter().any(|(place, name)| parameter.is(place, name));
            if is_new && is_set(parameter.node, "required") {
                let Parameter { place, name, .. } = parameter;
                report.add(format!("{}, {place} parameter `{name}`", pair.label), "new, and required");
            }
        }
    }

    fn parameter(&self, subject: &str, before: &'d Value, after: &'d Value, report: &mut Report) {
        let direction = self.side.requests();
        let required = |node| is_set(node, "required");
        match direction {
            Direction::Read if required(after) && !required(before) => report.add(subject, "is required now"),
            Direction::Written if required(before) && !required(after) => {
                report.add(subject, "is not always there any more");
            }
            _ => {}
        }
        for keyword in ["style", "explode"] {
            if before.get(keyword) != after.get(keyword) {
                report.add(subject, became(keyword, before.get(keyword).map(shown), after.get(keyword).map(shown)));
            }
        }
        let schema = |node: &'d Value| {
            let media = node.get("content").and_then(Value::as_object).and_then(|content| content.values().next());
            node.get("schema").or_else(|| media?.get("schema")).unwrap_or(&Value::Null)
        };
        self.schemas(direction).compare(subject, schema(before), schema(after), report);
    }

    fn body(&self, pair: &Pair<'d>, report: &mut Report) {
        let direction = self.side.requests();
        let subject = format!("{}, body", pair.label);
        let before = pair.before.get("requestBody").map(|body| self.before.resolve(body));
        let after = pair.after.get("requestBody").map(|body| self.after.resolve(body));
        match (before, after) {
            (None, Some(after)) if direction == Direction::Read && is_set(after, "required") => {
                report.add(subject, "new, and required");
            }
            (Some(_), None) => report.add(subject, "removed"),
            (Some(before), Some(after)) => {
                let (was, is) = (is_set(before, "required"), is_set(after, "required"));
                match direction {
                    Direction::Read if is && !was => report.add(&*subject, "is required now"),
                    Direction::Written if was && !is => report.add(&*subject, "is not always there any more"),
                    _ => {}
                }
                self.content(&subject, direction, before, after, report);
            }
            (None, _) => {}
        }
    }

    fn content(&self, subject: &str, direction: Direction, before: &'d Value, after: &'d Value, report: &mut Report) {
        for (media_type, media) in entries(before.get("content")) {
            let Some(now) = after.get("content").and_then(|content| content.get(media_type)) else {
                report.add(format!("{subject}, {media_type}"), "removed");
                continue;
            };
            for keyword in ["schema", "itemSchema"] {
                let schema = |media: &'d Value| media.get(keyword).unwrap_or(&Value::Bool(true));
                self.schemas(direction).compare(subject, schema(media), schema(now), report);
            }
        }
    }

    fn answers(&self, pair: &Pair<'d>, report: &mut Report) {
        let direction = self.side.answers();
        let after = pair.after.get("responses");
        for (status, before) in entries(pair.before.get("responses")) {
            let subject = format!("{}, answer {status}", pair.label);
            let range = format!("{}XX", status.chars().next().unwrap_or_default());
            let keys = [status.as_str(), range.as_str(), "default"];
            let Some(now) = keys.into_iter().find_map(|key| after?.get(key)) else {
                report.add(subject, "removed");
                continue;
            };
            let (before, now) = (self.before.resolve(before), self.after.resolve(now));
            self.content(&subject, direction, before, now, report);
            self.headers(&subject, direction, before, now, report);
        }
    }

    fn headers(&self, subject: &str, direction: Direction, before: &'d Value, after: &'d Value, report: &mut Report) {
        for (name, header) in entries(before.get("headers")) {
            let subject = format!("{subject}, header `{name}`");
            let mut now = entries(after.get("headers"));
            let Some((_, now)) = now.find(|(other, _)| other.eq_ignore_ascii_case(name)) else {
                report.add(subject, "removed");
                continue;
            };
            let (before, now) = (self.before.resolve(header), self.after.resolve(now));
            if is_set(before, "required") && !is_set(now, "required") {
                report.add(&*subject, "is not always there any more");
            }
            let schema = |header: &'d Value| header.get("schema").unwrap_or(&Value::Bool(true));
            self.schemas(direction).compare(&subject, schema(before), schema(now), report);
        }
    }
}

struct Parameter<'d> {
    place: &'d str,
    name: &'d str,
    node: &'d Value,
}

impl Parameter<'_> {
    fn is(&self, place: &str, name: &str) -> bool {
        let same = if place == "header" { self.name.eq_ignore_ascii_case(name) } else { self.name == name };
        self.place == place && same
    }
}

/// The parameters of an operation, and those of its path that it does not replace.
fn parameters<'d>(document: Document<'d>, operation: &'d Value, shared: Option<&'d Value>) -> Vec<Parameter<'d>> {
    let mut all: Vec<Parameter<'d>> = Vec::new();
    for node in items(operation.get("parameters")).chain(items(shared)) {
        let node = document.resolve(node);
        let text = |key| node.get(key).and_then(Value::as_str).unwrap_or_default();
        let parameter = Parameter { place: text("in"), name: text("name"), node };
        if !all.iter().any(|known| known.is(parameter.place, parameter.name)) {
            all.push(parameter);
        }
    }
    all
}
