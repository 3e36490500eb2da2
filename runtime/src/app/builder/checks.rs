//! What is wrong with an app: each fault becomes a [`StartFault`].

use poem::http::Method;

use super::{Builder, template::normal};
use crate::{
    app::{matcher::Refused, start_error::StartFault},
    dependency::Substitute,
    openapi::{Components, OperationSpec, SourceLocation, operation_id},
    operation::{Description, OperationMeta, Requirements, Shared},
};

impl Builder {
    /// What stands in for dependencies may want states, too.
    pub(super) fn check_overrides(&mut self, shared: &Shared) {
        for Substitute { function: (name, at), describe } in shared.overrides.substitutes() {
            let meta = OperationMeta::new(&[], "", name, at.file, at.line);
            let mut components = Components::default();
            let mut description = Description::new(&meta, "", &mut components);
            describe(&mut description);
            let (_, requirements) = description.finish(&meta);
            self.check_requirements(&requirements, shared, (meta.function, meta.location));
        }
    }

    /// Settings that could not be read, and templates: the document needs none of them.
    pub(super) fn check_surroundings(&mut self, shared: &Shared) {
        for (id, faults) in std::mem::take(&mut self.app.unread_settings) {
            if !shared.states.has(id) {
                self.missing_states.remove(&id);
                self.faults.extend(faults);
            }
        }
        #[cfg(feature = "templates")]
        if let Some(templates) = shared.states.get::<crate::Templates>() {
            self.faults.extend(templates.faults().into_iter().map(|reason| StartFault::Template { reason }));
        }
    }

    pub(super) fn check_requirements(
        &mut self,
        requirements: &Requirements,
        shared: &Shared,
        function: (&'static str, SourceLocation),
    ) {
        for (id, state) in &requirements.states {
            if !self.document_only && !shared.states.has(*id) {
                self.missing_states.entry(*id).or_insert((state, Vec::new())).1.push(function);
            }
        }
        for cycle in &requirements.cycles {
            let known = |fault: &StartFault| match fault {
                StartFault::DependencyCycle { functions } => {
                    functions.len() == cycle.len() && cycle.iter().all(|function| functions.contains(function))
                }
                _ => false,
            };
            if !self.faults.iter().any(known) {
                self.faults.push(StartFault::DependencyCycle { functions: cycle.clone() });
            }
        }
        if requirements.request_id && !self.app.looked_at().ids {
            self.faults.push(StartFault::NoRequestIds { function });
        }
        if requirements.two_bodies {
            self.faults.push(StartFault::TwoBodies { function });
        }
        for (place, name) in &requirements.textless {
            self.faults.push(StartFault::Parameter { place: *place, name: name.clone(), function });
        }
        for (field, known) in &requirements.unknown_fields {
            self.faults.push(StartFault::UnknownField { field, known: known.clone(), function });
        }
        for pattern in &requirements.patterns {
            if let Err(error) = pattern.regex() {
                let (pattern, reason) = (pattern.as_str(), error.to_string());
                self.faults.push(StartFault::Pattern { pattern, reason, function });
            }
        }
    }

    pub(super) fn check_operation_ids(&mut self, webhooks: &[OperationSpec]) {
        let mut known: Vec<(String, Vec<(&'static str, SourceLocation)>)> = Vec::new();
        let foreign = self.foreign.operations.iter().filter_map(|operation| Some((operation, operation.id?)));
        let mut ids: Vec<(String, (&'static str, SourceLocation))> =
            foreign.map(|(operation, id)| (id.to_owned(), operation.function)).collect();
        for spec in self.specs.iter().chain(webhooks).filter(|spec| spec.include_in_schema) {
            ids.push((operation_id(spec), (spec.function, spec.location)));
        }
        for (id, function) in ids {
            match known.iter_mut().find(|(other, _)| *other == id) {
                Some((_, functions)) => functions.push(function),
                None => known.push((id, vec![function])),
            }
        }
        let twice = known.into_iter().filter(|(_, functions)| functions.len() > 1);
        self.faults.extend(twice.map(|(id, functions)| StartFault::DuplicateOperationId { id, functions }));
    }

    pub(super) fn refused(
        &mut self,
        refused: Refused,
        method: &Method,
        path: &str,
        function: (&'static str, SourceLocation),
    ) {
        let reason = match refused {
            Refused::Taken(other) if self.templates.get(other) == Some(&normal(path)) => {
                if !self.app.allow_shadowed_routes {
                    self.duplicate(format!("{method} {path}"), other, function);
                }
                return;
            }
            Refused::Taken(other) => {
                let other = self.templates.get(other).map_or("", String::as_str);
                format!("a request cannot tell it from `{other}`")
            }
            Refused::Unservable(reason) => reason,
        };
        self.faults.push(StartFault::Path { path: path.to_owned(), reason, function });
    }

    fn duplicate(&mut self, route: String, other: usize, function: (&'static str, SourceLocation)) {
        let known = self.faults.iter_mut().find_map(|fault| match fault {
            StartFault::DuplicateRoute { route: known, functions } if *known == route => Some(functions),
            _ => None,
        });
        match known {
            Some(functions) => functions.push(function),
            None => {
                let first = self.specs.get(other).map(|spec| (spec.function, spec.location));
                let functions = first.into_iter().chain([function]).collect();
                self.faults.push(StartFault::DuplicateRoute { route, functions });
            }
        }
    }
}
