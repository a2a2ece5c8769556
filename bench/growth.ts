// How long check, plan, emit, start and report take as a text doubles: seconds, and the exponents that fit them. Linear is 1; 1.2 is the promise.
import { sourceText } from "../src/base/source.ts";
import { check, planOf, targetsOf } from "../src/compile.ts";
import { emitModule } from "../src/5-emit/emitModule.ts";
import { printJavaScript } from "../src/5-emit/printJavaScript.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import { instantiate } from "../src/simulate/load.ts";
import { GROWING, type Growing } from "../test/growth/texts.ts";
import { row } from "./table.ts";

const PHASES = ["check", "plan", "emit", "start", "report"] as const;
const DOUBLINGS = 4;

export function growth(): void {
  for (const growing of GROWING) phasesOf(growing, 2);
  for (const growing of GROWING) {
    const { title, from } = growing;
    console.log();
    row(title, ...PHASES.map((phase) => phase));
    const sizes = Array.from({ length: DOUBLINGS }, (_, k) => from * 2 ** k);
    const seconds = sizes.map((size) => leastOf(3, () => phasesOf(growing, size)));
    sizes.forEach((size, k) =>
      row(
        `  ${size}`,
        ...PHASES.map((_, phase) =>
          (seconds[k]?.[phase] ?? NaN) >= 0 ? (seconds[k]?.[phase] ?? NaN).toFixed(3) : "-",
        ),
      ),
    );
    row(
      "  exponent (promise: at most 1.2)",
      ...PHASES.map((_, phase) =>
        exponent(
          sizes,
          seconds.map((s) => s[phase] ?? NaN),
        ),
      ),
    );
  }
}

/** Seconds of processor time; NaN for phases that a text with mistakes does not reach. */
function phasesOf({ text, files, checked = false }: Growing, size: number): number[] {
  const others = files?.(size) ?? new Map<string, string>();
  const host = {
    read: (path: string) => ({ text: others.get(path) ?? "" }),
    resolve: (_: string, path: string) => ({ path }),
  };
  const main = sourceText("0.glif", text(size));
  const seconds: number[] = PHASES.map(() => NaN);
  const timed = <T>(phase: (typeof PHASES)[number], work: () => T): T => {
    const start = process.cpuUsage().user;
    const made = work();
    seconds[PHASES.indexOf(phase)] = (process.cpuUsage().user - start) / 1e6;
    return made;
  };
  const { program, diagnostics } = timed("check", () => check(main, host));
  timed("report", () => renderDiagnostics(diagnostics, { color: false }));
  if (program === null || checked) return seconds;
  // Everything that there is, as far as it can be planned.
  const plan = timed(
    "plan",
    () =>
      targetsOf(program)
        .neurons.map((name) => planOf(program, name).plan)
        .at(-1) ?? null,
  );
  if (plan === null) return seconds;
  timed("emit", () => printJavaScript(emitModule(plan)));
  timed("start", () => instantiate(plan));
  return seconds;
}

function leastOf(rounds: number, measure: () => readonly number[]): readonly number[] {
  const all = Array.from({ length: rounds }, measure);
  return PHASES.map((_, phase) => all.reduce((least, one) => Math.min(least, one[phase] ?? NaN), Infinity));
}

/** The slope of log time over log size by least squares; a dash where the times are too short to tell. */
function exponent(sizes: readonly number[], seconds: readonly number[]): string {
  const points = sizes.flatMap((size, k) =>
    (seconds[k] ?? NaN) > 0.01 ? [[Math.log(size), Math.log(seconds[k] ?? NaN)] as const] : [],
  );
  if (points.length < 3) return "-";
  const mean = (of: 0 | 1): number => points.reduce((sum, p) => sum + p[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const slope =
    points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
  return slope.toFixed(2);
}
