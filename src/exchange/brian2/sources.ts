// Populations that send spikes without being neurons: Poisson processes, and lists of spikes.
import { present } from "../../base/invariant.ts";
import { knownUnit } from "../../quantities/unit.ts";
import { stepsIn } from "../../runtime/clock.ts";
import type { Made, ExportPopulation } from "../exported.ts";
import type { Names } from "../names.ts";
import { sampled } from "../sampled.ts";
import { elementsOf, saidOf } from "./elements.ts";
import { writer, asWritten, type Scope } from "./expressions.ts";
import { OPEN_END, stimulusText } from "./inputs.ts";
import { readsList } from "./lists.ts";
import { quoted, type Script } from "./script.ts";
import { quantityText, numberText } from "./units.ts";

export interface Source {
  readonly population: ExportPopulation;
  readonly object: string;
  /** The variable that says how many spikes a source sends in a step, where that may be several. */
  readonly counts: string | null;
  /** Sources of one neuron that spikes several times in a step: neuron i is i, i + size, … */
  readonly layers: number;
  /** Its spikes are those at the beginning of a step: their times are as they are. */
  readonly atBeginning: boolean;
}

/** Expected spikes in a step up to which one at most is sent. */
const FEW = 0.1;

export interface SourceText {
  readonly source: Source;
  readonly lines: readonly string[];
}

export function sourceGroup(population: ExportPopulation, names: Names, script: Script): SourceText {
  const { plan } = population;
  const object = script.objects.of(plan.name);
  const made = script.model.made?.sources.get(plan.name);
  const given = made ?? givenSpikes(population, script);
  return given === null ? poisson(population, object, names, script) : listed(population, object, given, script);
}

type Spikes = NonNullable<ReturnType<Made["sources"]["get"]>>;

/** Of `spikes(…)`: in order of time. */
function givenSpikes({ plan, value }: ExportPopulation, script: Script): Spikes | null {
  const { source } = plan;
  if (source?.kind !== "given") return null;
  const rows = source.times
    .map((time, k) => ({ step: stepsIn(value(time), script.model.plan.step), neuron: source.neurons[k] ?? 0 }))
    .sort((a, b) => a.step - b.step || a.neuron - b.neuron);
  return { steps: Int32Array.from(rows, (r) => r.step), neurons: Int32Array.from(rows, (r) => r.neuron) };
}

function listed(
  { plan, ...population }: ExportPopulation,
  object: string,
  { steps, neurons }: Spikes,
  script: Script,
): SourceText {
  // Brian2 takes one spike of a neuron in a step: a second one is that of a further source.
  const seen = new Map<string, number>();
  const source = neurons.map((neuron, k) => {
    const key = `${steps[k] ?? 0}/${neuron}`;
    const layer = seen.get(key) ?? 0;
    seen.set(key, layer + 1);
    return neuron + layer * plan.size;
  });
  const layers = [...seen.values()].reduce((a, b) => Math.max(a, b), 1);
  const isShort = steps.length <= 40;
  const { step } = script.model.plan;
  const times = isShort
    ? `[${Array.from(steps, (n) => numberText(Number((n * step).toPrecision(12)))).join(", ")}]*ms`
    : `${script.keep({ kind: "int32", name: `${object}.steps`, shape: [steps.length], values: steps })}*defaultclock.dt`;
  const indices = isShort
    ? source.every((i) => i === 0)
      ? `[0]*${steps.length}`
      : `[${source.join(", ")}]`
    : script.keep({ kind: "int32", name: `${object}.neurons`, shape: [source.length], values: source });
  return {
    source: { population: { plan, ...population }, object, counts: null, layers, atBeginning: true },
    lines: [
      ...(layers > 1
        ? [
            `# a neuron's further spikes in one step are those of neurons ${plan.size}, ${plan.size + 1}, … in its place`,
          ]
        : []),
      `${object} = SpikeGeneratorGroup(${Math.max(plan.size, 1) * layers}, ${indices}, ${times}, when="start", name="${object}")`,
    ],
  };
}

function poisson(population: ExportPopulation, object: string, names: Names, script: Script): SourceText {
  const { plan, checked } = population;
  const above: string[] = [];
  const rate = present(elementsOf(checked.neuron.quantities, "input")[0], "rate");
  const input = present(plan.inputs[0], "rate");
  const said = present(saidOf(rate, checked.settings), "rate");
  // Where each has its own from a list, that is a list of one moment.
  const isList = input.timed || readsList(input.stimulus);
  const text = isList
    ? (stimulusText(
        { population, script, above },
        { ...rate, q: { ...rate.q, unit: knownUnit("Hz") } },
        input,
        said.value,
      ) ?? "0*Hz")
    : writer(rateScope(script), script.needs)(said.value, said.bound);
  const mean = highest(population, script) * script.model.plan.step;
  const isFew = mean <= FEW;
  script.tell.nearly(checked.origin, {
    what: `the spikes of ${plan.name}, which are other ones of the same rate${isFew ? ", one at most in a step" : ""}`,
  });
  const source: Source = {
    population,
    object,
    counts: isFew ? null : names.of("spikes"),
    layers: 1,
    atBeginning: false,
  };
  if (isFew)
    return {
      source,
      lines: [
        ...above,
        `${object} = PoissonGroup(${plan.size}, rates=${isList || input.perNeuron ? quoted(text) : text}, name="${object}")`,
      ],
    };
  const counts = source.counts ?? "";
  return {
    source,
    lines: [
      ...above,
      "# often more than one spike in a step: how many is a number, and connections take what one does so many times",
      `${object} = NeuronGroup(${plan.size}, "${counts} : integer", threshold="${counts} > 0", reset="", name="${object}")`,
      `${object}.run_regularly(${quoted(`${counts} = poisson((${text})*dt)`)}, when="groups")`,
    ],
  };
}

/** Rates may use numbers of the network, and the neuron's own. */
function rateScope(script: Script): Scope {
  const nothing = (): never => present<never>(null, "a rate made of something else");
  return {
    own: nothing,
    end: nothing,
    setup: (q) => asWritten(quantityText(script.model.setup(q.name), q.dimension, q.unit)),
    time: asWritten("t"),
    noise: nothing,
    drawn: nothing,
    stimulus: nothing,
    listed: nothing,
    chooses: () => false,
  };
}

/** The highest rate of all, /ms. */
function highest(population: ExportPopulation, script: Script): number {
  const { plan } = population;
  const [input] = plan.inputs;
  if (input === undefined) return 0;
  const { steps, step } = script.model.plan;
  const list = sampled(population, input, {
    steps: input.timed ? (steps ?? OPEN_END) : 1,
    dt: step,
    neurons: input.perNeuron ? plan.size : 1,
    own: () => () => undefined,
  });
  return list === null ? Infinity : list.values.reduce((a, b) => Math.max(a, b), 0);
}
