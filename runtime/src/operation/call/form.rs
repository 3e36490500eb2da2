//! Forms: read before the arguments, and then taken out by name.

use poem::Response;

use super::Call;
use crate::{
    decode::{Decode, Field, Sent, decode_form, decode_form_value},
    form::{File, Form, FormFault},
    http_error::HttpError,
    operation::BodyStream,
};

impl Call {
    /// Reads the form, whose values then wait for their arguments.
    pub(super) async fn load_form(&mut self) -> Result<(), Response> {
        let body = BodyStream::new(self.request.take_body(), self.settings.body_limit);
        let limits = self.settings.form_limits;
        let form = Form::read(self.request.headers(), body, limits).await.map_err(FormFault::into_response)?;
        self.form = Some(Box::new(form));
        Ok(())
    }

    /// A field of the form, or those that a model declares.
    pub fn form<T: Decode>(&mut self, field: &Field<T>) -> Option<T> {
        let form = self.form.take().unwrap_or_default();
        let sent = Sent::new(&form);
        let value = if T::FORM {
            decode_form(field, &sent, &mut self.issues)
        } else {
            decode_form_value(field, &sent, false, &mut self.issues)
        };
        self.form = Some(form);
        value
    }

    /// Files of the form.
    pub(crate) async fn file<T: File>(&mut self, field: &Field<T>) -> Option<T> {
        let mut form = self.form.take().unwrap_or_default();
        if T::IN_MEMORY
            && let Err(error) = form.load(field.name, field.aliases).await
        {
            self.refuse(HttpError::from(error));
        }
        let value = decode_form_value(field, &Sent::new(&form), T::IN_MEMORY, &mut self.issues);
        self.form = Some(form);
        value
    }
}
