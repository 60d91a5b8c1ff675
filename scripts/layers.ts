import type { ICruiseOptions, IForbiddenRuleType } from "dependency-cruiser";

/**
 * The layers of the code base, top-down: a module imports only modules of its own layer or of layers below it. Areas
 * stand side by side and never import each other. docs/architecture.md says why.
 */
const LAYERS: readonly (readonly [name: string, path: string])[] = [
  ["entry points", "^(api|lib/cli|lib/server)/"],
  ["composition root", "^lib/app/"],
  ["operators", "^lib/(admin|health)/"],
  ["areas", "^lib/(booking|sport|attendance|analytics)/"],
  ["mail", "^lib/mail/"],
  ["supervision", "^lib/supervision/"],
  ["jobs", "^lib/jobs/"],
  ["http", "^lib/http/"],
  ["privacy", "^lib/privacy/"],
  ["foundation", "^lib/(telemetry|users|operators|audit|db|config|network|time)/|^lib/[^/]+\\.ts$"],
];

const upward: IForbiddenRuleType[] = LAYERS.slice(1).map(([name, path], index) => ({
  name: `no-upward-import-from-${name.replaceAll(" ", "-")}`,
  comment: `A module of the layer "${name}" imports one of a layer above it. Pass what it needs as a parameter instead.`,
  severity: "error",
  from: { path },
  to: {
    path: LAYERS.slice(0, index + 1)
      .map(([, above]) => above)
      .join("|"),
  },
}));

/** What a module may import, for dependency-cruiser. */
export const FORBIDDEN: IForbiddenRuleType[] = [
  {
    name: "no-cycle",
    comment: "Modules import each other in a circle, perhaps only for types. Move what both need below them.",
    severity: "error",
    from: { path: "^(api|lib|dev|scripts|web)/" },
    to: { circular: true },
  },
  ...upward,
  {
    name: "areas-are-separate",
    comment: "An area imports another one. Let lib/app join them, or move what both need below the areas.",
    severity: "error",
    from: { path: "^lib/(booking|sport|attendance|analytics)/" },
    to: { path: "^lib/(booking|sport|attendance|analytics)/", pathNot: "^lib/$1/" },
  },
  {
    name: "entry-points-are-separate",
    comment: "The command line and the server start different programs; neither imports the other.",
    severity: "error",
    from: { path: "^lib/(cli|server)/" },
    to: { path: "^(api|lib/(cli|server))/", pathNot: "^lib/$1/" },
  },
  {
    name: "production-code-only",
    comment: "api/ and lib/ run in production; dev/, scripts/, bench/ and test/ do not exist there.",
    severity: "error",
    from: { path: "^(api|lib)/" },
    to: { path: "^(dev|scripts|bench|test)/" },
  },
  {
    name: "nothing-imports-tests",
    comment: "Only tests and benches import what is in test/.",
    severity: "error",
    from: { pathNot: "^(test|bench)/|^vitest" },
    to: { path: "^test/" },
  },
  {
    name: "only-the-local-run-imports-dev",
    comment: "dev/ belongs to the local run.",
    severity: "error",
    from: { pathNot: "^(dev|test|bench|scripts)/" },
    to: { path: "^dev/" },
  },
];

export const OPTIONS: ICruiseOptions = {
  tsPreCompilationDeps: true,
  tsConfig: { fileName: "tsconfig.json" },
  doNotFollow: { path: "node_modules" },
  exclude: { path: "^(node_modules|dist|public)/" },
  enhancedResolveOptions: { conditionNames: ["source", "import", "node", "default"], exportsFields: ["exports"] },
  cache: { folder: "node_modules/.cache/dependency-cruiser", strategy: "content" },
};
