// Runs of one neuron as neurons of one population: which plans can be taken that way, and the plan whose neurons are runs. What differs between runs is a parameter of
// each neuron there; everything else, the methods above all, is as planned, so that a run among others has the bits that it has alone.
import { number, symbol, type Expr } from "../algebra/expression.ts";
import { substitute, symbolsOf } from "../algebra/traverse.ts";
import {
  assignedBy,
  drawsIn,
  isAdaptive,
  partsOfDraw,
  type ParameterPlan,
  type PopulationPlan,
  type SimulationPlan,
  type ValuePlan,
} from "./plan.ts";
import { dependsOnNeuron, variesByNeuron } from "./planPopulation.ts";
import { setupSymbol } from "./symbols.ts";

/** A number that may differ from run to run: a parameter of a population (`G`, `k[1]`), the initial value of one of its states, a parameter of the network, the experiment or a connection. */
export type FreeValue =
  | { readonly kind: "parameter" | "initial"; readonly population: string; readonly name: string }
  | { readonly kind: "setup"; readonly name: string };

/** Where it is given when a simulation of a plan with free initial values is created: a parameter of its population, or one of the set-up (null); `listed` is what a list of it is given as where neurons are runs. */
export function placeOf(free: FreeValue): {
  readonly population: string | null;
  readonly name: string;
  readonly listed: string;
} {
  if (free.kind === "setup") return { population: null, name: free.name, listed: setupSymbol(free.name) };
  const name = free.kind === "initial" ? initialName(free.name) : free.name;
  return { population: free.population, name, listed: name };
}

/** The plan with these initial values as parameters: where a run gives no number, as planned (`isPlanned`). */
export function withFreeInitials(plan: SimulationPlan, free: readonly FreeValue[]): SimulationPlan {
  return {
    ...plan,
    populations: plan.populations.map((population) => {
      const own = freeStates(population, free);
      const planned = plannedInitials(population, own);
      const varying = new Set(population.parameters.filter((p) => p.perNeuron).map((p) => p.name));
      const added = population.states.flatMap(({ name, unit, shown, doc }): ParameterPlan[] => {
        if (!own.has(name)) return [];
        const expression = planned.get(name) ?? number(0);
        const perNeuron = variesByNeuron(expression, varying);
        if (perNeuron) varying.add(initialName(name));
        return [
          {
            name: initialName(name),
            unit,
            shown: { unit: shown.unit, value: null },
            doc,
            value: { kind: "expression", expression },
            perNeuron,
          },
        ];
      });
      return {
        ...population,
        parameters: [...population.parameters, ...added],
        states: population.states.map((s) =>
          own.has(s.name) ? { ...s, initial: { kind: "expression", expression: symbol(initialName(s.name)) } } : s,
        ),
      };
    }),
  };
}

/** Whether a run may leave it as planned: an initial value that is drawn, or made of such, has no number to fall back to. */
export function isPlanned(plan: SimulationPlan, free: readonly FreeValue[], value: FreeValue): boolean {
  if (value.kind !== "initial") return true;
  const population = plan.populations.find((p) => p.name === value.population);
  return population === undefined || plannedInitials(population, freeStates(population, free)).get(value.name) !== null;
}

function freeStates(population: PopulationPlan, free: readonly FreeValue[]): ReadonlySet<string> {
  return new Set(free.flatMap((f) => (f.kind === "initial" && f.population === population.name ? [f.name] : [])));
}

/** The planned initial value of each state in terms of parameters, those of `free` states among them; null where a draw decides it. */
function plannedInitials(population: PopulationPlan, free: ReadonlySet<string>): ReadonlyMap<string, Expr | null> {
  const planned = new Map<string, Expr | null>();
  for (const { name, initial } of population.states) {
    if (initial.kind === "draw") {
      planned.set(name, null);
      continue;
    }
    const meaning = new Map(
      [...symbolsOf(initial.expression)]
        .filter((s) => planned.has(s))
        .map((s) => [s, free.has(s) ? symbol(initialName(s)) : (planned.get(s) ?? null)] as const),
    );
    const known = new Map([...meaning].flatMap(([s, e]) => (e === null ? [] : [[s, e] as const])));
    planned.set(name, known.size < meaning.size ? null : substitute(initial.expression, known));
  }
  return planned;
}

/** No name in a model has spaces. */
function initialName(state: string): string {
  return `${state} at the beginning`;
}

/** The plan of a population whose neurons are runs that differ in these values and in their seeds; or why its runs are taken one by one. */
export function together(
  plan: SimulationPlan,
  free: readonly FreeValue[],
): { readonly plan: SimulationPlan } | { readonly alone: string } {
  const [population] = plan.populations;
  const alone = population === undefined ? "there is no neuron" : whyAlone(plan, population);
  if (population === undefined || alone !== null) return { alone: alone ?? "" };
  const differs = new Set(free.map((f) => placeOf(f).listed));
  const depends = ({ value }: ParameterPlan): boolean => value.kind === "draw" || valueVaries(value, differs);

  // Parameters of the set-up that differ, or are made of such, become parameters of the neuron, under the symbols that its expressions have for them.
  const [own, shared]: [ParameterPlan[], ParameterPlan[]] = [[], []];
  for (const parameter of plan.setup) {
    const symbol = setupSymbol(parameter.name);
    if (!differs.has(symbol) && !depends(parameter)) {
      shared.push(parameter);
      continue;
    }
    differs.add(symbol);
    own.push({ ...parameter, name: symbol, perNeuron: true });
  }
  const decided = [population.sizeBy, ...plan.records.flatMap((r) => r.interval ?? [])];
  if (own.some((p) => plan.decisive.has(p.name.slice(1))) || decided.some((e) => variesByNeuron(e, differs)))
    return { alone: "what differs decides the clock, the sizes or what is recorded" };

  const parameters = population.parameters.map((parameter) => {
    if (!differs.has(parameter.name) && !depends(parameter)) return parameter;
    differs.add(parameter.name);
    return { ...parameter, perNeuron: true };
  });
  const { refractory } = population;
  return {
    plan: {
      ...plan,
      neuronsAreRuns: true,
      setup: shared,
      populations: [
        {
          ...population,
          parameters: [...own, ...parameters],
          inputs: population.inputs.map((input) => ({
            ...input,
            perNeuron: input.perNeuron || dependsOnNeuron(input, differs),
          })),
          refractory:
            refractory === null
              ? null
              : { ...refractory, perNeuron: refractory.atSpike || variesByNeuron(refractory.duration, differs) },
        },
      ],
    },
  };
}

function whyAlone(plan: SimulationPlan, population: PopulationPlan): string | null {
  if (plan.populations.length > 1 || plan.projections.length > 0 || population.size !== 1)
    return "it is a network, not one neuron";
  if (population.source !== null) return "it is a source of spikes";
  if (plan.precise) return "spikes that are located inside the step are looked for neuron by neuron";
  if (drawsIn(assignedBy(population)).length > 0) return "its events draw random numbers";
  if ([...population.groups, ...(population.heldGroups ?? [])].some(isAdaptive))
    return "its method chooses its steps neuron by neuron";
  return null;
}

function valueVaries(value: ValuePlan, differs: ReadonlySet<string>): boolean {
  const expressions = value.kind === "expression" ? [value.expression] : partsOfDraw(value);
  return expressions.some((e) => variesByNeuron(e, differs));
}
