// What happens at a spike and at other events: thresholds, resets as statements in an order that changes nothing, refractoriness counted as Brian2 counts it.
import { textOf } from "../../base/source.ts";
import { present } from "../../base/invariant.ts";
import type { CheckedAssignment, CheckedEvent, CheckedExpr, End, EventDraw } from "../../3-check/checked.ts";
import { lowering, targetElements, UNBOUND } from "../../4-plan/lower.ts";
import { atEnd, isOfNeuron } from "../../4-plan/symbols.ts";
import type { Expr } from "../../algebra/expression.ts";
import { isMultiple, stepsIn } from "../../runtime/clock.ts";
import { inSafeOrder, type Assignment } from "../simultaneous.ts";
import type { Names } from "../names.ts";
import { drawsIn, readsOf, type Bound, type Through } from "./elements.ts";
import { eventDraw } from "./draws.ts";
import { grouped } from "./expressions.ts";
import type { Neuron } from "./neuron.ts";
import { numberText } from "./units.ts";
import { sharedNumber } from "./values.ts";
import { blockText, quoted, timeText, type Script } from "./script.ts";

/** Arguments of the NeuronGroup; what runs beside it goes below the object. */
export function eventOptions(neuron: Neuron): readonly string[] {
  const { checked } = neuron.population;
  const { spike, reset, refractory } = checked.neuron;
  const rest = refractory === null ? null : restText(neuron);
  const options: string[] = [];
  if (spike !== null) {
    const condition = neuron.write({ value: spike.value, bound: UNBOUND }, "end");
    if (spike.mode === "rate") {
      options.push(`threshold=${quoted(`rand() < 1 - exp(-${grouped(condition).text}*dt)`)}`);
      neuron.script.tell.nearly(spike.origin, {
        what: "spikes with a rate, which are drawn by Brian2's own random numbers: other spikes of the same probability",
      });
    } else if (reset !== null) options.push(`threshold=${quoted(condition)}`);
    else if (refractory === null && becomesTrueAlone(neuron))
      options.push(`threshold=${quoted(condition)}`, `refractory=${quoted(condition)}`);
    else
      options.push(`threshold=${quoted(`${grouped(condition).text} and not ${before(neuron, "spike", spike.value)}`)}`);
    const lines = [
      ...(reset === null ? [] : statements(neuron, reset)),
      ...(rest?.atSpike == null ? [] : [rest.atSpike]),
    ];
    if (lines.length > 0) options.push(`reset=${blockText(lines)}`);
  }
  if (rest !== null) options.push(`refractory=${rest.text}`);
  const events = eventsOf(neuron);
  if (events.length > 0) options.push(`events={${events.join(", ")}}`);
  if (rest !== null && neuron.arriving.some((p) => p.plan.jumpsIntoHeld.includes(checked.name)))
    neuron.below.push(
      "# what arrives when the refractory period is just over acts",
      `${neuron.object}.run_regularly(${quoted(`not_refractory = timestep(t - lastspike, dt) >= timestep(${unquoted(rest.text)}, dt)`)}, when="before_synapses")`,
    );
  return options;
}

/** Assignments of a neuron one after the other, with the effect of all at once. */
export function statements(neuron: Neuron, assignments: readonly CheckedAssignment[]): readonly string[] {
  const { names, script } = neuron;
  return statementLines(assignments, {
    script,
    names,
    write: (e) => neuron.write(e, "end"),
    local: (drawn) => neuron.local(drawn),
    key: (name) => name,
    variable: (name) => names.of(name),
    through: neuron.through,
  });
}

/** What statements of an event are written with. */
export interface StatementContext {
  readonly script: Script;
  readonly names: Pick<Names, "fresh">;
  write(e: Bound): string;
  local(drawn: EventDraw): string;
  /** What a target is called where its readers look for it, and in the script. */
  key(element: string, end: End | null): string;
  variable(element: string, end: End | null): string;
  readonly through: Through;
  /** A value that stands for what is written of an assignment; null for that itself. */
  instead?(assignment: CheckedAssignment, element: string, bound: Bound["bound"]): string | null;
}

export function statementLines(
  assignments: readonly CheckedAssignment[],
  context: StatementContext,
): readonly string[] {
  const { script, names, write } = context;
  const draws = new Map<string, string>();
  const variables = new Map<string, string>();
  const all: Assignment[] = [];
  for (const assignment of assignments)
    for (const { name, bound } of targetElements(assignment.target)) {
      const value: Bound = { value: assignment.value, bound };
      for (const drawn of drawsIn(value)) {
        const made = eventDraw(drawn.draw, (e) => write({ value: e, bound }));
        if ("because" in made) script.tell.refuse(drawn.draw.origin, made);
        else draws.set(context.local(drawn), made.text);
        script.tell.nearly(drawn.draw.origin, { what: "what events draw: Brian2's own random numbers" });
      }
      const key = context.key(name, assignment.target.end);
      variables.set(key, context.variable(name, assignment.target.end));
      all.push({
        target: key,
        value: context.instead?.(assignment, name, bound) ?? write(value),
        reads: readsOf(value, context.through),
      });
    }
  return [
    ...[...draws].map(([name, text]) => `${name} = ${text}`),
    ...ordered(all, (key) => present(variables.get(key), key), names),
  ];
}

/** `variable` is what an assignment's target is called. */
function ordered(
  all: readonly Assignment[],
  variable: (target: string) => string,
  names: { fresh(wanted: string): string },
): readonly string[] {
  const kept = new Map<string, string>();
  return inSafeOrder(all).map((s) => {
    switch (s.kind) {
      case "assign":
        return assignmentText(variable(s.target), s.value);
      case "keep": {
        const name = names.fresh(`new_${variable(s.of).replace(/_(?:pre|post)$/, "")}`);
        kept.set(s.of, name);
        return `${name} = ${s.value}`;
      }
      case "take":
        return `${variable(s.target)} = ${present(kept.get(s.target), s.target)}`;
    }
  });
}

/** `x += y` for `x = x + y`. */
function assignmentText(name: string, value: string): string {
  const [head, sign, rest = ""] = [
    value.slice(0, name.length),
    value.slice(name.length, name.length + 3),
    value.slice(name.length + 3),
  ];
  const isSum = head === name && (sign === " + " || sign === " - ") && !isOpenSum(rest);
  return isSum ? `${name} ${sign.trim()}= ${rest}` : `${name} = ${value}`;
}

/** A sum that goes on: taken from the left, `x - a + b` is no `x -= a + b`. */
function isOpenSum(text: string): boolean {
  let depth = 0;
  for (let k = 0; k < text.length; k++) {
    if (text[k] === "(") depth++;
    if (text[k] === ")") depth--;
    if (depth === 0 && /^ (?:[-+<>=!]|and |or )/.test(text.slice(k))) return true;
  }
  return false;
}

/** Names of the events, with their conditions. What becomes true together with a spike happens, what does so while the neuron is refractory does not; what goes by the clock happens always. */
function eventsOf(neuron: Neuron): readonly string[] {
  const { events, refractory } = neuron.population.checked.neuron;
  return events.map((event, k) => {
    const label = `event_${k + 1}`;
    const becomes = (): string => {
      const condition = grouped(neuron.write({ value: event.condition, bound: UNBOUND }, "end")).text;
      const was = before(neuron, label, event.condition);
      return `${condition} and not ${was}${refractory === null ? "" : " and not_refractory"}`;
    };
    const when = event.every === null ? becomes() : dueText(neuron, event.every);
    neuron.below.push(
      `${neuron.object}.set_event_schedule("${label}", when="before_thresholds")`,
      `${neuron.object}.run_on_event("${label}", ${blockText(statements(neuron, event.assignments))}, when="after_resets", order=${k})`,
    );
    return `"${label}": ${quoted(when)}`;
  });
}

/** Whether the step that ends is one of those of an event that goes by the clock: steps are counted, as glif counts them. */
function dueText(neuron: Neuron, { period, from, to }: NonNullable<CheckedEvent["every"]>): string {
  const { population, script } = neuron;
  const { step } = script.model.plan;
  const time = lowering({ contributions: [] }, () => present<never>(null, "an input in a period"));
  const steps = (e: CheckedExpr, least: number): string => {
    const shared = sharedNumber(population, time.expression(e, UNBOUND));
    if (shared !== null) return numberText(Math.max(least, stepsIn(shared, step)));
    const counted = `floor(${grouped(neuron.write({ value: e, bound: UNBOUND }, "end")).text}/dt*(1 + 1e-12) + 0.5)`;
    if (least === -Infinity) return counted;
    script.needs("maximum");
    return `maximum(${least}, ${counted})`;
  };
  const first = from === null ? null : steps(from, -Infinity);
  const since = first === null ? END_STEP : `(${END_STEP} - ${grouped(first).text})`;
  return [
    ...(first === null ? [] : [`${END_STEP} >= ${first}`]),
    ...(to === null ? [] : [`${END_STEP} < ${steps(to, -Infinity)}`]),
    `${since} % ${steps(period, 1)} == 0`,
  ].join(" and ");
}

const END_STEP = "(t_in_timesteps + 1)";

/** The variable that says whether a condition held at the end of the step before, on either side of the resets there: what was true does not become so. */
function before(neuron: Neuron, label: string, value: CheckedExpr): string {
  const condition = neuron.write({ value, bound: UNBOUND }, "end");
  const was = neuron.names.fresh(`was_${label}`);
  const { below, equations, object } = neuron;
  equations.push(`${was} : boolean  # ${textOf(value.origin).replaceAll(/\s+/g, " ")}, at the end of the step before`);
  below.push(
    `${object}.run_regularly(${quoted(`${was} = ${condition}`)}, when="after_thresholds")`,
    `${object}.run_regularly(${quoted(`${was} = ${was} and ${grouped(condition).text}`)}, when="end")`,
  );
  const { spike, events } = neuron.population.plan;
  const index = label === "spike" ? -1 : Number(label.slice("event_".length)) - 1;
  const planned =
    index < 0 ? (spike?.mode === "rate" ? null : (spike?.condition ?? null)) : (events[index]?.condition ?? null);
  const first = planned === null ? null : atBeginning(neuron, planned);
  if (first === null)
    neuron.script.tell.refuse(value.origin, {
      what: `the condition \`${textOf(value.origin)}\`, which neurons may begin with in different ways`,
      because: "whether it is true before the run, with nothing set from outside, is known neuron by neuron",
      help: ["give all neurons of the population the same initial values"],
    });
  else below.push(`${object}.${was} = ${first ? "True" : "False"}`);
  return was;
}

/** Whether a condition is true in the initial state, with nothing set from outside; null where that differs between neurons. */
function atBeginning({ population }: Neuron, condition: Expr): boolean | null {
  const { plan } = population;
  const own = (symbol: string): number | undefined => {
    const state = plan.states.find((s) => s.name === symbol);
    if (state !== undefined)
      return state.initial.kind === "expression" ? population.value(state.initial.expression, { own }) : NaN;
    const input = plan.inputs.find((i) => `#in:${i.name}` === symbol);
    if (input !== undefined) return input.unset === undefined ? 0 : population.value(input.unset, { own });
    const parameter = plan.parameters.find((p) => p.name === symbol);
    return parameter?.perNeuron === true || (isOfNeuron(symbol) && plan.size > 1) ? NaN : undefined;
  };
  let unknown = false;
  const value = population.value(condition, {
    own: (symbol) => {
      const known = own(symbol);
      unknown ||= Number.isNaN(known);
      return known;
    },
  });
  return unknown ? null : value !== 0;
}

/** Nothing but the equations moves what a spike's condition reads, and it begins false: then Brian2's own way of leaving refractoriness when the condition ends sees the same spikes. */
function becomesTrueAlone(neuron: Neuron): boolean {
  const { plan, checked } = neuron.population;
  const { spike } = plan;
  if (checked.neuron.events.length > 0 || spike === null || spike.mode === "rate") return false;
  const own = new Set(neuron.states.map((s) => s.name));
  const jumps = neuron.arriving.concat(neuron.leaving).some((p) =>
    [...p.plan.onPre.perConnection, ...p.plan.onPost.perConnection].some((a) => {
      const end = atEnd(a.state);
      return end !== null && own.has(end.of);
    }),
  );
  return !jumps && atBeginning(neuron, spike.condition) === false;
}

interface Rest {
  /** The argument. */
  readonly text: string;
  /** What a spike assigns, where its length is known at the spike alone. */
  readonly atSpike: string | null;
}

/** Brian2 counts the step of the spike as the first of the period, glif the one after it. */
function restText(neuron: Neuron): Rest {
  const said = present(neuron.population.checked.neuron.refractory, "refractory");
  const { perNeuron, atSpike, duration } = present(neuron.population.plan.refractory, "refractory");
  const { step } = neuron.script.model.plan;
  const text = neuron.write({ value: said.duration, bound: UNBOUND }, "end");
  const counted = `floor(${grouped(text).text}/dt + 0.5)*dt + dt`;
  if (atSpike) {
    const rest = neuron.names.fresh("rest");
    neuron.equations.push(`${rest} : second  # refractory period after the last spike`);
    return { text: quoted(rest), atSpike: `${rest} = ${counted}` };
  }
  if (perNeuron) return { text: quoted(counted), atSpike: null };
  const value = neuron.population.value(duration);
  return isMultiple(value, step)
    ? { text: quoted(`${text} + dt`), atSpike: null }
    : { text: timeText(stepsIn(value, step) + 1, step), atSpike: null };
}

function unquoted(text: string): string {
  return text.replaceAll('"', "");
}
