// The one place where emitted text is evaluated. Knows the runtime alone, so that a worker thread starts without the compiler.
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

/** An emitted module without its imports and exports. */
export interface ModuleText {
  readonly name: string;
  /** Names of the runtime that it uses. */
  readonly imports: readonly string[];
  readonly text: string;
}

type Settle = (setup: runtime.SimulationSetup) => runtime.SimulationSetup;

/** The `create` function of the module. `settle` may change what is simulated before it begins: which values are recorded, say. */
export function evaluateModule({ name, imports, text }: ModuleText): (options?: CreateOptions, settle?: Settle) => runtime.Simulation {
  // The name makes stack traces and profiles speak of the model.
  const whole = `"use strict";\nconst { ${imports.join(", ")} } = runtime;\n${text}\nreturn create;\n//# sourceURL=glif:${encodeURIComponent(name)}.js`;
  const make = new Function("runtime", whole) as (r: typeof runtime) => (options: CreateOptions) => runtime.Simulation;
  let settling: Settle | null = null;
  const create = make({ ...runtime, simulate: (setup) => runtime.simulate(settling === null ? setup : settling(setup)) });
  return (options = {}, settle = undefined) => {
    settling = settle ?? null;
    return create(options);
  };
}
