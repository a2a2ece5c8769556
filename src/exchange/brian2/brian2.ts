// Brian2 as a target: an experiment becomes a script, with arrays beside it where it needs them, and a page on how to run it.
import type { Span } from "../../base/source.ts";
import { headOf, type ExportModel, type ExportPopulation } from "../exported.ts";
import { namesUnder, type Names } from "../names.ts";
import { npz } from "../npz.ts";
import type { ExportFile, Target, Teller } from "../target.ts";
import { newNeuron, sumName, type Neuron } from "./neuron.ts";
import { OPEN_END } from "./inputs.ts";
import { groupOf, neuronGroup, type Group } from "./population.ts";
import { synapses } from "./projection.ts";
import type { Sender } from "./synapse.ts";
import { refuseWhatIsLate } from "./refusals.ts";
import { recordedElements, recordLines, TRACING, WRITING } from "./records.ts";
import { inDocstring, newScript, timeText, type Script } from "./script.ts";
import { sourceGroup, type Source } from "./sources.ts";
import { fileStem, pageText } from "./page.ts";
import { RULES } from "./words.ts";

export const BRIAN2: Target = {
  name: "brian2",
  title: "Brian2",
  version: "2.5.1",
  takes: {
    equations:
      "`Equations` with units; lets are subexpressions, elements of indices variables by themselves, `I[1]` is `I_1`. A state as it was, `x(t - T)`, is refused",
    methods:
      "`exact`, `euler` and `rk4` as they are; else the nearest of Brian2's, which is told, with `--exact` glif's own step as a function. `rk45` and `rosenbrock` become `rk4`, and are refused with `--exact`",
    noise: "`xi`: other random numbers, by `euler` (`heun` where it is Stratonovich's), with `--exact` by glif's step",
    level: "`threshold`",
    crossing:
      "`threshold` with the same condition as `refractory`, else with a variable that says whether it was true before",
    rate: "`threshold` that draws: other random numbers",
    reset: "`reset`, its statements in an order in which none reads what one before it wrote, or with temporaries",
    events: "`events` of the group; what goes by the clock, by a count of steps",
    refractory:
      "`refractory` one step longer than glif's, since Brian2 counts from the step of the spike; `(unless refractory)`",
    drop: "a factor `int(not_refractory)`",
    eventDraws:
      "`uniform`, `normal`, `exponential`, `poisson` without bounds: other random numbers. Others are refused",
    precise: "on the grid of steps, which is told; refused with `--exact`",
    stimuli:
      "expressions, constants of the neurons where they differ, or a `TimedArray` of the values where they change in time, with a column for each neuron that has its own",
    populations:
      "expressions; lists and columns of files as arrays; draws by numpy, with `--exact` the values that glif draws",
    poisson:
      "`PoissonGroup`, or a number of spikes a step where that is often more than one; with `--exact` the spikes that glif sends",
    spikes: "`SpikeGeneratorGroup`",
    rules:
      '`connect` with `p`, conditions and `j="i"`; `indegree`, `outdegree`, `total` by numpy; with `--exact` the connections that glif makes. What a rule draws behind a `where` is refused without',
    connectionValues: "variables of `Synapses`; draws by numpy, with `--exact` glif's values",
    summed: "variables of the target's group",
    plasticity:
      "variables of `Synapses`, event-driven where nothing but events reads them; those that read what moves are refused with `--exact`",
    coupling:
      "`(summed)` variables, which stand still in a step; where glif moves them inside of it, that is told, and refused with `--exact`. What reads an end as it was a delay ago is refused",
    record:
      "`SpikeMonitor`, `StateMonitor`, written as glif writes them; values of single connections are left out, which is told",
    seed: "`seed`: of Brian2's own random numbers",
  },
  write(model, tell) {
    refuseWhatIsLate(model, tell);
    if (tell.refused) return null;
    tellOfExperiment(model, tell);
    const stem = fileStem(model.experiment.name);
    const script = scriptText(model, tell, stem);
    if (tell.refused) return null;
    const files: ExportFile[] = [{ name: `${stem}.py`, content: script.text }];
    if (script.arrays !== null) files.push({ name: `${stem}.npz`, content: script.arrays });
    files.push({ name: "README.md", content: pageText(model, tell, stem, script.arrays !== null) });
    return files;
  },
};

function tellOfExperiment({ experiment, made }: ExportModel, tell: Teller): void {
  if (!experiment.precise) return;
  if (made === null)
    tell.nearly(experiment.origin, {
      what: "`spikes precise`: Brian2 spikes at the ends of steps, so that each spike is late by up to one",
    });
  else
    tell.refuse(experiment.origin, {
      what: "`spikes precise`",
      because: "Brian2 spikes at the ends of steps alone",
      help: [
        "remove `spikes precise` from the experiment",
        "leave out `--exact`: then each spike is late by up to a step",
      ],
    });
}

function scriptText(
  model: ExportModel,
  tell: Teller,
  stem: string,
): { readonly text: string; readonly arrays: Uint8Array | null } {
  const names = new Map(model.populations.map((p) => [p.checked.name, namesUnder(RULES)]));
  const reserved = reservedNames(model, names);
  const script = newScript(model, tell, reserved);
  const recorded = recordedElements(script);
  const neurons: Neuron[] = [];
  const sources: Source[] = [];
  const senders = new Map<string, Sender>();
  const groups = new Map<string, Group>();
  const objects: string[][] = [];
  for (const p of model.populations) {
    const own = names.get(p.checked.name) ?? namesUnder(RULES);
    if (p.checked.source !== null) {
      const { source, lines } = sourceGroup(p, own, script);
      sources.push(source);
      senders.set(p.checked.name, source);
      objects.push([...lines]);
      continue;
    }
    const neuron = newNeuron(
      p,
      own,
      model.projections.filter((q) => q.checked.target.population === p.checked.name),
      model.projections.filter((q) => q.checked.source.population === p.checked.name),
      recorded.get(p.checked.name) ?? new Set(),
      script,
    );
    neurons.push(neuron);
    objects.push([...docLines(p), ...neuronGroup(neuron)]);
    const group = groupOf(neuron);
    groups.set(p.checked.name, group);
    senders.set(p.checked.name, group);
  }
  const nameAt = (population: string): Names => names.get(population) ?? namesUnder(RULES);
  for (const p of model.projections) {
    const { source, target, connection, doc } = p.checked;
    const isAlone = model.projections.filter((q) => q.checked.connection === connection).length === 1;
    const object = script.objects.of(
      p.plan.name,
      isAlone ? connection : `${connection}_${source.population}_${target.population}`,
    );
    const [pre, post] = [senders.get(source.population), groups.get(target.population)];
    if (pre === undefined || post === undefined) continue;
    const lines = synapses(
      p,
      object,
      pre,
      post,
      (end, input) => sumName(nameAt(end === "pre" ? source.population : target.population), p, end, input),
      script,
    );
    objects.push([...doc.split("\n").flatMap((line) => (line.trim() === "" ? [] : [`# ${line.trim()}`])), ...lines]);
  }
  const records = recordLines(neurons, sources, script);
  const writesTraces = records.writing.some((line) => line.startsWith("write_traces"));
  const body = [
    ...objects,
    records.monitors,
    ["", ...WRITING.split("\n")],
    ...(writesTraces ? [TRACING.split("\n")] : []),
    ["", ...runLines(model, neurons)],
    records.writing,
  ];
  const text = [
    ...headLines(model, script, stem),
    ...body.filter((part) => part.length > 0).flatMap((part) => ["", ...part]),
    "",
  ].join("\n");
  const arrays = script.arrays.length === 0 ? null : npz(script.arrays);
  if (arrays === null && script.arrays.length > 0)
    tell.refuse(model.experiment.origin, {
      what: "arrays of more than 4 GB",
      because: "the file that holds them cannot be larger",
      help: ["export a smaller network, or leave out `--exact`"],
    });
  return { text, arrays };
}

/** Names of variables: an object of the script that is called so would be taken for one. */
function reservedNames(model: ExportModel, names: ReadonlyMap<string, Names>): ReadonlySet<string> {
  const taken = new Set<string>();
  for (const p of model.populations) {
    const own = names.get(p.checked.name);
    for (const q of p.checked.neuron.quantities)
      if (own !== undefined && q.indices.length === 0) taken.add(own.of(q.name));
  }
  for (const p of model.projections) {
    const own = namesUnder(RULES);
    for (const q of p.checked.synapse.quantities) taken.add(own.of(q.name));
  }
  return taken;
}

function docLines({ checked }: ExportPopulation): readonly string[] {
  return checked.neuron.doc.split("\n").flatMap((line) => (line.trim() === "" ? [] : [`# ${line.trim()}`]));
}

function headLines(model: ExportModel, script: Script, stem: string): readonly string[] {
  const { experiment, plan, about } = model;
  const random = experiment.seed === null ? [] : [`seed(${experiment.seed})`];
  return [
    ...docstring(model, script.tell),
    "import numpy as np",
    "from brian2 import *",
    "",
    ...(script.arrays.length === 0 ? [] : [`data = np.load("${stem}.npz")  # written by glif ${about.version}`, ""]),
    ...[...script.functions].flatMap((text) => ["", ...text.split("\n"), ""]),
    `defaultclock.dt = ${timeText(1, plan.step)}`,
    ...random,
    "# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent",
    `magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]`,
  ];
}

function docstring({ experiment, populations, about }: ExportModel, tell: Teller): readonly string[] {
  const sources = new Set<Span["source"]>([
    experiment.origin.source,
    ...populations.map((p) => p.checked.neuron.origin.source),
  ]);
  const papers = [...sources].map(headOf).filter((lines) => lines.length > 0);
  const title = experiment.doc === "" ? `${experiment.name} of ${experiment.subject}.` : experiment.doc;
  const near = [...new Set(tell.near.map((n) => n.what))];
  return [
    `"""${inDocstring(title)}`,
    "",
    `Exported by glif ${about.version} from ${about.file}, ${experiment.name} of ${experiment.subject}.`,
    ...(near.length === 0
      ? ["It takes glif's steps: spikes fall into the same ones, up to rounding."]
      : ["What is not as in glif:", ...near.map((what) => `- ${inDocstring(what)}`)]),
    ...papers.flatMap((lines) => ["", ...lines.map(inDocstring)]),
    `"""`,
  ];
}

function runLines({ plan }: ExportModel, neurons: readonly Neuron[]): readonly string[] {
  const moving = neurons.filter((n) => n.population.plan.groups.length > 0).map((n) => n.object);
  return [
    `run(${timeText(plan.steps ?? OPEN_END, plan.step)}, report="text")`,
    ...(moving.length === 0
      ? []
      : [
          "",
          `for group in [${moving.join(", ")}]:`,
          "    for variable in group.equations.diff_eq_names:",
          "        if not np.all(np.isfinite(getattr(group, variable))):",
          `            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")`,
        ]),
  ];
}
