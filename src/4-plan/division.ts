// Whether the steps of a plan can be divided among threads: each sees to some neurons of every population and to the connections that end there.
import { symbolsOf } from "../algebra/traverse.ts";
import type { Expr } from "../algebra/expression.ts";
import { assignedThrough, valuesOf, type ProjectionPlan, type SimulationPlan } from "./plan.ts";
import { agoAt, atEnd, writtenSymbol } from "./symbols.ts";

/** States that connections read at their source, which every thread needs of all neurons; or why there can be one thread alone. */
export type Division =
  | { readonly mirrored: readonly { readonly population: string; readonly state: string }[] }
  | { readonly because: string };

export function divisionOf(plan: SimulationPlan): Division {
  if (plan.precise) return { because: "spikes are located inside the step" };
  const [past] = plan.populations.flatMap((p) => p.pasts);
  if (past !== undefined) return { because: `\`${past.text}\` is kept in one thread` };
  const mirrored = new Map<string, { readonly population: string; readonly state: string }>();
  const filled = new Set(plan.projections.flatMap(filledAtTargets));
  for (const p of plan.projections) {
    const { connection, source } = p;
    if (assignedThrough(p).some((a) => atEnd(a.state, "pre") !== null))
      return { because: `an event of \`${connection}\` changes the source at each of its connections` };
    if ([...p.couplings, ...p.motions].some((c) => c.end === "pre"))
      return { because: `\`${connection}\` gives to inputs of its sources` };
    if (p.ahead.some((a) => a.end === "pre"))
      return { because: `the states of \`${connection}\` see how a state of its sources moves inside the step` };
    const population = plan.populations.find(({ name }) => name === source.population);
    for (const name of readAtSources(p)) {
      const state = population?.states.some((s) => s.name === name) === true;
      if (filled.has(key(source.population, name)))
        return {
          because: `\`${connection}\` reads \`pre.${writtenSymbol(name)}\`, which connections change in the same step`,
        };
      if (state) mirrored.set(key(source.population, name), { population: source.population, state: name });
    }
  }
  return { mirrored: [...mirrored.values()] };
}

function key(population: string, state: string): string {
  return `${population}/${state}`;
}

/** What connections change of the neurons that they end at. */
function filledAtTargets({ target, onPre, onPost, couplings, motions }: ProjectionPlan): string[] {
  const changed = [...onPre.perConnection, ...onPost.perConnection, ...onPost.atNeuron];
  return [
    ...changed.flatMap((a) => atEnd(a.state, "post")?.of ?? []),
    ...[...couplings, ...motions].map((c) => c.array),
  ].map((name) => key(target.population, name));
}

/** States, inputs and parameters of the source that its connections read. */
function readAtSources({ onPre, onPost, couplings, motions, groups }: ProjectionPlan): ReadonlySet<string> {
  const events = [...onPre.perConnection, ...onPre.atNeuron, ...onPost.perConnection, ...onPost.atNeuron];
  const read: readonly Expr[] = [
    ...valuesOf(events),
    ...[...couplings, ...motions].map((c) => c.value),
    ...groups.flatMap((g) => g.equations.map((e) => e.drift)),
  ];
  const written = [...onPre.atNeuron.map((a) => a.state), ...groups.flatMap((g) => g.states)];
  return new Set(
    [...read.flatMap((e) => [...symbolsOf(e)]), ...written].flatMap(
      (s) => (agoAt(s, "pre") ?? atEnd(s, "pre"))?.of ?? [],
    ),
  );
}
