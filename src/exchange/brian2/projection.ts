// The connections from one population to another as Synapses: what single connections have, what spikes do, who is connected with whom.
import { textOf } from "../../base/source.ts";
import { present } from "../../base/invariant.ts";
import { symbolsOf } from "../../algebra/traverse.ts";
import { affineIn } from "../../4-plan/affineIn.ts";
import { targetElements, UNBOUND } from "../../4-plan/lower.ts";
import { isShared as isOfConnection, readsOnly } from "../../4-plan/synapse.ts";
import type { CheckedAssignment, CheckedExpr, CheckedQuantity } from "../../3-check/checked.ts";
import { stepsIn } from "../../runtime/clock.ts";
import { canonicalUnit } from "../../quantities/unit.ts";
import { TIME } from "../../quantities/dimension.ts";
import type { ExportProjection, MadeConnections } from "../exported.ts";
import { namesUnder } from "../names.ts";
import { connectLines } from "./connect.ts";
import { newSynapse, type Sender, type Synapse } from "./synapse.ts";
import {
  couplingsAt,
  drawnSetting,
  elementsOf,
  lineFor,
  readsOf,
  saidOf,
  type Bound,
  type Element,
  type Through,
} from "./elements.ts";
import { statementLines, type StatementContext } from "./events.ts";
import { grouped } from "./expressions.ts";
import { joined } from "./inputs.ts";
import type { Group } from "./population.ts";
import { blockText, quoted, remark, timeText, type Script } from "./script.ts";
import { dimensionText, quantityText, unitOf } from "./units.ts";
import { drawText } from "./values.ts";
import { RULES } from "./words.ts";

/** Lines that make the connections and give them their values. `sumOf`: the variable of a group that a connection's sum is written to. */
export function synapses(
  p: ExportProjection,
  object: string,
  pre: Sender,
  post: Group,
  sumOf: (end: "pre" | "post", input: string) => string,
  script: Script,
): readonly string[] {
  const names = namesUnder(RULES);
  const synapse = newSynapse(p, object, pre, post, names.of, script);
  const made = layered(synapse, script.model.made?.connections.get(p.plan.name) ?? null);
  const model = modelLines(synapse, sumOf);
  const events = eventArguments(synapse, names.fresh);
  const delay = delayOf(synapse, made);
  const head = [
    pre.object,
    post.object,
    ...(model.lines.length === 0 ? [] : [`"""\n${model.lines.map((line) => `    ${line}`).join("\n")}\n    """`]),
    ...events,
    ...(delay.argument === null ? [] : [`delay=${delay.argument}`]),
    ...(model.method === null ? [] : [`method=${quoted(model.method)}`]),
    ...(synapse.namespace.size === 0
      ? []
      : [
          `namespace=dict(\n${[...synapse.namespace].map(([name, text]) => `        ${name}=${text}`).join("\n")}\n    )`,
        ]),
    `name="${object}"`,
  ];
  return [
    `${object} = Synapses(${head.join(",\n    ")})`,
    ...(p.checked.synapse.onPost.length > 0
      ? [`${object}.post.order = -2  # what a spike of the target does comes before what arrives with it`]
      : []),
    ...connectLines(synapse, made),
    ...delay.lines,
    ...connectionValues(synapse, made),
  ];
}

/** Connections of a source whose further spikes in one step are those of further sources: each has the same once more. */
function layered({ p, pre, script, through }: Synapse, made: MadeConnections | null): MadeConnections | null {
  const layers = "layers" in pre ? pre.layers : 1;
  if (layers === 1) return made;
  const own = p.checked.synapse.onPre.find((a) => addend(p, through, a) === null);
  if (made === null || own !== undefined)
    script.tell.refuse(own?.origin ?? p.checked.origin, {
      what: `\`${p.checked.connection}\` behind \`${pre.object}\`, of which a neuron spikes several times in one step`,
      because:
        "Brian2 takes one spike of a neuron in a step, and what one does here depends on what the one before it did",
      help: ["take a shorter step, or times that lie further apart"],
    });
  if (made === null) return null;
  const again = <A extends Int32Array | Float64Array>(values: A, add: number): A => {
    const all = values.slice(0, 0).constructor as new (length: number) => A;
    const out = new all(values.length * layers);
    for (let k = 0; k < layers; k++)
      for (let c = 0; c < values.length; c++) out[k * values.length + c] = (values[c] ?? 0) + k * add;
    return out;
  };
  return {
    source: again(made.source, pre.population.plan.size),
    target: again(made.target, 0),
    delay: again(made.delay, 0),
    values: new Map([...made.values].map(([name, values]) => [name, again(values, 0)])),
  };
}

// ---- what single connections have

interface Model {
  readonly lines: readonly string[];
  readonly method: string | null;
}

function modelLines(synapse: Synapse, sumOf: (end: "pre" | "post", input: string) => string): Model {
  const { p, name, write } = synapse;
  const { quantities, equations } = p.checked.synapse;
  const lines: string[] = [];
  for (const e of elementsOf(quantities, "weight", "param"))
    if (p.study.varying.has(e.name)) lines.push(`${name(e.name)} : ${dimensionText(e.q.dimension)}${remark(e.q.doc)}`);
  const moving: Element[] = [];
  for (const e of elementsOf(quantities, "state")) {
    if (p.summed.has(e.name)) continue;
    const line = lineFor(equations, e.name);
    const unit = dimensionText(e.q.dimension);
    if (line === null) {
      lines.push(`${name(e.name)} : ${unit}${remark(e.q.doc)}`);
      continue;
    }
    const isSeldom = isEventDriven(synapse, e.name);
    if (!isSeldom) moving.push(e);
    lines.push(
      `d${name(e.name)}/dt = ${write(line)} : ${unit} (${isSeldom ? "event-driven" : "clock-driven"})${remark(e.q.doc)}`,
    );
  }
  for (const end of ["pre", "post"] as const) {
    const sums = new Map<string, { readonly terms: string[]; readonly q: CheckedQuantity }>();
    for (const c of couplingsAt(p, end))
      for (const { name: input, bound } of targetElements(c.target)) {
        const known = sums.get(input) ?? { terms: [], q: c.target.quantity };
        known.terms.push(write({ value: c.value, bound }));
        sums.set(input, known);
      }
    for (const [input, { terms, q }] of sums)
      lines.push(`${sumOf(end, input)}_${end} = ${joined(terms)} : ${dimensionText(q.dimension)} (summed)`);
  }
  tellCouplings(synapse);
  return { lines, method: moving.length === 0 ? null : methodOf(synapse, moving) };
}

/** It follows a line of its own, and nothing but events looks at it: its value is needed at spikes alone. */
function isEventDriven({ p }: Synapse, element: string): boolean {
  const { study } = p;
  if (!isLinearAlone(p, element)) return false;
  const readers = [...study.equations.filter((l) => l.element !== element || l.end !== null), ...study.contributions];
  return !readers.some((l) => symbolsOf(l.lower(study.plain)).has(element));
}

/** Its equation is linear in it, with a rate and a drive that do not change. */
function isLinearAlone({ study }: ExportProjection, element: string): boolean {
  const line = study.equations.find((l) => l.element === element && l.end === null);
  if (line === undefined) return false;
  const parts = affineIn(line.lower(study.plain), new Set([element]));
  return (
    parts !== null &&
    [parts.rest, ...parts.coefficients.values()].every((e) =>
      readsOnly(e, (s) => isOfConnection(s) || study.varying.has(s)),
    )
  );
}

/** Brian2's method for states that single connections move in every step. */
function methodOf({ p, script }: Synapse, moving: readonly Element[]): string {
  if (moving.every((e) => isLinearAlone(p, e.name))) return "exact";
  const which = moving.map((e) => `\`${e.name}\``).join(", ");
  const method = moving.length === 1 ? "exponential_euler" : "rk4";
  const at =
    p.checked.synapse.equations.find((e) => e.target.quantity.name === moving[0]?.q.name)?.origin ?? p.checked.origin;
  if (script.model.made !== null)
    script.tell.refuse(at, {
      what: `${which}, which every connection of \`${p.checked.connection}\` moves in every step`,
      because: "Brian2 sees what it reads of neurons as it is at the beginning of the step, glif as it moves inside",
      help: [`leave out \`--exact\`: then it is integrated by Brian2's ${method}`],
    });
  else
    script.tell.nearly(at, {
      what: `the steps of ${which} at the connections of ${p.checked.connection}: Brian2's ${method}, with what is read of neurons as it is at the beginning of the step`,
    });
  return method;
}

/** Sums over connections are made once a step: what glif moves inside of it stands still in Brian2. */
function tellCouplings({ p, script }: Synapse): void {
  const moves = p.plan.motions.length > 0 || p.plan.couplings.some((c) => c.input.includes("*"));
  const [first] = p.plan.couplings;
  if (!moves || first === undefined) return;
  if (script.model.made !== null)
    script.tell.refuse(first.origin, {
      what: `\`${first.text}\`, whose sum over connections moves inside the step`,
      because: "Brian2 makes such sums at the beginning of the step",
      help: ["leave out `--exact`: the difference is of the order of the step"],
    });
  else
    script.tell.nearly(first.origin, {
      what: `\`${first.text}\`: its sum stands still in a step, with the neuron's own value in it (an error of the order of the step)`,
    });
}

// ---- what spikes do

function eventArguments(synapse: Synapse, fresh: (wanted: string) => string): readonly string[] {
  const { p, pre, post, script, write, through, name } = synapse;
  const { onPre, onPost } = p.checked.synapse;
  const groups = { pre, post };
  const context: StatementContext = {
    script,
    names: { fresh },
    write,
    local: (drawn) => name(drawn.of === "local" ? `local ${drawn.name}` : `drawn ${drawn.name}`),
    key: (element, end) => (end === null ? element : `${end}.${element}`),
    variable: (element, end) => {
      if (end === null)
        return p.summed.has(element) ? `${post.variable(`${p.checked.connection}.${element}`)}_post` : name(element);
      const group = groups[end];
      return "variable" in group ? `${group.variable(element)}_${end}` : present<never>(null, `${end}.${element}`);
    },
    through,
  };
  const counted: StatementContext =
    "counts" in pre && pre.counts !== null
      ? { ...context, instead: (a, element, bound) => repeated(synapse, pre.counts ?? "", a, element, bound) }
      : context;
  tellOrder(synapse);
  return [
    ...(onPre.length === 0 ? [] : [`on_pre=${blockText(statementLines(onPre, counted))}`]),
    ...(onPost.length === 0 ? [] : [`on_post=${blockText(statementLines(onPost, context))}`]),
  ];
}

/** What is added: `f` of `x <- x + f`, where `f` reads nothing that the event writes. */
function addend(
  p: ExportProjection,
  through: Through,
  { target, value }: CheckedAssignment,
): { readonly value: CheckedExpr; readonly isMinus: boolean } | null {
  if (value.kind !== "arithmetic" || (value.operator !== "+" && value.operator !== "-")) return null;
  const { left, right } = value;
  const isSelf =
    (left.kind === "quantity" && target.end === null && left.quantity === target.quantity) ||
    (left.kind === "end" && left.end === target.end && left.quantity === target.quantity);
  if (!isSelf) return null;
  const written = new Set(
    p.checked.synapse.onPre.flatMap((a) =>
      targetElements(a.target).map((e) => (a.target.end === null ? e.name : `${a.target.end}.${e.name}`)),
    ),
  );
  const reads = targetElements(target).flatMap(({ bound }) => [...readsOf({ value: right, bound }, through)]);
  return reads.some((r) => written.has(r)) ? null : { value: right, isMinus: value.operator === "-" };
}

/** A source that sends several spikes in one step has them in a number: what one adds is taken so many times. */
function repeated(
  synapse: Synapse,
  count: string,
  a: CheckedAssignment,
  element: string,
  bound: Bound["bound"],
): string | null {
  const added = addend(synapse.p, synapse.through, a);
  if (added === null) {
    synapse.script.tell.refuse(a.origin, {
      what: `\`${textOf(a.origin)}\` behind a source that sends several spikes in a step`,
      because: "what one spike does depends on what the one before it did",
      help: ["divide the source among several that send fewer, or take a shorter step"],
    });
    return null;
  }
  const { end } = a.target;
  const self =
    end === null
      ? synapse.p.summed.has(element)
        ? `${synapse.post.variable(`${synapse.p.checked.connection}.${element}`)}_post`
        : synapse.name(element)
      : `${synapse.post.variable(element)}_${end}`;
  return `${self} ${added.isMinus ? "-" : "+"} ${count}_pre*${grouped(synapse.write({ value: added.value, bound })).text}`;
}

/** Spikes that arrive together at one neuron act in another order than glif's, where that matters. */
function tellOrder({ p, script, through }: Synapse): void {
  const matters = p.checked.synapse.onPre.find(
    (a) =>
      (a.target.end !== null || targetElements(a.target).some((e) => p.summed.has(e.name))) &&
      addend(p, through, a) === null,
  );
  if (matters !== undefined)
    script.tell.nearly(matters.origin, {
      what: `\`${textOf(matters.origin)}\`: spikes that arrive together at one neuron act in the order in which Brian2 keeps connections`,
    });
}

// ---- delays and values

interface Delay {
  readonly argument: string | null;
  readonly lines: readonly string[];
}

function delayOf({ p, object, script, write }: Synapse, made: MadeConnections | null): Delay {
  const { step } = script.model.plan;
  const { delay, oneDelay } = p.plan;
  if (p.checked.synapse.onPre.length === 0) return { argument: null, lines: [] };
  if (oneDelay && delay.kind === "expression") {
    const steps = stepsIn(p.value(delay.expression), step);
    return { argument: steps === 0 ? null : timeText(steps, step), lines: [] };
  }
  const target = `${object}.delay`;
  if (made !== null)
    return {
      argument: null,
      lines: made.delay.some((d) => d !== 0)
        ? [
            `${target} = ${script.keep({ kind: "int32", name: `${object}.delay`, shape: [made.delay.length], values: made.delay })}*defaultclock.dt`,
          ]
        : [],
    };
  const said = p.checked.delay?.value ?? null;
  if (delay.kind === "draw") {
    const ms = { q: { dimension: TIME, unit: canonicalUnit(TIME) } as CheckedQuantity, name: "delay" };
    const text = drawText(script, delay, p.checked.delay?.origin ?? p.checked.origin, `len(${object})`, ms, (e) =>
      known(p, e),
    );
    return { argument: null, lines: text === null ? [] : [`${target} = ${text}`] };
  }
  if (delay.kind === "column")
    return { argument: null, lines: [`${target} = ${column(script, `${object}.delay`, delay.values)}*ms`] };
  if (said?.kind !== "expression") return { argument: null, lines: [] };
  return { argument: null, lines: [`${target} = ${quoted(write({ value: said.expression, bound: UNBOUND }))}`] };
}

function known(p: ExportProjection, e: Parameters<ExportProjection["value"]>[0]): number | null {
  return readsOnly(e, isOfConnection) ? p.value(e) : null;
}

function column(script: Script, name: string, values: readonly number[]): string {
  return script.keep({ kind: "float64", name, shape: [values.length], values: Float64Array.from(values) });
}

function connectionValues(synapse: Synapse, made: MadeConnections | null): readonly string[] {
  const { p, object, name, script, write } = synapse;
  const elements = [
    ...elementsOf(p.checked.synapse.quantities, "param", "weight").filter((e) => p.study.varying.has(e.name)),
    ...elementsOf(p.checked.synapse.quantities, "state").filter((e) => !p.summed.has(e.name)),
  ];
  const byName = new Map(elements.map((e) => [e.name, e]));
  // As planned, each after those that it reads; what the plan keeps at neurons is the same at all connections.
  const order = [...p.plan.values.map((v) => v.name), ...elements.map((e) => e.name)];
  return [...new Set(order)].flatMap((element) => {
    const e = byName.get(element);
    if (e === undefined) return [];
    const target = `${object}.${name(element)}`;
    const values = made?.values.get(element);
    const { text: unit } = unitOf(e.q.dimension, canonicalUnit(e.q.dimension));
    if (values !== undefined && values.some((v) => v !== values[0]))
      return [
        `${target} = ${script.keep({ kind: "float64", name: `${object}.${element}`, shape: [values.length], values })}${unit}`,
      ];
    if (values !== undefined)
      return (values[0] ?? 0) === 0 ? [] : [`${target} = ${quantityText(values[0] ?? 0, e.q.dimension, e.q.unit)}`];
    const planned = p.plan.values.find((v) => v.name === element)?.value ?? p.study.values.get(element);
    if (planned?.kind === "draw") {
      const at = drawnSetting(e, p.checked.settings)?.origin ?? p.checked.origin;
      const text = drawText(script, planned, at, `len(${object})`, e, (x) => known(p, x));
      return text === null ? [] : [`${target} = ${text}`];
    }
    if (planned?.kind === "column")
      return [`${target} = ${column(script, `${object}.${element}`, planned.values)}${unit}`];
    const said = saidOf(e, p.checked.settings);
    if (said === null) return [];
    const text = write(said);
    const isNumber =
      said.value.kind === "number" || (said.value.kind === "negate" && said.value.operand.kind === "number");
    return isNumber && /^0(?:[*/]|$)/.test(text) ? [] : [`${target} = ${isNumber ? text : quoted(text)}`];
  });
}
