// What the names of a neuron's model become in the equations of its NeuronGroup, and where its lines are collected.
import { present } from "../../base/invariant.ts";
import { textOf } from "../../base/source.ts";
import type { CheckedExpr, CheckedQuantity, EventDraw } from "../../3-check/checked.ts";
import { elementName, targetElements, UNBOUND, type Bindings } from "../../4-plan/lower.ts";
import { oneLine } from "../../4-plan/units.ts";
import { isShared, sharedValue, type ExportPopulation, type ExportProjection } from "../exported.ts";
import type { UpdateGroup } from "../../4-plan/plan.ts";
import { inAscii, type Names } from "../names.ts";
import {
  chooses,
  contributionsTo,
  declared,
  elementsOf,
  readsTime,
  throughLets,
  type Bound,
  type Element,
  type Through,
} from "./elements.ts";
import { arithmetic, asWritten, grouped, writer, type ListedExpr, type Scope, type Written } from "./expressions.ts";
import { listedText } from "./lists.ts";
import { remark, type Script } from "./script.ts";
import { dimensionText, quantityText } from "./units.ts";

/** Where an expression stands: in an equation; in what is computed at the beginning of a step, or from states as they are; in what happens at the end of a step, when the time has gone on. */
export type Where = "equation" | "value" | "end";

/** The time at the end of a step. */
const END = arithmetic("+", asWritten("t"), asWritten("dt"));

/** One population while it is written. */
export interface Neuron {
  readonly script: Script;
  readonly population: ExportPopulation;
  readonly arriving: readonly ExportProjection[];
  readonly leaving: readonly ExportProjection[];
  readonly object: string;
  readonly names: Names;
  readonly states: readonly Element[];
  readonly inputs: readonly Element[];
  readonly parameters: readonly Element[];
  /** Values that all neurons share: name to text. */
  readonly namespace: Map<string, string>;
  readonly equations: string[];
  /** Lines above the object. */
  readonly above: string[];
  /** Lines under it: what runs regularly, events, values. */
  readonly below: string[];
  /** Lines under those that give parameters and states their values. */
  readonly last: string[];
  /** Noise of inputs, term by term, written as equations have it. */
  readonly noise: Map<string, readonly string[]>;
  /** What is given to an input from outside and changes in time: the variable that has it. */
  readonly external: Map<string, string>;
  readonly through: Through;
  readonly hasNoise: () => boolean;
  /** Whether a state of the plan is a variable of the group: what glif keeps at a neuron for a connection is, where it is a sum; else it is a variable of the connection. */
  keeps(state: string): boolean;
  /** Whether a parameter is a variable of the group, and not a value of its namespace. */
  varies(element: string): boolean;
  write(e: Bound, where: Where, noisePrefix?: string): string;
  /** Of a synapse whose sums live at these neurons. */
  writeBrought(p: ExportProjection, e: Bound): string;
  local(drawn: EventDraw): string;
}

/** Groups with variables of this population; those of connections go by their own method. */
export function groupsOf(neuron: Neuron): readonly UpdateGroup[] {
  return neuron.population.plan.groups.filter((g) => g.states.some((s) => neuron.keeps(s)));
}

/** The key of a sum that one connection from one source gives to an input. */
export function sumKey(p: ExportProjection, end: "pre" | "post", input: string): string {
  return `${input} ${end} ${p.plan.name}`;
}

export function sumName(names: Names, p: ExportProjection, end: "pre" | "post", input: string): string {
  return names.of(sumKey(p, end, input), `${input}_${p.checked.connection}`);
}

export function newNeuron(
  population: ExportPopulation,
  names: Names,
  arriving: readonly ExportProjection[],
  leaving: readonly ExportProjection[],
  recorded: ReadonlySet<string>,
  script: Script,
): Neuron {
  const { neuron } = population.checked;
  const { quantities } = neuron;
  const namespace = new Map<string, string>();
  const noise = new Map<string, readonly string[]>();
  const noiseNames = new Map<string, string>();
  const locals = new Map<EventDraw, string>();
  const lists = new Map<ListedExpr, string>();
  const equations: string[] = [];
  const below: string[] = [];
  const object = script.objects.of(population.checked.name);
  const dropped = new Set((neuron.refractory?.dropped ?? []).flatMap((t) => targetElements(t).map((e) => e.name)));
  const varies = (element: string): boolean => !isShared(population, element) || recorded.has(element);
  const through: Through = (q, positions) =>
    q.role === "input" ? contributionsTo(neuron.contributions, elementName(q, positions)) : throughLets(q, positions);
  const timed = new Set(
    elementsOf(quantities, "let").flatMap((e) => {
      const said = declared(e.q, e.positions);
      return said !== null && readsTime(said, through) ? [e.name] : [];
    }),
  );
  const local = (drawn: EventDraw): string => {
    const known = locals.get(drawn) ?? names.fresh(drawn.of === "local" ? drawn.name : `drawn_${drawn.name}`);
    locals.set(drawn, known);
    return known;
  };
  const share = (key: string, q: CheckedQuantity, value: number): Written => {
    namespace.set(names.of(key), `${quantityText(value, q.dimension, q.unit)},${remark(q.doc)}`);
    return asWritten(names.of(key));
  };

  /** A variable that has the list. */
  const list = (e: ListedExpr): string => {
    const known = lists.get(e);
    if (known !== undefined) return known;
    const name = names.fresh(
      e.path === null ? "listed" : inAscii(`${e.path.replace(/^.*[/\\]|\.[^.]*$/g, "")}_column`),
    );
    lists.set(e, name);
    equations.push(`${name} : ${dimensionText(e.dimension)} (constant)  # ${oneLine(textOf(e.origin))}`);
    below.push(`${object}.${name} = ${listedText(e, population, name, script)}`);
    return name;
  };

  const scopeAt = (where: Where, bound: Bindings, noisePrefix: string): Scope => ({
    own(q, positions) {
      const element = elementName(q, positions);
      const named = asWritten(names.of(element));
      switch (q.role) {
        case "param":
          return varies(element) ? named : share(element, q, sharedValue(population, element));
        case "const":
          return inlined(q, positions, where, noisePrefix);
        case "let":
          return where === "end" && timed.has(element) ? inlined(q, positions, where, noisePrefix) : named;
        case "input":
          return where === "equation" ? inEquation(element, named) : named;
        default:
          return named;
      }
    },
    end: (end, q) => present<Written>(null, `${end}.${q.name} outside of a synapse`),
    setup: (q) => asWritten(quantityText(script.model.setup(q.name), q.dimension, q.unit)),
    time: where === "end" ? END : asWritten("t"),
    noise(name) {
      const element = name.includes("#") && bound.size > 0 ? `[${[...bound.values()].join(",")}]` : "";
      const key = `${noisePrefix}${name}${element}`;
      const known = noiseNames.get(key) ?? `xi_${noiseNames.size + 1}`;
      noiseNames.set(key, known);
      return asWritten(known);
    },
    drawn: (drawn) => asWritten(local(drawn)),
    stimulus: (_, e) => refuseStimulus(e),
    listed: (e) => asWritten(list(e)),
    chooses: (q, positions) => chooses(q, positions, through),
  });
  const inEquation = (element: string, named: Written): Written => {
    const terms = noise.get(element) ?? [];
    const total = terms.length === 0 ? named : grouped([named.text, ...terms].join(" + "));
    return dropped.has(element) ? asWritten(`int(not_refractory)*${total.text}`) : total;
  };
  const refuseStimulus = (e: CheckedExpr): Written => {
    script.tell.refuse(e.origin, {
      what: `\`${textOf(e.origin)}\` beside noise, or as its strength`,
      because: "stimuli are exported as lists of values, and noise is written beside them",
      help: ["give the noise a strength that does not change in time: `300 pA + 20 pA*sqrt(ms)*ξ`"],
    });
    return asWritten("0");
  };
  const write = (e: Bound, where: Where, noisePrefix = ""): string =>
    writer(scopeAt(where, e.bound, noisePrefix), script.needs)(e.value, e.bound);
  const inlined = (q: CheckedQuantity, positions: readonly number[], where: Where, noisePrefix: string): Written =>
    grouped(write(present(declared(q, positions), q.name), where, noisePrefix));

  const writeBrought = (p: ExportProjection, e: Bound): string => {
    const { connection } = p.checked;
    const outside = scopeAt("value", UNBOUND, "");
    const scope: Scope = {
      ...outside,
      own(q, positions) {
        const element = elementName(q, positions);
        if (q.role === "state") return asWritten(names.of(`${connection}.${element}`));
        if (q.role === "let" || q.role === "const")
          return grouped(writeBrought(p, present(declared(q, positions), q.name)));
        return share(`${connection}.${element}`, q, script.model.setup(`${connection}.${element}`));
      },
      end: (_, q, positions, at) => outside.own(q, positions, at),
    };
    return writer(scope, script.needs)(e.value, e.bound);
  };

  const states = elementsOf(quantities, "state");
  const kept = new Set([
    ...states.map((e) => e.name),
    ...arriving.flatMap((p) => [...p.summed].map((state) => `${p.checked.connection}.${state}`)),
  ]);
  return {
    script,
    population,
    arriving,
    leaving,
    keeps: (state) => kept.has(state),
    object,
    names,
    states,
    inputs: elementsOf(quantities, "input"),
    parameters: elementsOf(quantities, "param"),
    namespace,
    equations,
    above: [],
    below,
    last: [],
    noise,
    external: new Map(),
    through,
    hasNoise: () => noiseNames.size > 0,
    varies,
    write,
    writeBrought,
    local,
  };
}
