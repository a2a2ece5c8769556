// Turns a plan into a running simulation, by way of the module that it becomes.
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { PopulationCode, Statement } from "../5-emit/code.ts";
import { emitModule } from "../5-emit/emitModule.ts";
import { pairedPopulation, type PairedText } from "../5-emit/pairs/pair.ts";
import { printJavaScript } from "../5-emit/printJavaScript.ts";
import type * as runtime from "../runtime/index.ts";
import { CREATE_OPTIONS, demandNames } from "../runtime/settings.ts";
import { divisionOf } from "../4-plan/division.ts";
import { neuronWorks } from "../4-plan/stepWork.ts";
import { demandThreads, leading, undivided, type Threads } from "./team.ts";
import { advanceWatched, watchSteps } from "./stepWatch.ts";
import { tooLongDiagnostic } from "./stepMessage.ts";
import { evaluateModule, pairedHandle, type CreateOptions, type KeptAs, type ModuleText } from "./evaluateModule.ts";

export type { CreateOptions, KeptAs } from "./evaluateModule.ts";

/** What kernels run in: WebAssembly where it can give the same bits, `auto` where it also pays. */
export type Backend = "auto" | "javascript" | "webassembly";

/** What a simulation is created with, and what its kernels run in. */
export interface InstantiateOptions extends CreateOptions {
  readonly backend?: Backend;
  /** Where the JavaScript that runs is kept. What runs as WebAssembly is not in it. */
  readonly kept?: KeptAs;
  /** Looks at some steps, as `glif run` does: where the step is too long, the simulation's `warnings` say so. */
  readonly watch?: boolean;
  /** Threads that divide its steps among them, with the bits of one; what cannot be divided runs in one. */
  readonly threads?: Threads;
}

/** Fewer neurons than this do not repay what making a WebAssembly module costs. */
const LEAST_SIZE = 64;
/** A module of runs serves many populations of one size. */
const LEAST_RUNS = 8;

/** The `create` function of the module that a plan becomes. With `auto`, populations that are small as planned stay with JavaScript whatever sizes `create` is given later. */
export function loadModule(
  plan: SimulationPlan,
  backend: Backend = "auto",
  sizes: CreateOptions["sizes"] = {},
  kept: KeptAs | null = null,
  threads: Threads | null = null,
): (options?: CreateOptions) => runtime.Simulation {
  const { module, texts } = emitted(plan, backend, sizes);
  const division = divisionOf(plan);
  if (threads === null || threads.count === 1) return evaluateModule(module, texts, kept);
  if ("because" in division) return evaluateModule(module, texts, kept, undivided(division.because));
  return (options = {}) => {
    const { inPlace, dismiss } = leading(module, options, { ...division, works: neuronWorks(plan) }, threads);
    try {
      return evaluateModule(module, texts, kept, inPlace)(options);
    } catch (error) {
      dismiss();
      throw error;
    }
  };
}

/**
 * A simulation of the plan at t = 0.
 * @throws TypeError without a plan; UsageError for an option, a name or a value that is not there or does not fit, with what there is: a step that the interval of a recording is no multiple of, too.
 */
export function instantiate(plan: SimulationPlan, options: InstantiateOptions = {}): runtime.Simulation {
  if ((plan as SimulationPlan | null | undefined)?.populations === undefined)
    throw new TypeError(
      "instantiate takes the `plan` that `compile` gives; where that is null, its `diagnostics` say why",
    );
  demandNames(options, [...CREATE_OPTIONS, "backend", "kept", "watch", "threads"], "option");
  const { watch, backend, kept, threads, ...given } = options;
  if (threads !== undefined) demandThreads(threads);
  const simulation = loadModule(plan, backend, given.sizes, kept, threads)(given);
  return watch === true ? watched(plan, simulation) : simulation;
}

/** Steps over which the looks are spread where no duration is given. */
const OPEN_END = 10_000;

function watched(plan: SimulationPlan, simulation: runtime.Simulation): runtime.Simulation {
  const watch = watchSteps(plan, simulation, plan.steps ?? OPEN_END);
  const over: Pick<runtime.Simulation, "advance" | "warnings"> = {
    get warnings() {
      return [...simulation.warnings, ...watch.findings().map((finding) => tooLongDiagnostic(finding).message)];
    },
    advance(count, enough) {
      // What is no number of steps is refused there.
      if (Number.isSafeInteger(count) && count > 0) advanceWatched(simulation, count, enough, watch);
      else simulation.advance(count, enough);
    },
  };
  return Object.setPrototypeOf(over, simulation) as runtime.Simulation;
}

/** What runs, as plain data that any thread can evaluate. */
export function moduleText(plan: SimulationPlan): ModuleText {
  return emitted(plan, "auto", {}).module;
}

function emitted(
  plan: SimulationPlan,
  backend: Backend,
  sizes: NonNullable<CreateOptions["sizes"]>,
): { readonly module: ModuleText; readonly texts: readonly PairedText[] } {
  const pays =
    backend === "webassembly" ||
    plan.neuronsAreRuns === true ||
    (backend === "auto" && plan.populations.some((p) => (sizes[p.name] ?? p.size) >= LEAST_SIZE));
  const { header, body } = emitModule(plan);
  const imports = body.flatMap((s) => (s.kind === "import" && !s.typeOnly ? s.names : []));
  const pairs: PopulationCode[] = [];
  const texts: PairedText[] = [];
  const statements = body
    .filter((s) => s.kind !== "import")
    .map((s) => {
      const paired = s.kind === "population" && pays ? pairedPopulation(s, pairedHandle(texts.length)) : null;
      if (s.kind === "population" && paired !== null) {
        pairs.push(s);
        texts.push(paired.text);
      }
      return unexported(paired?.population ?? s);
    });
  const module = {
    name: plan.name,
    imports,
    text: printJavaScript({ header, body: statements }),
    pairs,
    leastSize: backend === "auto" ? (plan.neuronsAreRuns === true ? LEAST_RUNS : LEAST_SIZE) : 1,
  };
  return { module, texts };
}

function unexported(statement: Statement): Statement {
  return "exported" in statement ? { ...statement, exported: false } : statement;
}
