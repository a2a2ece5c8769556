// Writes the gallery of models: models/README.md and its figures, each made by running an experiment of the model it shows.
// `npx tsx scripts/gallery.ts` writes; with `--check` it only says what is missing or out of date. Figures are not run again for that.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceText } from "../src/base/source.ts";
import { check, planOf } from "../src/compile.ts";
import type { Analysis } from "../src/analyze.ts";
import type { SourceHost } from "../src/2-resolve/load.ts";
import type { SimulationPlan } from "../src/4-plan/plan.ts";
import { renderSvg, type Figure, type Panel } from "../src/figure/renderSvg.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import type { Simulation } from "../src/runtime/index.ts";
import { figureOf } from "../src/simulate/figureOf.ts";
import { instantiate } from "../src/simulate/load.ts";

const models = join(dirname(fileURLToPath(import.meta.url)), "..", "models");

/** What the gallery shows of a model. */
interface Exhibit {
  /** models/<file>.glif, and the name of its figure. */
  readonly file: string;
  /** The experiment to try first; the figure's, unless `panels` says otherwise. */
  readonly experiment: string;
  readonly caption: string;
  /** Several experiments over one time axis, by title: each gives the panel of its spiking variable. */
  readonly panels?: Readonly<Record<string, string>>;
  /** One experiment of several populations, a panel for each: title by population. */
  readonly populations?: { readonly of: string; readonly titles: Readonly<Record<string, string>> };
  /** Of a figure made of several. */
  readonly title?: string;
  /** A parameter to draw as the threshold; null for none, where it only cuts the upstroke. */
  readonly threshold?: string | null;
}

/** From simple to detailed. */
export const gallery: readonly Exhibit[] = [
  { file: "lif", experiment: "Step", caption: "The leaky integrator under a step of 300 pA: all intervals are the same." },
  { file: "glif", experiment: "CurrentStep", caption: "Under the same step the generalized integrator adapts: after-spike currents build up, and each spike raises the threshold." },
  {
    file: "teeter",
    experiment: "Level5",
    caption: "One cell fitted at five levels, under 150 pA: without after-spike currents it fires regularly, with them it adapts.",
    title: "Five levels of one cell",
    panels: { "GLIF1: LIF": "Level1", "GLIF2: + reset rule": "Level2", "GLIF3: + currents": "Level3", "GLIF4: + both": "Level4", "GLIF5: + threshold": "Level5" },
  },
  {
    file: "mihalas_niebur",
    experiment: "TonicBursting",
    caption: "Six of the twenty patterns, four numbers changed at most.",
    title: "Patterns of the Mihalas-Niebur neuron",
    panels: {
      "tonic spiking": "TonicSpiking", adaptation: "SpikeFrequencyAdaptation", "phasic spiking": "PhasicSpiking", "tonic bursting": "TonicBursting", "phasic bursting": "PhasicBursting", "mixed mode": "MixedMode",
    },
  },
  {
    file: "izhikevich",
    experiment: "TonicSpiking",
    caption: "The cell types of the 2003 paper under the same input of 10 mV/ms from 20 ms on.",
    title: "Seven cell types",
    threshold: null,
    populations: { of: "Types", titles: {
      RS_cell: "regular spiking", IB_cell: "intrinsically bursting", CH_cell: "chattering", FS_cell: "fast spiking", LTS_cell: "low threshold", TC_cell: "thalamocortical", RZ_cell: "resonator",
    } },
  },
  {
    file: "adex",
    experiment: "Adaptation",
    caption: "Six patterns of one model under constant currents.",
    title: "Patterns of AdEx",
    threshold: null,
    panels: {
      tonic: "Tonic", adaptation: "Adaptation", "initial burst": "InitialBurst", "regular bursting": "RegularBursting", accelerating: "DelayedAccelerating", "irregular: chaos": "IrregularSpiking",
    },
  },
  { file: "eglif", experiment: "GolgiProtocol", caption: "A Golgi cell: autorhythm, a second of 200 pA, autorhythm, half a second of -200 pA, and the rebound." },
  {
    file: "aglif",
    experiment: "Adapting",
    caption: "Five cells under 800 pA. Intervals grow by a law of each cell's own; three of the cells fall silent, depolarised. A leaky integrator would fire like a clock.",
    title: "Five cells of the hippocampus under 800 pA",
    threshold: "V_th",
    panels: { "cell 95822000": "Adapting", "cell 95817003": "Late", "cell 95810005": "StronglyAdapting", "cell 95831001": "Blocked", interneuron: "Volley" },
  },
  { file: "hodgkin_huxley", experiment: "Step", caption: "The squid axon under 10 µA/cm², with the gates of its sodium and potassium channels." },
  { file: "traub_miles", experiment: "Step", caption: "The benchmark cell fires once by itself, then under 0.5 nA every 12 ms." },
];

/** What is wrong with the gallery as it stands: files, README and figures that do not belong together. */
export function galleryProblems(): string[] {
  const problems: string[] = [];
  const files = readdirSync(models).filter((f) => f.endsWith(".glif")).map((f) => f.slice(0, -".glif".length));
  for (const file of files) if (!gallery.some((e) => e.file === file)) problems.push(`models/${file}.glif is not in the gallery of scripts/gallery.ts`);
  for (const { file } of gallery) {
    if (!files.includes(file)) problems.push(`models/${file}.glif does not exist`);
    if (!existsSync(join(models, "figures", `${file}.svg`))) problems.push(`models/figures/${file}.svg is missing: npx tsx scripts/gallery.ts`);
  }
  const figures = existsSync(join(models, "figures")) ? readdirSync(join(models, "figures")) : [];
  for (const figure of figures) if (!gallery.some((e) => `${e.file}.svg` === figure)) problems.push(`models/figures/${figure} belongs to no model`);
  const readme = join(models, "README.md");
  if (problems.length === 0 && (!existsSync(readme) || readFileSync(readme, "utf8") !== readmeText())) problems.push("models/README.md is out of date: npx tsx scripts/gallery.ts");
  return problems;
}

/** The text of an exhibit's figure. */
export function figureText(exhibit: Exhibit): string {
  const analysis = analysisOf(exhibit.file);
  const of = (experiment: string): { readonly plan: SimulationPlan; readonly simulation: Simulation; readonly figure: Figure } => {
    const plan = planned(analysis, experiment);
    const simulation = instantiate(plan, { seed: plan.seed ?? 1 });
    simulation.advance(plan.steps ?? 0);
    return { plan, simulation, figure: figureOf(plan, simulation) };
  };
  if (exhibit.panels !== undefined) {
    const parts = Object.entries(exhibit.panels).map(([title, experiment]) => ({ title, ...of(experiment) }));
    return renderSvg(together(exhibit, parts.map(({ title, simulation, figure }) => panelOf(exhibit, title, figure, simulation))));
  }
  if (exhibit.populations !== undefined) {
    const { plan, simulation } = of(exhibit.populations.of);
    const panels = Object.entries(exhibit.populations.titles).map(([population, title]): Panel => {
      const alone: SimulationPlan = { ...plan, populations: plan.populations.filter((p) => p.name === population), spikesOf: [population] };
      const traces = simulation.traces.filter((t) => t.population === population);
      return panelOf(exhibit, title, figureOf(alone, { ...simulation, traces }), simulation);
    });
    return renderSvg(together(exhibit, panels));
  }
  return renderSvg(of(exhibit.experiment).figure);
}

function together(exhibit: Exhibit, panels: readonly Panel[]): Figure {
  const duration = Math.max(...panels.flatMap((panel) => panel.traces.map((trace) => trace.t[trace.t.length - 1] ?? 0)));
  return { title: exhibit.title ?? exhibit.file, subtitle: "membrane potential in mV", duration, panels, raster: null };
}

/** The panel of the spiking variable; its curve needs no name beside the title. */
function panelOf(exhibit: Exhibit, title: string, figure: Figure, simulation: Simulation): Panel {
  const panel = figure.panels.find((p) => p.spikes !== undefined) ?? figure.panels.find((p) => p.kind === "state");
  const [curve] = panel?.traces ?? [];
  if (panel === undefined || curve === undefined) throw new Error(`${figure.title} has no panel`);
  const { name, unit, t, y } = curve;
  const level = typeof exhibit.threshold === "string" ? (simulation.populations[0]?.parameters[exhibit.threshold] ?? NaN) : NaN;
  const line = Number.isNaN(level) ? panel.threshold : { name: exhibit.threshold ?? "", unit, t: [0, figure.duration], y: [level, level] };
  const drawn = exhibit.threshold === null || line === undefined ? {} : { threshold: line };
  return { title, kind: "state", traces: [{ name, unit, t, y }], spikes: panel.spikes ?? [], ...drawn };
}

// ---- the text

function readmeText(): string {
  const sections = gallery.map((exhibit) => {
    const { title, body } = headerOf(exhibit.file);
    const own = analysisOf(exhibit.file).program;
    const experiments = (own?.experiments ?? []).filter((e) => own?.own.includes(e.name));
    const neurons = (own?.neurons ?? []).filter((n) => own?.own.includes(n.name));
    return [
      `## ${exhibit.file}`,
      title,
      `![${exhibit.caption}](figures/${exhibit.file}.svg)`,
      `*${exhibit.caption}*`,
      body,
      `\`\`\`sh\nglif run models/${exhibit.file}.glif ${exhibit.experiment}\n\`\`\``,
      `In a model of your own: \`import ${neurons.map((n) => n.name).join(", ")} from "glif/${exhibit.file}"\`.`,
      `| experiment | of | |\n|-|-|-|\n${experiments.map((e) => `| ${e.name} | ${e.subject} | ${firstSentences(e.doc)} |`).join("\n")}`,
    ].join("\n\n");
  });
  const table = gallery.map((e) => `| [${e.file}](#${e.file}) | ${headerOf(e.file).title} |`).join("\n");
  return `<!-- Written by scripts/gallery.ts from the models' own comments: change those, and run \`npx tsx scripts/gallery.ts\`. -->

# The models that ship with glif

Each file is the equations of a paper, its numbers, and experiments that show what it is known for. Each is tested: against closed forms, against independent solvers, or
against the spikes of the authors' own program, in \`test/conformance\`.

| file | |
|-|-|
${table}

${sections.join("\n\n")}
`;
}

/** The comment that a file begins with: its first paragraph, and the others; indented lines stay as they are. */
function headerOf(file: string): { readonly title: string; readonly body: string } {
  const lines = readFileSync(join(models, `${file}.glif`), "utf8").split("\n");
  const end = lines.findIndex((l) => !l.startsWith("//") || l.startsWith("///"));
  const paragraphs: string[][] = [[]];
  for (const line of lines.slice(0, end).map((l) => l.replace(/^\/\/ ?/, ""))) {
    if (line === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  const [title, ...body] = paragraphs.filter((p) => p.length > 0).map((p) => (p.every((l) => l.startsWith("    ")) ? p.join("\n") : p.map(escaped).join("\n")));
  return { title: (title ?? "").replaceAll("\n", " "), body: linked(body.join("\n\n")) };
}

/** Of what the models write, Markdown would take `*` and `_` for emphasis, except between backticks. */
function escaped(line: string): string {
  return line.split("`").map((part, k) => (k % 2 === 1 ? part : part.replaceAll(/[*_]/g, (sign) => `\\${sign}`))).join("`");
}

function linked(text: string): string {
  return text.replaceAll(/doi:(10\.[^\s,;)]*[^\s,;:.)])/g, (_, doi: string) => `[doi:${doi}](https://doi.org/${doi.replaceAll("\\", "")})`);
}

function firstSentences(doc: string): string {
  return escaped(doc.replaceAll("\n", " ")).replaceAll("|", "\\|");
}

// ---- the models

const host: SourceHost = {
  read: (path) => (existsSync(path) ? { text: readFileSync(path, "utf8") } : { problem: "no such file" }),
  resolve: (from, written) => ({ path: written.startsWith("glif/") ? join(models, `${written.slice("glif/".length)}.glif`) : resolve(dirname(from), written) }),
};

const analyses = new Map<string, Analysis>();

function analysisOf(file: string): Analysis {
  const path = join(models, `${file}.glif`);
  const analysis = analyses.get(file) ?? check(sourceText(path, readFileSync(path, "utf8")), host);
  analyses.set(file, analysis);
  if (analysis.program === null) throw new Error(renderDiagnostics(analysis.diagnostics, { color: false }));
  return analysis;
}

function planned(analysis: Analysis, experiment: string): SimulationPlan {
  const { plan, diagnostics } = analysis.program === null ? { plan: null, diagnostics: analysis.diagnostics } : planOf(analysis.program, experiment);
  if (plan === null) throw new Error(`there is no plan for ${experiment}\n${renderDiagnostics(diagnostics, { color: false })}`);
  return plan;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes("--check")) {
    const problems = galleryProblems();
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } else {
    mkdirSync(join(models, "figures"), { recursive: true });
    for (const exhibit of gallery) writeFileSync(join(models, "figures", `${exhibit.file}.svg`), figureText(exhibit));
    writeFileSync(join(models, "README.md"), readmeText());
  }
}
