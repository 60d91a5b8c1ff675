import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { Document } from "../../lib/http/openapi/types.ts";

/** Types that say nothing, so that users of a generated client need a cast. */
const UNTYPED = new Map([
  [ts.SyntaxKind.NeverKeyword, "never"],
  [ts.SyntaxKind.UnknownKeyword, "unknown"],
  [ts.SyntaxKind.AnyKeyword, "any"],
  [ts.SyntaxKind.VoidKeyword, "void"],
]);

/** Parts that an operation need not have; openapi-typescript then writes `?: never`. */
const OPTIONAL_PARTS = new Set(["query", "header", "path", "cookie", "requestBody"]);

/**
 * Generates types from the document with openapi-typescript, and returns the compiler's errors in them and each place in schemas,
 * parameters, bodies and responses whose type is `never`, `unknown`, `any` or `void`. A response without content is such a place.
 */
export async function untypedParts(document: Document): Promise<string[]> {
  const nodes = await openapiTS(structuredClone(document) as unknown as OpenAPI3, { silent: true });
  const interfaces = nodes.filter((node) => ts.isInterfaceDeclaration(node));
  const members = (name: string) => interfaces.find((node) => node.name.text === name)?.members ?? [];
  return [
    ...errorsIn(astToString(nodes)),
    ...members("operations").flatMap((member) => untypedIn(member, "operations")),
    ...members("components")
      .filter((member) => nameOf(member) === "schemas")
      .flatMap((member) => untypedIn(member, "components")),
  ];
}

/** Where a type has an error, such as one that refers to itself, the compiler uses `any` in its place. */
function errorsIn(code: string): string[] {
  const name = "api.ts";
  const options: ts.CompilerOptions = { strict: true, noEmit: true, types: [], lib: ["lib.es5.d.ts"] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, target) =>
    file === name ? ts.createSourceFile(name, code, target) : getSourceFile(file, target);
  const errors = ts.createProgram([name], options, host).getSemanticDiagnostics();
  return errors.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

function untypedIn(node: ts.Node, path: string): string[] {
  const name = ts.isTypeElement(node) ? nameOf(node) : "";
  // Any response may have headers that the document does not name.
  if (name === "headers") return [];
  if (OPTIONAL_PARTS.has(name) && ts.isPropertySignature(node) && node.type?.kind === ts.SyntaxKind.NeverKeyword)
    return [];
  const untyped = UNTYPED.get(node.kind);
  const inner = name === "" ? path : `${path}.${name}`;
  const found = untyped === undefined ? [] : [`${inner} has the type ${untyped}`];
  ts.forEachChild(node, (child) => {
    found.push(...untypedIn(child, inner));
  });
  return found;
}

const nameOf = ({ name }: ts.TypeElement): string =>
  name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name))
    ? name.text
    : "";
