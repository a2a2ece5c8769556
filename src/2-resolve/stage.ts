// What the settings and recordings of an experiment are resolved against: its populations and connections, its set-up, and whose place they stand in.
import type { NeuronNode, SynapseNode } from "../1-parse/ast.ts";
import type { FlatModel, FlatQuantity } from "./flatten.ts";
import type { Report } from "./report.ts";
import type { Lookup } from "./lookup.ts";
import type { ResolvedConnection, ResolvedModel, ResolvedPopulation } from "./resolved.ts";

/** A population with what its settings can mean. */
export interface KnownPopulation {
  readonly population: ResolvedPopulation;
  readonly flat: FlatModel;
}

/** A connection with what its settings can mean. */
export interface KnownConnection {
  readonly connection: ResolvedConnection;
  readonly flat: FlatModel;
  /** The neurons at its ends. */
  readonly ends: readonly FlatModel[];
}

/** A model as it was flattened and as it was resolved: settings need the names of the one and the meaning of the other. */
export interface KnownModel {
  readonly flat: FlatModel;
  readonly resolved: ResolvedModel;
}

export type ModelOf = (node: NeuronNode | SynapseNode) => KnownModel;

/** What settings and recordings of an experiment are resolved against. */
export interface Stage {
  readonly name: string;
  /** Names by which the set-up can be addressed from outside: the experiment's and the network's. */
  readonly owners: readonly string[];
  readonly subject: string;
  /** Of a variant: names of what it takes the place of. */
  readonly standsFor: readonly string[];
  readonly lone: boolean;
  readonly populations: ReadonlyMap<string, KnownPopulation>;
  readonly connections: ReadonlyMap<string, KnownConnection>;
  readonly setup: ReadonlyMap<string, FlatQuantity>;
  readonly outer: Lookup;
  readonly damaged: boolean;
  readonly report: Report;
  /** What a variant lacks to be recorded; null where that is a mistake. */
  readonly lacking: ((written: string) => void) | null;
}

/** The population of that name; of a variant also the one neuron under the name of the neuron in whose place it stands. */
export function populationNamed(name: string, { populations, lone, standsFor }: Stage): KnownPopulation | undefined {
  return populations.get(name) ?? (lone && standsFor.includes(name) ? [...populations.values()][0] : undefined);
}
