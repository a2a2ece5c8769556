// Snippets of glif in Markdown: compiled, and run where they state results. Those of the language reference, and those that hold what it says (grammar/promises.md).
//
// What stands after ```glif on the line of a fence:
//   (nothing)            a whole file: no diagnostics, every experiment or neuron in it can be planned
//   file NAME            the same, and later snippets can import it under that name
//   member               members of a neuron that extends the LIF of lif.glif
//   experiment           members of an experiment of that LIF
//   synapse              members of a synapse between neurons of that LIF
//   network              members of a network of that LIF's populations E (8 neurons) and I (2), with the ExpConductance of synapse.glif
//   error CODE           exactly this one error; with `warning CODE`, this one warning
//   run NAME             the experiment is run; a ```results block must follow
//   compare NAME         the variants of the comparison are run, with its first seed; a ```results block must follow
// ```csv file NAME is a file, ```results states what came of the run above it, ```message what the snippet above it is told.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { sourceText } from "../src/base/source.ts";
import { check, planCases, planOf, targetsOf } from "../src/compile.ts";
import type { SourceHost } from "../src/2-resolve/load.ts";
import type { SimulationPlan } from "../src/4-plan/plan.ts";
import { planSimulation } from "../src/4-plan/planSimulation.ts";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import type { Simulation } from "../src/runtime/index.ts";
import { instantiate } from "../src/simulate/load.ts";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

export interface Block {
  readonly language: string;
  /** The words after the language: `error units/exponent`. */
  readonly words: readonly string[];
  readonly text: string;
  /** "grammar/README.md:120, Noise" */
  readonly place: string;
}

export interface Snippet {
  readonly block: Block;
  /** The block behind it, which may state its results or what it is told. */
  readonly next: Block | undefined;
}

export function snippetsOf(blocks: readonly Block[]): readonly Snippet[] {
  return blocks.flatMap((block, k) => (block.language === "glif" ? [{ block, next: blocks[k + 1] }] : []));
}

/** Files of the pages by their names, shipped models from the repository. */
export function hostOf(blocks: readonly Block[]): SourceHost {
  const files = new Map(
    blocks.flatMap((b) => (argument(b, "file") === null ? [] : [[argument(b, "file") ?? "", b.text] as const])),
  );
  return {
    resolve: (from, written) => {
      if (written.startsWith("glif/")) return { path: join(ROOT, "models", `${written.slice("glif/".length)}.glif`) };
      return { path: from.startsWith(ROOT) ? join(dirname(from), written) : written };
    },
    read: (path) => {
      const text = files.get(path);
      if (text !== undefined) return { text };
      return path.startsWith(ROOT)
        ? { text: readFileSync(path, "utf8") }
        : { problem: `no block of the reference is marked \`file ${path}\`` };
    },
  };
}

/** Fails where the snippet is told something else than it says, or something else comes of its run. */
export function checkSnippet({ block, next }: Snippet, host: SourceHost): void {
  const experiment = argument(block, "run");
  const { diagnostics, plan, simulation } = compileSnippet(block, experiment, host);
  const wanted = ["error", "warning"].flatMap((severity) =>
    argument(block, severity) === null ? [] : [`${severity} ${argument(block, severity) ?? ""}`],
  );
  expect(
    diagnostics.map((d) => `${d.severity} ${d.code}`),
    `${block.place}\n${block.text}\n${renderDiagnostics(diagnostics, { color: false })}`,
  ).toEqual(wanted);
  if (next?.language === "message")
    expect(renderDiagnostics(diagnostics, { color: false }).replace(/\n+1 (error|warning)\n*$/, "\n"), next.place).toBe(
      next.text,
    );
  const compared = argument(block, "compare");
  if (compared !== null) {
    expect(next?.language, `${block.place}: a results block follows`).toBe("results");
    expect(next?.text.trim().split("\n"), next?.place).toEqual(spikesOfVariants(block, compared, host));
  }
  if (experiment === null) return;
  expect(next?.language, `${block.place}: a results block follows`).toBe("results");
  for (const line of next?.text.trim().split("\n") ?? [])
    expect(found(line, plan as SimulationPlan, simulation as Simulation, block), `${next?.place ?? ""}: ${line}`).toBe(
      line,
    );
}

export function compileSnippet(
  block: Block,
  experiment: string | null,
  host: SourceHost,
): {
  readonly diagnostics: readonly Diagnostic[];
  readonly plan: SimulationPlan | null;
  readonly simulation: Simulation | null;
} {
  const analysis = check(sourceText("model.glif", wholeFile(block)), host);
  const { program } = analysis;
  if (program === null) return { diagnostics: analysis.diagnostics, plan: null, simulation: null };
  const { experiments, neurons } = targetsOf(program);
  const plans = (experiments.length > 0 ? experiments : neurons).map((name) => planOf(program, name));
  const planned = plans.flatMap((p) => p.diagnostics);
  const diagnostics = [...analysis.diagnostics, ...planned, ...planCases(program, planned)];
  const distinct = diagnostics.filter(
    (d, k) => diagnostics.findIndex((e) => e.code === d.code && e.primary.span.start === d.primary.span.start) === k,
  );
  // What is planned is also made and moved: an emitted module that does not load is no promise kept.
  const made = plans.flatMap(({ plan }) =>
    plan === null ? [] : [{ plan, simulation: instantiate(plan, { seed: plan.seed ?? 1 }) }],
  );
  for (const { plan, simulation } of made)
    simulation.advance(plan.name === experiment ? (plan.steps ?? 0) : Math.min(plan.steps ?? 1, 20));
  return {
    diagnostics: distinct,
    ...(made.find(({ plan }) => plan.name === experiment) ?? { plan: null, simulation: null }),
  };
}

/** `LIF: 12 spikes`, one for each variant. */
function spikesOfVariants(block: Block, name: string, host: SourceHost): string[] {
  const { program } = check(sourceText("model.glif", wholeFile(block)), host);
  const comparison = program?.comparisons.find((c) => c.name === name);
  return (comparison?.cases ?? []).map(({ variant, experiment }) => {
    const { plan } = planSimulation(experiment);
    const simulation = plan === null ? null : instantiate(plan, { seed: plan.seed ?? 1 });
    simulation?.advance(plan?.steps ?? 0);
    return `${comparison?.variants[variant]?.label ?? ""}: ${simulation?.spikes.length ?? "no"} spikes`;
  });
}

function wholeFile({ words, text }: Block): string {
  const start = 'import LIF from "lif.glif"\n';
  if (words.includes("member")) return `${start}neuron Fragment extends LIF {\n${text}}\n`;
  if (words.includes("synapse")) {
    const around =
      "network Around {\n  population A = 2 LIF\n  connect A -> A by Fragment all\n}\nexperiment Try of Around { duration 10 ms }\n";
    return `${start}synapse Fragment {\n${text}}\n${around}`;
  }
  if (words.includes("network")) {
    return `${start}import ExpConductance from "synapse.glif"\nnetwork Fragment {\n  population E = 8 LIF\n  population I = 2 LIF\n${text}}\nexperiment Try of Fragment { duration 10 ms }\n`;
  }
  if (words.includes("experiment"))
    return `${start}experiment Fragment of LIF {\n${/^\s*duration/m.test(text) ? "" : "  duration 10 ms\n"}${text}}\n`;
  return text;
}

/** The line as the run would have it written: equal to the line where that is true. */
export function found(line: string, plan: SimulationPlan, simulation: Simulation, block: Block): string {
  const { spikes, populations, dt } = simulation;
  const times = (population: string | null): number[] =>
    Array.from({ length: spikes.length }, (_, k) => k)
      .filter((k) => population === null || populations[spikes.population(k)]?.name === population)
      .map((k) => spikes.time(k));
  const count = /^\d+ spikes?(?: of (\S+))?$/.exec(line);
  if (count !== null)
    return `${times(count[1] ?? null).length} spike${line.includes("spikes") ? "s" : ""}${count[1] === undefined ? "" : ` of ${count[1]}`}`;
  const at = /^spikes at ([\d., ]+)(, …)? ms(?: of (\S+))?$/.exec(line);
  if (at !== null) {
    const written = (at[1] ?? "").split(", ");
    const own = times(at[3] ?? null);
    const shown = (at[2] === undefined ? own : own.slice(0, written.length)).map((t, k) =>
      t.toFixed(decimals(written[k] ?? "")),
    );
    return `spikes at ${shown.join(", ")}${at[2] ?? ""} ms${at[3] === undefined ? "" : ` of ${at[3]}`}`;
  }
  const value = /^(?:(\w+)\[(\d+)\]\.)?(\S+) = (-?[\d.]+) (\S+) at ([\d.]+) ms$/.exec(line);
  if (value !== null) {
    const [, population, neuron = "0", variable = "", number = "", , time = ""] = value;
    const log = simulation.traces.find(
      (l) =>
        l.variable === variable &&
        l.neuron === Number(neuron) &&
        (population === undefined || l.population === population),
    );
    const sample = log?.values()[Math.round(Number(time) / dt) / log.every];
    const unit = log?.unit ?? "?";
    return `${population === undefined ? "" : `${population}[${neuron}].`}${variable} = ${sample?.toFixed(decimals(number)) ?? "not recorded"} ${unit} at ${time} ms`;
  }
  const connections = /^(\w+) has \d+ connections$/.exec(line);
  if (connections !== null) {
    const own = simulation.projections.filter((p) => p.connection === connections[1]);
    return `${connections[1] ?? ""} has ${own.reduce((sum, p) => sum + p.connections.count, 0)} connections`;
  }
  const place = /^(\w+)\.(\w+) lives at the \w+$/.exec(line);
  if (place !== null) {
    const found = plan.projections.find((p) => p.connection === place[1])?.places.find((s) => s.state === place[2]);
    return `${place[1] ?? ""}.${place[2] ?? ""} lives at the ${found?.place ?? "nowhere"}`;
  }
  const method = /^(\w+)\.(\S+) by \w+$/.exec(line);
  if (method !== null) {
    const group = plan.populations
      .find((p) => p.name === method[1])
      ?.groups.find((g) => g.states.includes(method[2] ?? ""));
    return `${method[1] ?? ""}.${method[2] ?? ""} by ${group?.method ?? "nothing"}`;
  }
  throw new Error(
    `${block.place}: the test cannot read \`${line}\`; write \`3 spikes\`, \`spikes at 1.0, 2.0 ms\` or \`V = 1.0 mV at 2 ms\` or \`E.V by exact\` or \`exc has 12 connections\` or \`exc.g lives at the target\``,
  );
}

function decimals(number: string): number {
  return number.includes(".") ? number.length - number.indexOf(".") - 1 : 0;
}

export function titleOf({ words, text }: Block): string {
  return `${words.join(" ")} ${(text.trim().split("\n")[0] ?? "").trim().slice(0, 60)}`.trim();
}

/** The word after `word`, or null. */
export function argument({ words }: Block, word: string): string | null {
  const k = words.indexOf(word);
  return k < 0 ? null : (words[k + 1] ?? "");
}

/** `page` is named in their places. */
export function blocksOf(text: string, page: string): Block[] {
  const found: Block[] = [];
  let section = "";
  let open: { readonly line: number; readonly words: readonly string[]; readonly text: string[] } | null = null;
  text.split("\n").forEach((line, k) => {
    if (open !== null && line.startsWith("```")) {
      const [language = "", ...words] = open.words;
      found.push({ language, words, text: `${open.text.join("\n")}\n`, place: `${page}:${open.line}, ${section}` });
      open = null;
    } else if (open !== null) open.text.push(line);
    else if (line.startsWith("```")) open = { line: k + 1, words: line.slice(3).trim().split(/\s+/), text: [] };
    else if (/^#+ /.test(line)) section = line.replace(/^#+ /, "");
  });
  expect(open, "every fence is closed").toBe(null);
  return found;
}
