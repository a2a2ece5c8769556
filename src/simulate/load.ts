// Turns a plan into a running simulation, by way of the module that it becomes.
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { Statement } from "../5-emit/code.ts";
import { emitModule } from "../5-emit/emitModule.ts";
import { pairedPopulation, type PairedText } from "../5-emit/pairs/pair.ts";
import type { FunctionStatement } from "../5-emit/pairs/loops.ts";
import { printJavaScript } from "../5-emit/printJavaScript.ts";
import type * as runtime from "../runtime/index.ts";
import { evaluateModule, pairedHandle, type CreateOptions, type ModuleText } from "./evaluateModule.ts";

export type { CreateOptions };

/** What kernels run in: WebAssembly where it can give the same bits, `auto` where it also pays. */
export type Backend = "auto" | "javascript" | "webassembly";

/** What a simulation is created with, and what its kernels run in. */
export interface InstantiateOptions extends CreateOptions {
  readonly backend?: Backend;
}

/** Fewer neurons than this do not repay what making a WebAssembly module costs. */
const LEAST_SIZE = 64;

/** The `create` function of the module that a plan becomes. With `auto`, populations that are small as planned stay with JavaScript whatever sizes `create` is given later. */
export function loadModule(plan: SimulationPlan, backend: Backend = "auto", sizes: CreateOptions["sizes"] = {}): (options?: CreateOptions) => runtime.Simulation {
  const { module, texts } = emitted(plan, backend, sizes);
  return evaluateModule(module, texts);
}

export function instantiate(plan: SimulationPlan, options: InstantiateOptions = {}): runtime.Simulation {
  return loadModule(plan, options.backend, options.sizes)(options);
}

/** What runs, as plain data that any thread can evaluate. */
export function moduleText(plan: SimulationPlan): ModuleText {
  return emitted(plan, "auto", {}).module;
}

function emitted(plan: SimulationPlan, backend: Backend, sizes: NonNullable<CreateOptions["sizes"]>): { readonly module: ModuleText; readonly texts: readonly PairedText[] } {
  const pays = backend === "webassembly" || (backend === "auto" && plan.populations.some((p) => (sizes[p.name] ?? p.size) >= LEAST_SIZE));
  const { header, body } = emitModule(plan);
  const imports = body.flatMap((s) => (s.kind === "import" && !s.typeOnly ? s.names : []));
  const pairs: FunctionStatement[] = [];
  const texts: PairedText[] = [];
  const statements = body.filter((s) => s.kind !== "import").map((s) => {
    const paired = s.kind === "function" && pays ? pairedPopulation(s, pairedHandle(texts.length)) : null;
    if (s.kind === "function" && paired !== null) {
      pairs.push(s);
      texts.push(paired.text);
    }
    return unexported(paired?.function ?? s);
  });
  const module = { name: plan.name, imports, text: printJavaScript({ header, body: statements }), pairs, leastSize: backend === "auto" ? LEAST_SIZE : 1 };
  return { module, texts };
}

function unexported(statement: Statement): Statement {
  return "exported" in statement ? { ...statement, exported: false } : statement;
}
