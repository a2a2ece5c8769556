// What goes wrong around a model: files that cannot be read, and values that stop being finite while an experiment runs.
import { defineDiagnostic } from "./diagnostic.ts";

export const unreadable = defineDiagnostic<{
  readonly path: string;
  readonly problem: string;
  readonly help?: readonly string[];
}>(
  "run/unreadable-file",
  "error",
  "Model files are regular files of at most 16 MB, in UTF-8. A file that is something else (a folder, a device, a pipe, text in another encoding) is not read; for input from a pipe write `-`.",
  ({ path, problem, help = [] }) => ({ message: `${path}: ${problem}`, help }),
);

export const whichModel = defineDiagnostic<{ readonly problem: string }>(
  "run/which-model",
  "error",
  'An experiment of a file, or a neuron by itself, is what is planned and run. Where a file has one experiment, or one neuron and no experiment, that is meant; else it is named: `glif run FILE EXPERIMENT`, in programs `compile(source, host, "EXPERIMENT")`.',
  ({ problem }) => ({ message: problem }),
);

export const notFinite = defineDiagnostic<{
  readonly neuron: string;
  readonly variable: string;
  readonly unit: string;
  readonly time: number;
  readonly value: number;
  readonly lastValue: number;
  /** Whether shorter steps were tried. */
  readonly tried: boolean;
  /** A step (ms) with which everything stays finite; null where none was found. */
  readonly enough: number | null;
  /** A method with which everything stays finite at this step, or one that is not bound to the step where that is to blame. */
  readonly way: string | null;
}>(
  "run/not-finite",
  "error",
  `A variable became infinite or not a number, so that nothing computed after it would mean anything. The run stops there; what was recorded before is
kept and the manifest says that the run is not complete. Often the step is too long for the fastest process in the model: where that does not take long, glif
runs everything again with shorter ones and with the Rosenbrock method, and proposes those with which the values stay finite twice as long. A quotient whose denominator comes to 0, a logarithm or a root of a negative number, or an exponential of something that
grows without bound do it with every step.`,
  (f) => ({
    message: `\`${f.variable}\` of ${f.neuron} became ${f.value} at t = ${shortTime(f.time)} ms`,
    label: Number.isFinite(f.lastValue)
      ? `one step before it was ${f.lastValue}${f.unit === "" || f.unit === "1" ? "" : ` ${f.unit}`}`
      : "",
    help:
      f.enough !== null
        ? [
            `try a shorter step: \`--step "${shortTime(f.enough)} ms"\`${f.way === null ? "" : `, or write \`method ${f.way}\` in the experiment`}`,
          ]
        : f.way !== null
          ? [`write \`method ${f.way}\` in the experiment: with it the values stay finite at this step`]
          : f.tried
            ? ["no shorter step was found that mends it: the equations themselves lead out of the numbers"]
            : [],
  }),
);

export const endlessStep = defineDiagnostic<{
  readonly kind: "events" | "substeps" | "pieces";
  readonly neuron: string;
  readonly what: string;
  readonly time: number;
}>(
  "run/endless-step",
  "error",
  `One step of a neuron would take for ever: its events follow one another without end (a ball that bounces lower and lower, two events that make each
other true), or its equations need more substeps than any step should. The run stops there; what was recorded before is kept and the manifest says that
the run is not complete.`,
  (f) => {
    const where = `${f.neuron} does not get past t = ${shortTime(f.time)} ms`;
    switch (f.kind) {
      case "events":
        return {
          message: `${where}: what becomes true here happens more than 1000 times in one step`,
          label: "true again and again",
          help: [
            "an event that leaves its own condition false by a margin, or a refractory period, comes to an end",
            "events that come closer and closer together need an end of their own: `on y < 0 mm and v < -0.01 mm/ms { … }`",
          ],
        };
      case "substeps":
        return {
          message: `${where}: \`${f.what}\` needs more than 20000 substeps in one step`,
          label: "changes too fast for an explicit method",
          help: [
            "look for a quotient whose denominator comes to 0",
            "try a shorter step, or a method with a fixed step",
          ],
        };
      case "pieces":
        return {
          message: `${where}: what its conditions read changes too fast to be followed`,
          help: ["try a shorter step, or leave `spikes precise` out"],
        };
    }
  },
);

/** n·dt has rounding in its last digits, which says nothing here. */
function shortTime(ms: number): string {
  return String(Number(ms.toPrecision(12)));
}

export const stepTooLong = defineDiagnostic<{
  readonly state: string;
  /** `HodgkinHuxley`, `E[12]` */
  readonly place: string;
  readonly time: number;
  readonly step: number;
  readonly timeConstant: number;
  readonly enough: number;
  readonly method: string;
  /** What half the step changes in one step, as a share of the variable's range; null where what should decay grows. */
  readonly error: number | null;
  /** A method that is not bound to the step, null where none takes these equations. */
  readonly way: string | null;
}>(
  "run/step-too-long",
  "warning",
  `While a run goes on, glif looks at some neurons at some steps and takes one step again in two halves. Where that changes a variable by more than a tenth of the whole range it
moves in, the step is too long for what happens there, and what the run recorded is not what the equations say. An explicit method also goes wrong without such a change: where
something decays much faster than the step it grows instead (the equations are stiff), at first invisibly. A shorter step mends both; \`method rk45\` chooses its steps itself,
and \`method rosenbrock\` takes long steps through stiff equations.`,
  (f) => ({
    message:
      f.error === null
        ? `the step of ${shortTime(f.step)} ms is too long for \`${f.state}\` of ${f.place}: what should decay with a time constant of ${f.timeConstant} ms grows instead`
        : `the step of ${shortTime(f.step)} ms is too long for \`${f.state}\` of ${f.place}: half the step changes it by ${Math.round(100 * f.error)} % of its range in one step`,
    label:
      f.error === null
        ? `so at t = ${shortTime(f.time)} ms, by \`${f.method}\``
        : `at t = ${shortTime(f.time)} ms, by \`${f.method}\`; the shortest time constant there is ${f.timeConstant} ms`,
    help: [
      `try \`--step "${shortTime(f.enough)} ms"\`${f.way === null ? "" : `, or write \`method ${f.way}\` in the experiment`}`,
    ],
  }),
);
