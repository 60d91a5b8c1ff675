import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "../../../scripts/openapi.ts";

const document = await openApiDocument();
const schemas = Object.entries(document.components.schemas);

describe("the named schemas of the API's document", () => {
  it("all say what they are", () => {
    expect(schemas.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
  });

  it("have examples that fit them", () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    ajv.addSchema(document, "document");
    const wrong = schemas.flatMap(([name, { examples = [] }]) => {
      const validate = ajv.getSchema(`document#/components/schemas/${name}`);
      return (examples as unknown[]).filter((example) => validate?.(example) !== true).map(() => name);
    });
    expect(wrong).toEqual([]);
  });

  it("have an example for every answer that is an object", () => {
    const answers = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).flatMap(({ responses }) => Object.values(responses)),
    );
    const names = answers.flatMap((answer) => {
      const schema = "content" in answer ? answer.content?.["application/json"]?.schema : undefined;
      return typeof schema?.$ref === "string" ? [schema.$ref.split("/").at(-1) ?? ""] : [];
    });
    const without = new Set(names.filter((name) => document.components.schemas[name]?.examples === undefined));
    expect([...without]).toEqual([]);
  });
});

describe("operations", () => {
  it("have ids and paths of their own", () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-z]*)*$/.test(id))).toEqual([]);
  });
});
