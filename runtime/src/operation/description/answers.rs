//! Answers, while an operation describes itself.

use poem::http::StatusCode;

use super::{Description, JSON};
use crate::{
    openapi::{
        Components, Describe, MediaSpec, OperationSpec, ResponseSpec, Responses, Schema, StreamForm, StreamSpec,
    },
    operation::OperationMeta,
    reply::Class,
};

impl Description<'_> {
    /// An answer of JSON.
    pub fn json_response<T: Describe>(&mut self, status: StatusCode) {
        self.json_response_of(status, T::describe);
    }

    fn json_response_of(&mut self, status: StatusCode, describe: fn(&mut Components) -> Schema) {
        let schema = self.components.describe_output_with(describe);
        self.requirements.answers_json = true;
        self.response(status, vec![(self.json.to_owned(), schema)]);
    }

    /// An answer of which nothing is known but that it is JSON by default.
    pub fn untyped_response(&mut self, status: StatusCode) {
        self.requirements.answers_json = true;
        self.raw_response(status);
    }

    /// An answer of which nothing is known, and which is sent as it is.
    pub(crate) fn raw_response(&mut self, status: StatusCode) {
        self.response(status, vec![(self.json.to_owned(), Schema::any())]);
    }

    /// An answer in one or several forms.
    pub fn response(&mut self, status: StatusCode, content: Vec<(String, Schema)>) {
        let content = content.into_iter().map(|(media_type, schema)| MediaSpec::new(media_type, schema)).collect();
        self.answer(ResponseSpec::new(status, "Successful Response").content(content));
    }

    /// An answer of items, one after another; `None`: nothing is known of them.
    pub fn stream_response(&mut self, status: StatusCode, form: StreamForm, item: Option<Schema>) {
        let stream = Some(StreamSpec { form, item });
        self.answer(ResponseSpec { stream, ..ResponseSpec::new(status, "Successful Response") });
    }

    /// An answer of which everything can be said.
    pub fn answer(&mut self, mut response: ResponseSpec) {
        if response.status.without_content() {
            response.content = Vec::new();
            response.stream = None;
        }
        match self.spec.responses.iter_mut().find(|known| known.status == response.status) {
            Some(known) => known.or(response),
            None => {
                // What a dependency fails with has been described before, and comes after.
                let failures = self.spec.responses.iter().position(|known| known.additional);
                self.spec.responses.insert(failures.unwrap_or(self.spec.responses.len()), response);
            }
        }
    }

    /// An answer that is a fault; several for one status are joined.
    pub fn failure(&mut self, status: StatusCode, words: &str, content: Vec<(String, Schema)>) {
        let content = content.into_iter().map(|(media_type, schema)| MediaSpec::new(media_type, schema)).collect();
        self.failed(ResponseSpec::new(status, words).content(content));
    }

    /// An answer that is a fault, of which everything can be said; several for one status are joined.
    pub fn failed(&mut self, mut response: ResponseSpec) {
        response.additional = true;
        if response.status.without_content() {
            response.content = Vec::new();
        }
        match self.spec.responses.iter_mut().find(|known| known.status == response.status) {
            Some(known) => known.or(response),
            None => self.spec.responses.push(response),
        }
    }

    /// How answers are written that are JSON otherwise, unless the operation says so itself.
    pub(crate) fn default_response_class(&mut self, meta: &OperationMeta, class: Option<Class>) {
        self.json = meta.response_class.or(class).map_or(JSON, Class::media_type);
    }

    /// Answers that apps and routers document. Of those that the signature has the signature says more.
    pub(crate) fn inherit(&mut self, responses: Responses) {
        self.inherited = responses;
    }

    /// Answers that are documented beside those of the signature, over which they are put.
    pub fn responses(&mut self, responses: Responses) {
        self.additional = std::mem::take(&mut self.additional).and(responses);
    }

    /// The schema of a success, in JSON.
    pub(crate) fn answer_schema(&self) -> Option<Schema> {
        answer_schema(&self.spec, self.json)
    }
}

pub(super) fn answer_schema(spec: &OperationSpec, json: &str) -> Option<Schema> {
    let media = spec.responses.first()?.content.iter().find(|media| media.media_type == json);
    media?.schema.clone()
}
