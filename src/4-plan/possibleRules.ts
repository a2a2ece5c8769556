// Each rule against the populations as large as they are: what is impossible is an error where the model says it, what connects nothing a warning.
import { evaluate } from "../algebra/evaluate.ts";
import { symbolsOf } from "../algebra/traverse.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { cannotConnect, noConnections } from "../diagnostics/network.ts";
import { ConnectionError, isExact, predictConnections, type ConnectionEnd } from "../runtime/connectivity.ts";
import { requestOf } from "./connectionRequest.ts";
import { elementary } from "./elementary.ts";
import { type EndPlan, type PopulationPlan, type ProjectionPlan, type RuleArgumentPlan } from "./plan.ts";
import { STEP, isSetup } from "./symbols.ts";
import type { Setup } from "./setup.ts";

export function checkRules(
  projections: readonly ProjectionPlan[],
  populations: readonly PopulationPlan[],
  seed: number,
  setup: Setup,
  step: number,
  diagnostics: Diagnostic[],
): void {
  const number = (s: string): number | null => (s === STEP ? step : isSetup(s) ? setup.value(s) : null);
  for (const p of projections) {
    const request = requestOf(p, populations, seed, number);
    try {
      const { connections } = predictConnections(request);
      if (connections === 0 && isExact(request) && !isMeant(p, [request.source, request.target], number))
        diagnostics.push(nothingConnected(p));
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      diagnostics.push(cannotConnect(p.rule.origin, { problem: error.message, help: [] }));
    }
  }
}

/** Nobody expects connections of probability 0, of a number of 0, or where there are no neurons. */
export function isMeant(
  { rule }: ProjectionPlan,
  ends: readonly Pick<ConnectionEnd, "first" | "last">[],
  number: (s: string) => number | null,
): boolean {
  if (ends.some((end) => end.last < end.first) || (rule.kind === "file" && rule.sources.length === 0)) return true;
  const isNone = ({ is, value }: RuleArgumentPlan): boolean =>
    is !== "number" &&
    [...symbolsOf(value)].every((s) => number(s) !== null) &&
    evaluate(value, (s) => number(s) ?? NaN, elementary) === 0;
  return rule.kind !== "file" && rule.arguments.some(isNone);
}

export function nothingConnected({ connection, source, target, rule }: ProjectionPlan): Diagnostic {
  const withoutSelf = !rule.self && source.population === target.population;
  const why =
    rule.where !== null
      ? "no pair of neurons meets its `where`"
      : rule.kind !== "file" && rule.arguments.some((a) => a.is === "probability") && !withoutSelf
        ? "chance chose no pair"
        : "its rule leaves no pair of neurons";
  const help = withoutSelf ? ["a neuron is not connected to itself unless `allow self` is said after the rule"] : [];
  return noConnections(rule.origin, { connection, source: endText(source), target: endText(target), why, help });
}

function endText({ population, first, last }: EndPlan): string {
  return last === null ? population : `${population}[${first === last ? first : `${first}..${last}`}]`;
}
