// The one place where emitted text is evaluated. Knows the runtime and the pairing of kernels alone, so that a worker thread starts without the compiler.
import { present } from "../base/invariant.ts";
import type { Code, PopulationCode } from "../5-emit/code.ts";
import { at, num } from "../5-emit/construct.ts";
import { pairedPopulation, type PairedText } from "../5-emit/pairs/pair.ts";
import * as runtime from "../runtime/index.ts";

/** What may be set when a simulation is created; everything else is as the model says. `step` is in ms, `seed` a whole number from 0 to 2^53 - 1, `sizes` are numbers of neurons by population, `setup` parameters of the network, the experiment and its connections. */
export interface CreateOptions {
  readonly step?: number;
  readonly seed?: number;
  /** By population: numbers in canonical units, texts with their own, "1.5 mS/cm^2"; a list where neurons differ. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number | string | ArrayLike<number>>>>>;
  readonly setup?: Readonly<Record<string, number | string>>;
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
  /** Populations, as they were emitted, whose kernels the text also asks for in WebAssembly, by `pairedHandle` of their place here. */
  readonly pairs: readonly PopulationCode[];
  /** Fewer neurons than this stay with JavaScript. */
  readonly leastSize: number;
}

/** Where the text that is evaluated is kept, for debuggers and profilers: they know it by its address, and its lines by its source map. */
export interface KeptAs {
  readonly url: string;
  readonly mapUrl: string;
  /** Told the text as the engine has it. */
  readonly keep: (text: string) => void;
}

/** What in the text stands for the WebAssembly of the k-th population in `pairs`. */
export function pairedHandle(k: number): Code {
  return at("paired_populations", num(k));
}

/** What many runs at once are created with: a seed for each, and lists of values, undefined where a run has the value that is planned. */
export interface RunsOptions extends Pick<CreateOptions, "step"> {
  readonly seeds: readonly number[];
  readonly parameters: Readonly<Record<string, Readonly<Record<string, readonly (number | undefined)[]>>>>;
}

type Settle<Setup> = (setup: Setup) => Setup;

/** What takes the place of parts of the runtime. */
export type InPlace = Partial<typeof runtime>;

/** The `create` function of the module; throws where text may not become code. `texts` are those of `pairs` where they are at hand. `settle` may change what is simulated before it begins: which values are recorded, say. */
export function evaluateModule(
  module: ModuleText,
  texts?: readonly PairedText[],
  kept?: KeptAs | null,
  inPlace?: InPlace,
): (options?: CreateOptions, settle?: Settle<runtime.SimulationSetup>) => runtime.Simulation {
  return evaluated<CreateOptions, runtime.SimulationSetup, runtime.Simulation>(module, texts, kept, inPlace);
}

/** The same of a module whose neurons are runs. */
export function evaluateRuns(
  module: ModuleText,
): (options: RunsOptions, settle?: Settle<runtime.RunsSetup>) => runtime.Runs {
  return evaluated<RunsOptions, runtime.RunsSetup, runtime.Runs>(module);
}

function evaluated<Options, Setup, Made>(
  { name, imports, text, pairs, leastSize }: ModuleText,
  texts: readonly PairedText[] = pairs.map(pairedText),
  kept: KeptAs | null = null,
  inPlace: InPlace = {},
): (options?: Options, settle?: Settle<Setup>) => Made {
  const used = { ...runtime, ...inPlace };
  // The name makes stack traces and profiles speak of the model.
  const whole = `"use strict";\nconst { ${imports.join(", ")} } = runtime;\n${text}\nreturn create;\n//# sourceURL=${kept?.url ?? `glif:${encodeURIComponent(name)}.js`}${kept === null ? "" : `\n//# sourceMappingURL=${kept.mapUrl}`}`;
  const populations = texts.map((paired) => ({ ...used, text: { ...paired, leastSize } }));
  const make = functionOf(name, whole) as (
    r: typeof used,
    p: typeof populations,
  ) => (options: Options | undefined) => Made;
  kept?.keep(`(${make.toString()})`);
  let settling: Settle<Setup> = (setup) => setup;
  /** The module calls one of the two, with the setup that is settled. */
  const settled = <S, M>(simulate: (setup: S) => M): ((setup: S) => M) => {
    return (setup) => simulate((settling as unknown as Settle<S>)(setup));
  };
  const create = make(
    { ...used, simulate: settled(used.simulate), simulateRuns: settled(used.simulateRuns) },
    populations,
  );
  return (options, settle = (setup) => setup) => {
    settling = settle;
    return create(options);
  };
}

function functionOf(name: string, body: string): unknown {
  try {
    return new Function("runtime", "paired_populations", body);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    throw new Error(
      `${name} cannot be made to run here: text may not become code in this page or process (a Content-Security-Policy without 'unsafe-eval', say). Compile it beforehand with \`glif compile FILE ${name} --standalone --js\` and import the module`,
      { cause: error },
    );
  }
}

function pairedText(f: PopulationCode, k: number): PairedText {
  return present(pairedPopulation(f, pairedHandle(k)), "what was paired once can be paired again").text;
}
