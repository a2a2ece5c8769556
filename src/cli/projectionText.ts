// Connections told to people: the rule, the delay, what each value is and where each synaptic state lives, and why.
import type { Expr } from "../algebra/expression.ts";
import {
  drawsIn,
  readLate,
  shownGroups,
  type AssignmentPlan,
  type ConnectionValue,
  type ProjectionPlan,
  type RulePlan,
  type SimulationPlan,
  type StatePlacement,
  type UpdateGroup,
} from "../4-plan/plan.ts";
import { agoSymbol, drawnSymbol, writtenSymbol } from "../4-plan/symbols.ts";
import { drawCall } from "../runtime/distributions.ts";
import { ruleCall } from "../runtime/rules.ts";
import { writtenExpr } from "./writtenExpr.ts";

/** What is drawn anew at each event of each connection. */
function drawLines(assignments: readonly AssignmentPlan[]): string[] {
  const all = drawsIn(assignments).map(
    ({ name, value }) => `${writtenSymbol(drawnSymbol(name))} ~ ${drawCall(value, writtenExpr)}`,
  );
  return all.length === 0 ? [] : [`    drawn each time: ${all.join(", ")}`];
}

type GroupLines = (groups: readonly UpdateGroup[], indent: string) => string[];

/** All connections, a block each; those of one `connect` that differ in their ends alone share one. `groups`: lines for the equations that connections integrate. */
export function projectionBlocks(plan: SimulationPlan, groupLines: GroupLines): readonly (readonly string[])[] {
  const blocks = new Map<string, { readonly projection: ProjectionPlan; readonly ends: string[] }>();
  for (const projection of plan.projections) {
    const key = projectionLines(projection, "", plan, groupLines).join("\n");
    const known = blocks.get(key) ?? { projection, ends: [] };
    known.ends.push(`${endText(projection.source)} -> ${endText(projection.target)}`);
    blocks.set(key, known);
  }
  return [...blocks.values()].map(({ projection, ends }) =>
    projectionLines(projection, ends.join(", "), plan, groupLines),
  );
}

function projectionLines(
  projection: ProjectionPlan,
  ends: string,
  plan: SimulationPlan,
  groupLines: GroupLines,
): string[] {
  const { connection, synapse, onPre, onPost, couplings } = projection;
  const shared = plan.setup.filter((p) => p.name.startsWith(`${connection}.`));
  const texts = (lines: readonly { readonly text: string }[]): string =>
    [...new Set(lines.map((l) => l.text))].join("; ");
  const [before, after] = [
    [...onPre.perConnection, ...onPre.atNeuron],
    [...onPost.perConnection, ...onPost.atNeuron],
  ];
  return [
    `${connection}: ${ends} by ${synapse}, ${ruleText(projection.rule)}, ${delayText(projection)}`,
    ...(shared.length === 0
      ? []
      : [
          `  the same for all connections: ${shared.map((p) => (p.value.kind === "expression" ? `${p.name} = ${p.shown.value ?? numberText(p.value.expression, p.unit)}` : p.name)).join(", ")}`,
        ]),
    ...projection.values.map(
      (v) =>
        `  one value a connection: ${v.name} ${valueText(v.value, v.unit)}${v.single ? ", in single precision" : ""}${v.changes ? ", changed by the run" : ""}`,
    ),
    ...projection.places.flatMap(placeLines),
    ...(before.length === 0 ? [] : [`  a presynaptic spike: ${texts(before)}`, ...drawLines(before)]),
    ...(after.length === 0 ? [] : [`  a postsynaptic spike: ${texts(after)}`, ...drawLines(after)]),
    ...(couplings.length === 0
      ? []
      : [
          `  in every step, summed over connections${couplings.every((c) => c.constant) ? " once" : ""}: ${texts(couplings)}`,
        ]),
    ...lateLines(projection),
    ...(shownGroups(projection.groups).length === 0 ? [] : groupLines(projection.groups, "  ")),
  ];
}

function placeLines({ state, place, reason }: StatePlacement): string[] {
  const where = { target: "at the target neuron", source: "at the source neuron", connection: "at the connection" }[
    place
  ];
  return [`  ${state} lives ${where}`, `    why: ${reason}`];
}

function endText({ population, first, last }: ProjectionPlan["source"]): string {
  return last === null ? population : `${population}[${first}..${last}]`;
}

function ruleText(rule: RulePlan): string {
  const options = [...(rule.self ? ["self"] : []), ...(rule.multiple ? ["multiple"] : [])];
  const kind =
    rule.kind === "file"
      ? `${rule.sources.length} pairs from ${rule.path}`
      : ruleCall(rule.kind, rule.arguments, writtenExpr);
  return `${kind}${rule.where === null ? "" : ` where ${writtenExpr(rule.where)}`}${options.length === 0 ? "" : ` allow ${options.join(", ")}`}`;
}

function delayText({ delay, oneDelay, ...p }: ProjectionPlan): string {
  const spikes = p.onPre.perConnection.length + p.onPre.atNeuron.length > 0;
  if (oneDelay && delay.kind === "expression")
    return delay.expression.kind === "number" && delay.expression.value === 0
      ? "no delay"
      : `delay ${writtenExpr(delay.expression)} ms${spikes ? ": lists of spikes" : ""}`;
  return `delay ${valueText(delay, "ms")}: rows sorted by delay`;
}

/** What a ring of values is kept of; slopes go with their states. */
function lateLines(projection: ProjectionPlan): string[] {
  const late = readLate(projection).filter(({ of }) => !of.includes("~"));
  return late.length === 0
    ? []
    : [`  read as it was a delay ago: ${late.map(({ end, of }) => writtenSymbol(agoSymbol(end, of))).join(", ")}`];
}

/** `unit`: of the numbers, which are canonical. */
function valueText(value: ConnectionValue, unit: string): string {
  const inUnit = unit === "1" ? "" : `, in ${unit}`;
  if (value.kind === "column") return "from the file";
  if (value.kind === "expression")
    return value.expression.kind === "number"
      ? `= ${numberText(value.expression, unit)}`
      : `= ${writtenExpr(value.expression)}${inUnit}`;
  return `~ ${drawCall(value, writtenExpr)}${inUnit}`;
}

function numberText(value: Expr, unit: string): string {
  return `${writtenExpr(value)}${unit === "1" ? "" : ` ${unit}`}`;
}
