// Turns a plan into a running simulation, by way of the module that it becomes.
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { CodeModule, Statement } from "../5-emit/code.ts";
import { emitModule } from "../5-emit/emitModule.ts";
import { printJavaScript } from "../5-emit/printJavaScript.ts";
import type * as runtime from "../runtime/index.ts";
import { evaluateModule, type CreateOptions, type ModuleText } from "./evaluateModule.ts";

export type { CreateOptions };

/** The `create` function of the module that a plan becomes. */
export function loadModule(plan: SimulationPlan): (options?: CreateOptions) => runtime.Simulation {
  return evaluateModule(moduleText(plan));
}

/** What runs, as text that any thread can evaluate. */
export function moduleText(plan: SimulationPlan): ModuleText {
  const { header, body }: CodeModule = emitModule(plan);
  const imports = body.flatMap((s) => (s.kind === "import" && !s.typeOnly ? s.names : []));
  return { name: plan.name, imports, text: printJavaScript({ header, body: body.filter((s) => s.kind !== "import").map(unexported) }) };
}

export function instantiate(plan: SimulationPlan, options: CreateOptions = {}): runtime.Simulation {
  return loadModule(plan)(options);
}

function unexported(statement: Statement): Statement {
  return "exported" in statement ? { ...statement, exported: false } : statement;
}
