// What making neurons and connections has shown, told where the model says what they are to be.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { badDraw } from "../diagnostics/experiment.ts";
import { cannotConnect } from "../diagnostics/network.ts";
import { type EndPlan, type SimulationPlan } from "../4-plan/plan.ts";
import { STEP } from "../4-plan/symbols.ts";
import { drawnQuantities } from "../4-plan/drawn.ts";
import { isMeant, nothingConnected } from "../4-plan/possibleRules.ts";
import { ConnectionError, DrawError, drawProblemText } from "../runtime/index.ts";
import type { Simulation } from "../runtime/simulation.ts";
import { setupNumbers } from "./planNumbers.ts";

/** Null for what else can go wrong. */
export function creationProblem(plan: SimulationPlan, error: unknown): Diagnostic | null {
  if (error instanceof DrawError) return drawProblem(plan, error);
  if (!(error instanceof ConnectionError)) return null;
  const { projections } = plan;
  const found =
    projections.find((p) => p.name === error.projection) ?? projections.find((p) => p.connection === error.projection);
  if (found === undefined) return null;
  if (!/\bdelays?\b/.test(error.message)) return cannotConnect(found.rule.origin, { problem: error.message, help: [] });
  const isNegative = /is -\d/.test(error.message);
  const help = !isNegative
    ? "a delay is a finite time at every connection"
    : found.delay.kind === "draw"
      ? "draws can be kept above 0 with `min: 0 ms`"
      : "a delay is 0 or more at every connection: `max(0 ms, …)` keeps it there";
  return cannotConnect(found.delayOrigin, { problem: error.message, help: [help] });
}

function drawProblem(plan: SimulationPlan, { purpose, problem }: DrawError): Diagnostic | null {
  const found = drawnQuantities(plan).find((d) => d.key === purpose);
  if (found === undefined) return null;
  const help =
    problem.kind === "bounds"
      ? "move the bounds, or the distribution, so that they meet"
      : "what the parameters are made of, a draw for example, must keep to that: draws by `min:` and `max:`";
  return badDraw(found.origin, {
    problem: `${found.words}: ${drawProblemText(problem, found.unit === "" ? "" : ` ${found.unit}`)}`,
    help,
  });
}

/** Projections that came out empty by chance, or by what was drawn. */
export function emptyProjections(plan: SimulationPlan, { projections }: Simulation): readonly Diagnostic[] {
  const numbers = new Map([...setupNumbers(plan), [STEP, plan.step]]);
  const ofPlan = ({ population, first, last }: EndPlan): { readonly first: number; readonly last: number } => ({
    first,
    last: last ?? (plan.populations.find((p) => p.name === population)?.size ?? 0) - 1,
  });
  return plan.projections
    .filter((p) => projections.find((made) => made.name === p.name)?.connections.count === 0)
    .filter((p) => !isMeant(p, [ofPlan(p.source), ofPlan(p.target)], (s) => numbers.get(s) ?? null))
    .map(nothingConnected);
}
