// Turns an emitted module into a running simulation: the one place where emitted text is evaluated.
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { CodeModule, Statement } from "../5-emit/code.ts";
import { at, num } from "../5-emit/construct.ts";
import { emitModule } from "../5-emit/emitModule.ts";
import { pairedPopulation, type PairedText } from "../5-emit/pairs/pair.ts";
import { printJavaScript } from "../5-emit/printJavaScript.ts";
import * as runtime from "../runtime/index.ts";

export type Backend = "auto" | "javascript" | "webassembly";

export interface CreateOptions {
  readonly step?: number;
  readonly seed?: number;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number | ArrayLike<number>>>>>;
  readonly setup?: Readonly<Record<string, number>>;
  readonly sizes?: Readonly<Record<string, number>>;
  /** Bytes that connections may take together. */
  readonly memoryLimit?: number;
  /** What kernels run in: WebAssembly where it can give the same bits, `auto` where it also pays. */
  readonly backend?: Backend;
  /** Told while connections are made: done and total sources of the projection in the making. */
  readonly progress?: (done: number, total: number) => void;
}

/** Fewer neurons than this do not repay what making a WebAssembly module costs. */
const LEAST_SIZE = 64;

/** The `create` function of the module that a plan becomes. With `auto`, populations that are small as planned stay with JavaScript whatever sizes `create` is given later. */
export function loadModule(plan: SimulationPlan, backend: Backend = "auto", sizes: CreateOptions["sizes"] = {}): (options?: CreateOptions) => runtime.Simulation {
  const pays = backend === "webassembly" || (backend === "auto" && plan.populations.some((p) => (sizes[p.name] ?? p.size) >= LEAST_SIZE));
  const { header, body }: CodeModule = emitModule(plan);
  const imports = body.flatMap((s) => (s.kind === "import" && !s.typeOnly ? s.names : []));
  const texts: PairedText[] = [];
  const statements = body.filter((s) => s.kind !== "import").map((s) => {
    const paired = s.kind === "function" && pays ? pairedPopulation(s, at("paired_populations", num(texts.length))) : null;
    if (paired !== null) texts.push(paired.text);
    return unexported(paired?.function ?? s);
  });
  const populations = texts.map((text) => ({ ...runtime, text: { ...text, leastSize: backend === "auto" ? LEAST_SIZE : 1 } }));
  // The name makes stack traces and profiles speak of the model.
  const text = `"use strict";\nconst { ${imports.join(", ")} } = runtime;\n${printJavaScript({ header, body: statements })}\nreturn create;\n//# sourceURL=glif:${encodeURIComponent(plan.name)}.js`;
  const make = new Function("runtime", "paired_populations", text) as (r: typeof runtime, p: typeof populations) => (options?: CreateOptions) => runtime.Simulation;
  return make(runtime, populations);
}

export function instantiate(plan: SimulationPlan, options: CreateOptions = {}): runtime.Simulation {
  return loadModule(plan, options.backend, options.sizes)(options);
}

function unexported(statement: Statement): Statement {
  return "exported" in statement ? { ...statement, exported: false } : statement;
}
