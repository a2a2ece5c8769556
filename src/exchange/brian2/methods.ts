// Which of Brian2's methods takes the steps that glif takes, or comes nearest; with --exact a step of its own where none does.
import { symbolsOf } from "../../algebra/traverse.ts";
import { affineIn } from "../../4-plan/affineIn.ts";
import type { ExactGroup, UpdateGroup } from "../../4-plan/plan.ts";
import { isAdaptive } from "../../4-plan/plan.ts";
import { isShown } from "../../4-plan/symbols.ts";
import { isShared } from "../exported.ts";
import { groupsOf, type Neuron } from "./neuron.ts";
import { quoted } from "./script.ts";
import { stepFunction, type ChosenMethod } from "./step.ts";

/** Null where nothing has an equation. */
export function chooseMethod(neuron: Neuron): ChosenMethod | null {
  const { plan, checked } = neuron.population;
  const groups = groupsOf(neuron);
  if (groups.length === 0) return null;
  const isNoisy = groups.some((g) => g.equations.some((e) => e.diffusion.size > 0));
  const same = isNoisy ? sameWithNoise(groups) : sameMethod(neuron);
  const { made } = neuron.script.model;
  if (isNoisy)
    neuron.script.tell.nearly(checked.origin, {
      what: `the noise of ${plan.name}, which is made of Brian2's own random numbers: other noise of the same strength`,
    });
  tellOfUpstroke(neuron, groups);
  if (same !== null) return { text: quoted(same), lines: [] };
  const nearest = isNoisy ? nearestWithNoise(neuron) : nearestMethod(groups);
  if (made !== null || nearest === null) {
    const adaptive = groups.find(isAdaptive);
    if (adaptive !== undefined) {
      neuron.script.tell.refuse(adaptive.equations[0]?.origin ?? checked.origin, {
        what: `\`method ${adaptive.method}\``,
        because: "it chooses substeps of its own, so that Brian2 cannot take the same steps",
        help: ["without `--exact` Brian2's rk4 takes its place", "write `method rk4` in the experiment"],
      });
      return null;
    }
    return stepFunction(neuron);
  }
  neuron.script.tell.nearly(checked.origin, { what: difference(plan.name, groups, nearest) });
  return { text: quoted(nearest), lines: [] };
}

/** What runs to infinity inside of a step is cut at the threshold by glif, and not by Brian2. */
function tellOfUpstroke({ population, script }: Neuron, groups: readonly UpdateGroup[]): void {
  const { spike } = population.plan;
  if (spike === null || spike.mode !== "level") return;
  const read = symbolsOf(spike.condition);
  const runs = groups.find(
    (g) =>
      "auxiliary" in g &&
      g.method !== "euler" &&
      g.states.some((s) => read.has(s)) &&
      g.equations.some((e) => affineIn(e.drift, new Set(g.states)) === null),
  );
  if (runs !== undefined)
    script.tell.nearly(population.checked.neuron.spike?.origin ?? population.checked.origin, {
      what: `an upstroke of ${population.plan.name} that runs beyond the numbers inside of a step, which glif cuts at the threshold`,
    });
}

/** Whether all equations are taken by one explicit method that Brian2 has under that name. */
function sameMethod(neuron: Neuron): string | null {
  const groups = groupsOf(neuron);
  const [first] = groups;
  if (groups.every((g) => g.method === "exact")) return isSolvable(neuron, groups) ? "exact" : null;
  const isPlain = groups.every((g) => g.method === first?.method && "auxiliary" in g && g.auxiliary.length === 0);
  return isPlain && (first?.method === "euler" || first?.method === "rk4") ? first.method : null;
}

function sameWithNoise(groups: readonly UpdateGroup[]): string | null {
  return groups.every((g) => g.method === "euler") && !groups.some(isMultiplied) ? "euler" : null;
}

/** A state is a factor of noise. */
function isMultiplied(group: UpdateGroup): boolean {
  return group.equations.some((e) => [...e.diffusion.values()].some((f) => [...symbolsOf(f)].some((s) => isShown(s))));
}

function nearestWithNoise({ population }: Neuron): string | null {
  const { calculus } = population.checked.neuron;
  const depends = population.plan.groups.some((g) =>
    g.equations.some((e) =>
      [...e.diffusion.values()].some((f) =>
        [...symbolsOf(f)].some((s) => population.plan.states.some((x) => x.name === s)),
      ),
    ),
  );
  // Brian2's methods for noise that a state multiplies are Stratonovich's.
  return !depends ? "euler" : calculus === "stratonovich" ? "heun" : null;
}

function nearestMethod(groups: readonly UpdateGroup[]): string {
  const isConditional = groups.every((g) => g.method === "exact" || g.method === "exponential_euler");
  return isConditional && groups.some((g) => g.method === "exponential_euler") ? "exponential_euler" : "rk4";
}

function difference(population: string, groups: readonly UpdateGroup[], nearest: string): string {
  const own = [...new Map(groups.map((g) => [g.method, g.told.filter(isShown)])).entries()]
    .map(([method]) => {
      const states = groups.filter((g) => g.method === method).flatMap((g) => g.told.filter(isShown));
      return `${states.join(", ")} by ${method}`;
    })
    .join(", ");
  return `the steps of ${population}: glif takes ${own}, Brian2 all by ${nearest} (\`--exact\` writes glif's steps)`;
}

/**
 * Whether Brian2's symbolic solution holds: it divides by differences of rates, so that equal ones, and those of a circle, which may be complex, come out as no number; and a held state has no rate
 * for those that it drives.
 */
function isSolvable(neuron: Neuron, groups: readonly ExactGroup[]): boolean {
  const { population } = neuron;
  const held = new Set(population.plan.held);
  const known = (s: string): boolean => s.startsWith("@") || s === "#dt" || isShared(population, s);
  return groups.every((g) => {
    const reach = reachOf(g);
    return g.states.every((state, i) =>
      g.states.every((other, j) => {
        if (i === j || reach[i]?.[j] !== true || !neuron.keeps(state)) return true;
        if (reach[j]?.[i] === true || held.has(other)) return false;
        const rates = [g.matrix[i]?.[i] ?? null, g.matrix[j]?.[j] ?? null];
        if (rates.some((r) => r !== null && ![...symbolsOf(r)].every(known))) return false;
        const [a = 0, b = 0] = rates.map((r) => (r === null ? 0 : population.value(r)));
        return Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b));
      }),
    );
  });
}

/** Which states each is driven by, at whatever remove. */
function reachOf({ matrix }: ExactGroup): readonly (readonly boolean[])[] {
  const reach = matrix.map((row, i) => row.map((entry, j) => entry !== null || i === j));
  for (let k = 0; k < reach.length; k++)
    for (const row of reach) if (row[k] === true) reach[k]?.forEach((is, j) => (row[j] ||= is));
  return reach;
}
