// What an experiment records: monitors, and the lines that write what they have seen as glif writes it.
import { textOf } from "../../base/source.ts";
import { timeOf } from "../../runtime/clock.ts";
import { inUnit } from "../../quantities/unit.ts";
import { elementName, positionsOf } from "../../4-plan/lower.ts";
import type { RecordPlan } from "../../4-plan/plan.ts";
import { couplingsAt, declared, elementsOf, walk } from "./elements.ts";
import { endsOf } from "./inputs.ts";
import type { Neuron } from "./neuron.ts";
import { timeText, type Script } from "./script.ts";
import { unitOf } from "./units.ts";
import type { Source } from "./sources.ts";

/** Elements of each population that are recorded: they are variables, even where all neurons share them. */
export function recordedElements({ model }: Pick<Script, "model">): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    model.plan.populations.map((p) => [
      p.name,
      new Set(model.plan.records.filter((r) => r.population === p.name).flatMap((r) => r.variables)),
    ]),
  );
}

export interface RecordText {
  readonly monitors: readonly string[];
  readonly writing: readonly string[];
}

export function recordLines(neurons: readonly Neuron[], sources: readonly Source[], script: Script): RecordText {
  const spikes = spikeLines(neurons, sources, script);
  const traces = traceLines(neurons, script);
  return { monitors: [...spikes.monitors, ...traces.monitors], writing: [...spikes.writing, ...traces.writing] };
}

function spikeLines(neurons: readonly Neuron[], sources: readonly Source[], script: Script): RecordText {
  const { plan } = script.model;
  const senders = [
    ...neurons
      .filter((n) => n.population.checked.neuron.spike !== null)
      .map((n) => ({
        name: n.population.checked.name,
        object: n.object,
        size: n.population.plan.size,
        later: 1,
        counts: null as string | null,
      })),
    ...sources.map((s) => ({
      name: s.population.plan.name,
      object: s.object,
      size: s.population.plan.size,
      later: s.atBeginning ? 0 : 1,
      counts: s.counts,
    })),
  ].filter((s) => plan.spikesOf.includes(s.name));
  const monitors: string[] = [];
  const rows = senders.map((s) => {
    const monitor = script.objects.fresh(`${s.object}_spikes`);
    monitors.push(`${monitor} = SpikeMonitor(${s.object}${s.counts === null ? "" : `, variables="${s.counts}"`})`);
    const times = s.counts === null ? "" : `, ${monitor}.${s.counts}`;
    return `    (${JSON.stringify(s.name)}, ${monitor}, ${s.size}, ${s.later}${times}),`;
  });
  return {
    monitors,
    writing: rows.length === 0 ? [`write_spikes("spikes.csv", [])`] : [`write_spikes("spikes.csv", [`, ...rows, "])"],
  };
}

function traceLines(neurons: readonly Neuron[], script: Script): RecordText {
  const { plan } = script.model;
  const monitors: string[] = [];
  const intervals = [...new Set(plan.records.map((r) => r.every))].sort((a, b) => a - b);
  const writing: string[] = [];
  for (const every of intervals) {
    const columns: string[] = [];
    for (const r of together(plan.records.filter((x) => x.every === every))) {
      const neuron = neurons.find((n) => n.population.checked.name === r.population);
      const kept = r.variables.flatMap((variable) => {
        const column = neuron === undefined ? null : columnOf(neuron, variable);
        if (column === null) leftOut(script, r.population, variable);
        return column === null ? [] : [column];
      });
      if (neuron === undefined || kept.length === 0) continue;
      for (const variable of r.variables) tellOfSums(neuron, variable);
      const monitor = script.objects.fresh(`${neuron.object}_traces`);
      const names = kept.map((c) => JSON.stringify(c.name));
      const record = r.whole ? "True" : r.first === r.last ? `[${r.first}]` : `range(${r.first}, ${r.last + 1})`;
      const interval = every === 1 ? "" : `, dt=${timeText(every, plan.step)}`;
      monitors.push(
        `${monitor} = StateMonitor(${neuron.object}, ${names.length === 1 ? (names[0] ?? "") : `[${names.join(", ")}]`}, record=${record}${interval})`,
      );
      for (const c of kept)
        columns.push(
          `    (${JSON.stringify(r.population)}, ${JSON.stringify(c.variable)}, ${monitor}, "${c.name}", ${c.divisor}, ${JSON.stringify(c.unit)}),`,
        );
    }
    if (columns.length === 0) continue;
    const file = intervals.length < 2 ? "traces.csv" : `traces_${timeOf(every, plan.step)}ms.csv`;
    writing.push(`write_traces("${file}", [`, ...columns, "])");
  }
  return { monitors, writing };
}

/** Recordings of the same neurons are one. */
function together(records: readonly RecordPlan[]): readonly RecordPlan[] {
  const merged = new Map<string, RecordPlan>();
  for (const r of records) {
    const key = `${r.population} ${r.first} ${r.last}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? r : { ...known, variables: [...known.variables, ...r.variables] });
  }
  return [...merged.values()];
}

interface Column {
  readonly variable: string;
  readonly name: string;
  /** By what Brian2's quantity is divided. */
  readonly divisor: string;
  readonly unit: string;
}

function columnOf(neuron: Neuron, variable: string): Column | null {
  const own = neuron.population.checked.neuron.quantities
    .flatMap((q) => positionsOf(q.indices).map((positions) => ({ q, name: elementName(q, positions) })))
    .find((e) => e.name === variable);
  const brought = neuron.arriving.flatMap((p) =>
    p.checked.synapse.quantities.flatMap((q) =>
      positionsOf(q.indices).flatMap((positions) => {
        const element = elementName(q, positions);
        return `${p.checked.connection}.${element}` === variable && p.summed.has(element) ? [q] : [];
      }),
    ),
  )[0];
  const q = own?.q ?? brought;
  if (q === undefined) return null;
  const { text, unit } = unitOf(q.dimension, q.unit);
  const one = text === "" ? "1" : text.startsWith("*") ? text.slice(1) : `1${text}`;
  return {
    variable,
    name: neuron.names.of(variable),
    divisor: text.includes("/") || text.lastIndexOf("*") > 0 ? `(${one})` : one,
    unit: inUnit(1, unit) === 1 && q.unit.text === "1" ? "1" : unit.text,
  };
}

/** Sums over connections are those of the beginning of the step before when a step begins. */
function tellOfSums(neuron: Neuron, variable: string): void {
  const e = [...neuron.inputs, ...elementsOf(neuron.population.checked.neuron.quantities, "let")].find(
    (x) => x.name === variable,
  );
  const sums = new Set(endsOf(neuron).flatMap(([p, end]) => couplingsAt(p, end).map((c) => c.target.quantity.name)));
  const record = neuron.script.model.experiment.records.find(
    (r) => r.population === neuron.population.checked.name && r.quantity === e?.q,
  );
  if (e === undefined || record === undefined || sums.size === 0) return;
  const reads = e.q.role === "input" ? [e.q.name] : [];
  const said = e.q.role === "let" ? declared(e.q, e.positions) : null;
  if (said !== null) walk(said, neuron.through, (part) => part.kind === "quantity" && reads.push(part.quantity.name));
  if (reads.some((name) => sums.has(name)))
    neuron.script.tell.nearly(record.origin, {
      what: `\`${variable}\` as it is recorded: what connections give in every step is in it a step late`,
    });
}

/** A value of single connections, or of a source. */
function leftOut(script: Script, population: string, variable: string): void {
  const record = script.model.experiment.records.find((r) => r.population === population);
  if (record === undefined) return;
  script.tell.nearly(record.origin, {
    what: `\`record ${textOf(record.origin).replace(/^record\s+/, "")}\`: \`${population}.${variable}\` belongs to single connections or to a source in Brian2, and is left out`,
  });
}

/** The functions that write, with the order of glif's files. */
export const WRITING = `def time_of(step):
    """The time (ms) of a step as glif has it: computed, never added up."""
    dt = float(defaultclock.dt/ms)
    steps = int(np.floor(1/dt + 0.5))
    return repr(float(step/steps if 1/steps == dt else step*dt)).removesuffix(".0")


def write_spikes(path, groups):
    """Time (ms), population and neuron of each spike, as glif writes them. A spike of a group stands at the end of its step."""
    rows = []
    for name, monitor, size, later, *counts in groups:
        steps = np.floor(monitor.t/defaultclock.dt + 0.5).astype(int) + later
        times = repeat(1, len(steps)) if len(counts) == 0 else np.asarray(counts[0])
        for step, neuron, count in zip(steps, np.asarray(monitor.i) % size, times):
            rows += [(int(step), name, int(neuron))]*int(count)
    with open(path, "w", encoding="utf-8") as file:
        file.write("t_ms,population,neuron\\n")
        for step, name, neuron in sorted(rows):
            file.write(f"{time_of(step)},{name},{neuron}\\n")
`;

export const TRACING = `def write_traces(path, columns):
    """A column for each variable of each neuron, at the beginning of steps, as glif writes them."""
    head, values = ["t_ms"], []
    for name, variable, monitor, attribute, unit, unit_name in columns:
        values += list(np.asarray(getattr(monitor, attribute)/unit))
        head += [f"{name}[{neuron}].{variable} ({unit_name})" for neuron in monitor.record]
    steps = np.floor(columns[0][2].t/defaultclock.dt + 0.5).astype(int)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(head) + "\\n")
        for k, step in enumerate(steps):
            file.write(",".join([time_of(int(step))] + [repr(float(column[k])) for column in values]) + "\\n")
`;
