// A simulation plan told to people: how each group of equations is integrated and why, what is drawn, where state lives.
import { drawCall } from "../runtime/distributions.ts";
import { evaluate } from "../algebra/evaluate.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import { divisionOf } from "../4-plan/division.ts";
import { elementary } from "../4-plan/elementary.ts";
import { neuronWorks } from "../4-plan/stepWork.ts";
import {
  assignedBy,
  drawsIn,
  shownGroups,
  type AssignmentPlan,
  type PopulationPlan,
  type SimulationPlan,
  type UpdateGroup,
  type ValuePlan,
} from "../4-plan/plan.ts";
import { TIME, drawnSymbol, isShown, symbolOf, writtenSymbol } from "../4-plan/symbols.ts";
import { stepsIn } from "../runtime/clock.ts";
import { stepsApart, whyNotWorth, workOf, type BetweenMeetings } from "../runtime/worth.ts";
import { populationBytes, recordingBytes, sizeText } from "../simulate/memoryNeeded.ts";
import { populationNumbers, setupNumbers } from "../simulate/planNumbers.ts";
import { methodOf } from "../methods/methods.ts";
import { counted, rounded, timeText } from "./numbers.ts";
import { projectionBlocks } from "./projectionText.ts";
import { writtenExpr } from "./writtenExpr.ts";

export function planText(plan: SimulationPlan): string {
  const title = plan.name === plan.subject ? plan.name : `${plan.name} of ${plan.subject}`;
  const clock =
    plan.steps === null
      ? `step ${timeText(plan.step)}`
      : `${timeText(plan.steps * plan.step)} in ${counted(plan.steps, "step")} of ${timeText(plan.step)}`;
  const spikes = plan.precise ? "spikes located inside the step" : "spikes on the grid";
  const seed = plan.seed === null ? "seed drawn for each run" : `seed ${plan.seed}`;
  const recorded = recordingBytes(plan);
  return [
    `${title}: ${clock}, ${spikes}, ${seed}`,
    ...(plan.doc === "" ? [] : plan.doc.split("\n").map((line) => `  ${line}`)),
    ...plan.populations.flatMap((population) => ["", ...populationLines(population, plan)]),
    ...projectionBlocks(plan, groupLines).flatMap((lines) => ["", ...lines]),
    ...(recorded === 0 ? [] : ["", `Recordings take ${sizeText(recorded)}.`]),
    ...divisionLines(plan),
    "",
  ].join("\n");
}

/** Fewer neurons than this are not divided. */
const DIVIDED = 32;

function divisionLines(plan: SimulationPlan): string[] {
  if (plan.populations.every((p) => p.size < DIVIDED)) return [];
  const division = divisionOf(plan);
  if ("because" in division) return ["", `A run takes one thread: ${division.because}.`];
  const { mirrored } = division;
  const meetings = betweenMeetings(plan, mirrored.length > 0);
  const because = meetings === null ? null : whyNotWorth(meetings);
  if (because !== null) return ["", `A run takes one thread: ${because}.`];
  const states = mirrored.map(({ population, state }) => `${writtenSymbol(state)} of ${population}`).join(", ");
  return [
    "",
    mirrored.length === 0
      ? "Threads can divide the neurons among them: they exchange spikes once a least delay."
      : `Threads can divide the neurons among them: they exchange spikes and ${states} in every step.`,
  ];
}

/** What one thread does from one meeting of several to the next; null where only the connections will tell. `always`: they meet in every step. */
function betweenMeetings(plan: SimulationPlan, always: boolean): BetweenMeetings | null {
  const numbers = setupNumbers(plan);
  const delays = plan.projections.map(({ couplings, motions, groups, delay, oneDelay }) => {
    const unknown = couplings.length + motions.length + groups.length > 0 || !oneDelay || delay.kind !== "expression";
    return unknown ? NaN : evaluate(delay.expression, (symbol) => numbers.get(symbol) ?? NaN, elementary);
  });
  if (delays.some((delay) => Number.isNaN(delay))) return null;
  const steps = always ? 1 : stepsApart(Math.min(...delays.map((delay) => stepsIn(delay, plan.step))));
  return { steps, work: steps * workOf(plan.populations, neuronWorks(plan), 0) };
}

function populationLines(population: PopulationPlan, plan: SimulationPlan): string[] {
  const numbers = populationNumbers(population, setupNumbers(plan));
  const lineage = population.lineage.length === 0 ? "" : `, which extends ${population.lineage.join(", ")}`;
  return [
    population.lone
      ? `${population.name}${lineage}`
      : `${population.name}: ${counted(population.size, "neuron")} of ${population.model}${lineage}`,
    ...groupLines(population.groups, "  "),
    ...pastLines(population),
    ...refractoryLines(population, plan, numbers),
    ...spikeLines(population),
    ...drawLines(population),
    ...memoryLines(population),
  ];
}

function groupLines(groups: readonly UpdateGroup[], indent: string): string[] {
  const shown = shownGroups(groups);
  if (shown.length === 0) return [`${indent}nothing changes by itself`];
  return shown.flatMap((group) => [
    `${indent}${group.states.join(", ")}: ${methodOf(group.method).title}`,
    // The elements of a vector share a line of the source.
    ...new Set(group.equations.map((equation) => `${indent}  ${equation.text}`)),
    ...rateLines(group, indent),
    `${indent}  why: ${group.reason.replace(/: [^:]*$/, "")}`,
  ]);
}

/** What makes the rates of exponential steps change: contributions and couplings are not in the text of an equation. */
function rateLines(group: UpdateGroup, indent: string): string[] {
  if (group.method !== "exponential_euler") return [];
  const moving = new Set([...group.states, ...group.halfway]);
  const names = [...new Set(group.rates.flatMap((rate) => [...symbolsOf(rate)]))]
    .filter((s) => moving.has(s) || s === TIME || symbolOf(s).kind === "input")
    .map(writtenSymbol);
  return names.length === 0 ? [] : [`${indent}  rates change with ${names.join(", ")}`];
}

/** States that are read as they were: how long they are kept, and how precise that is. */
function pastLines({ pasts }: PopulationPlan): string[] {
  return pasts.map(({ text, delay, slope, heldSlope }) => {
    const course =
      slope === null || heldSlope === null
        ? "a straight line in each step, since noise moves it: order 1"
        : "a cubic in each step, through its values and slopes: order 4";
    return `  ${text}: kept for ${writtenExpr(delay)} ms, ${course}`;
  });
}

function refractoryLines(
  population: PopulationPlan,
  plan: SimulationPlan,
  numbers: ReadonlyMap<string, number>,
): string[] {
  const { refractory, held, heldGroups } = population;
  if (refractory === null) return [];
  const known = !refractory.perNeuron && [...symbolsOf(refractory.duration)].every((s) => numbers.has(s));
  const duration = known ? evaluate(refractory.duration, (s) => numbers.get(s) ?? NaN, elementary) : NaN;
  const steps = stepsIn(duration, plan.step);
  const length = !known
    ? `for ${writtenExpr(refractory.duration)}, ${refractory.atSpike ? "as the spike leaves it" : "which differs between neurons"}`
    : plan.precise
      ? `for ${timeText(duration)}`
      : `for ${counted(steps, "step")} (${timeText(duration)})`;
  const holding = held.length === 0 ? "nothing is held" : `${held.join(", ")} ${held.length === 1 ? "is" : "are"} held`;
  return [
    `  refractory ${length}; ${holding}`,
    ...(heldGroups === null || heldGroups.length === 0 ? [] : ["  meanwhile", ...groupLines(heldGroups, "    ")]),
  ];
}

function spikeLines({ spike, events }: PopulationPlan): string[] {
  const assignments = (all: readonly { readonly text: string }[]): string[] =>
    [...new Set(all.map((a) => a.text))].map((text) => `    ${text}`);
  const how =
    spike === null
      ? []
      : [
          `  ${spike.text.startsWith("spike") ? spike.text : spike.mode === "rate" ? `spike with rate ${spike.text}` : `spike when ${spike.text}`}${spike.mode === "crossing" ? " (as it becomes true)" : ""}`,
          ...assignments(spike.reset),
        ];
  return [...how, ...events.flatMap((event) => [`  ${event.text}`, ...assignments(event.assignments)])];
}

/** What events draw, anew each time. */
export function eventDrawLines(assignments: readonly AssignmentPlan[]): string[] {
  const all = drawsIn(assignments).map(({ name, value }) => `${writtenSymbol(drawnSymbol(name))} ~ ${drawText(value)}`);
  return all.length === 0 ? [] : [`  drawn at each event: ${[...new Set(all)].join(", ")}`];
}

function drawLines({ parameters, states, noises, spike, events }: PopulationPlan): string[] {
  const once = [
    ...parameters.map((p) => ({ name: p.name, value: p.value })),
    ...states.map((s) => ({ name: s.name, value: s.initial })),
  ].filter(({ value }) => value.kind === "draw");
  const eachStep = [...noises.map((n) => noiseText(n.symbol)), ...(spike?.mode === "rate" ? ["spikes"] : [])];
  return [
    ...(once.length === 0
      ? []
      : [`  drawn once for each neuron: ${once.map(({ name, value }) => `${name} ~ ${drawText(value)}`).join(", ")}`]),
    ...(eachStep.length === 0 ? [] : [`  drawn for each neuron and step: ${eachStep.join(", ")}`]),
    ...eventDrawLines(assignedBy({ spike, events })),
  ];
}

/** `ξ#x#2`, the second ξ in the equation of x, as a modeller would say it; `ξ_c` by its own name. */
function noiseText(symbol: string): string {
  const noise = symbolOf(symbol);
  const [name = "", of, number] = (noise.kind === "noise" ? noise.name : symbol).split("#");
  return `${name.replace(/^.*~/, "")}${of === undefined ? "" : ` of ${of.replace(/^set\./, "")}`}${number === undefined ? "" : ` (${number})`}`;
}

function drawText(value: ValuePlan): string {
  if (value.kind === "expression") return writtenExpr(value.expression);
  return drawCall(value, writtenExpr);
}

function memoryLines(population: PopulationPlan): string[] {
  const own = [
    ...population.states.filter((s) => isShown(s.name)).map((s) => s.name),
    ...population.parameters.filter((p) => p.perNeuron).map((p) => p.name),
    ...population.inputs.filter((i) => i.perNeuron && isShown(i.name)).map((i) => i.name),
  ];
  const shared = population.parameters.filter((p) => !p.perNeuron).length;
  const bytes = populationBytes(population);
  const total =
    population.size > 1 ? `, ${sizeText(bytes)} in all (${rounded(bytes / population.size)} bytes a neuron)` : "";
  return [
    own.length === 0 ? "  no state" : `  one value for each neuron: ${own.join(", ")}${total}`,
    ...(shared === 0 ? [] : [`  ${counted(shared, "parameter")} in common, set when the simulation is created`]),
  ];
}
