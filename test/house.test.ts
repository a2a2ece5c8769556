// The import law: rooms may only look down, and some things only one room may touch.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { FAST } from "../vitest.fast.config.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts") && !f.endsWith(".d.ts"))
    .map((f) => join(folder, f))
    .sort();
}

/** Every import of a file: relative ones as paths from the root, others by name. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, lazy: boolean): void => {
    found.push({
      from: file,
      to: specifier.startsWith(".") ? relative(root, join(root, dirname(file), specifier)) : specifier,
      typeOnly,
      lazy,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const named = node.importClause?.namedBindings;
      const allTypes =
        named !== undefined &&
        ts.isNamedImports(named) &&
        named.elements.length > 0 &&
        named.elements.every((e) => e.isTypeOnly);
      add(node.moduleSpecifier.text, node.importClause?.isTypeOnly === true || allTypes, false);
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
      add(node.moduleSpecifier.text, node.isTypeOnly, false);
    if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      node.arguments[0] !== undefined &&
      ts.isStringLiteral(node.arguments[0])
    )
      add(node.arguments[0].text, false, true);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const all = [...files("grammar"), ...files("src")].flatMap(importsOf);

function room(path: string): string {
  const parts = path.split("/");
  if (parts[0] === "grammar") return "grammar";
  return parts.length > 2 ? (parts[1] ?? "") : (parts[1] ?? "").replace(/\.ts$/, "");
}

/** What each room may import, besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  base: [],
  methods: [],
  stimuli: ["base"],
  diagnostics: ["base", "methods", "runtime", "stimuli"],
  quantities: ["base", "runtime"],
  algebra: ["base"],
  runtime: [],
  figure: [],
  grammar: ["quantities", "runtime"],
  "1-parse": ["base", "diagnostics", "quantities", "grammar"],
  "2-resolve": ["base", "diagnostics", "quantities", "algebra", "1-parse", "runtime", "stimuli"],
  measures: ["base", "quantities", "runtime"],
  recording: ["base", "diagnostics", "quantities"],
  instruments: ["base", "quantities"],
  "3-check": [
    "stimuli",
    "methods",
    "base",
    "diagnostics",
    "quantities",
    "algebra",
    "1-parse",
    "2-resolve",
    "runtime",
    "measures",
    "recording",
  ],
  "4-plan": ["base", "diagnostics", "quantities", "algebra", "methods", "3-check", "runtime", "stimuli"],
  "5-emit": ["base", "algebra", "methods", "4-plan", "runtime", "stimuli"],
  render: ["base", "diagnostics"],
  analyze: ["base", "diagnostics", "1-parse", "2-resolve", "3-check"],
  compile: ["base", "diagnostics", "1-parse", "2-resolve", "3-check", "4-plan", "5-emit", "analyze"],
  compare: [
    "stimuli",
    "methods",
    "base",
    "algebra",
    "diagnostics",
    "quantities",
    "1-parse",
    "2-resolve",
    "3-check",
    "4-plan",
    "runtime",
    "figure",
    "measures",
    "recording",
    "compile",
    "analyze",
  ],
  fit: ["base", "algebra", "diagnostics", "quantities", "3-check", "4-plan", "runtime", "measures", "compare"],
  report: ["base", "quantities", "figure", "compare", "fit", "measures", "render"],
  exchange: ["base", "diagnostics", "quantities", "runtime", "algebra", "stimuli", "3-check", "4-plan"],
  simulate: [
    "exchange",
    "instruments",
    "fit",
    "stimuli",
    "methods",
    "measures",
    "recording",
    "compare",
    "report",
    "base",
    "algebra",
    "diagnostics",
    "1-parse",
    "2-resolve",
    "3-check",
    "4-plan",
    "5-emit",
    "runtime",
    "figure",
    "compile",
    "analyze",
    "quantities",
  ],
  cli: [
    "instruments",
    "fit",
    "methods",
    "measures",
    "recording",
    "compare",
    "report",
    "exchange",
    "base",
    "algebra",
    "diagnostics",
    "1-parse",
    "2-resolve",
    "3-check",
    "4-plan",
    "5-emit",
    "runtime",
    "figure",
    "render",
    "compile",
    "analyze",
    "simulate",
    "quantities",
  ],
  index: [
    "fit",
    "methods",
    "measures",
    "recording",
    "compare",
    "report",
    "exchange",
    "base",
    "diagnostics",
    "1-parse",
    "2-resolve",
    "3-check",
    "4-plan",
    "5-emit",
    "runtime",
    "figure",
    "render",
    "compile",
    "analyze",
    "simulate",
    "quantities",
  ],
};

test("a room imports only rooms below it", () => {
  const offences = all.filter(
    ({ from, to }) =>
      /^(src|grammar)\//.test(to) && room(from) !== room(to) && !(MAY[room(from)] ?? []).includes(room(to)),
  );
  expect(offences.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
});

test("from an earlier numbered room only its types are taken, not its workings", () => {
  const numbered = (path: string): number => Number(/^src\/(\d)-/.exec(path)?.[1] ?? NaN);
  // A contract file holds the types a room hands on, and the constants that belong to them.
  const contracts = [
    "src/1-parse/ast.ts",
    "src/2-resolve/resolved.ts",
    "src/3-check/checked.ts",
    "src/4-plan/plan.ts",
    "src/4-plan/scheme.ts",
    "src/4-plan/symbols.ts",
  ];
  const offences = all.filter(
    ({ from, to, typeOnly }) => numbered(from) > numbered(to) && !typeOnly && !contracts.includes(to),
  );
  expect(offences.map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
});

test("there are no import cycles, of types neither", () => {
  // What is asked of a rule is typed by the table of rules, whose entries answer it.
  const isRegistry = ({ from, to }: Import): boolean =>
    from === "src/runtime/connectRequest.ts" && to === "src/runtime/rules.ts";
  const next = new Map<string, string[]>();
  for (const i of all)
    if (i.to.startsWith("src/") && !isRegistry(i)) next.set(i.from, [...(next.get(i.from) ?? []), i.to]);
  const state = new Map<string, "open" | "done">();
  const cycles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      return;
    }
    state.set(file, "open");
    for (const other of next.get(file) ?? []) visit(other, [...path, file]);
    state.set(file, "done");
  };
  for (const file of next.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});

test("what is outside the language stays at the rim", () => {
  const outside = all.filter(({ to }) => !/^(src|grammar)\//.test(to));
  const allowed = (i: Import): boolean => {
    switch (i.to) {
      case "chevrotain":
        return i.from.startsWith("grammar/") || i.from.startsWith("src/1-parse/");
      case "typescript":
        return i.typeOnly ? i.from.startsWith("src/5-emit/") : i.lazy && i.from.startsWith("src/cli/");
      case "prettier":
      case "commander":
        return i.from.startsWith("src/cli/");
      case "@jridgewell/gen-mapping":
        return i.from === "src/cli/keptModule.ts";
      // Optional: loaded where SONATA or NWB is asked for.
      case "h5wasm/node":
        return i.from === "src/simulate/hdf.ts" && (i.typeOnly || i.lazy);
      default:
        return /^node:/.test(i.to) && (i.from.startsWith("src/cli/") || i.from.startsWith("src/simulate/"));
    }
  };
  expect(outside.filter((i) => !allowed(i)).map((i) => `${i.from} -> ${i.to}`)).toEqual([]);
});

test("every file says in its first line why it exists", () => {
  const silent = [...files("grammar"), ...files("src")].filter(
    (f) => !/^(#!.*\n)?(\/\/ |\/\*\*? )\S/.test(readFileSync(join(root, f), "utf8")),
  );
  expect(silent).toEqual([]);
});

test("what a model or a program asks for in vain is a UsageError: a bare RangeError is the engine's, and never told as theirs", () => {
  const bare = files("src").filter((f) => /new RangeError\(/.test(readFileSync(join(root, f), "utf8")));
  expect(bare).toEqual([]);
});

test("no test looks at a clock: work is counted (test/work.ts), speed is told by bench/", () => {
  const clocks = files("test").filter((f) =>
    /\b(?:performance\.now|Date\.now|process\.(?:hrtime|cpuUsage))\b/.test(readFileSync(join(root, f), "utf8")),
  );
  expect(clocks.filter((f) => f !== "test/house.test.ts")).toEqual([]);
});

test("the fast selection has a test of every room, and names no file that is not there", () => {
  const rooms = readdirSync(join(root, "src"), { withFileTypes: true }).flatMap((e) =>
    e.isDirectory() ? [e.name] : [],
  );
  expect(rooms.filter((name) => (FAST[name] ?? []).length === 0)).toEqual([]);
  const there = files("test");
  expect(
    Object.values(FAST)
      .flat()
      .filter((f) => !there.includes(f)),
  ).toEqual([]);
});
