// How long check, plan, emit, start and report take as a text doubles: seconds, and the exponents that fit them. Linear is 1; 1.2 is the promise.
import { sourceText } from "../src/base/source.ts";
import { check, planOf, targetsOf } from "../src/compile.ts";
import { emitModule } from "../src/5-emit/emitModule.ts";
import { printJavaScript } from "../src/5-emit/printJavaScript.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import { instantiate } from "../src/simulate/load.ts";
import { row } from "./table.ts";

const lines = (n: number, line: (k: number) => string): string => Array.from({ length: n }, (_, k) => line(k)).join("\n");
const neuron = (members: string): string => `neuron P {\n  state x = 0.5\n${members}\n}\n`;

/** What may be long in a text, and from which size on it doubles. */
const GROWING: readonly { readonly title: string; readonly from: number; readonly text: (n: number) => string }[] = [
  { title: "lets of one state", from: 500, text: (n) => neuron(`${lines(n, (k) => `  let y${k} = x + ${k}`)}\n  x' = -x/(10 ms)`) },
  { title: "parameters", from: 500, text: (n) => neuron(`${lines(n, (k) => `  param p${k} = ${k + 1}`)}\n  x' = (p0 - x)/(10 ms)`) },
  { title: "terms of a sum", from: 500, text: (n) => neuron(`  x' = (${Array.from({ length: n }, (_, k) => `${k}*x`).join(" + ")})/(10 ms)`) },
  { title: "squares built on squares", from: 8, text: (n) => neuron(`  let y0 = 0.01*x\n${lines(n, (k) => `  let y${k + 1} = y${k} + y${k}*y${k}`)}\n  x' = -y${n}/(10 ms)`) },
  { title: "conditions joined by `and`", from: 500, text: (n) => neuron(`  x' = -x/(10 ms)\n  spike when ${Array.from({ length: n }, (_, k) => `x > ${k}`).join(" and ")}\n  reset { x <- 0 }`) },
  { title: "unknown names beside known ones", from: 250, text: (n) => neuron(`${lines(n, (k) => `  param known${k} = 1`)}\n${lines(n, (k) => `  let y${k} = unknwn${k}`)}\n  x' = -x/(10 ms)`) },
  { title: "levels of `extends`", from: 125, text: (n) => `neuron P0 { state x = 0.5; x' = -x/(10 ms) }\n${lines(n, (k) => `neuron P${k + 1} extends P${k} {}`)}\n` },
  { title: "models", from: 125, text: (n) => lines(n, (k) => `neuron P${k} { state x = 0.5; x' = -x/(10 ms) }`) },
];

const PHASES = ["check", "plan", "emit", "start", "report"] as const;
const DOUBLINGS = 4;
const nothing = { read: () => ({ problem: "is not read here" }), resolve: () => ({ problem: "is not read here" }) };

export function growth(): void {
  phasesOf(neuron("  x' = -x/(10 ms)"));
  for (const { title, from, text } of GROWING) {
    console.log();
    row(title, ...PHASES.map((phase) => phase));
    const sizes = Array.from({ length: DOUBLINGS }, (_, k) => from * 2 ** k);
    const seconds = sizes.map((size) => leastOf(3, () => phasesOf(text(size))));
    sizes.forEach((size, k) => row(`  ${size}`, ...PHASES.map((_, phase) => ((seconds[k]?.[phase] ?? NaN) >= 0 ? (seconds[k]?.[phase] ?? NaN).toFixed(3) : "-"))));
    row("  exponent (promise: at most 1.2)", ...PHASES.map((_, phase) => exponent(sizes, seconds.map((s) => s[phase] ?? NaN))));
  }
}

/** Seconds of processor time; NaN for phases that a text with mistakes does not reach. */
function phasesOf(text: string): number[] {
  const seconds: number[] = PHASES.map(() => NaN);
  const timed = <T>(phase: (typeof PHASES)[number], work: () => T): T => {
    const start = process.cpuUsage().user;
    const made = work();
    seconds[PHASES.indexOf(phase)] = (process.cpuUsage().user - start) / 1e6;
    return made;
  };
  const { program, diagnostics } = timed("check", () => check(sourceText("growing.glif", text), nothing));
  timed("report", () => renderDiagnostics(diagnostics, { color: false }));
  if (program === null) return seconds;
  const { plan } = timed("plan", () => planOf(program, targetsOf(program).neurons.at(-1) ?? null));
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
  const points = sizes.flatMap((size, k) => ((seconds[k] ?? NaN) > 0.01 ? [[Math.log(size), Math.log(seconds[k] ?? NaN)] as const] : []));
  if (points.length < 3) return "-";
  const mean = (of: 0 | 1): number => points.reduce((sum, p) => sum + p[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const slope = points.reduce((sum, p) => sum + (p[0] - x) * (p[1] - y), 0) / points.reduce((sum, p) => sum + (p[0] - x) ** 2, 0);
  return slope.toFixed(2);
}
