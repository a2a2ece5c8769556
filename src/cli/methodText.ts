// Methods as people read them, and those of a run in a few words.
import { shownGroups, type SimulationPlan, type UpdateGroup } from "../4-plan/plan.ts";

export const METHOD_NAMES: Readonly<Record<UpdateGroup["method"], string>> = {
  exact: "exact propagator",
  exponential_euler: "exponential Euler",
  euler: "Euler",
  heun: "Heun",
  rk4: "Runge-Kutta of order 4",
  rk45: "adaptive Runge-Kutta 5(4)",
  rosenbrock: "adaptive Rosenbrock 4(3)",
};

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
  for (const group of shownGroups(groups))
    states.set(group.method, [...(states.get(group.method) ?? []), ...group.states]);
  const name = (method: string): string => METHOD_NAMES[method as UpdateGroup["method"]];
  const [only, ...others] = states.keys();
  if (only !== undefined && others.length === 0) return name(only);
  return [...states].map(([method, own]) => `${name(method)} for ${shortened(own, MOST_STATES)}`).join("; ");
}

function shortened(names: readonly string[], most: number): string {
  return names.length > most ? `${names.slice(0, most).join(", ")}, …` : names.join(", ");
}
