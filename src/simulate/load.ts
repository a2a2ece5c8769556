// Turns an emitted module into a running simulation: the one place where emitted text is evaluated.
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { CodeModule, Statement } from "../5-emit/code.ts";
import { emitModule } from "../5-emit/emitModule.ts";
import { printJavaScript } from "../5-emit/printJavaScript.ts";
import * as runtime from "../runtime/index.ts";

export interface CreateOptions {
  readonly step?: number;
  readonly seed?: number;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number | ArrayLike<number>>>>>;
  readonly setup?: Readonly<Record<string, number>>;
  readonly sizes?: Readonly<Record<string, number>>;
  /** Bytes that connections may take together. */
  readonly memoryLimit?: number;
  /** Told while connections are made: done and total sources of the projection in the making. */
  readonly progress?: (done: number, total: number) => void;
}

/** The `create` function of the module that a plan becomes. */
export function loadModule(plan: SimulationPlan): (options?: CreateOptions) => runtime.Simulation {
  const { header, body }: CodeModule = emitModule(plan);
  const imports = body.flatMap((s) => (s.kind === "import" && !s.typeOnly ? s.names : []));
  const inner = printJavaScript({ header, body: body.filter((s) => s.kind !== "import").map(unexported) });
  // The name makes stack traces and profiles speak of the model.
  const text = `"use strict";\nconst { ${imports.join(", ")} } = runtime;\n${inner}\nreturn create;\n//# sourceURL=glif:${encodeURIComponent(plan.name)}.js`;
  const make = new Function("runtime", text) as (r: typeof runtime) => (options?: CreateOptions) => runtime.Simulation;
  return make(runtime);
}

export function instantiate(plan: SimulationPlan, options: CreateOptions = {}): runtime.Simulation {
  return loadModule(plan)(options);
}

function unexported(statement: Statement): Statement {
  return "exported" in statement ? { ...statement, exported: false } : statement;
}
