// Writes the gallery of models: models/README.md and its figures, each made by running an experiment of the model it shows.
// `npx tsx scripts/gallery.ts` writes; with `--check` it only says what is missing or out of date. Figures are not run again for that.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceText, type SourceText } from "../src/base/source.ts";
import { check, planOf } from "../src/compile.ts";
import type { Analysis } from "../src/analyze.ts";
import type { SourceHost } from "../src/2-resolve/load.ts";
import type { SimulationPlan } from "../src/4-plan/plan.ts";
import { renderSvg, type Figure, type Panel } from "../src/figure/renderSvg.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import type { Simulation } from "../src/runtime/index.ts";
import { figureOf } from "../src/simulate/figureOf.ts";
import { timeOf } from "../src/runtime/clock.ts";
import { instantiate } from "../src/simulate/load.ts";
import { escaped, headerOf } from "./header.ts";

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
  /** Several experiments of one network as one raster, the first neurons of a population of each: experiment by title. */
  readonly rasters?: {
    readonly population: string;
    readonly neurons: number;
    readonly of: Readonly<Record<string, string>>;
  };
  /** Of a figure made of several. */
  readonly title?: string;
  readonly subtitle?: string;
  /** A parameter to draw as the threshold; null for none, where it only cuts the upstroke. */
  readonly threshold?: string | null;
  /** What each neuron of a population has at the end, over the time of its one spike, with strokes for the spikes of another population. */
  readonly window?: { readonly population: string; readonly variable: string; readonly strokes: string };
  /** Settings of the figure, as with --set, where the experiments are too large for one. */
  readonly settings?: readonly string[];
  /** ms; the figure shows no more than the beginning. */
  readonly duration?: number;
  /** The constant rates and currents that drive a network are left out. */
  readonly stimuli?: false;
}

/** From simple to detailed. */
export const gallery: readonly Exhibit[] = [
  {
    file: "lif",
    experiment: "Step",
    caption: "The leaky integrator under a step of 300 pA: all intervals are the same.",
  },
  {
    file: "glif",
    experiment: "CurrentStep",
    caption:
      "Under the same step the generalized integrator adapts: after-spike currents build up, and each spike raises the threshold.",
  },
  {
    file: "teeter",
    experiment: "Level5",
    caption:
      "One cell fitted at five levels, under 150 pA: without after-spike currents it fires regularly, with them it adapts.",
    title: "Five levels of one cell",
    panels: {
      "GLIF1: LIF": "Level1",
      "GLIF2: + reset rule": "Level2",
      "GLIF3: + currents": "Level3",
      "GLIF4: + both": "Level4",
      "GLIF5: + threshold": "Level5",
    },
  },
  {
    file: "mihalas_niebur",
    experiment: "TonicBursting",
    caption: "Six of the twenty patterns, four numbers changed at most.",
    title: "Patterns of the Mihalas-Niebur neuron",
    panels: {
      "tonic spiking": "TonicSpiking",
      adaptation: "SpikeFrequencyAdaptation",
      "phasic spiking": "PhasicSpiking",
      "tonic bursting": "TonicBursting",
      "phasic bursting": "PhasicBursting",
      "mixed mode": "MixedMode",
    },
  },
  {
    file: "izhikevich",
    experiment: "TonicSpiking",
    caption: "The cell types of the 2003 paper under the same input of 10 mV/ms from 20 ms on.",
    title: "Seven cell types",
    threshold: null,
    populations: {
      of: "Types",
      titles: {
        RS_cell: "regular spiking",
        IB_cell: "intrinsically bursting",
        CH_cell: "chattering",
        FS_cell: "fast spiking",
        LTS_cell: "low threshold",
        TC_cell: "thalamocortical",
        RZ_cell: "resonator",
      },
    },
  },
  {
    file: "adex",
    experiment: "Adaptation",
    caption: "Six patterns of one model under constant currents.",
    title: "Patterns of AdEx",
    threshold: null,
    panels: {
      tonic: "Tonic",
      adaptation: "Adaptation",
      "initial burst": "InitialBurst",
      "regular bursting": "RegularBursting",
      accelerating: "DelayedAccelerating",
      "irregular: chaos": "IrregularSpiking",
    },
  },
  {
    file: "eglif",
    experiment: "GolgiProtocol",
    caption: "A Golgi cell: autorhythm, a second of 200 pA, autorhythm, half a second of -200 pA, and the rebound.",
  },
  {
    file: "aglif",
    experiment: "Adapting",
    caption:
      "Five cells under 800 pA. Intervals grow by a law of each cell's own; three of the cells fall silent, depolarised. A leaky integrator would fire like a clock.",
    title: "Five cells of the hippocampus under 800 pA",
    threshold: "V_th",
    panels: {
      "cell 95822000": "Adapting",
      "cell 95817003": "Late",
      "cell 95810005": "StronglyAdapting",
      "cell 95831001": "Blocked",
      interneuron: "Volley",
    },
  },
  {
    file: "hodgkin_huxley",
    experiment: "Step",
    caption: "The squid axon under 10 µA/cm², with the gates of its sodium and potassium channels.",
  },
  {
    file: "traub_miles",
    experiment: "Step",
    caption: "The benchmark cell fires once by itself, then under 0.5 nA every 12 ms.",
  },
  {
    file: "mackey_glass",
    experiment: "Chaotic",
    caption: "An equation with a delay of 17 ms: chaos. Below, the same course as the equation reads it.",
  },
  {
    file: "synapses",
    experiment: "Potentials",
    caption: "Three spikes, at 10, 30 and 35 ms, through eight synapses.",
    title: "Eight synapses",
    populations: {
      of: "Potentials",
      titles: {
        Jump: "jump",
        Exp: "exponential",
        Alpha: "alpha",
        Biexp: "biexponential",
        Conductance: "conductance",
        Inhibition: "inhibition",
        Slow: "NMDA",
        Saturating: "saturating",
      },
    },
  },
  {
    file: "short_term_plasticity",
    experiment: "Trains",
    caption:
      "The same train through a depressing and a facilitating synapse: potentials, and the resources x and the facilitation u behind them.",
  },
  {
    file: "stochastic_release",
    experiment: "Depression",
    caption:
      "The same train through five synapses of five sites: what each spike releases is drawn, sites that have released are empty for a while.",
  },
  {
    file: "plasticity",
    experiment: "Pairs",
    caption:
      "The window of spike-timing-dependent plasticity: the weight that one pair leaves, over the time of the postsynaptic spike. The presynaptic spike comes at 150 ms.",
    title: "One pair of spikes",
    subtitle: "the weight afterwards, over the time of the postsynaptic spike; the stroke is the presynaptic one",
    window: { population: "Post", variable: "weight", strokes: "Pre" },
    duration: 300,
  },
  {
    file: "gap_junction",
    experiment: "Locking",
    caption:
      "An electrical synapse makes two integrators with different currents spike in one rhythm, though not in step.",
    stimuli: false,
  },
  {
    file: "glif_network",
    experiment: "Noisy",
    caption:
      "A thousand GLIF neurons fall into a rhythm of 25 Hz, in which each takes part now and then. Below, three potentials and the conductances of the first.",
    stimuli: false,
  },
  {
    file: "coupled",
    experiment: "AsProgrammed",
    caption: "The network of the loop. Each spike is a potential of 20 mV for one step.",
    stimuli: false,
  },
  {
    file: "brette2007",
    experiment: "Conductances",
    caption: "COBA: after a kick of 50 ms the network keeps itself active, irregularly.",
    stimuli: false,
  },
  {
    file: "brunel2000",
    experiment: "AsynchronousIrregular",
    caption:
      "Four states of one network, fifty neurons of each: synchronous regular, fast oscillation, asynchronous irregular, slow oscillation. At a fifth of the size the third is less asynchronous than at the full one.",
    title: "Four states of activity",
    settings: ["Brunel.scale = 0.2"],
    duration: 200,
    rasters: {
      population: "E",
      neurons: 50,
      of: {
        SR: "SynchronousRegular",
        "SI, fast": "FastOscillation",
        AI: "AsynchronousIrregular",
        "SI, slow": "SlowOscillation",
      },
    },
  },
  {
    file: "microcircuit",
    experiment: "Tenth",
    caption: "The circuit at a tenth of its size: 7,700 neurons, 3 million synapses.",
    stimuli: false,
    duration: 400,
  },
  {
    file: "chimera",
    experiment: "Chimera",
    caption:
      "A ring of 200 identical neurons settles into two groups in step and two that are not. Below, the order around a neuron of either kind.",
  },
  {
    file: "delayed_ring",
    experiment: "Delayed",
    caption: "A bump of activity goes around a ring of rate units: four of them, a quarter of a round apart.",
  },
];

/** What is wrong with the gallery as it stands: files, README and figures that do not belong together. */
export function galleryProblems(): string[] {
  const problems: string[] = [];
  const files = readdirSync(models)
    .filter((f) => f.endsWith(".glif"))
    .map((f) => f.slice(0, -".glif".length));
  for (const file of files)
    if (!gallery.some((e) => e.file === file))
      problems.push(`models/${file}.glif is not in the gallery of scripts/gallery.ts`);
  for (const { file } of gallery) {
    if (!files.includes(file)) problems.push(`models/${file}.glif does not exist`);
    if (!existsSync(join(models, "figures", `${file}.svg`)))
      problems.push(`models/figures/${file}.svg is missing: npx tsx scripts/gallery.ts`);
  }
  const figures = existsSync(join(models, "figures")) ? readdirSync(join(models, "figures")) : [];
  for (const figure of figures)
    if (!gallery.some((e) => `${e.file}.svg` === figure)) problems.push(`models/figures/${figure} belongs to no model`);
  const readme = join(models, "README.md");
  if (problems.length === 0 && (!existsSync(readme) || readFileSync(readme, "utf8") !== readmeText()))
    problems.push("models/README.md is out of date: npx tsx scripts/gallery.ts");
  return problems;
}

/** The text of an exhibit's figure. */
export function figureText(exhibit: Exhibit): string {
  const of = (
    experiment: string,
  ): { readonly plan: SimulationPlan; readonly simulation: Simulation; readonly figure: Figure } => {
    const whole = planned(exhibit, experiment);
    const plan =
      exhibit.duration === undefined ? whole : { ...whole, steps: Math.round(exhibit.duration / whole.step) };
    const simulation = instantiate(plan, { seed: plan.seed ?? 1 });
    simulation.advance(plan.steps ?? 0);
    return { plan, simulation, figure: figureOf(plan, simulation) };
  };
  const { panels, populations, rasters } = exhibit;
  if (panels !== undefined) {
    const parts = Object.entries(panels).map(([title, experiment]) => ({ title, ...of(experiment) }));
    return renderSvg(
      together(
        exhibit,
        parts.map(({ title, simulation, figure }) => panelOf(exhibit, title, figure, simulation)),
      ),
    );
  }
  if (populations !== undefined) {
    const { plan, simulation } = of(populations.of);
    const own = Object.entries(populations.titles).map(([population, title]): Panel => {
      const alone: SimulationPlan = {
        ...plan,
        populations: plan.populations.filter((p) => p.name === population),
        spikesOf: [population],
      };
      const traces = simulation.traces.filter((t) => t.population === population);
      return panelOf(exhibit, title, figureOf(alone, { ...simulation, traces }), simulation);
    });
    return renderSvg(together(exhibit, own));
  }
  if (rasters !== undefined)
    return renderSvg(
      rasterOf(
        exhibit,
        Object.entries(rasters.of).map(([title, experiment]) => ({ title, ...of(experiment) })),
        rasters,
      ),
    );
  const { figure, simulation } = of(exhibit.experiment);
  if (exhibit.window !== undefined) return renderSvg(windowOf(exhibit, simulation, exhibit.window));
  const shown = figure.panels.filter((panel) => exhibit.stimuli !== false || panel.kind !== "stimulus");
  // Cells that cannot spike have nothing to show in a raster.
  return renderSvg({ ...figure, panels: shown, raster: simulation.spikes.length === 0 ? null : figure.raster });
}

function together(exhibit: Exhibit, panels: readonly Panel[]): Figure {
  const duration = Math.max(
    ...panels.flatMap((panel) => panel.traces.map((trace) => trace.t[trace.t.length - 1] ?? 0)),
  );
  return {
    title: exhibit.title ?? exhibit.file,
    subtitle: exhibit.subtitle ?? "membrane potential in mV",
    duration,
    panels,
    raster: null,
  };
}

/** The runs of several experiments as the bands of one raster. */
function rasterOf(
  exhibit: Exhibit,
  parts: readonly { readonly title: string; readonly simulation: Simulation; readonly figure: Figure }[],
  { population, neurons }: NonNullable<Exhibit["rasters"]>,
): Figure {
  const bands = parts.map(({ title, simulation: { spikes, populations } }) => {
    const kept = Array.from({ length: spikes.length }, (_, k) => k).filter(
      (k) => populations[spikes.population(k)]?.name === population && spikes.neuron(k) < neurons,
    );
    return {
      name: title,
      size: neurons,
      times: kept.map((k) => spikes.time(k)),
      neurons: kept.map((k) => spikes.neuron(k)),
    };
  });
  const duration = Math.max(...parts.map(({ figure }) => figure.duration));
  return {
    title: exhibit.title ?? exhibit.file,
    subtitle: `${neurons} neurons of ${population} in each${(exhibit.settings ?? []).map((s) => `, ${s}`).join("")}`,
    duration,
    panels: [],
    raster: { populations: bands },
  };
}

/** What each neuron of a population has at the end over the time of its one spike; strokes are the spikes of the other. */
function windowOf(
  exhibit: Exhibit,
  simulation: Simulation,
  { population, variable, strokes }: NonNullable<Exhibit["window"]>,
): Figure {
  const { spikes, populations, traces, steps, dt } = simulation;
  const ofPopulation = (name: string): number[] =>
    Array.from({ length: spikes.length }, (_, k) => k).filter((k) => populations[spikes.population(k)]?.name === name);
  const points = ofPopulation(population).map((k) => {
    const log = traces.find(
      (l) => l.population === population && l.variable === variable && l.neuron === spikes.neuron(k),
    );
    return { t: spikes.time(k), y: log?.values().at(-1) ?? NaN, unit: log?.unit ?? "" };
  });
  const unit = points[0]?.unit ?? "";
  const panel: Panel = {
    title: `${variable} (${unit})`,
    kind: "state",
    traces: [{ name: variable, unit, t: points.map((p) => p.t), y: points.map((p) => p.y) }],
    spikes: [...new Set(ofPopulation(strokes).map((k) => spikes.time(k)))],
  };
  return {
    title: exhibit.title ?? exhibit.file,
    subtitle: exhibit.subtitle ?? "",
    duration: timeOf(steps, dt),
    panels: [panel],
    raster: null,
  };
}

/** The panel of the spiking variable; its curve needs no name beside the title. */
function panelOf(exhibit: Exhibit, title: string, figure: Figure, simulation: Simulation): Panel {
  const panel = figure.panels.find((p) => p.spikes !== undefined) ?? figure.panels.find((p) => p.kind === "state");
  const [curve] = panel?.traces ?? [];
  if (panel === undefined || curve === undefined) throw new Error(`${figure.title} has no panel`);
  const { name, unit, t, y } = curve;
  const level =
    typeof exhibit.threshold === "string" ? (simulation.populations[0]?.parameters[exhibit.threshold] ?? NaN) : NaN;
  const line = Number.isNaN(level)
    ? panel.threshold
    : { name: exhibit.threshold ?? "", unit, t: [0, figure.duration], y: [level, level] };
  const drawn = exhibit.threshold === null || line === undefined ? {} : { threshold: line };
  return { title, kind: "state", traces: [{ name, unit, t, y }], spikes: panel.spikes ?? [], ...drawn };
}

// ---- the text

function readmeText(): string {
  const sections = gallery.map((exhibit) => {
    const { title, body } = headerOf(pathOf(exhibit.file));
    const own = analysisOf(exhibit.file).program;
    const experiments = (own?.experiments ?? []).filter((e) => own?.own.includes(e.name));
    const experimental = new Set(experiments.map((e) => e.name));
    const synapses = (own?.synapses ?? [])
      .filter((s) => s.origin.source.path === pathOf(exhibit.file))
      .map((s) => s.name);
    const parts = new Set(own?.mechanisms ?? []);
    const models = [
      ...new Set([...synapses, ...(own?.own ?? []).filter((name) => !experimental.has(name) && !parts.has(name))]),
    ];
    return [
      `## ${exhibit.file}`,
      title,
      `![${exhibit.caption}](figures/${exhibit.file}.svg)`,
      `*${exhibit.caption}*`,
      body,
      `\`\`\`sh\nglif run models/${exhibit.file}.glif ${exhibit.experiment}\n\`\`\``,
      `In a model of your own: \`import ${models.join(", ")} from "glif/${exhibit.file}"\`.`,
      `| experiment | of | |\n|-|-|-|\n${experiments.map((e) => `| ${e.name} | ${e.subject} | ${firstSentences(e.doc)} |`).join("\n")}`,
    ].join("\n\n");
  });
  const table = gallery.map((e) => `| [${e.file}](#${e.file}) | ${headerOf(pathOf(e.file)).title} |`).join("\n");
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

function firstSentences(doc: string): string {
  return escaped(doc.replaceAll("\n", " ")).replaceAll("|", "\\|");
}

// ---- the models

const host: SourceHost = {
  read: (path) => (existsSync(path) ? { text: readFileSync(path, "utf8") } : { problem: "no such file" }),
  resolve: (from, written) => ({
    path: written.startsWith("glif/")
      ? join(models, `${written.slice("glif/".length)}.glif`)
      : resolve(dirname(from), written),
  }),
};

const analyses = new Map<string, Analysis>();

function analysisOf(file: string): Analysis {
  const analysis = analyses.get(file) ?? check(sourceOf(file), host);
  analyses.set(file, analysis);
  if (analysis.program === null) throw new Error(renderDiagnostics(analysis.diagnostics, { color: false }));
  return analysis;
}

function sourceOf(file: string): SourceText {
  return sourceText(pathOf(file), readFileSync(pathOf(file), "utf8"));
}

function pathOf(file: string): string {
  return join(models, `${file}.glif`);
}

function planned({ file, settings }: Exhibit, experiment: string): SimulationPlan {
  const analysis = settings === undefined ? analysisOf(file) : check(sourceOf(file), host, experiment, settings);
  const { plan, diagnostics } =
    analysis.program === null
      ? { plan: null, diagnostics: analysis.diagnostics }
      : planOf(analysis.program, experiment);
  if (plan === null)
    throw new Error(`there is no plan for ${experiment}\n${renderDiagnostics(diagnostics, { color: false })}`);
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
