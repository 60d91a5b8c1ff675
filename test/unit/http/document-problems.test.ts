import { describe, expect, it } from "vitest";
import type { Document, OperationObject } from "../../../lib/http/openapi/types.ts";
import { documentProblems } from "../../../scripts/openapi/problems.ts";
import { openApiDocument } from "../../../scripts/openapi.ts";

const document = await openApiDocument();

/** A document of `listSlots` alone, with a change. */
function changed(change: Partial<OperationObject>): Document {
  const slots = document.paths["/api/slots"];
  if (slots?.get === undefined) throw new Error("expected listSlots, got nothing");
  return { ...document, paths: { "/api/slots": { get: { ...slots.get, ...change } } } };
}

const answering = (response: OperationObject["responses"][string]) =>
  documentProblems(changed({ responses: { 200: response, 400: { $ref: "#/components/responses/Error400" } } }));

describe("the OpenAPI document", () => {
  it("keeps Redocly's rules, and generated clients know all of its types", async () => {
    expect(await documentProblems(document)).toEqual([]);
  });

  it("has a problem if an answer has no content, or content without a type", async () => {
    expect(await answering({ description: "Slots." })).toContain(
      "operations.listSlots.responses.200.content has the type never",
    );
    expect(await answering({ description: "Slots.", content: { "application/json": { schema: {} } } })).toContain(
      "operations.listSlots.responses.200.content.application/json has the type unknown",
    );
  });

  it("has a problem if a parameter has no type", async () => {
    const parameters = [{ name: "from", in: "query" as const, schema: {} }];
    expect(await documentProblems(changed({ parameters }))).toContain(
      "operations.listSlots.parameters.query.from has the type unknown",
    );
  });

  it("has a problem if a parameter has no description", async () => {
    const parameters = [{ name: "from", in: "query" as const, schema: { type: "string" } }];
    const problems = await documentProblems(changed({ parameters }));
    expect(problems.join()).toMatch(/parameter-description at #\/paths\/~1api~1slots\/get\/parameters\/0/);
  });

  it("has a problem if the type of a schema refers to itself, because generated types then hold any", async () => {
    const $ref = "#/components/schemas/Value";
    const schemas = { ...document.components.schemas, Value: { type: "array", items: { $ref } } };
    expect(await documentProblems({ ...document, components: { ...document.components, schemas } })).toContain(
      "'Value' is referenced directly or indirectly in its own type annotation.",
    );
  });

  it("has a problem if it is not OpenAPI", async () => {
    const problems = await documentProblems(changed({ security: "none" as unknown as [] }));
    expect(problems.join()).toMatch(/^struct at #\/paths\/~1api~1slots\/get\/security: /);
  });
});
