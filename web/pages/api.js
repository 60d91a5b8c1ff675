import { curlOf } from "./api-curl.js";
import { shapeOf } from "./api-shape.js";

/** The page of the API description, `api.html#<operation>`. It shows all data as text, never as HTML. */

function $(id) {
  return document.getElementById(id);
}

/** Creates an element with the response texts and elements. @param {...(Node | string)} inside */
function make(tag, ...inside) {
  const element = document.createElement(tag);
  element.append(...inside);
  return element;
}

/** Turns the parts of a text between backticks into code elements. */
function prose(text) {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : make("code", part)));
}

try {
  $("found").textContent = "Loading the operations…";
  const answer = await fetch("/api/openapi.json");
  if (!answer.ok) throw new Error(`${answer.status}`);
  show(await answer.json());
} catch {
  $("found").textContent = "";
  $("about").textContent = "The API description cannot be read at the moment. Please reload the page in a few minutes.";
}

function show(api) {
  $("about").replaceChildren(...prose(api.info.description));
  $("version").textContent = `, version ${api.info.version}`;
  for (const { name, description } of api.tags) {
    const own = operationsOf(api, name);
    if (own.length > 0) $("areas").append(areaOf(api, name, description, own));
  }
  $("secrets-title").hidden = false;
  for (const [name, { description }] of Object.entries(api.components.securitySchemes)) {
    $("secrets").append(make("dt", make("code", name)), make("dd", ...prose(description)));
  }
  $("words").addEventListener("input", filter);
  $("find").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", openNamed);
  filter();
  openNamed();
}

function operationsOf(api, area) {
  return Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(area))
      .map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}

function areaOf(api, name, description, operations) {
  const section = make("section", make("h2", name), make("p", description));
  for (const operation of operations) section.append(detailsOf(api, operation));
  return section;
}

/** Creates the content only when it is opened. */
function detailsOf(api, operation) {
  const { method, path, summary, operationId } = operation;
  const title = make("span");
  title.append(...prose(summary));
  const details = make("details", make("summary", make("b", method), " ", make("code", path), title));
  details.id = operationId;
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) details.append(make("div", ...contentOf(api, operation)));
  });
  return details;
}

function contentOf(api, operation) {
  const { description, security, parameters = [], requestBody, responses } = operation;
  const { schemas } = api.components;
  const secrets = security.flatMap((requirement) => Object.keys(requirement));
  const role = operation["x-role"];
  const who =
    secrets.length === 0
      ? ["No secret required."]
      : ["Requires ", ...listed(secrets), ".", ...(role ? [" Role: ", make("code", role), "."] : [])];
  const body = requestBody && Object.values(requestBody.content)[0];
  return [
    ...(description ? [make("p", ...prose(description))] : []),
    make("p", ...who),
    ...(parameters.length === 0 ? [] : [make("h3", "Parameters"), parameterTable(parameters, schemas)]),
    ...(body
      ? [make("h3", requestBody.required ? "Body" : "Body (optional)"), code(shapeOf(body.schema, schemas))]
      : []),
    make("h3", "Try it"),
    ...copyable(curlOf(operation, location.origin)),
    make("h3", "Responses"),
    responseList(api, responses),
  ];
}

function listed(names) {
  return names.flatMap((name, index) => [...(index === 0 ? [] : [" or "]), make("code", name)]);
}

function parameterTable(parameters, schemas) {
  const head = make(
    "tr",
    ...["Name", "In", "Description"].map((title) => {
      const cell = make("th", title);
      cell.scope = "col";
      return cell;
    }),
  );
  const rows = parameters.map(({ name, in: where, required, description = "", schema }) => {
    const defaultText = schema.default === undefined ? "" : ` Default: ${JSON.stringify(schema.default)}.`;
    const cell = [...prose(description), make("br"), make("code", shapeOf(schema, schemas)), defaultText];
    const title = make("th", make("code", name), required ? " (required)" : "");
    title.scope = "row";
    return make("tr", title, make("td", where), make("td", ...(description === "" ? cell.slice(-2) : cell)));
  });
  const table = make("div", make("table", make("thead", head), make("tbody", ...rows)));
  table.className = "wide";
  table.tabIndex = 0;
  table.role = "region";
  table.ariaLabel = "Parameters";
  return table;
}

function responseList(api, responses) {
  const list = make("dl");
  for (const [status, response] of Object.entries(responses)) {
    const { description, content } = response.$ref
      ? api.components.responses[response.$ref.split("/").at(-1)]
      : response;
    const text = make("dd", ...prose(description));
    text.append(...contentParts(api.components.schemas, Object.values(content ?? {})[0]));
    list.append(make("dt", make("code", status)), text);
  }
  return list;
}

/** The shape of a response and an example of it. The shape of errors is described once, at the top of the page. */
function contentParts(schemas, { schema, example } = {}) {
  const name = schema?.$ref?.split("/").at(-1);
  if (schema === undefined || name === "ErrorResponse") return [];
  const sample = example ?? schemas[name]?.examples?.[0];
  const shape = code(shapeOf(schema, schemas));
  return sample === undefined ? [shape] : [shape, "For example:", code(JSON.stringify(sample, null, 2))];
}

const code = (text) => make("pre", make("code", text));

function copyable(text) {
  const button = make("button", "Copy");
  const said = make("span");
  button.type = "button";
  said.role = "status";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = " Copied.";
    } catch {
      said.textContent = " The browser does not allow copying. Select the text instead.";
    }
  });
  return [code(text), button, said];
}

/** Shows only operations that contain all search words. */
function filter() {
  const words = $("words").value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const details of document.querySelectorAll("details")) {
    const text = details.firstChild.textContent.toLowerCase();
    details.hidden = !words.every((word) => text.includes(word));
    if (!details.hidden) count += 1;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = section.querySelector("details:not([hidden])") === null;
  }
  $("found").textContent = `${count} ${count === 1 ? "operation" : "operations"}`;
}

function openNamed() {
  const named = document.getElementById(location.hash.slice(1));
  if (named?.tagName !== "DETAILS") return;
  named.open = true;
  named.scrollIntoView();
}
