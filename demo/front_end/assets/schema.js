// What the service's OpenAPI document says of what one may ask for. Nothing of that is written here again.

import { description } from "./api.js";

/** The steps of a pipeline: for each its name, what it does, and the schemas of what it is told. */
export async function steps() {
  const document = await description();
  const { discriminator } = document.components.schemas.Step;
  return Object.entries(discriminator.mapping).map(([name, reference]) => {
    const { description: words, properties, required } = resolve(document, { $ref: reference });
    const fields = Object.entries(properties).filter(([field]) => field !== "step");
    return {
      name,
      words,
      fields: fields.map(([field, schema]) => describe(document, field, schema, required.includes(field))),
    };
  });
}

/** The parameters of an operation, of one place. */
export async function parametersOf(path, method, place) {
  const document = await description();
  const { parameters } = document.paths[path][method];
  const placed = parameters.filter((parameter) => parameter.in === place);
  return placed.map(({ name, required, schema }) => describe(document, name, schema, required));
}

/** The forms in which rows come. */
export async function forms() {
  const parameters = await parametersOf("/datasets/{name}/rows", "get", "query");
  return parameters.find((parameter) => parameter.name === "format").schema.enum;
}

/** The schema of what an operation takes. */
export async function bodyOf(path) {
  const document = await description();
  const content = document.paths[path].post.requestBody.content["application/json"];
  return resolve(document, content.schema);
}

function resolve(document, schema) {
  if (!schema.$ref) return schema;
  const name = schema.$ref.split("/").at(-1);
  const { $ref, ...own } = schema;
  return { ...document.components.schemas[name], ...own };
}

/** A field as a form needs it: of which kind it is, whether it must be there, and what it is for. */
function describe(document, name, written, required) {
  const whole = resolve(document, written);
  const { description: words, default: standard } = whole;
  const title = written.title ?? inWords(name);
  let schema = whole;
  if (schema.anyOf) {
    const members = schema.anyOf.filter((member) => member.type !== "null").map((member) => resolve(document, member));
    // Of several, the one that says most.
    schema = members.find((member) => member.type === "object") ?? members[0];
    if (members.length === 1 && schema.anyOf) schema = { type: "any" };
  }
  const field = { name, title, words, required, standard, schema, kind: schema.enum ? "choice" : schema.type };
  if (schema.type === "array") field.items = describe(document, name, schema.items, true);
  if (schema.type === "object" && schema.properties) {
    const { required: needed = [] } = schema;
    field.fields = Object.entries(schema.properties).map(([key, property]) =>
      describe(document, key, property, needed.includes(key)),
    );
  } else if (schema.type === "object") {
    field.kind = "map";
    field.items = describe(document, name, schema.additionalProperties, true);
  }
  return field;
}

const inWords = (name) => name[0].toUpperCase() + name.slice(1).replaceAll("_", " ");

/** Whether all that must be there is. */
export function isComplete(fields, value) {
  return fields.every((field) => {
    const own = value[field.name];
    if (own === undefined || own === "") return !field.required;
    if (field.kind === "array") {
      if (own.length < (field.schema.minItems ?? 0)) return false;
      return !field.items.fields || own.every((item) => isComplete(field.items.fields, item));
    }
    if (field.kind === "map")
      return (
        Object.keys(own).length >= (field.schema.minProperties ?? 0) &&
        Object.entries(own)
          .flat()
          .every((part) => part !== "")
      );
    return true;
  });
}
