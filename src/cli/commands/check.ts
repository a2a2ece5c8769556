// glif check: everything that is wrong with models, found without running them.
import { append } from "../../base/lists.ts";
import { planCases, toldInPlanning } from "../../compile.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { prepare } from "../../compare/prepare.ts";
import { recordingOf } from "../../compare/recordingData.ts";
import { prepareFit } from "../../fit/prepareFit.ts";
import { diagnosticsToJson } from "../../render/json.ts";
import type { CheckedProgram } from "../../3-check/checked.ts";
import { distinct, openModel } from "../model.ts";
import { counted } from "../numbers.ts";
import { say, showDiagnostics } from "../talk.ts";
import type { Terminal } from "../terminal.ts";

/** Experiments and the cases of comparisons are planned too: that their methods are admitted and their times fit the step shows only there. Exit code 1 where there is an error. */
export async function check(
  files: readonly string[],
  options: { readonly json: boolean },
  terminal: Terminal,
): Promise<number> {
  const diagnostics: Diagnostic[] = [];
  const summaries: ({ readonly file: string; readonly ok: boolean } & Counts)[] = [];
  for (const file of new Set(files)) {
    const { program, diagnostics: own } = await openModel(file, terminal);
    const planned = program === null ? [] : toldInPlanning(program);
    const inComparisons = program === null ? [] : planCases(program, planned);
    const recordings = (program?.comparisons ?? []).flatMap((c) =>
      c.reference?.kind === "recording" ? (recordingOf(prepare(c).prepared)?.diagnostics ?? []) : [],
    );
    const fits = (program?.fits ?? [])
      .filter((f) => program?.own.includes(f.comparison.name))
      .flatMap((f) => prepareFit(f).diagnostics.filter((d) => !planned.includes(d) && !inComparisons.includes(d)));
    const all = [...own, ...planned, ...inComparisons, ...recordings, ...fits];
    append(diagnostics, all);
    summaries.push({ file, ok: !hasErrors(all), ...countsOf(program) });
  }
  const all = distinct(diagnostics);
  const errors = all.filter((d) => d.severity === "error").length;
  if (options.json) {
    terminal.out(
      `${JSON.stringify({ ok: errors === 0, errors, warnings: all.length - errors, files: summaries, diagnostics: diagnosticsToJson(all) }, null, 2)}\n`,
    );
  } else {
    showDiagnostics(terminal, all);
    for (const { file, ok, ...counts } of summaries) {
      if (ok) say(terminal, `${file}: ok, ${countsText(counts)}`);
    }
  }
  return errors > 0 ? 1 : 0;
}

/** What is declared in the file itself. */
interface Counts {
  readonly neurons: number;
  readonly mechanisms: number;
  readonly synapses: number;
  readonly networks: number;
  readonly experiments: number;
  readonly comparisons: number;
  readonly fits: number;
}

function countsOf(program: CheckedProgram | null): Counts {
  const own = new Set(program?.own);
  const count = (names: readonly string[] = []): number => new Set(names.filter((n) => own.has(n))).size;
  const named = (all: readonly { readonly name: string }[] = []): number => count(all.map((d) => d.name));
  return {
    neurons: named(program?.neurons),
    mechanisms: count(program?.mechanisms),
    synapses: named(program?.synapses),
    networks: named(program?.networks),
    experiments: named(program?.experiments),
    comparisons: named(program?.comparisons),
    fits: named(program?.fits.map((f) => f.comparison)),
  };
}

/** What there is none of is not told. */
function countsText({ neurons, mechanisms, synapses, networks, experiments, comparisons, fits }: Counts): string {
  const told = [
    [neurons, "neuron"],
    [mechanisms, "mechanism"],
    [synapses, "synapse"],
    [networks, "network"],
    [experiments, "experiment"],
    [comparisons, "comparison"],
    [fits, "fit"],
  ] as const;
  const parts = told.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)]));
  return parts.length === 0 ? "no models or experiments" : parts.join(", ");
}
