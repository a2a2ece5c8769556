// The methods of a run in a few words.
import { methodOf } from "../methods/methods.ts";
import { shownGroups, type SimulationPlan, type UpdateGroup } from "../4-plan/plan.ts";

/** Of what is listed, so much; a line of a summary is no table. */
const MOST_POPULATIONS = 8;
const MOST_STATES = 6;

/** `  E, I: exact propagator for g; exponential Euler for V`: populations with the same methods share a line. */
export function methodLines({ populations }: Pick<SimulationPlan, "populations">): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { name, groups } of populations) {
    const text = methodsText(groups);
    if (text !== "") names.set(text, [...(names.get(text) ?? []), name]);
  }
  const lines = [...names].map(([text, own]) => `  ${shortened(own, MOST_POPULATIONS)}: ${text}`);
  return lines.length > MOST_POPULATIONS ? [...lines.slice(0, MOST_POPULATIONS), "  …"] : lines;
}

/** The states of each method, where there are several. */
function methodsText(groups: readonly UpdateGroup[]): string {
  const states = new Map<string, string[]>();
  for (const group of shownGroups(groups)) {
    const { title } = methodOf(group.method);
    states.set(title, [...(states.get(title) ?? []), ...group.states]);
  }
  const [only, ...others] = states.keys();
  if (only !== undefined && others.length === 0) return only;
  return [...states].map(([title, own]) => `${title} for ${shortened(own, MOST_STATES)}`).join("; ");
}

function shortened(names: readonly string[], most: number): string {
  return names.length > most ? `${names.slice(0, most).join(", ")}, …` : names.join(", ");
}
