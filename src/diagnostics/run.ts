// What goes wrong around a model: files that cannot be read, and values that stop being finite while an experiment runs.
import { defineDiagnostic } from "./diagnostic.ts";

export const unreadable = defineDiagnostic<{ readonly path: string; readonly problem: string }>(
  "run/unreadable-file",
  "error",
  "Model files are regular files of at most 16 MB, in UTF-8. A file that is something else (a folder, a device, a pipe, text in another encoding) is not read; for input from a pipe write `-`.",
  ({ path, problem }) => ({ message: `${path}: ${problem}` }),
);

export const notFinite = defineDiagnostic<{
  readonly neuron: string;
  readonly variable: string;
  readonly unit: string;
  readonly time: number;
  readonly value: number;
  readonly lastValue: number;
  readonly step: number;
  readonly method: string | null;
}>(
  "run/not-finite",
  "error",
  `A variable became infinite or not a number, so that nothing computed after it would mean anything. The run stops there; what was recorded before is
kept and the manifest says that the run is not complete. Often the step is too long for the fastest process in the model: with a shorter one the
solution stays bounded. A quotient whose denominator comes to 0, a logarithm or a root of a negative number, or an exponential of something that
grows without bound do it with every step.`,
  (f) => ({
    message: `\`${f.variable}\` of ${f.neuron} became ${f.value} at t = ${shortTime(f.time)} ms`,
    label: Number.isFinite(f.lastValue) ? `one step before it was ${f.lastValue}${f.unit === "" || f.unit === "1" ? "" : ` ${f.unit}`}` : "",
    help: [
      `try a shorter step: \`--step "${shortTime(f.step / 10)} ms"\``,
      ...(f.method === "euler" || f.method === "heun" ? [`\`method ${f.method}\` is easily unstable: leave \`method\` out, or write \`method rk4\``] : []),
      ...(f.method === "rk4" || f.method === "exponential_euler" ? ["try the adaptive method: `method rk45`"] : []),
      "look for divisions by 0 and for what grows without bound",
    ],
  }),
);

/** n·dt has rounding in its last digits, which says nothing here. */
function shortTime(ms: number): string {
  return String(Number(ms.toPrecision(12)));
}

