// What is done with a text that nobody would write, and what must hold of it: a diagnosis with its place or a run, and never a failure of glif's own.
import { readFileSync } from "node:fs";
import { InternalError } from "../../src/base/invariant.ts";
import { sourceText } from "../../src/base/source.ts";
import { check, javascriptOf, planOf, targetsOf } from "../../src/compile.ts";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import type { SourceHost } from "../../src/analyze.ts";
import { diagnosticsToJson } from "../../src/render/json.ts";
import { renderDiagnostics } from "../../src/render/terminal.ts";
import { NonFiniteError } from "../../src/runtime/simulation.ts";
import { instantiate } from "../../src/simulate/load.ts";

/** How far a text came, or what was wrong with glif. */
export type Outcome =
  { readonly kind: "refused" | "planned" | "ran" } | { readonly kind: "fault"; readonly what: string };

/** Populations above this size say nothing that small ones do not, and cost the time of many other texts. */
const MOST_NEURONS = 2000;
const STEPS = 5;
/** Experiments and neurons of one text that are tried. */
const MOST_TARGETS = 3;

const models = new URL("../../models/", import.meta.url);
const host: SourceHost = {
  read(path) {
    try {
      return { text: readFileSync(new URL(`${path}.glif`, models), "utf8") };
    } catch {
      return { problem: "there is no such file" };
    }
  },
  resolve: (_from, written) =>
    /^glif\/[a-z0-9_]+$/.test(written) ? { path: written.slice("glif/".length) } : { path: `missing ${written}` },
};

export function attempt(text: string): Outcome {
  try {
    return tried(text);
  } catch (error) {
    return {
      kind: "fault",
      what:
        error instanceof Error
          ? `${error.name}: ${error.message.split("\n")[0] ?? ""}\n${(error.stack ?? "").split("\n").slice(1, 4).join("\n")}`
          : String(error),
    };
  }
}

function tried(text: string): Outcome {
  const analysis = check(sourceText("fuzz.glif", text), host);
  const bad = misplaced(analysis.diagnostics);
  if (bad !== null) return { kind: "fault", what: bad };
  const { program } = analysis;
  if (program === null)
    return analysis.diagnostics.some((d) => d.severity === "error")
      ? { kind: "refused" }
      : { kind: "fault", what: "no program, and no error" };
  let furthest: "refused" | "planned" | "ran" = "refused";
  const { experiments, neurons } = targetsOf(program);
  for (const name of [...experiments, ...neurons].slice(0, MOST_TARGETS)) {
    const { plan, diagnostics } = planOf(program, name);
    const wrong = misplaced(diagnostics);
    if (wrong !== null) return { kind: "fault", what: wrong };
    if (plan === null) {
      if (!diagnostics.some((d) => d.severity === "error"))
        return { kind: "fault", what: `no plan of ${name}, and no error` };
      continue;
    }
    if (furthest === "refused") furthest = "planned";
    if (plan.populations.reduce((sum, p) => sum + p.size, 0) > MOST_NEURONS) {
      javascriptOf(plan);
      continue;
    }
    try {
      instantiate(plan, { seed: 1 }).advance(STEPS);
      furthest = "ran";
    } catch (error) {
      // What is the model's own: a value that leaves the numbers, a draw that cannot be made, too much memory. JavaScript's own errors are ours.
      if (!(error instanceof NonFiniteError) && isOurs(error)) throw error;
    }
  }
  return { kind: furthest };
}

function isOurs(error: unknown): boolean {
  return (
    error instanceof InternalError ||
    [TypeError, ReferenceError, SyntaxError, RangeError, EvalError].some(
      (kind) => error instanceof kind && error.constructor === kind,
    ) ||
    (error as Error).constructor === Error
  );
}

/** What is wrong with a diagnostic itself, whatever it says; null where nothing is. */
function misplaced(diagnostics: readonly Diagnostic[]): string | null {
  for (const d of diagnostics) {
    for (const { span } of [d.primary, ...d.secondary]) {
      if (!(span.start >= 0 && span.start <= span.end && span.end <= span.source.text.length))
        return `${d.code} has no place`;
    }
    if (/undefined|NaN|\[object|itself has failed|#(?:in|next|stream|dt)\b/.test(d.message.replace(/`[^`]*`/g, "")))
      return `${d.code} says "${d.message}"`;
  }
  renderDiagnostics(diagnostics.slice(0, 20), { color: false });
  diagnosticsToJson(diagnostics.slice(0, 20));
  return null;
}
