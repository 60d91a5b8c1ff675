import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { Document } from "../../lib/http/openapi/types.ts";
import type { Method } from "./methods.ts";

/**
 * The types of the document's schemas and of the methods' inputs as declarations of TypeScript, under their names in the document.
 * @throws Error if an input has the name of a schema.
 */
export async function schemaTypes(document: Document, methods: readonly Method[]): Promise<string> {
  const schemas = { ...document.components.schemas };
  for (const { input } of methods) {
    if (input === undefined) continue;
    if (input.name in schemas) throw new Error(`${input.name}: expected no schema with the name of an input`);
    schemas[input.name] = input.schema;
  }
  const components = JSON.parse(JSON.stringify({ schemas }), withoutLongExamples);
  const source = { openapi: document.openapi, info: document.info, paths: {}, components };
  const nodes = await openapiTS(source as unknown as OpenAPI3, { defaultNonNullable: false, silent: true });
  return plainComments(astToString(schemaMembers(nodes).map(declarationOf)));
}

/** Editors show the text of a comment without these tags. */
const plainComments = (code: string): string =>
  code
    .replace(/^ *\/\*\* @enum \{string\} \*\/\n|^ *\* @enum \{string\}\n/gm, "")
    .replace(/^( *\/?\*+ )@description /gm, "$1");

/** Examples of whole objects are many lines in a comment, and say the same as the types and the examples of their fields. */
function withoutLongExamples(key: string, value: unknown): unknown {
  const isLong = key === "examples" && Array.isArray(value) && value.some((example) => typeof example === "object");
  return isLong ? undefined : value;
}

/** The members of `components["schemas"]`, one for each schema. */
function schemaMembers(nodes: readonly ts.Node[]): ts.PropertySignature[] {
  const components = nodes.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === "components");
  const schemas = components && memberOf(components as ts.InterfaceDeclaration, "schemas")?.type;
  if (schemas === undefined || !ts.isTypeLiteralNode(schemas)) throw new Error("expected components.schemas, got none");
  return schemas.members.filter(ts.isPropertySignature);
}

const memberOf = ({ members }: ts.InterfaceDeclaration, name: string): ts.PropertySignature | undefined =>
  members.filter(ts.isPropertySignature).find((member) => nameOf(member) === name);

const nameOf = ({ name }: ts.PropertySignature): string =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "";

/** An interface, or a type for what is not an object, with the comment of the member. */
function declarationOf(member: ts.PropertySignature): ts.Node {
  const { factory } = ts;
  const exported = [factory.createModifier(ts.SyntaxKind.ExportKeyword)];
  const type = ts.visitNode(member.type, simplified) as ts.TypeNode;
  const declaration = ts.isTypeLiteralNode(type)
    ? factory.createInterfaceDeclaration(exported, nameOf(member), undefined, undefined, type.members)
    : factory.createTypeAliasDeclaration(exported, nameOf(member), undefined, type);
  return ts.setSyntheticLeadingComments(declaration, ts.getSyntheticLeadingComments(member));
}

/**
 * Names schemas directly instead of through `components["schemas"]`, and allows undefined for a field that may be omitted: what
 * the client sends does not contain it.
 */
function simplified(node: ts.Node): ts.Node {
  if (ts.isIndexedAccessTypeNode(node) && ts.isLiteralTypeNode(node.indexType)) {
    return ts.factory.createTypeReferenceNode((node.indexType.literal as ts.StringLiteral).text);
  }
  const visited = ts.visitEachChild(node, simplified, undefined);
  if (!ts.isPropertySignature(visited) || visited.questionToken === undefined || visited.type === undefined)
    return visited;
  const { modifiers, name, questionToken, type } = visited;
  const optional = ts.factory.createUnionTypeNode([
    type,
    ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
  ]);
  const property = ts.factory.createPropertySignature(modifiers, name, questionToken, optional);
  return ts.setSyntheticLeadingComments(property, ts.getSyntheticLeadingComments(visited));
}
